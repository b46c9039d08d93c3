//! Joins what the parsers read of one repository into its facts: every problem once, every package where it belongs.
//! It must not read bytes and must not judge facts against rules.
mod definitions;
mod excluded;

use super::{
    code_owners, components,
    components::Ground,
    model::{
        Claim, CodeOwner, Dependency, Descriptor, DetectedComponent, Exclusion, FileEntry, FileFacts, FileImports, Hit,
        OwnerRule, Package, RepositoryFacts, RepositoryFiles,
    },
    parser::Parser,
    readme,
};
use crate::scan::Finding;
use shared::RepoPath;
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
    let mut findings = before;
    findings.extend(problems(files));
    let (packages, dependencies) = resolve(files, parsers, &mut findings);
    let descriptors = descriptors(files);
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
        hits: hits(files),
        imports,
        texts: texts(files, &components),
        files: entries,
        excluded,
        components,
        packages,
        dependencies,
        descriptors,
        definitions: definitions::of(files),
        claims: claims(files),
        languages,
        findings,
        partial,
    }
}

/// What was parsed, in path order, with the file's blob.
fn parsed(files: &RepositoryFiles) -> impl Iterator<Item = (&RepoPath, &shared::BlobId, &FileFacts)> {
    let blobs: BTreeMap<&RepoPath, &shared::BlobId> =
        files.entries.iter().map(|entry| (&entry.path, &entry.blob)).collect();
    files.parsed.iter().filter_map(move |((path, _), facts)| Some((path, *blobs.get(path)?, facts.as_ref())))
}

fn problems(files: &RepositoryFiles) -> Vec<Finding> {
    parsed(files).flat_map(|(path, _, facts)| facts.problems.iter().map(|problem| problem.at(path))).collect()
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

fn descriptors(files: &RepositoryFiles) -> Vec<Descriptor> {
    let of = |path: &RepoPath, blob: &shared::BlobId, facts: &FileFacts| {
        let place = |doc| Descriptor { doc, path: path.clone(), blob: blob.clone() };
        facts.documents.iter().cloned().map(place).collect::<Vec<_>>()
    };
    parsed(files).flat_map(|(path, blob, facts)| of(path, blob, facts)).collect()
}

fn claims(files: &RepositoryFiles) -> Vec<Claim> {
    let of = |path: &RepoPath, blob: &shared::BlobId, facts: &FileFacts| {
        let place = |decl| Claim { decl, path: path.clone(), blob: blob.clone() };
        facts.claims.iter().cloned().map(place).collect::<Vec<_>>()
    };
    parsed(files).flat_map(|(path, blob, facts)| of(path, blob, facts)).collect()
}

fn hits(files: &RepositoryFiles) -> Vec<Hit> {
    let mut hits = vec![];
    for (path, blob, facts) in parsed(files) {
        for hit in &facts.hits {
            hits.push(Hit { needle: hit.needle.clone(), path: path.clone(), blob: blob.clone(), line: hit.line });
        }
    }
    hits
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
