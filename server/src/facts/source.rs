//! Reads source files without understanding them: language, lines of code, generated headers, and what they import.
//! It must not know a ruleset: what it reads of a blob is read once, whatever rules come and go.
pub(in crate::facts) mod header;
pub(in crate::facts) mod imports;
pub(in crate::facts) mod language;
pub(in crate::facts) mod lines;
mod symbols;

use super::{
    model::{FileFacts, SourceFacts},
    parser::Parser,
};
use shared::RepoPath;
pub use symbols::SymbolParser;

/// A NUL byte among the first bytes marks a binary file, as git judges it.
const BINARY_PROBE_BYTES: usize = 8 << 10;

/// Reads source files of every language that tokei knows by its extension.
pub struct SourceParser;

impl Parser for SourceParser {
    fn key(&self) -> &'static str {
        "source"
    }

    fn version(&self) -> u32 {
        10
    }

    /// The language is told by the extension.
    fn variant<'p>(&self, path: &'p RepoPath) -> &'p str {
        language::variant(path.file_name())
    }

    fn wants(&self, path: &RepoPath) -> bool {
        language::of_file_name(path.file_name()).is_some()
    }

    fn in_history(&self, _path: &RepoPath) -> bool {
        false
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let Some(language) = language::of_file_name(file_name).filter(|_| !is_binary(bytes)) else {
            return FileFacts::default();
        };
        let (code, imports) = imports::read(language, bytes);
        let source = SourceFacts {
            language: Some(language.name().to_owned()),
            code,
            generated: header::generated(bytes),
            imports,
        };
        FileFacts { source: Some(source), ..FileFacts::default() }
    }
}

/// The language of a source file as tokei spells it, by its name alone; `None` for anything else.
pub(crate) fn language_of(path: &RepoPath) -> Option<&'static str> {
    language::of_file_name(path.file_name()).map(|language| language.name())
}

/// What of a path tells the language.
pub(in crate::facts) fn variant_of(path: &RepoPath) -> &str {
    language::variant(path.file_name())
}

pub(in crate::facts) fn is_binary(bytes: &[u8]) -> bool {
    memchr::memchr(0, &bytes[..bytes.len().min(BINARY_PROBE_BYTES)]).is_some()
}

#[cfg(test)]
mod tests;
