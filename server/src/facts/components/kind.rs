//! Which type a component is of: the heaviest hint wins, and without hints what dominates its files.
//! It must not decide what a component is.
use super::{Ground, Root};
use crate::facts::{
    model::{Package, TypeHint},
    readme,
};
use shared::RepoPath;

/// The winning hint's type; of equal weights the first. `library` when nothing hints.
pub(super) fn of(root: &Root<'_>) -> String {
    let declared = root.packages.iter().flat_map(|package| {
        package.decl.hints.iter().filter(move |hint| !is_go_service_without_program(root, package, hint))
    });
    let seen = root.hints.iter().map(|(hint, _)| hint);
    let mut best: Option<&TypeHint> = None;
    for hint in declared.chain(seen) {
        if best.is_none_or(|best| hint.weight > best.weight) {
            best = Some(hint);
        }
    }
    best.map_or_else(|| "library".to_owned(), |hint| hint.subtype.clone())
}

/// A Go library that offers gRPC helpers requires gRPC too: without a program of its own it is no service.
fn is_go_service_without_program(root: &Root<'_>, package: &Package, hint: &TypeHint) -> bool {
    package.decl.ecosystem.as_str() == "go" && hint.subtype == "service" && !root.runs
}

/// The repository as its only component.
pub(super) fn repository_itself<'a>(ground: &Ground<'a>) -> Root<'a> {
    let (subtype, reason) = dominating(ground);
    let hint = TypeHint { subtype: subtype.to_owned(), reason, weight: 10 };
    Root { folder: RepoPath::root(), packages: vec![], hints: vec![(hint, None)], runs: false }
}

fn dominating(ground: &Ground<'_>) -> (&'static str, String) {
    let code: u64 = ground.sources().map(|(_, _, code)| code).sum();
    let own = || ground.entries.iter().filter(|entry| entry.excluded.is_none()).map(|entry| entry.path.as_str());
    let n_with = |endings: &[&str]| own().filter(|path| endings.iter().any(|ending| path.ends_with(ending))).count();
    let n_prose = n_with(&[".md", ".mdx", ".rst", ".adoc"]);
    let n_data = n_with(&[".yaml", ".yml", ".json", ".toml"]);
    let prose_only_readme = own().filter(|path| path.ends_with(".md")).all(readme::is_readme);
    match () {
        () if code == 0 && n_prose == 0 && n_data == 0 => {
            ("other", "no package file, source or document was found".to_owned())
        }
        () if code < 50 && n_prose >= n_data && !prose_only_readme => {
            ("documentation", format!("{n_prose} documents and {code} lines of code"))
        }
        () if code < 50 => ("configuration", format!("{n_data} configuration files and {code} lines of code")),
        () => ("library", format!("no package file was found, and {code} lines of code")),
    }
}
