//! The values of `$names`: of the same file, of the files above it, or the only one in the repository.
//! It must not run in circles: nested values are bounded.
use super::{Builds, ancestors, catalogs::Catalogs};
use shared::RepoPath;
use std::collections::BTreeMap;

/// A value may be made of values made of values, so many times.
const MAX_FILLS: usize = 8;

/// Longer values are not filled in further: each name may double the text.
const MAX_FILLED_BYTES: usize = 1_000;

pub(super) struct Values<'b> {
    builds: &'b Builds<'b>,
    catalogs: &'b Catalogs<'b>,
    /// Names with one value wherever they are set; `None` for names with several.
    only: BTreeMap<&'b str, Option<&'b str>>,
}

impl<'b> Values<'b> {
    pub(super) fn of(builds: &'b Builds<'b>, catalogs: &'b Catalogs<'b>) -> Self {
        let mut only: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for (name, value) in builds.extras.values().flat_map(|extra| &extra.properties) {
            let known = only.entry(name).or_insert(Some(value));
            if *known != Some(value.as_str()) {
                *known = None;
            }
        }
        Self { builds, catalogs, only }
    }

    /// The plain value of a name in a file.
    pub(super) fn get(&self, path: &RepoPath, name: &str) -> Option<String> {
        let name = bare(name);
        if name.contains(".versions.")
            && let Some(version) = self.catalogs.version(path, name)
        {
            return Some(version);
        }
        if let Some(value) = self.property(path, name) {
            return Some(value);
        }
        for folder in ancestors(path) {
            for file in
                ["gradle.properties", "settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts"]
            {
                if let Some(value) = folder.join(file).and_then(|file| self.property(&file, name)) {
                    return Some(value);
                }
            }
        }
        self.only.get(name).copied().flatten().map(str::to_owned)
    }

    fn property(&self, path: &RepoPath, name: &str) -> Option<String> {
        self.builds.extras.get(path)?.properties.get(name).cloned()
    }

    /// The text with every `$name` and `${name}` replaced; `None` when one has no plain value here.
    pub(super) fn fill(&self, path: &RepoPath, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for _ in 0..MAX_FILLS {
            if !text.contains('$') {
                return Some(text);
            }
            text = self.fill_once(path, &text)?;
            if text.len() > MAX_FILLED_BYTES {
                return None;
            }
        }
        None
    }

    fn fill_once(&self, path: &RepoPath, text: &str) -> Option<String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            out.push_str(before);
            if let Some(inside) = after.strip_prefix('{') {
                let (name, after) = inside.split_once('}')?;
                out.push_str(&self.get(path, name.trim())?);
                rest = after;
                continue;
            }
            let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(after.len());
            let (value, used) = self.longest(path, after[..end].trim_end_matches('.'))?;
            out.push_str(&value);
            rest = &after[used..];
        }
        out.push_str(rest);
        Some(out)
    }

    /// Groovy takes `$a.b` for the property b of a, Kotlin for a and `.b`: the longest name with a value.
    fn longest(&self, path: &RepoPath, name: &str) -> Option<(String, usize)> {
        let mut name = name;
        loop {
            if let Some(value) = self.get(path, name) {
                return Some((value, name.len()));
            }
            name = name.rsplit_once('.')?.0;
        }
    }
}

/// A name without the words by which scripts reach it.
fn bare(name: &str) -> &str {
    let mut name = name;
    for after in [".get()", ".get", ".toString()", "!!"] {
        name = name.strip_suffix(after).unwrap_or(name);
    }
    for before in ["rootProject.", "project.", "parent.", "ext.", "extra.", "properties."] {
        name = name.strip_prefix(before).unwrap_or(name);
    }
    name
}
