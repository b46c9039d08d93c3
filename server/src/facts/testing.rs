//! Fixture folders as repositories, and what parsers make of them as text that a person can review.
//! For tests only; it must not judge what it shows.
//!
//! A fixture lies in `server/fixtures/facts/<parser key>/<case>/…`; the snapshot of the case lies beside its folder as
//! `<case>.snap`. `INSTA_UPDATE=always cargo test -p server --lib facts::ecosystems` writes the snapshots anew.
use super::{
    model::{ClaimDecl, DefinitionDecl, DependencyDecl, FileFacts, PackageDecl, RepositoryFiles},
    parser::{Parser, Resolved},
};
use crate::scan::{Finding, Tip, TreeEntry};
use sha2::{Digest, Sha256};
use shared::{BlobId, CommitId, RepoName, RepoPath, Timestamp};
use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The folder of all fixtures of this room.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/facts")
}

/// The case folders of a parser, by name; empty when it has none.
pub(crate) fn cases(key: &str) -> Vec<PathBuf> {
    let Ok(listing) = fs::read_dir(fixtures().join(key)) else { return vec![] };
    let mut cases: Vec<PathBuf> = listing.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

/// A folder as the repository `fixture`, read by the given parsers as a scan would read it (sizes are not limited).
pub(crate) fn repository(folder: &Path, parsers: &[&dyn Parser]) -> RepositoryFiles {
    let mut contents = BTreeMap::new();
    collect(folder, folder, &mut contents);
    from_contents(&contents, parsers)
}

/// The same from paths and bytes given by the test.
pub(crate) fn from_contents(contents: &BTreeMap<RepoPath, Vec<u8>>, parsers: &[&dyn Parser]) -> RepositoryFiles {
    let mut files = RepositoryFiles {
        repository: RepoName::new("fixture").unwrap(),
        tip: Tip {
            branch: "main".to_owned(),
            commit: CommitId::new("c".repeat(40)).unwrap(),
            committed_at: Timestamp::new("2026-01-02T03:04:05Z").unwrap(),
            shallow: false,
        },
        entries: vec![],
        parsed: BTreeMap::new(),
    };
    for (path, bytes) in contents {
        files.entries.push(TreeEntry { path: path.clone(), blob: blob_id(bytes), executable: false });
        for parser in parsers.iter().filter(|parser| parser.wants(path)) {
            let facts = parser.parse(path.file_name(), bytes);
            files.parsed.insert((path.clone(), parser.key().to_owned()), Arc::new(facts));
        }
    }
    files
}

/// A stand-in for git's id: 64 digits of the content's hash.
pub(crate) fn blob_id(bytes: &[u8]) -> BlobId {
    let hex = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    BlobId::new(hex).unwrap()
}

/// Compares what a parser makes of one case with the case's snapshot.
pub(crate) fn assert_case(parser: &dyn Parser, case: &Path) {
    let files = repository(case, &[parser]);
    let name = case.file_name().unwrap().to_string_lossy().into_owned();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(case.parent().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, describe(parser, &files)));
}

/// Packages, dependencies, descriptor documents, problems and findings, one a line.
pub(crate) fn describe(parser: &dyn Parser, files: &RepositoryFiles) -> String {
    let resolved = parser.resolve(files);
    let mut out = String::new();
    for package in &resolved.packages {
        describe_package(&mut out, package.path.as_str(), &package.decl);
    }
    for dependency in &resolved.dependencies {
        describe_dependency(&mut out, dependency.path.as_str(), &dependency.decl);
    }
    for (path, _, facts) in files.of_parser(parser.key()) {
        describe_rest(&mut out, path, facts);
    }
    describe_findings(&mut out, &resolved);
    if out.is_empty() { "nothing\n".to_owned() } else { out }
}

fn describe_package(out: &mut String, path: &str, package: &PackageDecl) {
    let PackageDecl { ecosystem, name, version, description, hints, published, line } = package;
    let published = if *published { "published" } else { "private" };
    let version = version.as_deref().unwrap_or("-");
    writeln!(out, "package    {path}:{} {ecosystem} {name} {version} {published}", number(*line)).unwrap();
    if let Some(description) = description {
        writeln!(out, "             {description}").unwrap();
    }
    for hint in hints {
        writeln!(out, "             {} {}: {}", hint.subtype, hint.weight, hint.reason).unwrap();
    }
}

fn describe_dependency(out: &mut String, path: &str, dependency: &DependencyDecl) {
    let DependencyDecl { ecosystem, name, requirement, version, scope, kind, line } = dependency;
    let requirement = requirement.as_deref().unwrap_or("-");
    let version = version.as_deref().unwrap_or("-");
    let line = number(*line);
    writeln!(out, "dependency {path}:{line} {ecosystem} {name} | {requirement} | {version} | {scope} {kind}").unwrap();
}

fn describe_rest(out: &mut String, path: &RepoPath, facts: &FileFacts) {
    for doc in &facts.documents {
        let (kind, name) = (&doc.document["kind"], &doc.document["metadata"]["name"]);
        writeln!(out, "document   {path}:{} {kind} {name}, {} places", doc.line, doc.places.len()).unwrap();
    }
    describe_definitions(out, path, facts);
    for rule in &facts.code_owners {
        let section = rule.section.as_deref().unwrap_or("-");
        writeln!(out, "owner      {path}:{} {} {:?} {section}", rule.line, rule.pattern, rule.owners).unwrap();
    }
    for problem in &facts.problems {
        describe_finding(out, &problem.at(path));
    }
}

fn describe_definitions(out: &mut String, path: &RepoPath, facts: &FileFacts) {
    for found in &facts.definitions {
        let (title, version) = (found.title.as_deref().unwrap_or("-"), found.version.as_deref().unwrap_or("-"));
        let DefinitionDecl { kind, format, name, line, n_entries, .. } = found;
        writeln!(out, "definition {path}:{} {kind:?} {format} {name:?} | {title} | {version}", number(*line)).unwrap();
        if let Some(description) = &found.description {
            writeln!(out, "             {description}").unwrap();
        }
        for entry in &found.entries {
            let description = entry.description.as_deref().unwrap_or("-");
            writeln!(out, "             :{} {} | {description}", number(entry.line), entry.name).unwrap();
        }
        if *n_entries > found.entries.len() as u64 {
            writeln!(out, "             {n_entries} in all").unwrap();
        }
    }
    for claim in &facts.claims {
        let ClaimDecl { source, subject, field, value, line } = claim;
        writeln!(out, "claim      {path}:{line} {source} {subject} {field:?}: {value}").unwrap();
    }
}

fn describe_findings(out: &mut String, resolved: &Resolved) {
    for finding in &resolved.findings {
        describe_finding(out, finding);
    }
}

fn describe_finding(out: &mut String, finding: &Finding) {
    let Finding { rule, severity, path, line, column, message } = finding;
    let path = path.as_ref().map(RepoPath::as_str).unwrap_or_default();
    writeln!(out, "{severity:<10} {path}:{}:{} {rule}: {message}", number(*line), number(*column)).unwrap();
}

fn number(value: Option<u32>) -> String {
    value.map_or_else(|| "-".to_owned(), |n| n.to_string())
}

fn collect(root: &Path, folder: &Path, contents: &mut BTreeMap<RepoPath, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, contents);
            continue;
        }
        let inside = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        contents.insert(RepoPath::new(inside).unwrap(), fs::read(&path).unwrap());
    }
}
