//! Workspaces and catalogs: `workspaces` of package.json, `pnpm-workspace.yaml` (<https://pnpm.io/pnpm-workspace_yaml>)
//! and the catalogs of `.yarnrc.yml` (<https://yarnpkg.com/features/catalogs>) and of Bun.
//! It must not read a file a second time: what each says of them comes with its facts.
use super::{
    super::{
        manifest,
        yaml_file::{self, Node},
    },
    requirement::{self, Asked},
};
use crate::{
    facts::{
        model::{Dependency, FileFacts, RepositoryFiles},
        parser::Resolved,
    },
    scan::Finding,
};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::{Deserialize, Serialize};
use shared::{RepoPath, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// Requirements by package, in catalogs by name; the one without a name is `default`.
pub(super) type Catalogs = BTreeMap<String, BTreeMap<String, String>>;

/// What a file says of other files.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    pub workspaces: Vec<Workspace>,
    pub catalogs: Catalogs,
}

/// A folder or glob of members; `!glob` takes some out again.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Workspace {
    pub glob: String,
    pub line: u32,
}

/// Workspaces of one file that are looked at; each costs a pass over the manifests of the repository.
pub(super) const MAX_WORKSPACES: usize = 100;

impl Extra {
    /// As it is kept with the facts; nothing when it says nothing.
    pub(super) fn keep(self) -> serde_json::Value {
        if self.workspaces.is_empty() && self.catalogs.is_empty() {
            return serde_json::Value::Null;
        }
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// Reads `pnpm-workspace.yaml` or `.yarnrc.yml`.
pub(super) fn read(text: &str) -> FileFacts {
    let root = match yaml_file::read(text) {
        Ok(root) => root,
        Err(problem) => return FileFacts { problems: vec![*problem], ..FileFacts::default() },
    };
    let workspace = |item: &Node| Some(Workspace { glob: manifest::requirement(item.text()?)?, line: item.line });
    let globs = root.get("packages").map(Node::items).unwrap_or_default();
    let mut extra =
        Extra { workspaces: globs.iter().filter_map(workspace).take(MAX_WORKSPACES).collect(), ..Extra::default() };
    let named =
        root.get("catalogs").map(Node::entries).unwrap_or_default().iter().map(|(name, node)| (name.as_str(), node));
    for (name, node) in root.get("catalog").map(|node| ("default", node)).into_iter().chain(named) {
        let entry = |(name, node): &(String, Node)| Some((name.clone(), manifest::requirement(node.text()?)?));
        extra.catalogs.entry(name.to_owned()).or_default().extend(node.entries().iter().filter_map(entry));
    }
    FileFacts { extra: extra.keep(), ..FileFacts::default() }
}

/// A folder whose files name members or hold catalogs.
#[derive(Default)]
struct Root {
    members: GlobSet,
    left_out: GlobSet,
    catalogs: Catalogs,
    /// Names of the packages in it.
    own: BTreeSet<String>,
}

/// The roots of a repository by folder.
pub(super) struct Workspaces {
    roots: BTreeMap<RepoPath, Root>,
}

impl Workspaces {
    /// Joins what the files say, and tells which globs match nothing.
    pub(super) fn of(parser: &str, files: &RepositoryFiles, out: &mut Resolved) -> Self {
        let mut globs: BTreeMap<RepoPath, Vec<Workspace>> = BTreeMap::new();
        let mut roots: BTreeMap<RepoPath, Root> = BTreeMap::new();
        let mut folders = None;
        for (path, _, facts) in files.of_parser(parser).filter(|(_, _, facts)| !facts.extra.is_null()) {
            let Ok(extra) = serde_json::from_value::<Extra>(facts.extra.clone()) else { continue };
            let folders = folders.get_or_insert_with(|| manifest_folders(files));
            out.findings.extend(extra.workspaces.iter().filter_map(|workspace| unmatched(path, workspace, folders)));
            globs.entry(path.parent()).or_default().extend(extra.workspaces);
            roots.entry(path.parent()).or_default().catalogs.extend(extra.catalogs);
        }
        for (folder, globs) in globs {
            let Some(root) = roots.get_mut(&folder) else { continue };
            let (out, kept): (Vec<&str>, Vec<&str>) =
                globs.iter().map(|w| w.glob.as_str()).partition(|g| g.starts_with('!'));
            (root.members, root.left_out) = (glob_set(kept), glob_set(out));
        }
        let mut workspaces = Self { roots };
        for package in &out.packages {
            if let Some(root) = workspaces.root_of(&package.path.parent()).cloned() {
                let own = workspaces.roots.get_mut(&root).map(|root| &mut root.own);
                own.into_iter().for_each(|own| own.extend([package.decl.name.clone()]));
            }
        }
        workspaces
    }

    /// The nearest root that the folder is, or is a member of.
    fn root_of(&self, folder: &RepoPath) -> Option<&RepoPath> {
        ancestors(folder).find_map(|above| {
            let (path, root) = self.roots.get_key_value(&above)?;
            let inside = below(path, folder);
            let member = inside.is_empty() || (root.members.is_match(inside) && !root.left_out.is_match(inside));
            member.then_some(path)
        })
    }

    /// Takes out the dependencies on members, and looks catalogs up.
    pub(super) fn settle(&self, out: &mut Resolved) {
        let mut findings = vec![];
        out.dependencies.retain_mut(|dependency| {
            if dependency.path.file_name() != "package.json" {
                return true;
            }
            let folder = dependency.path.parent();
            let root = self.root_of(&folder).and_then(|root| self.roots.get(root));
            if root.is_some_and(|root| root.own.contains(&dependency.decl.name)) {
                return false;
            }
            self.look_up(&folder, dependency, &mut findings)
        });
        out.findings.append(&mut findings);
    }

    /// Whether the dependency stays once its catalog has been asked.
    fn look_up(&self, folder: &RepoPath, dependency: &mut Dependency, findings: &mut Vec<Finding>) -> bool {
        let written = dependency.decl.requirement.as_deref().unwrap_or_default();
        let Some(catalog) = requirement::catalog(written) else { return true };
        let mut roots = ancestors(folder).filter_map(|above| self.roots.get(&above));
        let Some(root) = roots.find(|root| !root.catalogs.is_empty()) else { return true };
        let real = root.catalogs.get(catalog).and_then(|catalog| catalog.get(&dependency.decl.name));
        let Some(real) = real else {
            findings.push(not_in_catalog(dependency, catalog));
            return true;
        };
        match requirement::read(&dependency.decl.name, real) {
            Asked::Own => return false,
            Asked::Package { ecosystem, name } if manifest::is_name(&name) => {
                (dependency.decl.ecosystem, dependency.decl.name) = (ecosystem, name);
            }
            Asked::Package { .. } => {}
        }
        dependency.decl.requirement = Some(real.clone());
        true
    }
}

fn not_in_catalog(dependency: &Dependency, catalog: &str) -> Finding {
    let (name, catalog) = (manifest::tidy(&dependency.decl.name, 80), manifest::tidy(catalog, 80));
    Finding {
        rule: "dependency-not-inherited".to_owned(),
        severity: Severity::Warning,
        path: Some(dependency.path.clone()),
        line: dependency.decl.line,
        column: None,
        message: format!(
            "\"{name}\" is taken from the catalog \"{catalog}\", but the workspace has no such entry; \
             add it there or write its version here."
        ),
    }
}

/// The folder and every folder above it.
fn ancestors(folder: &RepoPath) -> impl Iterator<Item = RepoPath> {
    std::iter::successors(Some(folder.clone()), |folder| (!folder.is_root()).then(|| folder.parent()))
}

/// The path of a folder from one above it.
fn below<'p>(root: &RepoPath, folder: &'p RepoPath) -> &'p str {
    folder.as_str().get(root.as_str().len()..).unwrap_or_default().trim_start_matches('/')
}

/// A glob that cannot be read matches nothing.
fn glob_set(globs: Vec<&str>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        let plain = glob.trim_start_matches('!').trim_start_matches("./").trim_end_matches('/');
        if let Ok(glob) = GlobBuilder::new(plain).literal_separator(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}

/// Every folder with a package.json.
fn manifest_folders(files: &RepositoryFiles) -> Vec<RepoPath> {
    let manifests = files.entries.iter().filter(|entry| entry.path.file_name() == "package.json");
    manifests.map(|entry| entry.path.parent()).collect()
}

fn unmatched(path: &RepoPath, workspace: &Workspace, folders: &[RepoPath]) -> Option<Finding> {
    let folder = path.parent();
    let own = matches!(workspace.glob.trim_end_matches('/'), "." | "");
    if workspace.glob.starts_with('!') || own {
        return None;
    }
    let glob = glob_set(vec![&workspace.glob]);
    let mut inside = folders.iter().filter(|member| member.starts_with(&folder));
    if inside.any(|member| glob.is_match(below(&folder, member))) {
        return None;
    }
    Some(Finding {
        rule: "workspace-matches-nothing".to_owned(),
        severity: Severity::Info,
        path: Some(path.clone()),
        line: Some(workspace.line),
        column: None,
        message: format!(
            "The workspace \"{}\" matches no folder with a package.json; correct or remove it.",
            workspace.glob
        ),
    })
}
