//! Joins what the parsers read of one repository into its facts: every problem once, every package where it belongs.
//! It must not read bytes and must not judge facts against rules.
mod excluded;

use super::{
    code_owners, components,
    components::Ground,
    model::{
        Claim, CodeOwner, Definition, Dependency, Descriptor, DetectedComponent, Exclusion, FileEntry, FileFacts,
        FileImports, Hit, OwnerRule, Package, RepositoryFacts, RepositoryFiles,
    },
    parser::Parser,
    readme,
};
use crate::scan::Finding;
use shared::{BlobId, RepoPath};
use std::{borrow::Cow, collections::BTreeMap};

/// The facts of one repository. `before` are findings of the walk and of reading; `partial` says that a limit stopped it.
///
/// What was read of excluded files (vendored, generated, fixtures) is left out here, whoever read it.
pub fn assemble(
    files: &RepositoryFiles,
    parsers: &[&dyn Parser],
    before: Vec<Finding>,
    partial: bool,
) -> RepositoryFacts {
    let (entries, excluded) = excluded::judge(files);
    let imports = imports(files, &entries);
    let files = excluded::without(files, &entries);
    let files: &RepositoryFiles = &files;
    let parsed: Vec<Parsed<'_>> = parsed(files).collect();
    let mut findings = before;
    findings.extend(parsed.iter().flat_map(|(path, _, facts)| facts.problems.iter().map(|problem| problem.at(path))));
    let (packages, dependencies) = resolve(files, parsers, &mut findings);
    let descriptors =
        placed(&parsed, |facts| &facts.documents, |doc, path, blob| Descriptor { doc: doc.clone(), path, blob });
    let ground = Ground { files, entries: &entries, packages: &packages };
    let components = components::detect(&ground);
    let mut languages: BTreeMap<String, u64> = BTreeMap::new();
    for (_, language, code) in ground.sources() {
        *languages.entry(language.to_owned()).or_default() += code;
    }
    findings.sort_by(|a, b| (&a.path, a.line, &a.rule, &a.message).cmp(&(&b.path, b.line, &b.rule, &b.message)));
    findings.dedup();
    RepositoryFacts {
        repository: files.repository.clone(),
        tip: files.tip.clone(),
        code_owners: code_owners(files, &components, &descriptors),
        hits: placed(
            &parsed,
            |facts| &facts.hits,
            |hit, path, blob| Hit { needle: hit.needle.clone(), path, blob, line: hit.line },
        ),
        imports,
        texts: texts(files, &components),
        files: entries,
        excluded,
        components,
        packages,
        dependencies,
        descriptors,
        definitions: placed(
            &parsed,
            |facts| &facts.definitions,
            |decl, path, blob| Definition { decl: decl.clone(), path, blob },
        ),
        claims: placed(&parsed, |facts| &facts.claims, |decl, path, blob| Claim { decl: decl.clone(), path, blob }),
        languages,
        findings,
        partial,
    }
}

/// What a parser read of one file, with the file's path and blob.
type Parsed<'a> = (&'a RepoPath, &'a BlobId, &'a FileFacts);

/// What was parsed, in path order.
fn parsed(files: &RepositoryFiles) -> impl Iterator<Item = Parsed<'_>> {
    let blobs: BTreeMap<&RepoPath, &BlobId> = files.entries.iter().map(|entry| (&entry.path, &entry.blob)).collect();
    files.parsed.iter().filter_map(move |((path, _), facts)| Some((path, *blobs.get(path)?, facts.as_ref())))
}

/// Everything of one sort that was read, each with its place.
fn placed<D, P>(
    parsed: &[Parsed<'_>],
    of: impl Fn(&FileFacts) -> &Vec<D>,
    place: impl Fn(&D, RepoPath, BlobId) -> P,
) -> Vec<P> {
    let mut out = vec![];
    for (path, blob, facts) in parsed {
        out.extend(of(facts).iter().map(|one| place(one, (*path).clone(), (*blob).clone())));
    }
    out
}

fn resolve(
    files: &RepositoryFiles,
    parsers: &[&dyn Parser],
    findings: &mut Vec<Finding>,
) -> (Vec<Package>, Vec<Dependency>) {
    let (mut packages, mut dependencies) = (vec![], vec![]);
    for parser in parsers {
        let resolved = parser.resolve(files);
        packages.extend(resolved.packages);
        dependencies.extend(resolved.dependencies);
        findings.extend(resolved.findings);
    }
    (packages, dependencies)
}

/// The imports of files that count and of generated ones: what generators write uses packages too.
fn imports(files: &RepositoryFiles, entries: &[FileEntry]) -> Vec<FileImports> {
    let of = |entry: &FileEntry| {
        let generated = match entry.excluded {
            None => false,
            Some(Exclusion::Generated) => true,
            Some(_) => return None,
        };
        let source = files.file("source", &entry.path)?.source.as_ref()?;
        let (path, blob) = (entry.path.clone(), entry.blob.clone());
        let (language, imports) = (source.language.clone()?, source.imports.clone());
        (!imports.is_empty()).then_some(FileImports { path, blob, language, generated, imports })
    };
    entries.iter().filter_map(of).collect()
}

/// The owners of each component root and descriptor, by the one CODEOWNERS file that forges would take.
fn code_owners(
    files: &RepositoryFiles,
    components: &[DetectedComponent],
    descriptors: &[Descriptor],
) -> Vec<CodeOwner> {
    let places = code_owners::PLACES.iter().filter_map(|place| RepoPath::new(*place).ok());
    let read = |path: RepoPath| Some((files.file("code_owners", &path)?.code_owners.as_slice(), path));
    let Some((rules, file)) = places.filter_map(read).next() else { return vec![] };
    let mut owners: BTreeMap<RepoPath, CodeOwner> = BTreeMap::new();
    let mut add = |subject: &RepoPath, rule: Option<&OwnerRule>| {
        if let Some(rule) = rule {
            let (owner_names, path, line) = (rule.owners.clone(), file.clone(), rule.line);
            owners.insert(subject.clone(), CodeOwner { subject: subject.clone(), owners: owner_names, path, line });
        }
    };
    for component in components {
        add(&component.root, code_owners::owners_of_folder(rules, &component.root));
    }
    for descriptor in descriptors {
        add(&descriptor.path, code_owners::owners_of(rules, &descriptor.path));
    }
    owners.into_values().collect()
}

/// READMEs of components and of the repository, and start documents.
fn texts(files: &RepositoryFiles, components: &[DetectedComponent]) -> BTreeMap<RepoPath, String> {
    let shown = |path: &RepoPath| {
        components.iter().any(|component| component.readme.as_ref() == Some(path))
            || (path.parent().is_root() && readme::is_readme(path.file_name()))
            || readme::is_start(path)
    };
    let texts = files.of_parser("text").filter(|(path, ..)| shown(path));
    texts.filter_map(|(path, _, facts)| Some((path.clone(), facts.text.clone()?))).collect()
}

/// Kept apart so that a repository without excluded parse results is not copied.
type Files<'a> = Cow<'a, RepositoryFiles>;

#[cfg(test)]
mod tests;
