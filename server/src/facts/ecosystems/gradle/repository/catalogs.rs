//! Which catalog an accessor means, and what it names there.
//! It must not take a catalog of another build when its own has one of the name.
use super::{
    super::extra::{Catalog, Entry, as_accessor},
    Builds, ancestors,
};
use shared::RepoPath;
use std::collections::BTreeMap;

/// A library or plugin: its name and version as far as known.
pub(super) type Named = (String, Option<String>);

pub(super) struct Catalogs<'b> {
    builds: &'b Builds<'b>,
    /// Catalog files by the catalog's usual name.
    files: BTreeMap<&'b str, Vec<&'b RepoPath>>,
}

impl<'b> Catalogs<'b> {
    pub(super) fn of(builds: &'b Builds<'b>) -> Self {
        let mut files: BTreeMap<&str, Vec<&RepoPath>> = BTreeMap::new();
        for path in builds.extras.keys() {
            if let Some(name) = path.file_name().strip_suffix(".versions.toml") {
                files.entry(name).or_default().push(path);
            }
        }
        Self { builds, files }
    }

    /// The catalogs that a name means in a file, most likely first.
    fn named<'s>(&'s self, path: &RepoPath, name: &'s str) -> Vec<&'s Catalog> {
        let mut out = vec![];
        for folder in ancestors(path) {
            if let Some(settings) = self.builds.settings.get(&folder).and_then(|file| self.builds.extras.get(file)) {
                let told = settings.settings.catalog_files.get(name).and_then(|file| folder.join(file));
                out.extend(told.and_then(|file| self.builds.extras.get(&file)).map(|extra| &extra.catalog));
                out.extend(settings.settings.catalogs.get(name));
            }
            let usual = folder.join(&format!("gradle/{name}.versions.toml"));
            out.extend(usual.and_then(|file| self.builds.extras.get(&file)).map(|extra| &extra.catalog));
            if !out.is_empty() {
                return out;
            }
        }
        if let Some([only]) = self.files.get(name).map(Vec::as_slice) {
            out.extend(self.builds.extras.get(*only).map(|extra| &extra.catalog));
        }
        out
    }

    /// The libraries that an accessor such as `libs.foo.bar` or `libs.bundles.x` names; `None` when it names none.
    pub(super) fn libraries(&self, path: &RepoPath, accessor: &str) -> Option<Vec<Named>> {
        let accessor = accessor.trim_start_matches("rootProject.");
        let (name, rest) = accessor.split_once('.')?;
        let rest = as_accessor(rest.trim_end_matches(".get").trim_end_matches(".asProvider"));
        self.named(path, name).into_iter().find_map(|catalog| match rest.strip_prefix("bundles.") {
            Some(bundle) => {
                let members = catalog.bundles.get(bundle)?;
                Some(members.iter().filter_map(|member| Some(found(catalog, catalog.libraries.get(member)?))).collect())
            }
            None => Some(vec![found(catalog, library(catalog, &rest)?)]),
        })
    }

    /// The plugin that an accessor such as `libs.plugins.x` names.
    pub(super) fn plugin(&self, path: &RepoPath, accessor: &str) -> Option<Named> {
        let accessor = accessor.trim_end_matches(".pluginId").trim_end_matches(".get");
        let (name, rest) = accessor.split_once(".plugins.")?;
        let rest = as_accessor(rest);
        self.named(path, name).into_iter().find_map(|catalog| Some(found(catalog, catalog.plugins.get(&rest)?)))
    }

    /// The version that an accessor such as `libs.versions.x` names.
    pub(super) fn version(&self, path: &RepoPath, accessor: &str) -> Option<String> {
        let (name, rest) = accessor.split_once(".versions.")?;
        let rest = as_accessor(rest);
        self.named(path, name).into_iter().find_map(|catalog| catalog.versions.get(&rest).cloned())
    }
}

/// Accessors of `group-Name` may be written in either case; the exact one wins.
fn library<'c>(catalog: &'c Catalog, alias: &str) -> Option<&'c Entry> {
    let same = || catalog.libraries.iter().find(|(key, _)| key.eq_ignore_ascii_case(alias)).map(|(_, entry)| entry);
    catalog.libraries.get(alias).or_else(same)
}

fn found(catalog: &Catalog, entry: &Entry) -> Named {
    (entry.name.clone(), catalog.version_of(entry))
}
