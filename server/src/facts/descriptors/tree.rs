//! One YAML document as JSON, with the place of every value.
//! It must not accept what a hostile file could use: bounds as in RELIABILITY section 6, duplicate keys refused.
use super::problem;
use crate::facts::model::{DescriptorDoc, Problem};
use crate::facts::yaml_stream::Chunk;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_saphyr::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy, Options, Spanned};
use std::{collections::BTreeMap, fmt};

/// Places kept for one document; findings further in point at the document.
const MAX_PLACES: usize = 5_000;

/// Levels of nesting that are read on the caller's stack. Real descriptors stay far below; each level takes some 30 KiB
/// of stack in a debug build.
const SHALLOW: u32 = 20;

/// Levels of nesting that are read at all.
const DEEP: u32 = 64;

/// Stack for a document of up to `DEEP` levels. Bytes.
const DEEP_STACK: usize = 32 << 20;

/// Reads one document; `None` when it holds nothing.
///
/// # Errors
/// The problem, at the line and column of the file.
pub(super) fn read(chunk: &Chunk<'_>) -> Result<Option<DescriptorDoc>, Box<Problem>> {
    match read_within(chunk, SHALLOW) {
        Err(_) if depth::was_exceeded() => {}
        outcome => return outcome,
    }
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(DEEP_STACK);
        let deep = builder.spawn_scoped(scope, || read_within(chunk, DEEP)).ok().and_then(|thread| thread.join().ok());
        let message = "The document nests too deep to be read just now; make it flatter.";
        deep.unwrap_or_else(|| Err(Box::new(problem("descriptor-invalid-yaml", (chunk.line, 1), message))))
    })
}

fn read_within(chunk: &Chunk<'_>, max_depth: u32) -> Result<Option<DescriptorDoc>, Box<Problem>> {
    depth::limit(max_depth);
    let root: Spanned<Node> =
        serde_saphyr::from_str_with_options(chunk.text, options()).map_err(|error| Box::new(broken(chunk, &error)))?;
    if matches!(root.value, Node::Null) {
        return Ok(None);
    }
    let line = shift(chunk, u32::try_from(root.referenced.line()).unwrap_or(u32::MAX));
    let mut places = Places { chunk, places: BTreeMap::new() };
    let document = places.value(root.value, &mut String::new());
    Ok(Some(DescriptorDoc { document, line, places: places.places }))
}

/// How deep the value being read lies. The library counts the events of the text, not those that aliases repeat, and
/// `Spanned` hands nothing down, so the count is kept beside it.
mod depth {
    use std::cell::Cell;

    thread_local! {
        static LEFT: Cell<u32> = const { Cell::new(0) };
        static EXCEEDED: Cell<bool> = const { Cell::new(false) };
    }

    /// Starts a document.
    pub(super) fn limit(levels: u32) {
        LEFT.set(levels);
        EXCEEDED.set(false);
    }

    /// Whether the last document of this thread was too deep.
    pub(super) fn was_exceeded() -> bool {
        EXCEEDED.get()
    }

    /// One level down until dropped; `None` when there is no more.
    pub(super) fn enter() -> Option<Level> {
        let left = LEFT.get().checked_sub(1);
        EXCEEDED.set(EXCEEDED.get() || left.is_none());
        LEFT.set(left?);
        Some(Level)
    }

    /// A level that is open.
    pub(super) struct Level;

    impl Drop for Level {
        fn drop(&mut self) {
            LEFT.set(LEFT.get() + 1);
        }
    }
}

fn too_deep<E: serde::de::Error>() -> E {
    E::custom(format!("values nest more than {DEEP} deep"))
}

/// Lines of comment in a row: a whole job that is commented out has more than the 32 that the library allows.
const MAX_COMMENTS: usize = 20_000;

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_documents: 2,
            max_depth: DEEP as usize + 1,
            max_nodes: 50_000,
            max_events: 150_000,
            max_aliases: 100,
            max_anchors: 50,
            max_merge_keys: 100,
            max_buffered_comment_events: MAX_COMMENTS,
            max_inclusion_depth: 0,
            max_total_scalar_bytes: 1 << 20,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 50_000,
            max_replay_stack_depth: 16,
        },
        duplicate_keys: DuplicateKeyPolicy::Error,
        merge_keys: MergeKeyPolicy::Merge,
        strict_booleans: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

fn broken(chunk: &Chunk<'_>, error: &serde_saphyr::Error) -> Problem {
    let number = |n: u64| u32::try_from(n.max(1)).unwrap_or(u32::MAX);
    let (line, column) = error.location().map_or((1, 1), |at| (number(at.line()), number(at.column())));
    let text = error.without_snippet().to_string();
    let reason = text.lines().next().unwrap_or_default();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    // The library's advice to its caller is none for the file's author.
    let reason = reason.split(", set DuplicateKeyPolicy").next().unwrap_or_default();
    let reason: String = reason.chars().filter(|c| !c.is_control()).take(200).collect();
    let message =
        format!("This document is not valid YAML: {reason}. Mend it here; the file's other documents are read.");
    problem("descriptor-invalid-yaml", (shift(chunk, line), column), &message)
}

/// A line of the chunk as a line of the file.
fn shift(chunk: &Chunk<'_>, line: u32) -> u32 {
    chunk.line.saturating_add(line.max(1) - 1)
}

/// A YAML value whose parts know their places.
enum Node {
    Null,
    Flag(bool),
    Number(Number),
    Text(String),
    List(Vec<Spanned<Node>>),
    Map(Vec<(String, Spanned<Node>)>),
}

/// Turns nodes into JSON and keeps their places.
struct Places<'c> {
    chunk: &'c Chunk<'c>,
    places: BTreeMap<String, (u32, u32)>,
}

impl Places<'_> {
    fn value(&mut self, node: Node, path: &mut String) -> Value {
        match node {
            Node::Null => Value::Null,
            Node::Flag(flag) => Value::Bool(flag),
            Node::Number(number) => Value::Number(number),
            Node::Text(text) => Value::String(text),
            Node::List(items) => {
                let entry = |(index, item)| self.child(item, path, &format!("[{index}]"));
                Value::Array(items.into_iter().enumerate().map(entry).collect())
            }
            Node::Map(entries) => {
                let mut map = Map::new();
                for (key, item) in entries {
                    let step = if path.is_empty() { key.clone() } else { format!(".{key}") };
                    let value = self.child(item, path, &step);
                    map.insert(key, value);
                }
                Value::Object(map)
            }
        }
    }

    fn child(&mut self, item: Spanned<Node>, path: &mut String, step: &str) -> Value {
        let length = path.len();
        path.push_str(step);
        if self.places.len() < MAX_PLACES {
            let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
            let place = (shift(self.chunk, number(item.referenced.line())), number(item.referenced.column()).max(1));
            self.places.insert(path.clone(), place);
        }
        let value = self.value(item.value, path);
        path.truncate(length);
        value
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

/// A text without NUL, which no database keeps.
fn text(text: &str) -> String {
    text.replace('\0', "")
}

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number.into()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Node, E> {
        Ok(Node::Text(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Node, E> {
        Ok(Node::Text(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Number::from_f64(number).map_or_else(|| Node::Text(number.to_string()), Node::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(text(value)))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Node, E> {
        Ok(Node::Text(text(&String::from_utf8_lossy(value))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let _level = depth::enter().ok_or_else(too_deep)?;
        let mut list = vec![];
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let _level = depth::enter().ok_or_else(too_deep)?;
        let mut map = vec![];
        while let Some((key, value)) = entries.next_entry::<String, Spanned<Node>>()? {
            map.push((text(&key), value));
        }
        Ok(Node::Map(map))
    }
}
