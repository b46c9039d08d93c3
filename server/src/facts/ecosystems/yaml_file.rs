//! YAML with places and with scalars as written, so that a version `1.10` stays `1.10`.
//! It must not know what any key means.
use super::{manifest, stack::on_deep_stack};
use crate::facts::{
    model::{FileFacts, Problem},
    yaml_stream::{self, Chunk},
};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy, Options, Spanned};
use std::fmt;

/// A value and the 1-based line on which it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub line: u32,
    value: Value,
}

/// Numbers and booleans keep only where their text lies.
#[derive(Debug)]
enum Value {
    Null,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The value at a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The entries of a map; none for anything else.
    pub(super) fn entries(&self) -> &[(String, Node)] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a list; none for anything else.
    pub(super) fn items(&self) -> &[Node] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The scalar as written, without quotes.
    pub(super) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The text at a key.
    pub(super) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// The value at a path of keys, e.g. `["spec", "template", "spec"]`.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    fn move_down(&mut self, n_lines: u32) {
        self.line = self.line.saturating_add(n_lines);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.move_down(n_lines)),
            Value::Map(entries) => entries.iter_mut().for_each(|(_, item)| item.move_down(n_lines)),
            Value::Null | Value::Text(_) => {}
        }
    }
}

/// Levels of nesting that are read; workflows and charts need about eight. Each takes some 30 KiB of stack in a debug
/// build, and aliases may nest this deep twice more.
const MAX_DEPTH: usize = 14;

/// Levels of nesting that `read_deep` reads: a list of cron jobs with affinities needs about twenty.
const DEEP: usize = 40;

/// What a line of more levels than `MAX_DEPTH` starts with, at one space a level.
const DEEP_INDENT: &str = "              ";

/// Lines of comment in a row: a whole job that is commented out has more than the 32 that the library allows.
const MAX_COMMENTS: usize = 20_000;

/// Documents of one file that are read.
const MAX_DOCUMENTS: usize = 1_000;

/// Reads the first document of a file.
///
/// # Errors
/// The one problem of a file that is not YAML; quiet for a template.
pub(super) fn read(text: &str) -> Result<Node, Box<Problem>> {
    read_within(text, MAX_DEPTH)
}

/// Reads the first document of a chunk, deeper than `read` does, with the lines of the file. For documents that are known
/// to nest deep, such as the workloads of Kubernetes.
///
/// # Errors
/// The one problem of a document that is not YAML; quiet for a template.
pub(super) fn read_deep(chunk: &Chunk<'_>) -> Result<Node, Box<Problem>> {
    let indented = |line: &str| line.starts_with(DEEP_INDENT);
    let read = match read(chunk.text) {
        Err(problem) if chunk.text.lines().any(indented) => {
            on_deep_stack(|| read_within(chunk.text, DEEP)).unwrap_or(Err(problem))
        }
        outcome => outcome,
    };
    placed(read, chunk)
}

fn read_within(text: &str, max_depth: usize) -> Result<Node, Box<Problem>> {
    match serde_saphyr::from_str_with_options::<Spanned<Raw>>(text, options(max_depth)) {
        Ok(root) => Ok(settle(text, root)),
        Err(error) => {
            let number = |n: u64| u32::try_from(n.max(1)).unwrap_or(u32::MAX);
            let n_lines = u32::try_from(text.lines().count().max(1)).unwrap_or(u32::MAX);
            let at = error.location().map_or((1, 1), |at| (number(at.line()).min(n_lines), number(at.column())));
            let message = error.without_snippet().to_string();
            let reason = message.lines().next().unwrap_or_default().split(" at line ").next().unwrap_or_default();
            // The library's advice to its caller is none for the file's author.
            let reason = reason.split(", set DuplicateKeyPolicy").next().unwrap_or_default();
            Err(Box::new(manifest::unreadable("YAML", text, at, reason)))
        }
    }
}

/// A file of one document whose facts `fill` takes from its root; what is no text or no YAML is one problem.
pub(super) fn facts_of(bytes: &[u8], fill: impl FnOnce(&Node, &mut FileFacts)) -> FileFacts {
    let text = match manifest::text(bytes) {
        Ok(text) => text,
        Err(facts) => return *facts,
    };
    let mut facts = FileFacts::default();
    match read(text) {
        Ok(root) => fill(&root, &mut facts),
        Err(problem) => facts.problems.push(*problem),
    }
    facts
}

/// Reads every document of a file by itself, so that a broken one does not take the others with it. Lines are the file's.
/// Documents without content are left out; at most `MAX_DOCUMENTS` are read.
pub(super) fn read_all(text: &str) -> (Vec<Node>, Vec<Problem>) {
    let (mut roots, mut problems) = (vec![], vec![]);
    for chunk in yaml_stream::split(text).iter().filter(|chunk| !chunk.is_empty()).take(MAX_DOCUMENTS) {
        match placed(read(chunk.text), chunk) {
            Ok(root) => roots.push(root),
            Err(problem) => problems.push(*problem),
        }
    }
    (roots, problems)
}

/// What was read from a chunk, with the lines of the file.
fn placed(read: Result<Node, Box<Problem>>, chunk: &Chunk<'_>) -> Result<Node, Box<Problem>> {
    match read {
        Ok(mut root) => {
            root.move_down(chunk.line - 1);
            Ok(root)
        }
        Err(mut problem) => {
            problem.line = problem.line.map(|line| line + chunk.line - 1);
            Err(problem)
        }
    }
}

fn options(max_depth: usize) -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_documents: 2,
            max_depth: max_depth,
            max_nodes: 50_000,
            max_events: 150_000,
            max_aliases: 1_000,
            max_anchors: 500,
            max_merge_keys: 1_000,
            enforce_alias_anchor_ratio: false,
            max_buffered_comment_events: MAX_COMMENTS,
            max_inclusion_depth: 0,
            max_total_scalar_bytes: 1 << 20,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 50_000,
            max_replay_stack_depth: 2,
        },
        duplicate_keys: DuplicateKeyPolicy::Error,
        merge_keys: MergeKeyPolicy::Merge,
        strict_booleans: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

/// A value before its text is looked up.
enum Raw {
    Null,
    /// A number or boolean: its text is taken from the file.
    Plain,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(String, Spanned<Raw>)>),
}

fn settle(text: &str, raw: Spanned<Raw>) -> Node {
    let line = u32::try_from(raw.referenced.line().max(1)).unwrap_or(u32::MAX);
    let span = raw.defined.span();
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Text(text) => Value::Text(text),
        Raw::Plain => Value::Text(slice(text, span.byte_offset(), span.byte_len()).trim().to_owned()),
        Raw::List(items) => Value::List(items.into_iter().map(|item| settle(text, item)).collect()),
        Raw::Map(entries) => Value::Map(entries.into_iter().map(|(key, item)| (key, settle(text, item))).collect()),
    };
    Node { line, value }
}

fn slice(text: &str, start: Option<u64>, length: Option<u64>) -> &str {
    let range = || {
        let start = usize::try_from(start?).ok()?;
        text.get(start..start.checked_add(usize::try_from(length?).ok()?)?)
    };
    range().unwrap_or_default()
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.replace('\0', "")))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Raw, E> {
        Ok(Raw::Text(String::from_utf8_lossy(value).replace('\0', "")))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = vec![];
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = vec![];
        while let Some((key, value)) = entries.next_entry::<String, Spanned<Raw>>()? {
            map.push((key.replace('\0', ""), value));
        }
        Ok(Raw::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_stay_as_written_and_know_their_line() {
        let root = read("a: 1.10\nb:\n  - x: yes\n    y: 'é'\n  - true\nc: é\nd: 0x1F # hex\n").unwrap();
        assert_eq!((root.text_of("a"), root.text_of("c"), root.text_of("d")), (Some("1.10"), Some("é"), Some("0x1F")));
        let list = root.get("b").unwrap().items();
        assert_eq!(
            (list[0].text_of("x"), list[0].text_of("y"), list[1].text()),
            (Some("yes"), Some("é"), Some("true"))
        );
        assert_eq!((list[0].get("y").unwrap().line, list[1].line), (4, 5));
    }

    #[test]
    fn one_anchor_may_serve_many_services() {
        let services = (0..150).map(|n| format!("  s{n}:\n    <<: *shared\n")).collect::<String>();
        let root = read(&format!("x: &shared\n  restart: always\nservices:\n{services}")).unwrap();
        assert_eq!(root.at(&["services", "s149"]).unwrap().text_of("restart"), Some("always"));
    }

    #[test]
    fn a_job_that_is_commented_out_stops_nothing() {
        let text = format!("jobs:\n{}  build: 1\n", "  # - uses: acme/build@v1\n".repeat(5_000));
        assert_eq!(read(&text).unwrap().at(&["jobs", "build"]).unwrap().line, 5_002);
    }

    #[test]
    fn each_document_stands_for_itself_with_the_lines_of_the_file() {
        let (roots, problems) = read_all("# head\na: 1\n---\nb: [1\n---\n\n---\nc:\n  d: 2\n");
        assert_eq!(roots.iter().map(|root| root.entries()[0].0.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!((roots[1].at(&["c", "d"]).unwrap().line, problems.len()), (9, 1));
        assert!((4..=5).contains(&problems[0].line.unwrap()), "{problems:?}");
    }

    #[test]
    fn nesting_and_aliases_are_bounded() {
        let nested = |levels: usize| format!("a: {}1{}\n", "[".repeat(levels), "]".repeat(levels));
        assert!(read(&nested(MAX_DEPTH - 1)).is_ok());
        assert_eq!(read(&nested(MAX_DEPTH + 1)).unwrap_err().rule, "manifest-invalid-yaml");
        let chain: String = (1..40).map(|n| format!("a{n}: &a{n} [[[[[[[[[[*a{}]]]]]]]]]]\n", n - 1)).collect();
        assert!(read(&format!("a0: &a0 1\n{chain}")).is_err());
    }

    #[test]
    fn templates_are_quiet_and_broken_files_are_not() {
        assert_eq!(read("a: {{ .Values.x }}\n{{- end }}\n").unwrap_err().rule, "manifest-templated");
        assert_eq!(read("a: [1\nb: }").unwrap_err().rule, "manifest-invalid-yaml");
    }
}
