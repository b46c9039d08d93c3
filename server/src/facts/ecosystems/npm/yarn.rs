//! `yarn.lock`, as Yarn 1 writes it (<https://classic.yarnpkg.com/lang/en/docs/yarn-lock/>) and as Yarn 2 and later do
//! (<https://github.com/yarnpkg/berry/tree/master/packages/yarnpkg-parsers>).
//! It must not report what lies in the repository: workspaces, links, portals and files.
use super::{
    super::manifest,
    installed::{Installed, declare},
    lines,
};
use crate::facts::model::FileFacts;
use shared::Scope;
use std::borrow::Cow;

/// One block of the file.
struct Entry<'a> {
    line: u32,
    /// The ranges that the copy answers, as written.
    key: &'a str,
    version: Option<&'a str>,
    /// Yarn 2 and later: the copy itself, `name@npm:1.0.0`.
    resolution: Option<&'a str>,
}

/// Reads a lock file.
pub(super) fn read(text: &str) -> FileFacts {
    let mut entries: Vec<Entry<'_>> = vec![];
    let mut is_lock = text.contains("yarn lockfile v1");
    for line in lines::read(text) {
        match (line.indent, line.key) {
            (0, "__metadata") => is_lock = true,
            (0, key) if line.value.is_empty() => {
                entries.push(Entry { line: line.number, key, version: None, resolution: None });
            }
            (2, key) => {
                let Some(entry) = entries.last_mut() else { continue };
                match key {
                    "version" => entry.version = Some(line.value),
                    "resolution" => entry.resolution = Some(line.value),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let mut problems: Vec<_> = lines::conflict(text).into_iter().collect();
    if !is_lock && entries.iter().all(|entry| entry.version.is_none()) && !text.trim().is_empty() && problems.is_empty()
    {
        problems.push(manifest::unreadable("yarn.lock", text, (1, 1), "it has no entry of Yarn"));
    }
    FileFacts { dependencies: declare(entries.iter().filter_map(Entry::installed)), problems, ..FileFacts::default() }
}

impl<'a> Entry<'a> {
    fn installed(&self) -> Option<Installed<'a>> {
        let (name, version) = match self.resolution {
            Some(resolution) => self.resolved(resolution)?,
            None => self.answered()?,
        };
        let version = version.map(Cow::Borrowed);
        Some(Installed { line: self.line, name: Cow::Borrowed(name), version, scope: Scope::Runtime })
    }

    /// `name@npm:1.0.0`, `name@patch:name@npm%3A1.0.0#…`, `name@https://…`.
    fn resolved(&self, resolution: &'a str) -> Option<(&'a str, Option<&'a str>)> {
        let (name, reference) = lines::split_at(resolution)?;
        let own = ["workspace:", "link:", "portal:", "file:", "exec:"].iter().any(|own| reference.starts_with(own));
        let own_patch = reference.starts_with("patch:") && reference.contains("@workspace%3A");
        (!own && !own_patch).then_some((name, self.version))
    }

    /// The first of `name@^1.0.0`, `alias@npm:real@^1.0.0`, `name@owner/repo#tag`.
    fn answered(&self) -> Option<(&'a str, Option<&'a str>)> {
        let first = self.key.split(',').next().unwrap_or_default().trim().trim_matches('"');
        let (name, range) = lines::split_at(first)?;
        if ["file:", "link:", "./", "../"].iter().any(|own| range.starts_with(own)) {
            return None;
        }
        let real = range.strip_prefix("npm:").map(|real| lines::split_at(real).map_or(real, |(name, _)| name));
        let real = real.filter(|real| real.starts_with(|c: char| c == '@' || c.is_ascii_alphabetic()));
        self.version.map(|version| (real.unwrap_or(name), Some(version)))
    }
}
