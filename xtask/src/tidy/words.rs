//! Words that must not stay in the code: unfinished work, traces of debugging, tests that do not run.
//! It must not look into strings: a scanner of ours may have to name such a word.
use super::{Level, Problem, Source};

/// Words of comments, and why not.
const COMMENTS: [(&str, &str); 3] =
    [("TODO", "finish it, or open an issue"), ("FIXME", "mend it, or open an issue"), ("XXX", "say what is meant")];

/// Words of code outside tests, and why not.
const CODE: [(&str, &str); 5] = [
    (".unwrap()", "handle the error, or `expect` with why it cannot fail"),
    ("dbg!(", "a trace of debugging"),
    ("todo!(", "unfinished work"),
    ("unimplemented!(", "unfinished work"),
    ("#[allow(", "use #[expect(…, reason = \"…\")]"),
];

/// Words of tests, and why not.
const TESTS: [(&str, &str); 2] = [
    ("#[ignore", "a test that does not run proves nothing"),
    ("thread::sleep", "wait for the event, not for the clock"),
];

pub(crate) fn check(source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (line, code) in source.code_lines() {
        let words = if source.is_test(line) { TESTS.as_slice() } else { CODE.as_slice() };
        problems.extend(hits(code, words).map(|message| source.problem(Level::Error, line, message)));
    }
    for (at, comment) in source.comments.lines().enumerate() {
        problems.extend(hits(comment, &COMMENTS).map(|message| source.problem(Level::Error, at + 1, message)));
    }
    problems
}

fn hits<'a>(line: &'a str, words: &'a [(&str, &str)]) -> impl Iterator<Item = String> + 'a {
    words.iter().filter(|(word, _)| line.contains(word)).map(|(word, why)| format!("`{}`: {why}", word.trim()))
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    fn lines(text: &str) -> Vec<usize> {
        let source = Source::new("server/src/scan/a.rs".to_owned(), text.to_owned());
        check(&source).into_iter().map(|problem| problem.line).collect()
    }

    #[test]
    fn finds_words_where_they_count() {
        assert_eq!(lines("let a = b.unwrap();\nlet c = \"dbg!(TODO\";\n// TODO: later\n"), [1, 3]);
        assert!(lines("let a = b.unwrap_or(c);\nlet d = e.unwrap_err();\n").is_empty());
    }

    #[test]
    fn tests_may_unwrap_and_may_not_sleep() {
        let text = "#[cfg(test)]\nmod tests {\n  a.unwrap();\n  #[ignore]\n  std::thread::sleep(b);\n}\n";
        assert_eq!(lines(text), [4, 5]);
    }
}
