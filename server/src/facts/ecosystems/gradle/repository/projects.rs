//! The projects of a repository's builds as packages, with their names from settings and hints from their plugins.
//! It must not take scripts of the build itself for products.
use super::{
    super::{super::manifest, ecosystem, hints},
    Builds, ancestors,
    catalogs::Catalogs,
    plugins,
    values::Values,
};
use crate::facts::{
    model::{Package, PackageDecl},
    parser::Resolved,
};
use shared::{RepoPath, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// Plugins that apply plugins that apply plugins, so many times.
const MAX_CONVENTIONS: usize = 8;

/// Adds a package for each project folder with a build script.
pub(super) fn add(builds: &Builds<'_>, catalogs: &Catalogs<'_>, values: &Values<'_>, out: &mut Resolved) {
    let names = names(builds);
    let applied = Applied::of(builds, catalogs);
    for (path, blob, _) in builds.files.of_parser("gradle") {
        let folder = path.parent();
        let Some(extra) = builds.extras.get(path).filter(|_| is_build_script(path, &names) && !builds.is_logic(path))
        else {
            continue;
        };
        let field = |name: &str| {
            let own = extra.project.get(name).cloned();
            let value = own.or_else(|| inherited(builds, path, name))?;
            values.fill(path, &value).filter(|value| manifest::is_name(value))
        };
        let name = field("artifactId").or_else(|| names.get(&folder).cloned());
        let name = name.unwrap_or_else(|| manifest::folder_name(path, &builds.files.repository));
        let name = field("group").map_or_else(|| name.clone(), |group| format!("{group}:{name}"));
        if !manifest::is_name(&name) {
            continue;
        }
        let plugins = applied.to(path);
        let own = out.dependencies.iter().filter(|found| found.path == *path && found.decl.scope == Scope::Runtime);
        let decl = PackageDecl {
            ecosystem: ecosystem(),
            version: field("version").filter(|version| version != "unspecified"),
            description: extra.project.get("description").and_then(|text| manifest::description(text)),
            hints: hints::of(&plugins, own.map(|found| found.decl.name.as_str())),
            published: hints::is_published(&plugins),
            line: Some(1),
            name,
        };
        out.packages.push(Package { decl, path: path.clone(), blob: blob.clone() });
    }
}

/// build.gradle, or a script named after its folder where settings tell of the project.
fn is_build_script(path: &RepoPath, names: &BTreeMap<RepoPath, String>) -> bool {
    let folder = path.parent();
    let stem = path.file_name().trim_end_matches(".kts").strip_suffix(".gradle").unwrap_or_default();
    stem == "build" || (!stem.is_empty() && stem == folder.file_name() && names.contains_key(&folder))
}

/// The name of each project by its folder.
fn names(builds: &Builds<'_>) -> BTreeMap<RepoPath, String> {
    let mut names = BTreeMap::new();
    for (folder, file) in &builds.settings {
        let Some(settings) = builds.extras.get(file).map(|extra| &extra.settings) else { continue };
        if let Some(name) = &settings.root_name {
            names.insert(folder.clone(), name.clone());
        }
        for project in &settings.includes {
            let at = settings.folders.get(project).cloned().unwrap_or_else(|| project.replace(':', "/"));
            let name = project.rsplit(':').next().unwrap_or_default();
            if let Some(at) = folder.join(&at) {
                names.entry(at).or_insert_with(|| name.to_owned());
            }
        }
    }
    names
}

/// Group and version may stand in the root script or in gradle.properties.
fn inherited(builds: &Builds<'_>, path: &RepoPath, field: &str) -> Option<String> {
    let property = match field {
        "group" => ["group", "GROUP"],
        "version" => ["version", "VERSION_NAME"],
        "artifactId" => {
            let own = path.parent().join("gradle.properties")?;
            return builds.extras.get(&own)?.properties.get("POM_ARTIFACT_ID").cloned();
        }
        _ => return None,
    };
    ancestors(path).find_map(|folder| {
        let file = |name: &str| builds.extras.get(&folder.join(name)?);
        let of_properties =
            file("gradle.properties").and_then(|extra| property.iter().find_map(|name| extra.properties.get(*name)));
        let of_script =
            || file("build.gradle").or_else(|| file("build.gradle.kts")).and_then(|extra| extra.project.get(field));
        of_properties.or_else(of_script).cloned()
    })
}

/// Which plugins end up on which project.
struct Applied<'b> {
    builds: &'b Builds<'b>,
    /// Per file: id, and whether it is for the projects below.
    lines: BTreeMap<&'b RepoPath, Vec<(String, bool)>>,
    /// The file behind each plugin of this repository.
    conventions: BTreeMap<String, &'b RepoPath>,
}

impl<'b> Applied<'b> {
    fn of(builds: &'b Builds<'b>, catalogs: &Catalogs<'_>) -> Self {
        let mut lines = BTreeMap::new();
        for (path, extra) in &builds.extras {
            let applied = extra.plugins.iter().filter(|plugin| plugin.applied);
            let ids = applied.filter_map(|plugin| Some((plugins::named(catalogs, path, plugin)?.0, plugin.below)));
            lines.insert(path, ids.collect());
        }
        let mut conventions = plugins::of_scripts(builds);
        for (id, class) in plugins::registered(builds, catalogs) {
            let source = |path: &&RepoPath| path.file_name().split('.').next() == Some(class.as_str());
            conventions.extend(builds.extras.keys().find(source).map(|path| (id, path)));
        }
        Self { builds, lines, conventions }
    }

    fn to(&self, path: &RepoPath) -> Vec<String> {
        let of = |path: &RepoPath| self.lines.get(path).into_iter().flatten();
        let mut open: Vec<String> = of(path).map(|(id, _)| id.clone()).collect();
        let root = self.builds.root_of(path);
        for folder in ancestors(path).filter(|folder| folder.starts_with(&root)) {
            for script in ["build.gradle", "build.gradle.kts"] {
                if let Some(script) = folder.join(script).filter(|script| script != path) {
                    open.extend(of(&script).filter(|(_, below)| *below).map(|(id, _)| id.clone()));
                }
            }
        }
        let mut seen = BTreeSet::new();
        for _ in 0..MAX_CONVENTIONS {
            let mut next = vec![];
            for id in open.drain(..).filter(|id| !seen.contains(id)).collect::<Vec<_>>() {
                let script = self.conventions.get(&id);
                next.extend(script.into_iter().flat_map(|script| of(script)).map(|(id, _)| id.clone()));
                seen.insert(id);
            }
            open = next;
        }
        seen.into_iter().collect()
    }
}
