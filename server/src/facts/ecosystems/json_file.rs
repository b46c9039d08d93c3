//! JSON with places: one pass of serde_json that keeps what was read before an error.
//! It must not know what any key means.
use super::manifest;
use crate::facts::{
    model::Problem,
    positions::{Lines, offset_in},
};
use jsonc_parser::{CollectOptions, ParseOptions, ast};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use shared::Severity;
use std::{borrow::Cow, collections::HashSet, fmt};

/// A value and the byte offset of its text, or of the key that holds it.
#[derive(Debug, Default)]
pub(super) struct Node<'a> {
    pub offset: usize,
    pub value: Value<'a>,
}

/// A JSON value; numbers are not needed by any manifest and lose their digits.
#[derive(Debug, Default)]
pub(super) enum Value<'a> {
    #[default]
    Null,
    Flag(bool),
    Number,
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    /// In file order. The node's offset is its key's.
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
}

/// A JSON file as far as it could be read.
pub(super) struct JsonFile<'a> {
    pub root: Node<'a>,
    pub lines: Lines<'a>,
    pub problems: Vec<Problem>,
}

impl<'a> Node<'a> {
    /// The value at a key; the last one when the key is there twice, as npm takes it.
    pub(super) fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entries().iter().rev().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The entries of a map; none for anything else.
    pub(super) fn entries(&self) -> &[(Cow<'a, str>, Node<'a>)] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a list; none for anything else.
    pub(super) fn items(&self) -> &[Node<'a>] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The text, when it is one.
    pub(super) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The text at a key.
    pub(super) fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// Whether the key holds `true`.
    pub(super) fn flag_at(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Node { value: Value::Flag(true), .. }))
    }
}

impl<'a> JsonFile<'a> {
    /// Reads what can be read. Comments and trailing commas are taken with a quiet problem.
    pub(super) fn read(text: &'a str) -> Self {
        let lines = Lines::new(text);
        let mut root = Node::default();
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let outcome = Fill { text, into: &mut root }.deserialize(&mut deserializer).and_then(|()| deserializer.end());
        let mut problems = vec![];
        if let Err(error) = outcome {
            match lenient(text) {
                Some(read) => {
                    root = read;
                    problems.push(comments(text, &error));
                }
                None => problems.push(unreadable(text, &error)),
            }
        }
        duplicates(&root, &lines, &mut problems);
        Self { root, lines, problems }
    }

    /// The place of a node.
    pub(super) fn place(&self, node: &Node<'_>) -> (u32, u32) {
        self.lines.place(node.offset)
    }
}

/// The entries of a table of names and versions; something else in its place is a problem, but `null` and `[]` are empty.
pub(super) fn requirements<'n, 'a>(
    file: &JsonFile<'_>,
    node: &'n Node<'a>,
    table: &str,
    problems: &mut Vec<Problem>,
) -> &'n [(Cow<'a, str>, Node<'a>)] {
    let empty = matches!(node.value, Value::Null) || matches!(&node.value, Value::List(items) if items.is_empty());
    if !matches!(node.value, Value::Map(_)) && !empty {
        let message = format!("\"{table}\" holds an object of names and versions; what is here was left out.");
        problems.push(manifest::problem("dependency-invalid", Severity::Warning, Some(file.place(node)), message));
    }
    node.entries()
}

/// The problem of JSON that does not parse, from serde_json's own line and column.
pub(super) fn unreadable(text: &str, error: &serde_json::Error) -> Problem {
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    manifest::unreadable("JSON", text, place_of(text, error), reason)
}

fn place_of(text: &str, error: &serde_json::Error) -> (u32, u32) {
    Lines::new(text).of_bytes(error.line(), error.column())
}

fn comments(text: &str, error: &serde_json::Error) -> Problem {
    let message =
        "JSON knows no comments and no trailing commas; remove them, other tools stop here. The file was read.";
    manifest::problem("manifest-json-comments", Severity::Info, Some(place_of(text, error)), message)
}

/// Keys of an object that are compared one by one.
const FEW_KEYS: usize = 16;

fn duplicates(node: &Node<'_>, lines: &Lines<'_>, problems: &mut Vec<Problem>) {
    let entries = node.entries();
    let mut seen = HashSet::new();
    for (i, (key, value)) in entries.iter().enumerate() {
        // A look at a few keys is quicker than hashing them.
        let again = match entries.len() {
            ..=FEW_KEYS => entries[..i].iter().any(|(other, _)| other == key),
            _ => !seen.insert(key.as_ref()),
        };
        if again && problems.len() < 2 * manifest::MAX_SYNTAX_PROBLEMS {
            let key = manifest::tidy(key, 80);
            let message = format!("The key \"{key}\" is here twice in one object; remove one. The later one counts.");
            let place = Some(lines.place(value.offset));
            problems.push(manifest::problem("manifest-duplicate-key", Severity::Warning, place, message));
        }
        duplicates(value, lines, problems);
    }
    for item in node.items() {
        duplicates(item, lines, problems);
    }
}

/// Writes into a node while reading, so that what was read before an error stays.
struct Fill<'n, 'a> {
    text: &'a str,
    into: &'n mut Node<'a>,
}

impl<'a> DeserializeSeed<'a> for Fill<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Fill<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.into.value = Value::Null;
        Ok(())
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.into.value = Value::Flag(flag);
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.into.value = Value::Number;
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.into.value = Value::Number;
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.into.value = Value::Number;
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<(), E> {
        self.into.offset = offset_in(self.text, text).unwrap_or(self.into.offset);
        self.into.value = Value::Text(Cow::Borrowed(text));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.into.value = Value::Text(Cow::Owned(text.to_owned()));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut items: A) -> Result<(), A::Error> {
        self.into.value = Value::List(vec![]);
        let Value::List(list) = &mut self.into.value else { return Ok(()) };
        loop {
            list.push(Node { offset: self.into.offset, value: Value::Null });
            let Some(into) = list.last_mut() else { return Ok(()) };
            match items.next_element_seed(Fill { text: self.text, into }) {
                Ok(Some(())) => {}
                Ok(None) => {
                    list.pop();
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn visit_map<A: MapAccess<'a>>(self, mut entries: A) -> Result<(), A::Error> {
        self.into.value = Value::Map(vec![]);
        let Value::Map(map) = &mut self.into.value else { return Ok(()) };
        let mut near = self.into.offset;
        while let Some(Text(key)) = entries.next_key()? {
            near = if let Cow::Borrowed(key) = &key { offset_in(self.text, key).unwrap_or(near) } else { near };
            map.push((key, Node { offset: near, value: Value::Null }));
            let Some((_, node)) = map.last_mut() else { return Ok(()) };
            entries.next_value_seed(Fill { text: self.text, into: node })?;
            node.offset = near;
        }
        Ok(())
    }
}

/// A text that is borrowed when it has no escapes.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

fn lenient(text: &str) -> Option<Node<'_>> {
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &options).ok()?;
    parsed.value.map(|value| from_ast(value, None))
}

fn from_ast<'a>(value: ast::Value<'a>, key_offset: Option<usize>) -> Node<'a> {
    use jsonc_parser::common::Ranged;
    let offset = key_offset.unwrap_or_else(|| value.range().start);
    let value = match value {
        ast::Value::StringLit(text) => Value::Text(text.value),
        ast::Value::NumberLit(_) => Value::Number,
        ast::Value::BooleanLit(flag) => Value::Flag(flag.value),
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::Array(array) => Value::List(array.elements.into_iter().map(|item| from_ast(item, None)).collect()),
        ast::Value::Object(object) => {
            let entry = |property: ast::ObjectProp<'a>| {
                let offset = property.name.range().start + 1;
                (Cow::Owned(property.name.into_string()), from_ast(property.value, Some(offset)))
            };
            Value::Map(object.properties.into_iter().map(entry).collect())
        }
    };
    Node { offset, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_came_before_an_error() {
        let file = JsonFile::read("{\n \"name\": \"a\",\n \"dependencies\": {\"x\": \"1\", \"y\": \n}");
        assert_eq!(file.root.text_at("name"), Some("a"));
        assert_eq!(file.root.get("dependencies").unwrap().text_at("x"), Some("1"));
        assert_eq!(file.problems[0].rule, "manifest-invalid-json");
        assert_eq!(file.problems[0].line, Some(4));
    }

    #[test]
    fn takes_comments_and_trailing_commas_with_a_word() {
        let file = JsonFile::read("{\n // why\n \"name\": \"a\",\n}");
        assert_eq!(file.root.text_at("name"), Some("a"));
        assert_eq!(file.problems[0].rule, "manifest-json-comments");
        assert_eq!(file.place(file.root.get("name").unwrap()), (3, 3));
    }

    #[test]
    fn a_doubled_key_is_told_and_the_later_counts() {
        let file = JsonFile::read("{\"a\": \"1\",\n \"a\": \"2\"}");
        assert_eq!(file.root.text_at("a"), Some("2"));
        assert_eq!((file.problems[0].rule.as_str(), file.problems[0].line), ("manifest-duplicate-key", Some(2)));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_crash() {
        let text = "[".repeat(100_000);
        let file = JsonFile::read(&text);
        assert_eq!(file.problems.len(), 1);
    }
}
