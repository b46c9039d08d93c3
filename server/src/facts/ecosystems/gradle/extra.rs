//! What one Gradle file tells `resolve`: settings, plugins, properties and what is named by an accessor.
//! Nothing here decides.
use serde::{Deserialize, Serialize};
use shared::Scope;
use std::collections::BTreeMap;

/// What the other files of the repository may need of this one. Texts are as written, with `$…` in them.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    /// Plain values by dotted name, e.g. `versions.junit`, `Versions.KOTLIN`.
    pub properties: BTreeMap<String, String>,
    /// `group`, `version`, `description` and `artifactId` of the project.
    pub project: BTreeMap<String, String>,
    pub uses: Vec<Use>,
    pub plugins: Vec<Plugin>,
    /// Plugin ids that the file registers, with the class behind it.
    pub own_plugins: Vec<(String, String)>,
    /// Versions of plugins that are declared for other scripts, not applied.
    pub managed_plugins: BTreeMap<String, String>,
    pub settings: Settings,
    pub catalog: Catalog,
}

/// A dependency named by an accessor such as `libs.foo.bar`, or by a variable.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Use {
    pub accessor: String,
    pub scope: Scope,
    pub line: u32,
}

/// A plugin that the script declares or applies.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Plugin {
    /// Its id, or with a leading `=` the accessor that names it.
    pub id: String,
    pub version: Option<String>,
    /// Whether it is applied to this project (not `apply false`).
    pub applied: bool,
    /// Whether it is applied to the projects below.
    pub below: bool,
    pub line: u32,
}

/// What settings scripts say.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    pub root_name: Option<String>,
    /// Project paths as `a:b`, without the first colon.
    pub includes: Vec<String>,
    /// Project path to its folder, relative to the settings' folder.
    pub folders: BTreeMap<String, String>,
    /// Folders of builds that hold plugins for this one.
    pub plugin_builds: Vec<String>,
    /// Catalog name to its file, relative to the settings' folder.
    pub catalog_files: BTreeMap<String, String>,
    /// Catalogs written out in the settings, by name.
    pub catalogs: BTreeMap<String, Catalog>,
}

/// A version catalog. Aliases are as accessors: `-` and `_` are dots.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Catalog {
    pub versions: BTreeMap<String, String>,
    /// Alias to `group:artifact` and the version, when it is plain.
    pub libraries: BTreeMap<String, Entry>,
    pub bundles: BTreeMap<String, Vec<String>>,
    pub plugins: BTreeMap<String, Entry>,
}

/// A library or plugin of a catalog.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    pub name: String,
    pub version: Option<String>,
    /// The alias of the version.
    pub version_ref: Option<String>,
}

impl Extra {
    /// As JSON; null when there is nothing to tell.
    pub(super) fn stored(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

impl Catalog {
    /// The entry's version, looked up when it is a reference.
    pub(super) fn version_of(&self, entry: &Entry) -> Option<String> {
        let referenced = || self.versions.get(entry.version_ref.as_ref()?).cloned();
        entry.version.clone().or_else(referenced)
    }
}

/// An alias as accessors spell it: `foo-bar_baz` is `foo.bar.baz`.
pub(super) fn as_accessor(alias: &str) -> String {
    alias.replace(['-', '_'], ".")
}
