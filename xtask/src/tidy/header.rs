//! Every file opens by saying what it is for.
//! It must not judge how well it says so.
use super::{Level, Problem, Source};

pub(crate) fn check(source: &Source) -> Vec<Problem> {
    if source.text.starts_with("//! ") {
        return Vec::new();
    }
    let message = "the file must open with `//!`: one sentence on its purpose, one on what it must not do";
    vec![source.problem(Level::Error, 1, message)]
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    #[test]
    fn asks_for_the_opening() {
        let n = |text: &str| check(&Source::new("a.rs".to_owned(), text.to_owned())).len();
        assert_eq!((n("//! Reads go.mod.\n"), n("use std::fs;\n"), n("")), (0, 1, 1));
    }
}
