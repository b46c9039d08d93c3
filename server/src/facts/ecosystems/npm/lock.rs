//! `package-lock.json` and `npm-shrinkwrap.json`, formats 1 to 3
//! (<https://docs.npmjs.com/cli/configuring-npm/package-lock-json>), read in one pass without building a tree.
//! It must not report links and workspace members: they are this repository's own.
use super::{
    super::json_file,
    installed::{Installed, declare},
};
use crate::facts::{
    model::FileFacts,
    positions::{Lines, offset_in},
};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use shared::Scope;
use std::{borrow::Cow, fmt};

/// One copy and the offset of its key.
struct Found<'a> {
    offset: usize,
    name: Cow<'a, str>,
    version: Option<Cow<'a, str>>,
    scope: Scope,
}

/// What is kept of a lock file while it is read. Both tables are there in format 2; then `packages` counts.
#[derive(Default)]
struct Collected<'a> {
    packages: Vec<Found<'a>>,
    dependencies: Vec<Found<'a>>,
    has_packages: bool,
}

/// Reads a lock file.
pub(super) fn read(text: &str) -> FileFacts {
    let mut collected = Collected::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let outcome = Root { text, into: &mut collected }.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    let problems = outcome.err().map(|error| json_file::unreadable(text, &error));
    let lines = Lines::new(text);
    let installed = if collected.has_packages { collected.packages } else { collected.dependencies };
    FileFacts {
        dependencies: declare(installed.into_iter().map(|copy| at_line(&lines, copy))),
        problems: problems.into_iter().collect(),
        ..FileFacts::default()
    }
}

fn at_line<'a>(lines: &Lines<'_>, found: Found<'a>) -> Installed<'a> {
    Installed { line: lines.line(found.offset), name: found.name, version: found.version, scope: found.scope }
}

/// The object at the top.
struct Root<'c, 'a> {
    text: &'a str,
    into: &'c mut Collected<'a>,
}

impl<'a> DeserializeSeed<'a> for Root<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Root<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a lock file's object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(Text(key)) = entries.next_key()? {
            match key.as_ref() {
                "packages" => {
                    self.into.has_packages = true;
                    entries.next_value_seed(Packages { text: self.text, into: &mut self.into.packages })?;
                }
                "dependencies" if !self.into.has_packages => {
                    entries.next_value_seed(Nested { text: self.text, into: &mut self.into.dependencies })?;
                }
                _ => drop(entries.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// A text that is borrowed when it has no escapes.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The flags by which npm tells what a copy is for.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Copy<'a> {
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    version: Option<Cow<'a, str>>,
    link: bool,
    dev: bool,
    #[serde(rename = "devOptional")]
    dev_optional: bool,
    optional: bool,
    peer: bool,
}

fn scope(dev: bool, optional: bool, peer: bool) -> Scope {
    match (dev, optional, peer) {
        (true, _, _) => Scope::Dev,
        (_, true, _) => Scope::Optional,
        (_, _, true) => Scope::Peer,
        _ => Scope::Runtime,
    }
}

/// Formats 2 and 3: install paths in one flat object.
struct Packages<'c, 'a> {
    text: &'a str,
    into: &'c mut Vec<Found<'a>>,
}

impl<'a> DeserializeSeed<'a> for Packages<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Packages<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of install paths")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(Text(path)) = entries.next_key()? {
            let Some(start) = path.rfind("node_modules/").map(|at| at + "node_modules/".len()) else {
                entries.next_value::<IgnoredAny>()?;
                continue;
            };
            let copy: Copy<'a> = entries.next_value()?;
            if copy.link {
                continue;
            }
            let (offset, folder) = match path {
                Cow::Borrowed(path) => (offset_in(self.text, path).unwrap_or(0), Cow::Borrowed(&path[start..])),
                Cow::Owned(path) => (0, Cow::Owned(path[start..].to_owned())),
            };
            let scope = scope(copy.dev || copy.dev_optional, copy.optional, copy.peer);
            self.into.push(Found { offset, name: copy.name.unwrap_or(folder), version: copy.version, scope });
        }
        Ok(())
    }
}

/// Format 1: names, each with the copies nested below it.
struct Nested<'c, 'a> {
    text: &'a str,
    into: &'c mut Vec<Found<'a>>,
}

impl<'a> DeserializeSeed<'a> for Nested<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Nested<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of package names")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(Text(key)) = entries.next_key()? {
            let offset = if let Cow::Borrowed(key) = &key { offset_in(self.text, key).unwrap_or(0) } else { 0 };
            let at = self.into.len();
            let seed = NestedCopy { text: self.text, into: &mut *self.into, installed: (offset, key) };
            let own = entries.next_value_seed(seed)?;
            // A copy stands before the copies nested below it, as in the file.
            self.into.splice(at..at, own);
        }
        Ok(())
    }
}

/// One package of format 1.
struct NestedCopy<'c, 'a> {
    text: &'a str,
    into: &'c mut Vec<Found<'a>>,
    installed: (usize, Cow<'a, str>),
}

impl<'a> DeserializeSeed<'a> for NestedCopy<'_, 'a> {
    type Value = Option<Found<'a>>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for NestedCopy<'_, 'a> {
    type Value = Option<Found<'a>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a package's object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let (offset, mut name) = self.installed;
        let (mut version, mut dev, mut optional) = (None, false, false);
        while let Some(Text(key)) = entries.next_key()? {
            match key.as_ref() {
                "version" => version = entries.next_value::<Option<Text<'a>>>()?.map(|Text(text)| text),
                "dev" => dev = entries.next_value()?,
                "optional" => optional = entries.next_value()?,
                "dependencies" => entries.next_value_seed(Nested { text: self.text, into: &mut *self.into })?,
                _ => drop(entries.next_value::<IgnoredAny>()?),
            }
        }
        if version.as_deref().is_some_and(|version| version.starts_with("file:")) {
            return Ok(None);
        }
        if let Some((real, number)) = version.as_deref().and_then(|v| v.strip_prefix("npm:")?.rsplit_once('@')) {
            let (real, number) = (real.to_owned(), number.to_owned());
            (name, version) = (Cow::Owned(real), Some(Cow::Owned(number)));
        }
        Ok(Some(Found { offset, name, version, scope: scope(dev, optional, false) }))
    }
}
