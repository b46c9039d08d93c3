//! What of a source file is compared to find equal code: a hash over its tokens and the fingerprints of its stretches.
//! It must not compare files; that needs all of them.
mod bytes;
mod families;
mod grams;
pub mod model;
mod names;
mod paths;
mod scanner;
mod statements;

pub use bytes::DamagedPrint;
pub use grams::GRAM;
pub use model::{CodePrint, LeftOut, Print};
pub use paths::left_out;

use super::source;
use shared::RepoPath;

/// Raised whenever the same bytes would give another print.
pub const VERSION: u32 = 2;

/// Files beyond this are data in all but name. Bytes.
const MAX_BYTES: usize = 1 << 20;
/// Fewer tokens are no code worth sharing, and equal by chance.
pub(crate) const MIN_TOKENS: u32 = 50;
/// Imports kept of one file.
const MOST_IMPORTS: usize = 100;
/// Lines beyond this are not written by hand. Bytes.
const LONG_LINE: usize = 2_000;

/// What of a file's name decides how its bytes are read: the language, told by the extension.
pub fn variant(path: &RepoPath) -> &str {
    source::variant_of(path)
}

/// What one blob shows of its code. `file_name` is the last segment of a path that `left_out` lets through.
pub fn print_of(file_name: &str, bytes: &[u8]) -> CodePrint {
    let Some(language) = source::language::of_file_name(file_name) else {
        return left(LeftOut::Data, "");
    };
    if let Some(reason) = unread(bytes) {
        return left(reason, language.name());
    }
    let scanned = scanner::scan(language, bytes);
    if scanned.n_tokens < MIN_TOKENS {
        return left(LeftOut::TooShort, language.name());
    }
    let mut imports: Vec<String> = Vec::new();
    for import in source::imports::read(language, bytes).1 {
        if imports.len() < MOST_IMPORTS && !imports.contains(&import.module) {
            imports.push(import.module);
        }
    }
    CodePrint {
        language: language.name().to_owned(),
        left_out: None,
        n_tokens: scanned.n_tokens,
        n_lines: scanned.n_lines,
        tokens: scanned.tokens,
        prints: scanned.prints,
        names: scanned.names,
        imports,
    }
}

fn left(reason: LeftOut, language: &str) -> CodePrint {
    CodePrint { language: language.to_owned(), left_out: Some(reason), ..CodePrint::default() }
}

/// Why bytes are not worth a scan.
fn unread(bytes: &[u8]) -> Option<LeftOut> {
    if bytes.len() > MAX_BYTES {
        return Some(LeftOut::TooLarge);
    }
    if source::is_binary(bytes) {
        return Some(LeftOut::Binary);
    }
    if is_minified(bytes) {
        return Some(LeftOut::Minified);
    }
    source::header::generated(bytes).map(|_| LeftOut::Generated)
}

/// Long lines on average with a very long one among them, or most of the file in very long lines.
fn is_minified(bytes: &[u8]) -> bool {
    if bytes.len() <= LONG_LINE {
        return false;
    }
    let (mut start, mut n_lines, mut in_long) = (0, 0, 0);
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        n_lines += usize::from(end > start);
        in_long += if end - start > LONG_LINE { end - start } else { 0 };
        start = end + 1;
    }
    in_long > 0 && (bytes.len() / n_lines.max(1) > 200 || in_long * 2 > bytes.len())
}

#[cfg(test)]
mod tests;
