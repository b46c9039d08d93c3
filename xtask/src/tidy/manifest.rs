//! Arrows between crates: what a crate's manifest must not depend on.
//! It must not resolve the graph: cargo-deny does that from `deny.toml`.
use super::{Level, Problem};
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// A crate and what it must not name among its dependencies.
const FORBIDDEN: [(&str, &[&str]); 3] = [
    ("app", &["server", "migrations", "tests", "axum", "sea-orm", "gix", "tokio"]),
    ("shared", &["app", "server", "migrations", "tests", "tokio", "axum", "sea-orm", "gix"]),
    ("migrations", &["app", "server", "shared", "tests"]),
];

/// Checks every manifest that has a rule.
///
/// # Errors
/// When a manifest cannot be read.
pub(crate) fn check(root: &Path) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for (name, forbidden) in FORBIDDEN {
        let path = format!("{name}/Cargo.toml");
        let text = fs::read_to_string(root.join(&path)).with_context(|| path.clone())?;
        for (line, dependency) in dependencies(&text).into_iter().filter(|(_, found)| forbidden.contains(found)) {
            let message = format!("{name} must not depend on {dependency}");
            problems.push(Problem { level: Level::Error, path: path.clone(), line, message });
        }
    }
    Ok(problems)
}

/// Names under every `[…dependencies]` table, with their lines.
fn dependencies(manifest: &str) -> Vec<(usize, &str)> {
    let mut inside = false;
    let mut found = Vec::new();
    for (at, line) in manifest.lines().enumerate() {
        if let Some(table) = line.strip_prefix('[') {
            inside = table.trim_end_matches(']').ends_with("dependencies");
            if let Some((_, name)) = table.trim_end_matches(']').rsplit_once("dependencies.") {
                found.push((at + 1, name));
            }
        } else if inside && line.starts_with(|c: char| c.is_alphabetic()) {
            let end = line.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(line.len());
            found.push((at + 1, &line[..end]));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::dependencies;

    #[test]
    fn reads_every_form_of_table() {
        let text = "[package]\nname = \"app\"\n[dependencies]\nshared.workspace = true\nserde = \"1\"\n\
                    [target.'cfg(unix)'.dependencies]\nsea-orm = { version = \"2\" }\n[dependencies.gix]\nversion = \"1\"\n[lib]\nx = 1\n";
        assert_eq!(dependencies(text), [(4, "shared"), (5, "serde"), (7, "sea-orm"), (8, "gix")]);
    }
}
