//! The upper levels of a YAML or JSON file: events are read one by one, so that neither depth nor size costs stack.
//! It must not follow an alias, a merge key or a `$ref`, and it must not know what any key means.
use super::{
    json_file::{self, JsonFile},
    manifest,
};
use crate::facts::model::Problem;
use granit_parser::{Event, Options, Parser};

/// A value and its 1-based line: the key's for a value in a map, its own for an item of a list.
#[derive(Debug)]
pub(super) struct Node {
    pub line: u32,
    value: Value,
}

#[derive(Debug)]
enum Value {
    /// Nothing, or something that lies deeper than was asked for.
    Nothing,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// The documents of a file as far as it could be read, and what stopped the reading.
pub(super) struct Outline {
    pub roots: Vec<Node>,
    pub problem: Option<Problem>,
}

/// Documents of one file that are kept.
const MAX_DOCUMENTS: usize = 200;

impl Node {
    /// The value at a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The value at a path of keys.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The entries of a map; none for anything else.
    pub(super) fn entries(&self) -> &[(String, Node)] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a list; none for anything else.
    pub(super) fn items(&self) -> &[Node] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The scalar without quotes; none when it is empty.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The text at a key.
    pub(super) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    pub(super) fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }
}

/// Reads as many levels as asked for: of `a: {b: {c: 1}}` two levels show `a` and `b`, and that `b` holds something.
pub(super) fn yaml(text: &str, levels: usize) -> Outline {
    let mut builder = Builder { levels, frames: vec![], skipping: 0, roots: vec![] };
    let mut problem = None;
    let n_lines = memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1;
    let line_of = |line: usize| u32::try_from(line.clamp(1, n_lines)).unwrap_or(u32::MAX);
    // Comments are nothing here, and a few dozen in a row would end the reading.
    let mut options = Options::default();
    options.emit_comments = false;
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, span)) => builder.take(event, line_of(span.start.line())),
            Err(error) => {
                let line = line_of(error.marker().line());
                let column = u32::try_from(error.marker().col() + 1).unwrap_or(u32::MAX);
                problem = Some(manifest::unreadable("YAML", text, (line, column), &error.info()));
                break;
            }
        }
        if builder.roots.len() >= MAX_DOCUMENTS {
            break;
        }
    }
    Outline { roots: builder.roots, problem }
}

/// The same for JSON; comments are allowed.
pub(super) fn json(text: &str, levels: usize) -> Outline {
    let file = JsonFile::read(text);
    let problem = file.problems.iter().find(|problem| is_fatal(problem)).cloned();
    let root = from_json(&file, &file.root, levels);
    Outline { roots: vec![root], problem }
}

fn is_fatal(problem: &Problem) -> bool {
    matches!(problem.rule.as_str(), "manifest-invalid-json" | "manifest-templated")
}

fn from_json(file: &JsonFile<'_>, node: &json_file::Node<'_>, levels: usize) -> Node {
    let below = levels.saturating_sub(1);
    let value = match &node.value {
        json_file::Value::Text(text) => Value::Text(text.replace('\0', "")),
        json_file::Value::Flag(flag) => Value::Text(flag.to_string()),
        json_file::Value::List(_) if levels == 0 => Value::List(vec![]),
        json_file::Value::Map(_) if levels == 0 => Value::Map(vec![]),
        json_file::Value::List(items) => Value::List(items.iter().map(|item| from_json(file, item, below)).collect()),
        json_file::Value::Map(entries) => {
            Value::Map(entries.iter().map(|(key, item)| (key.to_string(), from_json(file, item, below))).collect())
        }
        json_file::Value::Null | json_file::Value::Number => Value::Nothing,
    };
    Node { line: file.place(node).0, value }
}

/// A collection that is being read.
struct Frame {
    node: Node,
    /// The key whose value comes next, with its line.
    key: Option<(String, u32)>,
}

struct Builder {
    levels: usize,
    frames: Vec<Frame>,
    /// Levels inside a collection that is not kept.
    skipping: usize,
    roots: Vec<Node>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, line: u32) {
        match event {
            Event::MappingStart(..) => self.open(Value::Map(vec![]), line),
            Event::SequenceStart(..) => self.open(Value::List(vec![]), line),
            Event::MappingEnd | Event::SequenceEnd if self.skipping > 1 => self.skipping -= 1,
            Event::MappingEnd | Event::SequenceEnd => {
                self.skipping = 0;
                if let Some(frame) = self.frames.pop() {
                    self.place(frame.node);
                }
            }
            _ if self.skipping > 0 => {}
            Event::Scalar(text, ..) => self.place(Node { line, value: Value::Text(text.replace('\0', "")) }),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.place(Node { line, value: Value::Nothing }),
            _ => {}
        }
    }

    /// The first collection below the deepest level is opened too, but stays empty: that it is there can be seen.
    fn open(&mut self, value: Value, line: u32) {
        if self.skipping > 0 {
            self.skipping += 1;
            return;
        }
        self.skipping = usize::from(self.frames.len() >= self.levels);
        self.frames.push(Frame { node: Node { line, value }, key: None });
    }

    fn place(&mut self, mut node: Node) {
        let Some(frame) = self.frames.last_mut() else {
            self.roots.push(node);
            return;
        };
        match &mut frame.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match frame.key.take() {
                Some((key, line)) => {
                    node.line = line;
                    entries.push((key, node));
                }
                None => {
                    let key = if let Value::Text(text) = node.value { text } else { String::new() };
                    frame.key = Some((key, node.line));
                }
            },
            Value::Nothing | Value::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_below_are_seen_but_not_read() {
        let outline = yaml("a:\n  b:\n    c: 1\n    d: [x]\n  e: [{f: 2}]\n---\ng: h\n", 2);
        assert!(outline.problem.is_none());
        let b = outline.roots[0].at(&["a", "b"]).unwrap();
        assert_eq!((b.line, b.is_map(), b.entries().len()), (2, true, 0));
        assert!(outline.roots[0].at(&["a", "e"]).unwrap().is_list());
        assert_eq!((outline.roots[1].text_of("g"), outline.roots[1].get("g").unwrap().line), (Some("h"), 7));
    }

    #[test]
    fn json_and_yaml_give_the_same() {
        let text = "{\n  \"a\": {\"b\": [\"x\", {\"c\": true}]},\n  \"d\": \"e\"\n}\n";
        for outline in [yaml(text, 4), json(text, 4)] {
            let root = &outline.roots[0];
            let list = root.at(&["a", "b"]).unwrap().items();
            assert_eq!((list[0].text(), list[1].text_of("c")), (Some("x"), Some("true")));
            assert_eq!((root.text_of("d"), root.get("d").unwrap().line), (Some("e"), 3));
        }
    }

    #[test]
    fn a_broken_document_leaves_those_before_it() {
        let outline = yaml("a: 1\n---\nb: [1\n---\nc: 2\n", 2);
        assert_eq!(outline.roots.len(), 1);
        assert_eq!(outline.problem.unwrap().rule, "manifest-invalid-yaml");
    }
}
