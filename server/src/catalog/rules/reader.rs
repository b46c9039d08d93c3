//! Walks one descriptor document and turns everything wrong with it into findings with a line and a way out.
//! It must not know what a capability is.
use crate::{catalog::nearest::did_you_mean, facts::model::DescriptorDoc, scan::Finding};
use serde_json::{Map, Value};
use shared::{EntityKind, EntityRef, RepoPath, Severity};

/// A document being read, with the findings so far.
pub(crate) struct Reader<'a> {
    doc: &'a DescriptorDoc,
    path: Option<RepoPath>,
    /// Put before messages when the file has no path in a repository.
    file: Option<&'a str>,
    pub(crate) findings: Vec<Finding>,
}

/// A mapping inside the document and the dotted path that leads to it.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    pub(crate) at: String,
    pub(crate) map: &'a Map<String, Value>,
}

impl<'a> Reader<'a> {
    /// A reader of a document in a repository.
    pub(crate) fn of_repository(doc: &'a DescriptorDoc, path: &RepoPath) -> Self {
        Self { doc, path: Some(path.clone()), file: None, findings: vec![] }
    }

    /// A reader of a document in a file outside any repository.
    pub(crate) fn of_file(doc: &'a DescriptorDoc, file: &'a str) -> Self {
        Self { doc, path: None, file: Some(file), findings: vec![] }
    }

    /// A reader of a document whose file the caller names.
    pub(crate) fn of_text(doc: &'a DescriptorDoc) -> Self {
        Self { doc, path: None, file: None, findings: vec![] }
    }

    /// Notes a problem with the value at a dotted path.
    pub(crate) fn report(&mut self, rule: &str, severity: Severity, at: &str, message: String) {
        let (line, column) = place_of(self.doc, at);
        let message = match self.file {
            Some(file) => format!("{file}: {message}"),
            None => message,
        };
        let (rule, path, line) = (rule.to_owned(), self.path.clone(), Some(line));
        self.findings.push(Finding { rule, severity, path, line, column, message });
    }

    /// The root of the document; `None` when it is no mapping.
    pub(crate) fn root(&mut self) -> Option<Node<'a>> {
        let map = self.doc.document.as_object();
        if map.is_none() {
            self.wrong_type("", "a mapping");
        }
        Some(Node { at: String::new(), map: map? })
    }

    /// A mapping under a key; absent gives `None`, another type a finding.
    pub(crate) fn node(&mut self, parent: &Node<'a>, key: &str) -> Option<Node<'a>> {
        let at = parent.child(key);
        match parent.map.get(key)? {
            Value::Object(map) => Some(Node { at, map }),
            Value::Null => None,
            _ => {
                self.wrong_type(&at, "a mapping");
                None
            }
        }
    }

    /// The mappings of a list; whatever else is in the list is a finding.
    pub(crate) fn nodes(&mut self, parent: &Node<'a>, key: &str) -> Vec<Node<'a>> {
        let mut out = Vec::new();
        for (at, value) in self.list(parent, key) {
            match value {
                Value::Object(map) => out.push(Node { at, map }),
                _ => self.wrong_type(&at, "a mapping"),
            }
        }
        out
    }

    /// The texts of a list. A single text is taken for a list of one; numbers and booleans are findings.
    pub(crate) fn texts(&mut self, parent: &Node<'a>, key: &str) -> Vec<(String, &'a str)> {
        if let Some(Value::String(text)) = parent.map.get(key) {
            return vec![(parent.child(key), text)];
        }
        let mut out = Vec::new();
        for (at, value) in self.list(parent, key) {
            match value {
                Value::String(text) if !text.trim().is_empty() => out.push((at, text.as_str())),
                _ => self.wrong_type(&at, "a text that is not empty"),
            }
        }
        out
    }

    fn list(&mut self, parent: &Node<'a>, key: &str) -> Vec<(String, &'a Value)> {
        let at = parent.child(key);
        match parent.map.get(key) {
            None | Some(Value::Null) => vec![],
            Some(Value::Array(list)) => list.iter().enumerate().map(|(i, v)| (format!("{at}[{i}]"), v)).collect(),
            Some(_) => {
                self.wrong_type(&at, "a list");
                vec![]
            }
        }
    }

    /// A text that is not empty.
    pub(crate) fn text(&mut self, parent: &Node<'a>, key: &str) -> Option<&'a str> {
        match parent.map.get(key)? {
            Value::Null => None,
            Value::String(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => {
                self.wrong_type(&parent.child(key), "a text that is not empty; put it in quotes");
                None
            }
        }
    }

    /// A word of a closed vocabulary; an unknown one is a finding that names the nearest.
    pub(crate) fn word<T: std::str::FromStr>(&mut self, parent: &Node<'a>, key: &str, known: Words<'_>) -> Option<T> {
        let text = self.text(parent, key)?;
        let read = text.parse().ok();
        if read.is_none() {
            let message = format!(
                "\"{text}\" is no {}; write one of {}.{}",
                known.what,
                known.words.join(", "),
                did_you_mean(text, known.words.iter().copied())
            );
            self.report(known.rule, Severity::Error, &parent.child(key), message);
        }
        read
    }

    /// An entity reference.
    pub(crate) fn reference(&mut self, parent: &Node<'a>, key: &str, kind: EntityKind) -> Option<EntityRef> {
        let text = self.text(parent, key)?;
        match EntityRef::parse(text, Some(kind), "default") {
            Ok(reference) => Some(reference),
            Err(error) => {
                let message = format!("{error}; write {kind}:default/name.");
                self.report("capability-invalid-ref", Severity::Error, &parent.child(key), message);
                None
            }
        }
    }

    /// A day as `YYYY-MM-DD`.
    pub(crate) fn day(&mut self, parent: &Node<'a>, key: &str) -> Option<String> {
        let text = self.text(parent, key)?;
        if chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() && text.len() == 10 {
            return Some(text.to_owned());
        }
        let message = format!("\"{text}\" is not a day; write it as YYYY-MM-DD, e.g. 2027-06-30.");
        self.report("capability-invalid-date", Severity::Error, &parent.child(key), message);
        None
    }

    /// Reports every key outside `known`.
    pub(crate) fn only_keys(&mut self, node: &Node<'a>, known: &[&str]) {
        for key in node.map.keys().filter(|key| !known.contains(&key.as_str())) {
            let near = did_you_mean(key, known.iter().copied());
            let message = format!("Unknown key \"{key}\"; it is ignored. Known here: {}.{near}", known.join(", "));
            self.report("capability-unknown-key", Severity::Warning, &node.child(key), message);
        }
    }

    pub(crate) fn wrong_type(&mut self, at: &str, wanted: &str) {
        let what = if at.is_empty() { "The document" } else { at };
        self.report("capability-wrong-type", Severity::Error, at, format!("{what} must be {wanted}."));
    }
}

/// The line and column of a dotted path, or of the nearest thing around it that has a place; else the document's line.
pub(crate) fn place_of(doc: &DescriptorDoc, at: &str) -> (u32, Option<u32>) {
    let mut at = at;
    loop {
        if let Some((line, column)) = doc.places.get(at) {
            return (*line, Some(*column));
        }
        match at.rfind(['.', '[']) {
            Some(end) => at = &at[..end],
            None => return (doc.line, None),
        }
    }
}

/// A closed vocabulary, for messages.
#[derive(Clone, Copy)]
pub(crate) struct Words<'w> {
    pub(crate) rule: &'w str,
    pub(crate) what: &'w str,
    pub(crate) words: &'w [&'w str],
}

impl Node<'_> {
    pub(crate) fn child(&self, key: &str) -> String {
        if self.at.is_empty() { key.to_owned() } else { format!("{}.{key}", self.at) }
    }
}
