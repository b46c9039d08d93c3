//! What each package of a `uv.lock` is for: followed from the members' own lists through what each package needs.
//! It must not evaluate markers: what one platform needs is needed.
use super::{
    super::toml_file::{self, TomlFile, Value},
    lock, project, requirement,
};
use shared::Scope;
use std::collections::{HashMap, HashSet};
use toml::de::DeTable;

/// Versions of one package that are looked at.
const MAX_VERSIONS: usize = 50;

/// A package with the extra of it that is asked for; the empty extra is the package itself.
type Wanted = (String, String);

/// The packages of one file by name.
type Packages<'t, 'a> = HashMap<String, Vec<&'t DeTable<'a>>>;

/// The widest use of every package that a member leads to; empty for files without members.
pub(super) fn of(file: &TomlFile<'_>) -> HashMap<String, Scope> {
    let mut packages: Packages<'_, '_> = HashMap::new();
    for table in toml_file::list(&file.root, "package").filter_map(|item| item.get_ref().as_table()) {
        if let Some(name) = toml_file::text(table, "name") {
            packages.entry(requirement::normalise(name)).or_default().push(table);
        }
    }
    let members: Vec<&DeTable<'_>> = packages.values().flatten().copied().filter(|table| lock::is_own(table)).collect();
    let mut out = HashMap::new();
    let mut seen: HashSet<Wanted> = HashSet::new();
    for scope in [Scope::Runtime, Scope::Optional, Scope::Test, Scope::Dev] {
        let mut open: Vec<Wanted> = members.iter().flat_map(|member| seeds(member, scope)).collect();
        while let Some(wanted) = open.pop() {
            if !seen.insert(wanted.clone()) {
                continue;
            }
            let (name, extra) = wanted;
            for package in packages.get(&name).into_iter().flatten().take(MAX_VERSIONS) {
                open.extend(needs(package, &extra));
            }
            out.entry(name).or_insert(scope);
        }
    }
    out
}

/// What a member asks for in a scope.
fn seeds(member: &DeTable<'_>, scope: Scope) -> Vec<Wanted> {
    let tables = |key: &str| toml_file::table(member, key).into_iter().flatten();
    match scope {
        Scope::Runtime => wanted(toml_file::list(member, "dependencies")),
        Scope::Optional => tables("optional-dependencies").flat_map(|(_, list)| wanted(items(list))).collect(),
        _ => {
            let groups = tables("dev-dependencies").filter(|(name, _)| project::group_scope(name.get_ref()) == scope);
            groups.flat_map(|(_, list)| wanted(items(list))).collect()
        }
    }
}

/// What a package needs for itself or for one of its extras.
fn needs(package: &DeTable<'_>, extra: &str) -> Vec<Wanted> {
    if extra.is_empty() {
        return wanted(toml_file::list(package, "dependencies"));
    }
    let extras = toml_file::table(package, "optional-dependencies");
    extras.and_then(|extras| extras.get(extra)).map(|list| wanted(items(list))).unwrap_or_default()
}

fn items<'t, 'a>(list: &'t Value<'a>) -> impl Iterator<Item = &'t Value<'a>> {
    list.get_ref().as_array().into_iter().flat_map(|array| array.iter())
}

/// `{name = "x", extra = ["y"]}` wants `x` and its extra `y`.
fn wanted<'t, 'a: 't>(items: impl Iterator<Item = &'t Value<'a>>) -> Vec<Wanted> {
    let mut out = vec![];
    for table in items.filter_map(|item| item.get_ref().as_table()) {
        let Some(name) = toml_file::text(table, "name").map(requirement::normalise) else { continue };
        out.extend(toml_file::texts(table, "extra").into_iter().map(|extra| (name.clone(), extra)));
        out.push((name, String::new()));
    }
    out
}
