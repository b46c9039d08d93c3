//! The tables beside this file, read once: well-known modules, standard libraries, packages that nobody imports.
//! It must not know a repository.
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// Names by the module or package they belong to.
type Names = HashMap<&'static str, Vec<&'static str>>;

static PYTHON_MODULES: LazyLock<Names> = LazyLock::new(|| names(include_str!("python_modules.txt")));
static JVM_PACKAGES: LazyLock<Names> = LazyLock::new(|| names(include_str!("jvm_packages.txt")));
static PYTHON_STDLIB: LazyLock<HashSet<&str>> = LazyLock::new(|| lines(include_str!("python_stdlib.txt")).collect());
static NODE_BUILTINS: LazyLock<HashSet<&str>> = LazyLock::new(|| lines(include_str!("node_builtins.txt")).collect());
static KNOWN_DISTRIBUTIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| PYTHON_MODULES.values().flatten().copied().collect());
static UNIMPORTED: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| lines(include_str!("unimported.txt")).filter_map(|line| line.split_once(':')).collect());

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn names(text: &'static str) -> Names {
    let row = |line: &'static str| {
        let mut words = line.split(' ');
        Some((words.next()?, words.collect()))
    };
    lines(text).filter_map(row).collect()
}

/// The distributions that hold a Python module, by the longest module of the table that it lies in.
pub(super) fn distributions(module: &str) -> &'static [&'static str] {
    longest(&PYTHON_MODULES, module)
}

/// The artifacts that hold a Java package or class.
pub(super) fn artifacts(module: &str) -> &'static [&'static str] {
    longest(&JVM_PACKAGES, module)
}

fn longest(table: &'static Names, module: &str) -> &'static [&'static str] {
    prefixes(module, '.').find_map(|prefix| table.get(prefix)).map(Vec::as_slice).unwrap_or_default()
}

/// The name and what it lies in, longest first.
pub(super) fn prefixes(name: &str, separator: char) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), move |name| Some(name.rsplit_once(separator)?.0))
}

/// Whether the module of a distribution is known for sure, so that its absence says something.
pub(super) fn is_known_distribution(name: &str) -> bool {
    KNOWN_DISTRIBUTIONS.contains(name)
}

pub(super) fn is_python_stdlib(head: &str) -> bool {
    PYTHON_STDLIB.contains(head)
}

pub(super) fn is_node_builtin(name: &str) -> bool {
    NODE_BUILTINS.contains(name)
}

/// Whether a package serves without being imported.
pub(super) fn is_unimported(ecosystem: &str, name: &str) -> bool {
    // A package named as a module of Node.js stands in for it where there is none.
    let stands_in = ecosystem == "npm" && is_node_builtin(name);
    stands_in || UNIMPORTED.iter().any(|(of, pattern)| *of == ecosystem && meets(pattern, name))
}

/// `*` stands at the beginning, at the end, or at both.
fn meets(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => name.contains(pattern.trim_matches('*')),
        (Some(end), None) => name.ends_with(end),
        (None, Some(start)) => name.starts_with(start),
        (None, None) => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole_and_answer_by_the_longest_module() {
        assert_eq!(distributions("yaml"), ["pyyaml"]);
        assert_eq!(distributions("google.cloud.storage.client"), ["google-cloud-storage"]);
        assert!(distributions("google.cloud.unheard").is_empty() && distributions("yamlx").is_empty());
        assert_eq!(artifacts("com.google.common.collect.Lists"), ["com.google.guava:guava"]);
        let differ = PYTHON_MODULES.iter().filter(|(module, names)| !names.contains(&module.to_lowercase().as_str()));
        assert!(differ.count() >= 150);
        assert!(PYTHON_MODULES.values().chain(JVM_PACKAGES.values()).all(|names| !names.is_empty()));
        assert!(JVM_PACKAGES.values().flatten().all(|name| name.matches(':').count() == 1));
        let spelled = |name: &&&str| name.replace(['_', '.'], "-").to_lowercase() == **name;
        let wrong: Vec<_> = KNOWN_DISTRIBUTIONS.iter().filter(|name| !spelled(name)).collect();
        assert!(wrong.is_empty(), "names are written as PEP 503 has them: {wrong:?}");
    }

    #[test]
    fn standard_libraries_and_tools_are_known() {
        assert!(is_python_stdlib("tomllib") && is_python_stdlib("distutils") && !is_python_stdlib("yaml"));
        assert!(is_node_builtin("fs") && !is_node_builtin("express"));
        assert!(is_unimported("npm", "@types/node") && is_unimported("npm", "eslint-plugin-x"));
        assert!(is_unimported("npm", "x-plugin-y") && !is_unimported("npm", "express"));
        assert!(is_unimported("pypi", "gunicorn") && !is_unimported("npm", "gunicorn"));
    }
}
