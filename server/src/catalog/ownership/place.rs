//! Where the owner of a component is written: the `owner:` line of a descriptor, or a line of CODEOWNERS.
//! It must not change anything.
use shared::{EntityKind, EntityRef};
use std::ops::Range;

/// The `owner:` of one document of a YAML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OwnerLine {
    /// Its position among the lines.
    pub(super) index: usize,
    /// The bytes of the value in the line, without quotes.
    pub(super) value: Range<usize>,
}

/// What stands in the document around a line of a descriptor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum InDescriptor {
    Owner(OwnerLine),
    /// The spec, by the position of its line, says no owner; its keys are indented so.
    NoOwner {
        spec: usize,
        indent: String,
    },
    /// No spec, or one that is not written key by key.
    NoSpec,
}

/// Looks for `spec.owner` in the document that holds the 1-based line.
pub(super) fn in_descriptor(text: &str, line: u32) -> InDescriptor {
    let lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let at = (line.max(1) as usize - 1).min(lines.len() - 1);
    let is_mark = |line: &&str| matches!(line.split(char::is_whitespace).next(), Some("---" | "..."));
    // The line may be the document's mark itself.
    let start = lines[..=at].iter().rposition(is_mark).map_or(0, |mark| mark + 1);
    let end = lines[start.max(at)..].iter().skip(usize::from(start <= at)).position(is_mark);
    let end = end.map_or(lines.len(), |n| start.max(at) + usize::from(start <= at) + n);
    let Some(spec) = (start..end).find(|at| key(lines[*at], "spec").is_some_and(|(indent, _)| indent == 0)) else {
        return InDescriptor::NoSpec;
    };
    in_spec(&lines, spec, end)
}

fn in_spec(lines: &[&str], spec: usize, end: usize) -> InDescriptor {
    let after = key(lines[spec], "spec").map_or(0, |(_, after)| after);
    let rest = without_comment(&lines[spec][after..]);
    if !rest.trim().is_empty() {
        // `spec: {owner: pay, …}` on one line.
        let flow = lines[spec][after..].trim_start().starts_with('{');
        let owner = if flow { in_flow(lines[spec], after) } else { None };
        return owner.map_or(InDescriptor::NoSpec, |value| InDescriptor::Owner(OwnerLine { index: spec, value }));
    }
    let is_said = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let Some(first) = (spec + 1..end).find(|at| is_said(lines[*at])) else { return InDescriptor::NoSpec };
    let width = indent_of(lines[first]);
    if width == 0 {
        return InDescriptor::NoSpec;
    }
    for at in (first..end).filter(|at| is_said(lines[*at])) {
        if indent_of(lines[at]) < width {
            break;
        }
        if let Some((_, after)) = key(lines[at], "owner").filter(|(indent, _)| *indent == width) {
            let value = value(lines[at], after);
            return value.map_or(InDescriptor::NoSpec, |value| InDescriptor::Owner(OwnerLine { index: at, value }));
        }
    }
    InDescriptor::NoOwner { spec, indent: lines[first][..width].to_owned() }
}

/// The indentation of a line that begins with the key, and where its value begins.
fn key(line: &str, key: &str) -> Option<(usize, usize)> {
    let indent = indent_of(line);
    let rest = &line[indent..];
    let quoted = [format!("\"{key}\":"), format!("'{key}':"), format!("{key}:")];
    let mark = quoted.iter().find(|mark| rest.starts_with(mark.as_str()))?;
    let after = indent + mark.len();
    let ends = line[after..].chars().next().is_none_or(char::is_whitespace);
    ends.then_some((indent, after))
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn without_comment(text: &str) -> &str {
    match text.find(" #") {
        Some(at) => &text[..at],
        None => text,
    }
}

/// A plain or quoted value; anchors, aliases, tags, blocks and flows are no plain owner.
fn value(line: &str, after: usize) -> Option<Range<usize>> {
    let start = after + (line.len() - after - line[after..].trim_start().len());
    let rest = line.get(start..)?;
    let first = rest.chars().next()?;
    if matches!(first, '"' | '\'') {
        let len = rest[1..].find(first)?;
        return Some(start + 1..start + 1 + len);
    }
    let value = without_comment(rest).trim_end();
    let plain = !value.is_empty() && !value.starts_with(['&', '*', '!', '|', '>', '{', '[', '#', '%', '@', '`']);
    plain.then(|| start..start + value.len())
}

/// The value of `owner` in a mapping written in braces on one line.
fn in_flow(line: &str, after: usize) -> Option<Range<usize>> {
    let at = ["{owner:", "{ owner:", ", owner:", ",owner:"]
        .iter()
        .find_map(|mark| line[after..].find(mark).map(|at| after + at + mark.len()))?;
    let start = at + (line.len() - at - line[at..].trim_start().len());
    let rest = &line[start..];
    let first = rest.chars().next()?;
    if matches!(first, '"' | '\'') {
        return Some(start + 1..start + 1 + rest[1..].find(first)?);
    }
    let len = rest.find([',', '}'])?;
    Some(start..start + rest[..len].trim_end().len())
}

/// The owner that a value names, as descriptors write owners.
pub(super) fn owner_of(value: &str, namespace: &str) -> Option<EntityRef> {
    EntityRef::parse(value, Some(EntityKind::Group), namespace).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(text: &str, line: u32) -> Option<(usize, String)> {
        match in_descriptor(text, line) {
            InDescriptor::Owner(found) => {
                let line = text.split('\n').nth(found.index).unwrap();
                Some((found.index, line[found.value].to_owned()))
            }
            _ => None,
        }
    }

    #[test]
    fn finds_the_owner_of_the_right_document() {
        let text = "---\nkind: A\nmetadata:\n  owner: no\nspec:\n  deep:\n    owner: no\n  owner: 'group:a' # c\n---\n\
            kind: B\nspec:\n    type: x\n    \"owner\":   b\n...\nkind: C\nspec: {type: x, owner: \"c\"}\n";
        assert_eq!(owner(text, 1), Some((7, "group:a".to_owned())));
        assert_eq!(owner(text, 4), Some((7, "group:a".to_owned())));
        assert_eq!(owner(text, 9), Some((12, "b".to_owned())), "the line of a mark is of the document after it");
        assert_eq!(owner(text, 11), Some((12, "b".to_owned())));
        assert_eq!(owner(text, 16), Some((15, "c".to_owned())));
        assert_eq!(owner("spec:\r\n  owner: pay # x\r\n", 1), Some((1, "pay".to_owned())));
    }

    #[test]
    fn leaves_what_is_not_plain() {
        for text in [
            "spec:\n  owner: *team\n",
            "spec:\n  owner: >-\n    x\n",
            "spec:\n  owner:\n",
            "kind: A\n",
            "",
            "spec:\nx: y\n",
        ] {
            assert_eq!(owner(text, 1), None, "{text}");
        }
        let none = in_descriptor("# c\nspec:\n  type: x\nother:\n  owner: y\n", 99);
        assert_eq!(none, InDescriptor::NoOwner { spec: 1, indent: "  ".to_owned() });
    }
}
