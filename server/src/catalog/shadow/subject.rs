//! What a candidate's code is called, offers, imports and is said to be for: what it is joined to a capability by.
//! It must not know capabilities.
use super::{
    ground::Ground,
    model::{EstateComponent, Part},
};
use shared::{EntityRef, RepoPath, api::ClusterItem};
use std::collections::{BTreeMap, BTreeSet};

/// Files looked into.
const MOST_FILES: usize = 400;

/// The words of a candidate. Order and repetition are told apart by count alone.
#[derive(Debug, Default)]
pub(super) struct Subject {
    /// Names of packages, components, files and the folders right around them.
    pub(super) places: BTreeSet<String>,
    /// Public names of the code, with the number of files that offer each.
    pub(super) symbols: BTreeMap<String, usize>,
    /// Modules that the code imports, each with the ending of the file.
    pub(super) imports: BTreeSet<(String, String)>,
    /// Title and description.
    pub(super) purpose: Vec<String>,
    /// Whose code it is, when it is one component's.
    pub(super) component: Option<EntityRef>,
    /// Files of the code, from the repository's root.
    pub(super) files: Vec<RepoPath>,
}

impl Subject {
    /// Of a component that publishes packages of these names.
    pub(super) fn of_component(ground: &Ground<'_>, maker: &EstateComponent, part: &Part, names: Vec<String>) -> Self {
        let mut subject = Self { component: Some(maker.reference.clone()), ..Self::default() };
        subject.places.extend(names.iter().map(|name| last_segment(name).to_owned()));
        subject.places.insert(maker.reference.name().to_owned());
        subject.purpose.extend(maker.title.iter().chain(&maker.description).cloned());
        subject.code(ground, part);
        subject
    }

    /// Of clusters that lie in these files.
    pub(super) fn of_clusters(ground: &Ground<'_>, clusters: &[&ClusterItem], parts: &[Part]) -> Self {
        let mut subject = Self::default();
        for file in clusters.iter().flat_map(|cluster| &cluster.files) {
            subject.place(&file.path);
        }
        parts.iter().for_each(|part| subject.code(ground, part));
        subject
    }

    fn code(&mut self, ground: &Ground<'_>, part: &Part) {
        for (file, names) in ground.estate.code_of(part).take(MOST_FILES) {
            names.names.iter().for_each(|name| *self.symbols.entry(name.clone()).or_default() += 1);
            let ending = file.file_name().rsplit('.').next().unwrap_or_default();
            self.imports.extend(names.imports.iter().map(|module| (ending.to_owned(), module.clone())));
            self.files.push(file.clone());
        }
    }

    /// A file's name, and the folder that it lies in.
    fn place(&mut self, file: &RepoPath) {
        let stem = file.file_name().split('.').next().unwrap_or_default();
        self.places.insert(stem.to_owned());
        let folder = file.parent();
        self.places.extend((!folder.is_root()).then(|| folder.file_name().to_owned()));
        if !self.files.contains(file) && self.files.len() < MOST_FILES {
            self.files.push(file.clone());
        }
    }
}

/// `@acme/flags` and `com.acme:flags` are called `flags`; `acme.dev/flags/v2` too.
fn last_segment(name: &str) -> &str {
    let mut segments = name.rsplit(['/', ':']);
    let last = segments.next().unwrap_or_default();
    let is_major = last.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()));
    if is_major { segments.next().unwrap_or(last) } else { last }
}
