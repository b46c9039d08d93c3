//! Arrows point one way: a room of the server uses rooms to its left only, and some crates live in one room.
//! It must not be told exceptions per file: a new arrow is a change of the design, and of the list here.
use super::{Level, Problem, Source};

/// Where a room may use every other.
const FRONT: usize = 9;

/// The rooms from left to right; rooms that share a place do not use each other.
const ROOMS: [(&str, usize); 11] = [
    ("scan", 0),
    ("facts", 1),
    ("catalog", 2),
    ("metrics", 3),
    ("store", 4),
    ("jobs", 5),
    ("api", 6),
    ("mcp", 7),
    ("web", 8),
    ("cli", FRONT),
    ("demo", FRONT),
];

/// Crates that only these places may name.
const HOMES: [(&str, &[&str]); 3] = [
    ("gix", &["server/src/scan/", "server/src/scan.rs"]),
    ("sea_orm", &["server/src/store/", "server/src/store.rs", "migrations/", "tests/"]),
    ("sea_orm_migration", &["server/src/store/", "server/src/store.rs", "migrations/", "tests/"]),
];

pub(crate) fn check(source: &Source) -> Vec<Problem> {
    let mut problems = rooms(source);
    if !source.path.starts_with("xtask/") {
        problems.extend(homes(source));
    }
    problems
}

fn rooms(source: &Source) -> Vec<Problem> {
    let Some(room) = room_of(&source.path) else { return Vec::new() };
    let Some(place) = place(room) else {
        let message = format!("`{room}` is no room of the design; give it a place in the list of rooms in xtask tidy");
        return vec![source.problem(Level::Error, 0, message)];
    };
    if place == FRONT {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (line, used) in uses(&source.code) {
        // A test may come through the door that a user comes through, which is to the right.
        if used != room && !source.is_test(line) && self::place(used).is_some_and(|other| other >= place) {
            let message = format!(
                "{room} uses {used}, which is not to its left (scan ← facts ← catalog ← metrics ← store ← jobs ← api ← mcp ← web)"
            );
            problems.push(source.problem(Level::Error, line, message));
        }
    }
    problems
}

fn homes(source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (line, code) in source.code_lines() {
        for (name, places) in HOMES {
            let here = places.iter().any(|place| source.path.starts_with(place));
            if !here && names_crate(code, name) {
                let message = format!("`{name}` is named outside its room ({})", places[0]);
                problems.push(source.problem(Level::Error, line, message));
            }
        }
    }
    problems
}

fn place(room: &str) -> Option<usize> {
    ROOMS.iter().find(|(name, _)| *name == room).map(|(_, place)| *place)
}

/// The room that a file of the server is in; `lib.rs` and `main.rs` are in none.
fn room_of(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("server/src/")?;
    let room = rest.split('/').next()?;
    let room = room.strip_suffix(".rs").unwrap_or(room);
    (!matches!(room, "lib" | "main" | "bin")).then_some(room)
}

/// First names behind `crate::`, with their lines, those of a `use crate::{…}` group too.
fn uses(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, mark) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let line = super::source::line_at(code, at);
        let start = at + mark.len();
        if code[start..].starts_with('{') {
            let end = super::source::matching(code, start);
            found.extend(group(&code[start + 1..end - 1]).map(|name| (line, name)));
        } else {
            found.push((line, word(&code[start..])));
        }
    }
    found
}

/// The first name of each path at the top level of a group.
fn group(inner: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    inner
        .split(move |c: char| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ',' && depth == 0
        })
        .map(|path| word(path.trim_start()))
        .filter(|name| !name.is_empty())
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    &text[..end]
}

fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let free = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '.');
        let after = &code[at + name.len()..];
        let ends = after.starts_with("::") || (code.trim_start().starts_with("use ") && after.starts_with([';', ' ']));
        free && ends
    })
}

#[cfg(test)]
mod tests {
    use super::{Source, check, uses};

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&Source::new(path.to_owned(), text.to_owned())).into_iter().map(|problem| problem.line).collect()
    }

    #[test]
    fn left_is_allowed_and_right_is_not() {
        let text = "use crate::scan::Snapshot;\nuse crate::store;\n// crate::api::x\nfn f() { crate::jobs::run(\"crate::web\") }\n";
        assert_eq!(lines("server/src/catalog/build.rs", text), [2, 4]);
        assert!(lines("server/src/api/mod.rs", text).is_empty());
        assert!(lines("server/src/lib.rs", text).is_empty());
        let tested = format!("#[cfg(test)]\nmod tests {{\n{text}}}\n");
        assert!(lines("server/src/catalog/build.rs", &tested).is_empty());
    }

    #[test]
    fn groups_are_read() {
        let code = "use crate::{\n  scan::{self, store},\n  api::{A, B},\n  facts,\n};";
        assert_eq!(uses(code), [(1, "scan"), (1, "api"), (1, "facts")]);
    }

    #[test]
    fn the_front_may_use_all_and_is_used_by_none() {
        assert_eq!(lines("server/src/mcp/mod.rs", "use crate::web::router;"), [1]);
        assert_eq!(lines("server/src/web.rs", "use crate::{mcp, demo};"), [1]);
        assert!(lines("server/src/cli/mod.rs", "use crate::{demo, web};").is_empty());
        assert_eq!(lines("server/src/extras/mod.rs", ""), [0]);
    }

    #[test]
    fn some_crates_live_in_one_room() {
        assert_eq!(lines("server/src/facts/a.rs", "fn f(r: &gix::Repository) {}"), [1]);
        assert!(lines("server/src/scan/git.rs", "use gix::Repository;").is_empty());
        assert_eq!(lines("server/src/jobs/a.rs", "use sea_orm::{A, B};"), [1]);
        assert!(lines("server/src/jobs/a.rs", "let x = my::gix::y; // gix::z").is_empty());
    }
}
