//! Finds the ruleset's symbols in a source file by one pass of an automaton.
//! It must not know why a symbol is looked for.
use super::{
    is_binary, language,
    lines::{self, Watch},
};
use crate::facts::{
    model::{FileFacts, Needle, SourceHit},
    parser::Parser,
};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use shared::RepoPath;
use std::sync::{Arc, Mutex, PoisonError};
use tokei::LanguageType;

/// Raised whenever this code reads other facts from the same bytes.
const BASE_VERSION: u32 = 3;

/// Up to so many bytes of needles the fastest automaton is built; above, a smaller one. Chosen so that it stays under
/// some 20 MiB.
const DFA_BYTES: usize = 32 << 10;

/// Looks for the symbols of one ruleset, ready to be looked for together.
#[derive(Clone)]
pub struct SymbolParser(Arc<Symbols>);

struct Symbols {
    needles: Vec<Needle>,
    automaton: Option<AhoCorasick>,
    version: u32,
}

/// The symbols asked for last: every repository of a pass asks for the same, and building the automaton costs as much as
/// reading a small repository.
static LAST: Mutex<Option<(Vec<Needle>, SymbolParser)>> = Mutex::new(None);

impl SymbolParser {
    /// A parser that looks for these needles. Empty needles are left out.
    pub fn new(needles: &[Needle]) -> Self {
        // A panic while the lock was held leaves a whole value: it is only ever replaced.
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((known, parser)) if known == needles => parser.clone(),
            _ => {
                let parser = Self(Arc::new(Symbols::new(needles)));
                *last = Some((needles.to_vec(), parser.clone()));
                parser
            }
        }
    }
}

impl Symbols {
    fn new(needles: &[Needle]) -> Self {
        let mut needles: Vec<Needle> = needles.iter().filter(|needle| !text(needle).is_empty()).cloned().collect();
        needles.sort();
        needles.dedup();
        let total: usize = needles.iter().map(|needle| text(needle).len()).sum();
        let kind = if total <= DFA_BYTES { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(kind))
            .build(needles.iter().map(text))
            .ok()
            .filter(|_| !needles.is_empty());
        Self { version: version_of(&needles), needles, automaton }
    }

    /// The first place of each needle that is found, in the needles' order.
    fn find(&self, language: LanguageType, bytes: &[u8]) -> Vec<SourceHit> {
        let Some(automaton) = &self.automaton else { return vec![] };
        let mut lines: Option<Lines> = None;
        let mut found: Vec<(usize, u32)> = vec![];
        for hit in automaton.find_overlapping_iter(bytes) {
            let needle = hit.pattern().as_usize();
            let known = found.iter().any(|(known, _)| *known == needle);
            if known || !is_whole_identifier(bytes, (hit.start(), hit.end())) {
                continue;
            }
            // Most files hold no symbol: only those that do are split into lines.
            let lines = lines.get_or_insert_with(|| Lines::of(language, bytes));
            let line = lines.0.partition_point(|line| line.0 <= hit.start()).saturating_sub(1);
            if lines.0.get(line).is_some_and(|line| line.1) {
                found.push((needle, u32::try_from(line + 1).unwrap_or(u32::MAX)));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(at, line)| SourceHit { needle: self.needles[at].clone(), line }).collect()
    }
}

impl Parser for SymbolParser {
    fn key(&self) -> &'static str {
        "symbols"
    }

    fn version(&self) -> u32 {
        self.0.version
    }

    /// The language is told by the extension.
    fn variant<'p>(&self, path: &'p RepoPath) -> &'p str {
        language::variant(path.file_name())
    }

    fn wants(&self, path: &RepoPath) -> bool {
        self.0.automaton.is_some()
            && language::of_file_name(path.file_name()).is_some_and(names_types)
            && !is_test(path.as_str())
    }

    fn in_history(&self, _path: &RepoPath) -> bool {
        false
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let Some(language) = language::of_file_name(file_name).filter(|_| !is_binary(bytes)) else {
            return FileFacts::default();
        };
        FileFacts { hits: self.0.find(language, bytes), ..FileFacts::default() }
    }
}

/// Whether a path is that of a test: what is only named there stands for something, or checks what stands elsewhere.
fn is_test(path: &str) -> bool {
    const FOLDERS: [&str; 8] = ["test", "tests", "__tests__", "spec", "specs", "e2e", "testing", "mocks"];
    const ENDS: [&str; 8] = ["_test", ".test", ".spec", "_spec", "Test", "Tests", "Spec", "_tests"];
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    folder.split('/').any(|part| FOLDERS.contains(&part))
        || ENDS.iter().any(|end| stem.ends_with(end))
        || stem.starts_with("test_")
}

/// Whether a language has types and functions of its own to name: a message of a protocol, a style or a script that calls
/// something builds nothing.
fn names_types(language: LanguageType) -> bool {
    use LanguageType as L;
    !matches!(
        language,
        L::Protobuf
            | L::Thrift
            | L::Graphql
            | L::Css
            | L::Sass
            | L::Less
            | L::Html
            | L::Sql
            | L::Sh
            | L::Bash
            | L::Zsh
            | L::Fish
            | L::Dockerfile
            | L::Makefile
            | L::Hcl
            | L::Nix
    )
}

/// Byte offset of each line's beginning, and whether the line holds code.
#[derive(Default)]
struct Lines(Vec<(usize, bool)>);

impl Lines {
    fn of(language: LanguageType, bytes: &[u8]) -> Self {
        let mut lines = Self::default();
        lines::scan(language, bytes, &[false; 256], &mut lines);
        lines
    }
}

impl Watch for Lines {
    fn statement(&mut self, _: &[u8], _: usize, _: u32) {}

    fn text(&mut self, _: &[u8], _: usize, _: u32) {}

    fn path(&mut self, _: &[u8], _: usize, _: u32) {}

    fn line(&mut self, start: usize, holds_code: bool) {
        self.0.push((start, holds_code));
    }
}

fn text(needle: &Needle) -> &str {
    match needle {
        Needle::Symbol(text) => text,
    }
}

/// Neither end cuts an identifier in two.
fn is_whole_identifier(bytes: &[u8], (start, end): (usize, usize)) -> bool {
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$') || *b >= 0x80;
    let cut = |left: Option<&u8>, right: Option<&u8>| left.is_some_and(part) && right.is_some_and(part);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    !cut(before, bytes.get(start)) && !cut(bytes.get(end - 1), bytes.get(end))
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
        mix(text(needle).as_bytes());
        mix(&[0]);
    }
    hash.max(1)
}
