//! `pnpm-lock.yaml`, lockfile versions 5, 6 and 9 (<https://github.com/pnpm/spec/tree/master/lockfile>).
//! It must not report what lies in the repository: links, workspace members and folders.
use super::{
    super::manifest,
    installed::{Installed, declare},
    lines::{self, Line},
    reach::Reach,
};
use crate::facts::model::FileFacts;
use shared::Scope;
use std::borrow::Cow;

/// One entry of `packages`.
struct Entry<'a> {
    line: u32,
    key: &'a str,
    /// pnpm writes these where the key does not say them.
    name: Option<&'a str>,
    version: Option<&'a str>,
    dev: bool,
    optional: bool,
    folder: bool,
}

#[derive(Default)]
struct Lock<'a> {
    format: &'a str,
    entries: Vec<Entry<'a>>,
    /// Who needs whom; version 9 has no flags of its own.
    reach: Reach<'a>,
}

/// Reads a lock file.
pub(super) fn read(text: &str) -> FileFacts {
    let mut lock = Lock::default();
    // The keys above the line: section, and the keys at two, four and six spaces.
    let mut above = [""; 4];
    for line in lines::read(text) {
        lock.read(&above, &line);
        if let Some(level) = above.get_mut(line.indent / 2) {
            *level = line.key;
        }
    }
    let mut problems: Vec<_> = lines::conflict(text).into_iter().collect();
    if lock.format.is_empty() && problems.is_empty() {
        problems.push(manifest::unreadable("pnpm-lock.yaml", text, (1, 1), "it names no lockfileVersion"));
    }
    FileFacts { dependencies: declare(lock.installed()), problems, ..FileFacts::default() }
}

impl<'a> Lock<'a> {
    fn read(&mut self, above: &[&'a str; 4], line: &Line<'a>) {
        match (line.indent, above[0]) {
            (0, _) if line.key == "lockfileVersion" => self.format = line.value,
            (2, "packages") => self.entries.push(Entry::new(line)),
            (4, "packages") => {
                if let Some(entry) = self.entries.last_mut() {
                    entry.field(line);
                }
            }
            (6, "importers") if !line.value.is_empty() => self.reach.root(line.key, line.value, scope_of(above[2])),
            (8, "importers") if line.key == "version" => self.reach.root(above[3], line.value, scope_of(above[2])),
            (2, "snapshots") => self.reach.open(line.key),
            (6, "snapshots") if !line.value.is_empty() => match above[2] {
                "dependencies" => self.reach.edge(line.key, line.value, false),
                "optionalDependencies" => self.reach.edge(line.key, line.value, true),
                _ => {}
            },
            _ => {}
        }
    }

    fn installed(self) -> impl Iterator<Item = Installed<'a>> {
        let scopes = self.reach.scopes();
        let (format, is_5) = (self.format, self.format.starts_with('5'));
        self.entries.into_iter().filter_map(move |entry| {
            let (name, version) = if is_5 { entry.by_slash() } else { entry.by_at() }?;
            let reached = || lines::split_at(entry.key).and_then(|key| scopes.get(&key).copied());
            let scope = match (entry.dev, entry.optional) {
                (true, _) => Scope::Dev,
                (_, true) => Scope::Optional,
                _ if format.starts_with('9') => reached().unwrap_or(Scope::Runtime),
                _ => Scope::Runtime,
            };
            let version = version.map(Cow::Borrowed);
            Some(Installed { line: entry.line, name: Cow::Borrowed(name), version, scope })
        })
    }
}

fn scope_of(table: &str) -> Option<Scope> {
    match table {
        "dependencies" => Some(Scope::Runtime),
        "optionalDependencies" => Some(Scope::Optional),
        "devDependencies" => Some(Scope::Dev),
        _ => None,
    }
}

impl<'a> Entry<'a> {
    fn new(line: &Line<'a>) -> Self {
        let (key, line) = (line.key, line.number);
        Self { line, key, name: None, version: None, dev: false, optional: false, folder: key.contains("file:") }
    }

    fn field(&mut self, line: &Line<'a>) {
        match line.key {
            "name" => self.name = Some(line.value),
            "version" => self.version = Some(line.value),
            "dev" => self.dev = line.value == "true",
            "optional" => self.optional = line.value == "true",
            "resolution" => self.folder |= line.value.contains("type: directory"),
            _ => {}
        }
    }

    /// Versions 6 and 9: `/@scope/name@1.0.0(peer@2.0.0)`, without the slash since 9.
    fn by_at(&self) -> Option<(&'a str, Option<&'a str>)> {
        self.outside()?;
        if let Some(name) = self.name {
            return Some((name, self.version));
        }
        let key = self.key.split('(').next().unwrap_or_default();
        let key = key.strip_prefix('/').or_else(|| after_host(key)).unwrap_or(key);
        let (name, version) = lines::split_at(key)?;
        let number = (!version.contains([':', '/'])).then_some(version);
        Some((name, self.version.or(number)))
    }

    /// Version 5: `/@scope/name/1.0.0_peer@2.0.0`, after the host of another registry.
    fn by_slash(&self) -> Option<(&'a str, Option<&'a str>)> {
        self.outside()?;
        if let Some(name) = self.name {
            return Some((name, self.version));
        }
        let key = self.key.strip_prefix('/').or_else(|| after_host(self.key))?;
        let name_end = key.match_indices('/').nth(usize::from(key.starts_with('@')))?.0;
        let version = key[name_end + 1..].split(['_', '/', '(']).next();
        Some((&key[..name_end], self.version.or(version)))
    }

    fn outside(&self) -> Option<()> {
        (!self.folder).then_some(())
    }
}

/// What follows the host in `registry.acme.dev/name`.
fn after_host(key: &str) -> Option<&str> {
    let (host, rest) = key.split_once('/')?;
    (!host.starts_with('@') && host.contains('.') && !host.contains('@')).then_some(rest)
}
