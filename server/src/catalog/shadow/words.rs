//! The words that names are made of, in any spelling, and what they have in common.
//! It must not know what a word stands for.

/// Longer names are data, not names.
const MAX_NAME: usize = 200;

/// What a class, folder or package is, not what it is for.
const ROLES: &[&str] = &[
    "adapter",
    "api",
    "app",
    "base",
    "client",
    "common",
    "controller",
    "core",
    "factory",
    "filter",
    "go",
    "handler",
    "helper",
    "impl",
    "interceptor",
    "interface",
    "internal",
    "java",
    "js",
    "kit",
    "lib",
    "library",
    "manager",
    "middleware",
    "module",
    "node",
    "package",
    "pkg",
    "platform",
    "plugin",
    "provider",
    "py",
    "python",
    "repo",
    "repository",
    "rs",
    "rust",
    "sdk",
    "server",
    "service",
    "shared",
    "ts",
    "typescript",
    "util",
    "utility",
    "utils",
    "wrapper",
];

/// What says nothing of what code is for.
const EMPTY: &[&str] = &[
    "a", "add", "all", "an", "and", "any", "are", "as", "at", "be", "build", "by", "cmd", "config", "create", "data",
    "default", "delete", "do", "error", "file", "for", "from", "func", "function", "get", "has", "id", "in", "index",
    "info", "init", "is", "it", "item", "key", "list", "main", "mod", "model", "name", "new", "no", "not", "object",
    "of", "on", "option", "options", "or", "our", "own", "parse", "read", "remove", "result", "root", "run", "set",
    "spec", "src", "start", "stop", "string", "struct", "test", "tests", "that", "the", "this", "to", "tool", "tools",
    "type", "types", "update", "use", "value", "with", "without", "write",
];

/// The words of a name in lower case: split at everything that is no letter or digit, and where capitals begin a word.
pub(super) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().take(MAX_NAME).collect();
    let mut found: Vec<String> = Vec::new();
    let mut word = String::new();
    for (at, letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() || begins(&letters, at) {
            found.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
    }
    found.extend((!word.is_empty()).then_some(word));
    found
}

/// Whether a capital begins a word: after a small letter or digit, or as the last of several before a small letter.
fn begins(letters: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| letters[at]) else { return false };
    let ends_capitals = before.is_uppercase() && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
    letters[at].is_uppercase() && (before.is_lowercase() || before.is_ascii_digit() || ends_capitals)
}

/// What forms of one English word have in common, well enough to compare: `flags` and `flag`, `logging` and `log`.
pub(super) fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    if let Some(start) = stem.strip_suffix("ies").filter(|start| start.len() >= 3) {
        stem = format!("{start}y");
    } else if stem.len() >= 4 && stem.ends_with('s') && !stem.ends_with("ss") && !stem.ends_with("us") {
        stem.pop();
    }
    if let Some(start) = stem.strip_suffix("ing").filter(|start| start.len() >= 3) {
        stem = start.to_owned();
        let mut ends = stem.chars().rev();
        if ends.next() == ends.next() {
            stem.pop();
        }
    }
    if stem.len() >= 4 && stem.ends_with('e') {
        stem.pop();
    }
    stem
}

/// The stems of a name's words.
pub(super) fn stems(name: &str) -> Vec<String> {
    words(name).iter().map(|word| stem(word)).collect()
}

/// Whether the word says what something is, not what it is for.
pub(super) fn is_role(word: &str) -> bool {
    ROLES.contains(&word)
}

/// Whether the word says something at all.
pub(super) fn speaks(word: &str) -> bool {
    word.len() >= 3 && !is_role(word) && !EMPTY.contains(&word) && !word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        assert_eq!(words("FeatureFlagService"), ["feature", "flag", "service"]);
        assert_eq!(words("feature_flags.go"), ["feature", "flags", "go"]);
        assert_eq!(words("HTTPServerV2"), ["http", "server", "v2"]);
        assert_eq!(words("@acme/flag-kit"), ["acme", "flag", "kit"]);
        assert_eq!(words(""), Vec::<String>::new());
    }

    #[test]
    fn forms_of_a_word_meet() {
        for (one, other) in
            [("flags", "flag"), ("logging", "log"), ("caching", "cache"), ("queries", "query"), ("tracing", "trace")]
        {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
        assert_eq!(stem("bus"), "bus");
        assert_eq!(stem("access"), "access");
    }
}
