//! Version catalogs (<https://docs.gradle.org/current/userguide/version_catalogs.html>).
//! It must not take an entry for a dependency: only a script that names it makes it one.
use super::{
    super::{
        manifest,
        toml_file::{self, TomlFile, Value},
    },
    extra::{Catalog, Entry, Extra, as_accessor},
};
use crate::facts::model::FileFacts;
use shared::Severity;
use toml::de::{DeTable, DeValue};

/// Reads a catalog file.
pub(super) fn read(text: &str) -> FileFacts {
    let mut file = TomlFile::read(text);
    let mut facts = FileFacts { problems: std::mem::take(&mut file.problems), ..FileFacts::default() };
    let mut catalog = Catalog::default();
    for (key, value) in file.table(&["versions"]).into_iter().flatten() {
        if let Some(version) = version(value.get_ref()) {
            catalog.versions.insert(as_accessor(key.get_ref()), version);
        }
    }
    for (key, value) in file.table(&["bundles"]).into_iter().flatten() {
        let members = value.get_ref().as_array().into_iter().flat_map(|list| list.iter());
        let members = members.filter_map(|member| member.get_ref().as_str()).map(as_accessor).collect();
        catalog.bundles.insert(as_accessor(key.get_ref()), members);
    }
    for (table, is_plugin) in [("libraries", false), ("plugins", true)] {
        for (key, value) in file.table(&[table]).into_iter().flatten() {
            match entry(value, is_plugin).filter(|entry| manifest::is_name(&entry.name)) {
                Some(entry) => {
                    let into = if is_plugin { &mut catalog.plugins } else { &mut catalog.libraries };
                    into.insert(as_accessor(key.get_ref()), entry);
                }
                None => facts.problems.push(no_entry(key.get_ref(), table, file.key_place(key))),
            }
        }
    }
    facts.extra = Extra { catalog, ..Extra::default() }.stored();
    manifest::settle(facts)
}

fn no_entry(alias: &str, table: &str, place: (u32, u32)) -> crate::facts::model::Problem {
    let alias = manifest::tidy(alias, 80);
    let needs = if table == "plugins" { "an id" } else { "a module, or a group and a name" };
    let message = format!("\"{alias}\" of [{table}] needs {needs}; write one. It is left out.");
    manifest::problem("dependency-invalid", Severity::Warning, Some(place), message)
}

fn entry(value: &Value<'_>, is_plugin: bool) -> Option<Entry> {
    match value.get_ref() {
        DeValue::String(written) if is_plugin => {
            let (name, version) = written.split_once(':')?;
            Some(Entry { name: name.to_owned(), version: manifest::requirement(version), version_ref: None })
        }
        DeValue::String(written) => {
            let mut parts = written.splitn(3, ':');
            let name = format!("{}:{}", parts.next()?, parts.next()?);
            Some(Entry { name, version: parts.next().and_then(manifest::requirement), version_ref: None })
        }
        DeValue::Table(table) => {
            let name = if is_plugin { toml_file::text(table, "id")?.to_owned() } else { module(table)? };
            let reference = toml_file::table(table, "version").and_then(|version| toml_file::text(version, "ref"));
            let version = table.get("version").and_then(|value| version(value.get_ref()));
            Some(Entry { name, version, version_ref: reference.map(as_accessor) })
        }
        _ => None,
    }
}

fn module(table: &DeTable<'_>) -> Option<String> {
    let of_parts = || Some(format!("{}:{}", toml_file::text(table, "group")?, toml_file::text(table, "name")?));
    toml_file::text(table, "module").map(str::to_owned).or_else(of_parts).filter(|name| name.contains(':'))
}

/// A plain version, or what a rich one asks for most strongly.
fn version(value: &DeValue<'_>) -> Option<String> {
    let text = match value {
        DeValue::String(text) => Some(text.as_ref()),
        DeValue::Table(rich) => {
            ["strictly", "require", "prefer"].into_iter().find_map(|key| toml_file::text(rich, key))
        }
        _ => None,
    };
    text.and_then(manifest::requirement)
}
