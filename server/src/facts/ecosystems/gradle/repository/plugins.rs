//! Plugins as dependencies: the marker artifact of each plugin that comes from outside.
//! It must not take Gradle's own plugins or those of this repository for dependencies.
use super::{
    super::{super::manifest, extra::Plugin, line},
    Builds,
    catalogs::Catalogs,
    values::Values,
};
use crate::facts::{model::Dependency, parser::Resolved};
use shared::{RepoPath, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// Adds a dependency for each plugin line.
pub(super) fn add(builds: &Builds<'_>, catalogs: &Catalogs<'_>, values: &Values<'_>, out: &mut Resolved) {
    let own = own(builds, catalogs);
    let managed = managed(builds, catalogs);
    for (path, blob, _) in builds.files.of_parser("gradle") {
        for plugin in builds.extras.get(path).into_iter().flat_map(|extra| &extra.plugins) {
            let Some((id, version)) = named(catalogs, path, plugin) else { continue };
            let id = values.fill(path, &id).unwrap_or(id);
            let outside =
                id.contains('.') && !id.starts_with("org.gradle.") && !own.contains(&id) && manifest::is_name(&id);
            if !outside || id.contains(['$', '/', ':']) {
                continue;
            }
            let version = version.or_else(|| managed.get(&id).cloned());
            let version = version.map(|written| values.fill(path, &written).unwrap_or(written));
            let version = version.and_then(|version| manifest::requirement(&version));
            let decl = line::decl(format!("{id}:{id}.gradle.plugin"), version, Scope::Build, plugin.line);
            out.dependencies.push(Dependency { decl, path: path.clone(), blob: blob.clone() });
        }
    }
}

/// The id and version of a plugin line.
pub(super) fn named(catalogs: &Catalogs<'_>, path: &RepoPath, plugin: &Plugin) -> Option<(String, Option<String>)> {
    match plugin.id.strip_prefix('=') {
        None => Some((plugin.id.clone(), plugin.version.clone())),
        Some(accessor) => {
            let (id, version) = catalogs.plugin(path, accessor)?;
            Some((id, plugin.version.clone().or(version)))
        }
    }
}

/// The ids of plugins that this repository makes: registered ones, and scripts that are plugins.
fn own(builds: &Builds<'_>, catalogs: &Catalogs<'_>) -> BTreeSet<String> {
    let mut own: BTreeSet<String> = of_scripts(builds).into_keys().collect();
    own.extend(registered(builds, catalogs).into_keys());
    own
}

/// Scripts that are plugins under the name of their file, e.g. `acme.java-conventions.gradle.kts`.
pub(super) fn of_scripts<'b>(builds: &'b Builds<'_>) -> BTreeMap<String, &'b RepoPath> {
    let scripts = builds.extras.keys().filter(|path| path.as_str().contains("src/"));
    let id = |path: &'b RepoPath| {
        let name = path.file_name();
        let id = name.strip_suffix(".gradle.kts").or_else(|| name.strip_suffix(".gradle"))?;
        let folder = path.as_str().rsplit_once("/kotlin/").or_else(|| path.as_str().rsplit_once("/groovy/"));
        let package =
            folder.and_then(|(_, below)| below.rsplit_once('/')).map(|(package, _)| package.replace('/', "."));
        Some((package.map_or_else(|| id.to_owned(), |package| format!("{package}.{id}")), path))
    };
    scripts.filter_map(id).collect()
}

/// Plugins registered by `gradlePlugin { … }` with the class behind each.
pub(super) fn registered(builds: &Builds<'_>, catalogs: &Catalogs<'_>) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (path, extra) in &builds.extras {
        for (id, class) in &extra.own_plugins {
            let id = match id.strip_prefix('=') {
                Some(accessor) => catalogs.plugin(path, accessor).map(|(id, _)| id),
                None => Some(id.clone()),
            };
            out.extend(id.map(|id| (id, class.clone())));
        }
    }
    out
}

/// Versions that settings or a root script give to plugins applied elsewhere.
fn managed(builds: &Builds<'_>, catalogs: &Catalogs<'_>) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (path, extra) in &builds.extras {
        for plugin in extra.plugins.iter().filter(|plugin| !plugin.applied) {
            if let Some((id, Some(version))) = named(catalogs, path, plugin) {
                out.entry(id).or_insert(version);
            }
        }
        for (id, version) in &extra.managed_plugins {
            let plugin = Plugin { id: id.clone(), version: Some(version.clone()), ..Plugin::default() };
            if let Some((id, Some(version))) = named(catalogs, path, &plugin) {
                out.entry(id).or_insert(version);
            }
        }
    }
    out
}
