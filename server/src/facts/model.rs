//! The shapes of facts: per blob (cached by blob id and parser version) and per repository.
//! Nothing here parses or decides.
mod claim;
mod definition;

use crate::scan::{Finding, Tip, TreeEntry};
use serde::{Deserialize, Serialize};
use shared::{BlobId, DependencyKind, Ecosystem, RepoName, RepoPath, Scope, Severity};
use std::{collections::BTreeMap, sync::Arc};

pub use claim::{Claim, ClaimDecl, ClaimField};
pub use definition::{Definition, DefinitionDecl, DefinitionKind, MAX_ENTRIES};

/// The key of a cached parse result. One blob can be read by several parsers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlobKey {
    pub blob: BlobId,
    /// `Parser::key` and `Parser::variant`, e.g. `npm/package.json`.
    pub parser: String,
    /// `Parser::version`; a higher one makes older results unused.
    pub version: u32,
}

/// A problem inside one file, before the file's path is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub rule: String,
    pub severity: Severity,
    pub line: Option<u32>,
    pub column: Option<u32>,
    pub message: String,
}

/// What one parser read from one blob. It depends on the blob's bytes and the file's name only, never on its folder or
/// on other files, so it can be cached by blob id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FileFacts {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<PackageDecl>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<DependencyDecl>,
    /// Descriptor documents (catalog-info.yaml and our Capability files).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DescriptorDoc>,
    /// APIs and resources that the file defines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub definitions: Vec<DefinitionDecl>,
    /// What a vendor's descriptor asserts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimDecl>,
    /// Line counts and imports of a source file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceFacts>,
    /// Symbols of the ruleset found in a source file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hits: Vec<SourceHit>,
    /// Rules of a CODEOWNERS file, in file order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code_owners: Vec<OwnerRule>,
    /// Text of a README or start document (at most 256 KiB), as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What a parser wants to tell its own `resolve` and nobody else: workspace members, parents, properties, includes.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub extra: serde_json::Value,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// A package (or deployable) that a file defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageDecl {
    pub ecosystem: Ecosystem,
    /// The name under which others can depend on it, e.g. `@acme/flags`, `acme.dev/flags`, `com.acme:flags`.
    pub name: String,
    pub version: Option<String>,
    pub description: Option<String>,
    /// Component type this file hints at, weakest guess last: `service`, `website`, `library`, `cli`, `infrastructure` …
    pub hints: Vec<TypeHint>,
    /// Whether others can depend on it (not `private: true`, not a bare workspace root).
    pub published: bool,
    /// 1-based line of the name.
    pub line: Option<u32>,
}

/// A reason to think that the package root is of a component type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeHint {
    /// `service`, `website`, `library`, `cli`, `infrastructure`, `chart`, `action` …
    pub subtype: String,
    /// Why, for the page: "package.json has a bin entry".
    pub reason: String,
    /// Higher wins; 10 a guess, 50 a good sign, 90 as good as said.
    pub weight: u8,
}

/// A dependency as one file states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependencyDecl {
    pub ecosystem: Ecosystem,
    pub name: String,
    pub requirement: Option<String>,
    pub version: Option<String>,
    pub scope: Scope,
    pub kind: DependencyKind,
    /// 1-based.
    pub line: Option<u32>,
}

/// One document of a descriptor file whose envelope is good enough to name it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DescriptorDoc {
    /// The document as JSON: apiVersion, kind, metadata, spec.
    pub document: serde_json::Value,
    /// 1-based line of the document's first key.
    pub line: u32,
    /// 1-based line and column of every value that a later finding may point at, by dotted path, e.g. `spec.owner`,
    /// `spec.offers[0].name`.
    pub places: BTreeMap<String, (u32, u32)>,
}

/// What a source file shows without being understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFacts {
    /// Language name as tokei spells it; absent for unknown.
    pub language: Option<String>,
    /// Lines that hold code, without blanks and comments.
    pub code: u32,
    /// Why the file is taken for generated, e.g. "header says: Code generated by protoc".
    pub generated: Option<String>,
    /// What it imports, in the order of the file, each module once; at most 500.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<ImportDecl>,
}

/// One module that a source file imports; relative and other local ones are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportDecl {
    /// As the language writes it, without aliases and imported names: `acme.dev/flags/v2`, `@acme/flags/react`,
    /// `acme.flags`, `com.acme.flags.Client`, `acme_flags::Client`, `Acme\\Flags\\Client`.
    pub module: String,
    /// 1-based line of its first statement.
    pub line: u32,
    /// Whether the program may run without it: for types only, inside a block, or a mere path in code that may also begin
    /// with a name of the file's own. It shows a use of what is declared, and never that something is missing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub weak: bool,
}

/// One needle of the ruleset found in a source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceHit {
    pub needle: Needle,
    /// 1-based line of the first occurrence.
    pub line: u32,
}

/// A text that the ruleset wants looked for in source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Needle {
    /// A whole identifier anywhere outside comments-only lines.
    Symbol(String),
}

/// One rule of a CODEOWNERS file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerRule {
    pub pattern: String,
    /// As written: `@org/team`, `@user`, `mail@example.com`. Empty clears the ownership.
    pub owners: Vec<String>,
    /// GitLab section, when inside one.
    pub section: Option<String>,
    pub line: u32,
}

/// The files of one repository with what the parsers read from them: the input of every `resolve` and of `assemble`.
#[derive(Debug, Clone)]
pub struct RepositoryFiles {
    pub repository: RepoName,
    pub tip: Tip,
    /// In path order.
    pub entries: Vec<TreeEntry>,
    /// Per (path, parser key). Files of which a parser wanted nothing are absent.
    pub parsed: BTreeMap<(RepoPath, String), Arc<FileFacts>>,
}

/// Why a tree is left out of counting and of components.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    Vendored,
    Generated,
    Fixture,
}

/// A folder or file left out, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    pub path: RepoPath,
    pub why: Exclusion,
    /// For people, e.g. "folder is named vendor".
    pub reason: String,
    pub files: u32,
}

/// Everything true of one repository at one commit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RepositoryFacts {
    pub repository: RepoName,
    pub tip: Tip,
    /// Every file, with its reason when excluded.
    pub files: Vec<FileEntry>,
    pub excluded: Vec<Excluded>,
    pub components: Vec<DetectedComponent>,
    pub packages: Vec<Package>,
    pub dependencies: Vec<Dependency>,
    pub descriptors: Vec<Descriptor>,
    /// APIs and resources that files define, in path order.
    #[serde(default)]
    pub definitions: Vec<Definition>,
    /// What vendors' descriptors assert, in path order.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// Owners by CODEOWNERS of each component root and descriptor, by path: as written, with the rule's place.
    pub code_owners: Vec<CodeOwner>,
    pub hits: Vec<Hit>,
    /// The source files that import something, in path order: those that count, and generated ones.
    #[serde(default)]
    pub imports: Vec<FileImports>,
    /// READMEs and start documents by path, as written.
    pub texts: BTreeMap<RepoPath, String>,
    /// Lines of code by language over the whole repository.
    pub languages: BTreeMap<String, u64>,
    pub findings: Vec<Finding>,
    pub partial: bool,
}

/// A file of the tip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    pub path: RepoPath,
    pub blob: BlobId,
    pub excluded: Option<Exclusion>,
}

/// One component per package root or deployable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetectedComponent {
    /// The package root; the repository's root when nothing narrower is found.
    pub root: RepoPath,
    /// What it calls itself: the first package's name, else the folder's, else the repository's.
    pub title: String,
    pub description: Option<String>,
    /// The winning type hint's type; `library` when nothing hints.
    pub subtype: String,
    /// Why it is a component and why of this type, with places.
    pub because: Vec<Reason>,
    /// Lines of code by language below the root and below no deeper component's root.
    pub languages: BTreeMap<String, u64>,
    /// README of the root, when there is one.
    pub readme: Option<RepoPath>,
    /// First paragraph of that README as plain text, at most 400 characters.
    pub summary: Option<String>,
}

/// A reason with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub text: String,
    pub path: Option<RepoPath>,
    pub line: Option<u32>,
}

/// A package with its place, after workspaces and inheritance are resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    pub decl: PackageDecl,
    pub path: RepoPath,
    pub blob: BlobId,
}

/// A dependency with its place, after inheritance, includes and properties are resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    pub decl: DependencyDecl,
    pub path: RepoPath,
    pub blob: BlobId,
}

/// A descriptor document with its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Descriptor {
    pub doc: DescriptorDoc,
    pub path: RepoPath,
    pub blob: BlobId,
}

/// What CODEOWNERS says of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeOwner {
    /// The component root or descriptor asked about.
    pub subject: RepoPath,
    pub owners: Vec<String>,
    /// The CODEOWNERS file and the line of the rule that matched last.
    pub path: RepoPath,
    pub line: u32,
}

/// What one source file imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileImports {
    pub path: RepoPath,
    pub blob: BlobId,
    /// As `SourceFacts::language`.
    pub language: String,
    /// Its header says so; it shows what a component uses, not what a person chose.
    pub generated: bool,
    pub imports: Vec<ImportDecl>,
}

/// A needle of the ruleset with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub needle: Needle,
    pub path: RepoPath,
    pub blob: BlobId,
    pub line: u32,
}

impl RepositoryFiles {
    /// The files that one parser read, in path order.
    pub fn of_parser<'a>(
        &'a self,
        parser: &'a str,
    ) -> impl Iterator<Item = (&'a RepoPath, &'a BlobId, &'a Arc<FileFacts>)> {
        // Both are in path order, so that one walk finds them together: parsers are many, and so are files.
        let mut entries = self.entries.iter().peekable();
        self.parsed.iter().filter(move |((_, key), _)| key == parser).filter_map(move |((path, _), facts)| {
            while entries.next_if(|entry| entry.path < *path).is_some() {}
            let entry = entries.peek().filter(|entry| entry.path == *path)?;
            Some((&entry.path, &entry.blob, facts))
        })
    }

    /// What one parser read from one file.
    pub fn file(&self, parser: &str, path: &RepoPath) -> Option<&FileFacts> {
        self.parsed.get(&(path.clone(), parser.to_owned())).map(Arc::as_ref)
    }
}

impl Problem {
    /// A problem as a finding of the file it was met in.
    pub fn at(&self, path: &RepoPath) -> Finding {
        Finding {
            rule: self.rule.clone(),
            severity: self.severity,
            path: Some(path.clone()),
            line: self.line,
            column: self.column,
            message: self.message.clone(),
        }
    }
}
