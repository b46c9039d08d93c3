//! Descriptor files: every YAML document that says `apiVersion: backstage.io/…` or `waymark.dev/…`
//! (<https://backstage.io/docs/features/software-catalog/descriptor-format>), checked as far as its envelope goes.
//! It must not follow a reference, a `$text` placeholder or an URL, nor judge what a claim is worth.
mod envelope;
mod tree;

use super::{
    model::{DescriptorDoc, FileFacts, Problem},
    parser::Parser,
    yaml_name::{is_of_other_tools, is_yaml},
    yaml_stream::{self, Chunk},
};
use memchr::memmem;
use shared::{RepoPath, Severity};

/// Documents of one file that are read; the rest is a problem (RELIABILITY section 6: entities per file).
const MAX_DOCUMENTS: usize = 200;

/// The parser of descriptor files.
pub struct Descriptors;

impl Parser for Descriptors {
    fn key(&self) -> &'static str {
        "descriptor"
    }

    fn version(&self) -> u32 {
        2
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        let text = path.as_str();
        let other = || is_of_other_tools(text, name) || is_in_chart_templates(text);
        is_yaml(name) && (is_descriptor_name(name) || !other())
    }

    fn max_bytes(&self) -> u64 {
        512 << 10
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let named = is_descriptor_name(file_name);
        if !named && !has_marker(bytes) {
            return FileFacts::default();
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let Ok(text) = std::str::from_utf8(bytes) else {
            let message = "The descriptor is not UTF-8 text; save it as UTF-8 to have it read.";
            return FileFacts {
                problems: vec![problem("descriptor-not-utf8", (1, 1), message)],
                ..FileFacts::default()
            };
        };
        read(text, named)
    }
}

fn read(text: &str, named: bool) -> FileFacts {
    let mut facts = FileFacts::default();
    let chunks = yaml_stream::split(text);
    let wanted = chunks.into_iter().filter(|chunk| !chunk.is_empty() && (named || chunk.claims_to_be_ours()));
    for (index, chunk) in wanted.enumerate() {
        if index == MAX_DOCUMENTS {
            let message = format!("Only the first {MAX_DOCUMENTS} documents of a file are read; split the file.");
            facts.problems.push(problem("descriptor-too-many-documents", (chunk.line, 1), &message));
            break;
        }
        facts.documents.extend(read_document(&chunk, named, &mut facts.problems));
    }
    if named && facts.documents.is_empty() && facts.problems.is_empty() {
        let message = "The file holds no document; describe an entity in it (apiVersion, kind, metadata, spec).";
        facts.problems.push(problem("descriptor-empty", (1, 1), message));
    }
    facts
}

fn read_document(chunk: &Chunk<'_>, named: bool, problems: &mut Vec<Problem>) -> Option<DescriptorDoc> {
    let doc = match tree::read(chunk) {
        Ok(doc) => doc?,
        Err(broken) if is_templated(chunk.text) && !chunk.is_of_kind_template() => {
            problems.push(templated((broken.line.unwrap_or(chunk.line), broken.column.unwrap_or(1))));
            return None;
        }
        Err(broken) => {
            problems.push(*broken);
            return None;
        }
    };
    if let Some(place) = envelope::templated_at(&doc) {
        problems.push(templated(place));
        return None;
    }
    if !named && !envelope::is_ours(&doc) {
        return None;
    }
    let checked = envelope::check(&doc);
    problems.extend(checked.problems);
    checked.nameable.then_some(doc)
}

/// `catalog-info.yaml`, `payments.catalog-info.yml`, `waymark.yaml`, `flags.waymark.yaml`.
fn is_descriptor_name(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")) else { return false };
    ["catalog-info", "waymark"]
        .iter()
        .any(|word| stem.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// A chart's templates become manifests only once they are filled in.
fn is_in_chart_templates(path: &str) -> bool {
    let mut in_chart = false;
    for segment in path.split('/') {
        if in_chart && segment == "templates" {
            return true;
        }
        in_chart |= matches!(segment, "chart" | "charts" | "helm");
    }
    false
}

/// A cheap look before any parsing: no descriptor lacks both words.
fn has_marker(bytes: &[u8]) -> bool {
    memmem::find(bytes, b"backstage.io/v").is_some() || memmem::find(bytes, b"waymark.dev/v").is_some()
}

fn is_templated(text: &str) -> bool {
    ["{{", "{%", "<%"].iter().any(|mark| text.contains(mark))
}

fn templated(place: (u32, u32)) -> Problem {
    let message = "This is a template of a descriptor; it counts once it has been filled in.";
    Problem { severity: Severity::Info, ..problem("descriptor-templated", place, message) }
}

/// An error at a place.
fn problem(rule: &str, (line, column): (u32, u32), message: &str) -> Problem {
    let (line, column) = (Some(line), Some(column));
    Problem { rule: rule.to_owned(), severity: Severity::Error, line, column, message: message.to_owned() }
}

#[cfg(test)]
mod tests;
