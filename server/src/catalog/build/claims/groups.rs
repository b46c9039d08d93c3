//! Claims gathered by the document that makes them, strongest source first.
//! It must not know entities.
use crate::{
    catalog::build::{detected, names},
    facts::model::{Claim, ClaimField, RepositoryFacts},
};
use shared::RepoPath;
use std::collections::{BTreeMap, BTreeSet};

/// Sources in the order in which they are believed; OWNERS speaks of a folder and comes last.
const SOURCES: &[&str] = &["opslevel", "cortex", "entity.datadog", "datadog", "compass", "port", "score", "publiccode"];

/// What one document says.
pub(super) struct Group<'a> {
    pub(super) path: &'a RepoPath,
    /// The folder it speaks for: the file's own, or the one above the hidden one that holds it.
    pub(super) folder: RepoPath,
    /// Whether the file describes nothing else.
    pub(super) alone: bool,
    /// In file order, approvers that are no alias left out.
    pub(super) claims: Vec<&'a Claim>,
}

pub(super) fn of(facts: &RepositoryFacts) -> Vec<Group<'_>> {
    let aliases: BTreeSet<&str> =
        facts.claims.iter().filter(|c| c.decl.field == ClaimField::Alias).map(value).collect();
    let mut by_document: BTreeMap<(usize, &RepoPath, u32), Vec<&Claim>> = BTreeMap::new();
    let mut documents: BTreeMap<&RepoPath, BTreeSet<u32>> = BTreeMap::new();
    for claim in &facts.claims {
        let counts = match claim.decl.field {
            ClaimField::Alias => false,
            ClaimField::Approver => aliases.contains(claim.decl.value.as_str()),
            _ => true,
        };
        if counts {
            by_document.entry((rank(&claim.decl.source), &claim.path, claim.decl.subject)).or_default().push(claim);
            documents.entry(&claim.path).or_default().insert(claim.decl.subject);
        }
    }
    let alone = |path: &RepoPath| documents.get(path).is_none_or(|subjects| subjects.len() == 1);
    let group = |((_, path, _), claims)| Group {
        path,
        folder: detected::visible(&RepoPath::parent(path)),
        alone: alone(path),
        claims,
    };
    by_document.into_iter().map(group).collect()
}

fn value(claim: &Claim) -> &str {
    &claim.decl.value
}

fn rank(source: &str) -> usize {
    SOURCES
        .iter()
        .position(|name| source.starts_with(name) || source.contains(&format!("{name}.")))
        .unwrap_or(SOURCES.len())
}

impl<'a> Group<'a> {
    /// Whether it speaks of a folder and not of a component: Kubernetes OWNERS.
    pub(super) fn is_of_folder(&self) -> bool {
        self.source() == "OWNERS"
    }

    pub(super) fn source(&self) -> &'a str {
        self.claims.first().map_or("", |claim| &claim.decl.source)
    }

    pub(super) fn line(&self) -> u32 {
        self.claims.iter().map(|claim| claim.decl.line).min().unwrap_or(1)
    }

    pub(super) fn first(&self, field: ClaimField) -> Option<&'a Claim> {
        self.claims.iter().find(|claim| claim.decl.field == field).copied()
    }

    /// The name as a reference could hold it.
    pub(super) fn name(&self) -> Option<String> {
        self.first(ClaimField::Name).map(|claim| names::slug(&claim.decl.value))
    }

    pub(super) fn dependencies(&self) -> impl Iterator<Item = &'a Claim> {
        self.claims.iter().copied().filter(|claim| claim.decl.field == ClaimField::DependsOn)
    }

    pub(super) fn links(&self) -> impl Iterator<Item = &'a str> {
        self.claims.iter().copied().filter(|claim| claim.decl.field == ClaimField::Link).map(value)
    }
}
