//! Reads source files without understanding them: language, lines of code, generated headers, and the ruleset's needles.
//! It must not parse a language; a line scanner that knows comments and strings is all there is.
mod header;
mod import;
mod language;
mod lines;
mod needles;

use super::{
    model::{FileFacts, Needle, SourceFacts},
    parser::Parser,
};
use needles::Needles;
use shared::RepoPath;

/// Raised whenever this code reads other facts from the same bytes.
const BASE_VERSION: u32 = 1;

/// A NUL byte among the first bytes marks a binary file, as git judges it.
const BINARY_PROBE_BYTES: usize = 8 << 10;

/// Reads source files and looks for the needles of one ruleset in them.
pub struct SourceParser {
    needles: Needles,
    version: u32,
}

impl SourceParser {
    /// A parser that looks for these needles. Empty needles are left out.
    pub fn new(needles: &[Needle]) -> Self {
        let mut needles: Vec<Needle> = needles.to_vec();
        needles.sort();
        needles.dedup();
        Self { version: version_of(&needles), needles: Needles::new(needles) }
    }
}

impl Parser for SourceParser {
    fn key(&self) -> &'static str {
        "source"
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn wants(&self, path: &RepoPath) -> bool {
        language::of_file_name(path.file_name()).is_some()
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let Some(language) = language::of_file_name(file_name) else { return FileFacts::default() };
        if memchr::memchr(0, &bytes[..bytes.len().min(BINARY_PROBE_BYTES)]).is_some() {
            return FileFacts::default();
        }
        let lines = lines::classify(language, bytes);
        let source = SourceFacts {
            language: Some(language.name().to_owned()),
            code: u32::try_from(lines.iter().filter(|line| line.holds_code).count()).unwrap_or(u32::MAX),
            generated: header::generated(bytes),
            hits: self.needles.find(language, bytes, &lines),
        };
        FileFacts { source: Some(source), ..FileFacts::default() }
    }
}

/// Mixes the code's version with the needles by FNV-1a, which is the same on every machine and in every run.
fn version_of(needles: &[Needle]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut mix = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    };
    mix(&BASE_VERSION.to_le_bytes());
    for needle in needles {
        let (kind, text) = match needle {
            Needle::Symbol(text) => (b"s", text),
            Needle::Import(text) => (b"i", text),
        };
        mix(kind);
        mix(text.as_bytes());
        mix(&[0]);
    }
    hash.max(1)
}

#[cfg(test)]
mod tests;
