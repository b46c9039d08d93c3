//! Files and functions that have grown past what is read in one go, as warnings.
//! It must not count tests: a test module may be as long as it has cases.
use super::{Level, Problem, Source, source};

const FILE_LINES: usize = 300;
const FUNCTION_LINES: usize = 60;

pub(crate) fn check(source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    let n_lines = (1..=source.text.lines().count()).filter(|line| !source.is_test(*line)).count();
    if n_lines > FILE_LINES {
        let message = format!("{n_lines} lines without tests; {FILE_LINES} is a lot: split it by meaning");
        problems.push(source.problem(Level::Warning, 0, message));
    }
    for (line, name, length) in functions(&source.code) {
        if length > FUNCTION_LINES && !source.is_test(line) {
            let message = format!("`{name}` has {length} lines; {FUNCTION_LINES} is a lot");
            problems.push(source.problem(Level::Warning, line, message));
        }
    }
    problems
}

/// Line, name and number of lines of every function with a body.
fn functions(code: &str) -> Vec<(usize, &str, usize)> {
    let mut found = Vec::new();
    for (at, mark) in code.match_indices("fn ") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + mark.len()..];
        let name = &rest[..rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())];
        let Some(open) = body(rest).filter(|_| !name.is_empty()) else { continue };
        let first = source::line_at(code, at);
        let last = source::line_at(code, source::matching(code, at + mark.len() + open).saturating_sub(1));
        found.push((first, name, last - first + 1));
    }
    found
}

/// Where a function's body opens: the first brace outside its arguments, if no `;` comes before.
fn body(rest: &str) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, c) in rest.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' if depth == 0 => return Some(at),
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Source, check, functions};

    #[test]
    fn measures_functions() {
        let code = "trait T { fn a(&self) -> [u8; 2]; }\nfn b<F: Fn()>(f: F)\n{\n  if x { y }\n}\n";
        assert_eq!(functions(code), [(2, "b", 4)]);
    }

    #[test]
    fn warns_of_long_ones_outside_tests() {
        let long = format!("fn f() {{\n{}}}\n", "    x();\n".repeat(70));
        let warn = |text: &str| check(&Source::new("app/src/a.rs".to_owned(), text.to_owned())).len();
        assert_eq!(warn(&long), 1);
        assert_eq!(warn(&format!("#[cfg(test)]\nmod tests {{\n{long}}}\n")), 0);
        assert_eq!(warn(&"// a line\n".repeat(301)), 1);
    }
}
