//! A Rust file as the rules look at it: its code without comments and strings, its comments, and where its tests are.
//! It must not judge anything.

/// One Rust file. `code` and `comments` have the same lines as `text`, everything else blanked out.
pub(crate) struct Source {
    /// From the workspace's root, with forward slashes.
    pub path: String,
    pub text: String,
    pub code: String,
    pub comments: String,
    /// Whether the whole file is compiled for tests only.
    pub test_only: bool,
    /// Line ranges (from 1, both ends in) of modules under `#[cfg(test)]`.
    tests: Vec<(usize, usize)>,
}

impl Source {
    pub(crate) fn new(path: String, text: String) -> Self {
        let (code, comments) = split(&text);
        let tests = test_modules(&code);
        let test_only = path.starts_with("tests/");
        Self { path, text, code, comments, test_only, tests }
    }

    /// Modules of their own files that this one declares under `#[cfg(test)]`, as paths without `.rs`.
    pub(crate) fn test_modules(&self) -> Vec<String> {
        let stem = self.path.trim_end_matches(".rs");
        let dir = ["/mod", "/lib", "/main"].iter().find_map(|name| stem.strip_suffix(name)).unwrap_or(stem);
        let declared = self.code.split("#[cfg(test)]").skip(1).filter_map(|rest| {
            let (head, _) = rest.split_once([';', '{'])?;
            let ends_at = rest.as_bytes()[head.len()];
            let name = head.rsplit_once("mod ").filter(|_| ends_at == b';')?.1;
            Some(format!("{dir}/{}", name.trim()))
        });
        declared.collect()
    }

    /// Whether the file is the module of this path or lies under it.
    pub(crate) fn is_under(&self, module: &str) -> bool {
        self.path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    }

    /// Whether a line, or the file as a whole, is test code.
    pub(crate) fn is_test(&self, line: usize) -> bool {
        self.test_only || self.tests.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }

    /// Lines of code outside test modules, numbered from 1.
    pub(crate) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, line)| (at + 1, line))
    }
}

/// The line (from 1) at a byte offset.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// The offset just past the bracket that closes the one at `open`; the end when it never closes.
pub(crate) fn matching(code: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return at + 1;
        }
    }
    code.len()
}

fn test_modules(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, mark) in code.match_indices("#[cfg(test)]") {
        let rest = &code[at + mark.len()..];
        let Some(open) = rest.find(['{', ';']).filter(|open| rest.as_bytes()[*open] == b'{') else { continue };
        let open = at + mark.len() + open;
        found.push((line_at(code, at), line_at(code, matching(code, open).saturating_sub(1))));
    }
    found
}

/// Code and comments, each with all else turned into blanks.
fn split(text: &str) -> (String, String) {
    let bytes = text.as_bytes();
    let (mut code, mut comments) = (Vec::with_capacity(bytes.len()), Vec::with_capacity(bytes.len()));
    let mut at = 0;
    while at < bytes.len() {
        let (end, kind) = token(bytes, at);
        for &byte in &bytes[at..end] {
            let blank = if byte == b'\n' { b'\n' } else { b' ' };
            code.push(if kind == Kind::Code { byte } else { blank });
            comments.push(if kind == Kind::Comment { byte } else { blank });
        }
        at = end;
    }
    (String::from_utf8_lossy(&code).into_owned(), String::from_utf8_lossy(&comments).into_owned())
}

#[derive(PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    Literal,
}

/// The end and kind of what starts at `at`: a comment, a string or character, or one byte of code.
fn token(bytes: &[u8], at: usize) -> (usize, Kind) {
    let rest = &bytes[at..];
    let starts_word = at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    match rest {
        [b'/', b'/', ..] => (at + find(rest, b"\n"), Kind::Comment),
        [b'/', b'*', ..] => (at + block_comment(rest), Kind::Comment),
        [b'"', ..] => (at + quoted(rest), Kind::Literal),
        [b'r', b'"' | b'#', ..] if starts_word => {
            raw_string(rest).map_or((at + 1, Kind::Code), |n| (at + n, Kind::Literal))
        }
        [b'\'', b'\\', _, ..] => (at + 3 + find(&rest[3..], b"'") + 1, Kind::Literal),
        [b'\'', ..] => character(rest).map_or((at + 1, Kind::Code), |n| (at + n, Kind::Literal)),
        _ => (at + 1, Kind::Code),
    }
}

/// Where `needle` starts, or the length.
fn find(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).position(|window| window == needle).unwrap_or(bytes.len())
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn quoted(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string(rest: &[u8]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
    (rest.get(1 + hashes) == Some(&b'"')).then(|| {
        let close = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
        let body = 2 + hashes;
        (body + find(&rest[body..], &close) + close.len()).min(rest.len())
    })
}

/// The length of a character literal; none for a lifetime.
fn character(rest: &[u8]) -> Option<usize> {
    let close = rest.iter().skip(2).take(4).position(|byte| *byte == b'\'')?;
    let inner = std::str::from_utf8(&rest[1..close + 2]).ok()?;
    (inner.chars().count() == 1).then_some(close + 3)
}

#[cfg(test)]
mod tests {
    use super::{Source, split};

    #[test]
    fn tells_code_from_comments_and_strings() {
        let text =
            "let a = \"x.unwrap() // no\"; // TODO here\nlet b = r#\"dbg!(\"#; /* a /* b */ c */ f('\\'', 'é', &'a x);";
        let (code, comments) = split(text);
        assert!(!code.contains("unwrap") && !code.contains("dbg!") && !code.contains("TODO"), "{code}");
        assert!(code.contains("let b =") && code.contains("&'a x);"), "{code}");
        assert!(
            comments.contains("TODO here") && comments.contains("b */ c */") && !comments.contains("no"),
            "{comments}"
        );
        assert_eq!(code.lines().count(), 2);
    }

    #[test]
    fn knows_where_tests_are() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { let c = '}'; }\n}\nfn d() {}\n";
        let source = Source::new("server/src/scan/a.rs".to_owned(), text.to_owned());
        let tests: Vec<usize> = (1..=6).filter(|line| source.is_test(*line)).collect();
        assert_eq!(tests, [2, 3, 4, 5]);
    }

    #[test]
    fn knows_which_files_are_tests() {
        let text = "mod a;\n#[cfg(test)]\nmod tests;\n#[cfg(test)]\npub(crate) mod made;\n#[cfg(test)]\nmod inner {\n mod b;\n}\n";
        let modules = |path: &str| Source::new(path.to_owned(), text.to_owned()).test_modules();
        assert_eq!(modules("server/src/web.rs"), ["server/src/web/tests", "server/src/web/made"]);
        assert_eq!(modules("server/src/api/mod.rs"), ["server/src/api/tests", "server/src/api/made"]);
        let file = Source::new("server/src/api/tests/list.rs".to_owned(), String::new());
        assert!(file.is_under("server/src/api/tests") && !file.is_under("server/src/api/te"));
    }
}
