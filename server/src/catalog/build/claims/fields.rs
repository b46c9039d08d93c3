//! The fields of one entity as one source after the other is heard: the first to speak of a field keeps it.
//! It must not decide which entity a claim is about.
use super::{Group, code_owners, is_described, loser, named, relation, team};
use crate::{
    catalog::model::{AlsoSays, Entity, Relation},
    facts::model::{Claim, ClaimField, Reason, RepositoryFacts},
    scan::Finding,
};
use shared::{EntityKind, EntityRef, Severity};
use std::collections::BTreeMap;

/// An entity, and which of its fields are settled.
pub(super) struct Fields<'a, 'e> {
    facts: &'a RepositoryFacts,
    pub(super) entity: &'e mut Entity,
    /// Per settled field the claim that did it; none for the entity's own descriptor.
    settled: BTreeMap<ClaimField, Option<&'a Claim>>,
    pub(super) findings: Vec<Finding>,
}

impl<'a, 'e> Fields<'a, 'e> {
    /// What the entity's own descriptor says is settled from the start.
    pub(super) fn new(facts: &'a RepositoryFacts, entity: &'e mut Entity) -> Self {
        let mut settled = BTreeMap::new();
        if is_described(entity) {
            for (field, pointer) in [
                (ClaimField::Title, "/metadata/title"),
                (ClaimField::Description, "/metadata/description"),
                (ClaimField::Owner, "/spec/owner"),
                (ClaimField::Lifecycle, "/spec/lifecycle"),
                (ClaimField::Type, "/spec/type"),
                (ClaimField::System, "/spec/system"),
            ] {
                if entity.document.pointer(pointer).is_some_and(serde_json::Value::is_string) {
                    settled.insert(field, None);
                }
            }
        }
        Self { facts, entity, settled, findings: vec![] }
    }

    /// Takes what a document says of each field; of several owners the first counts.
    pub(super) fn hear(&mut self, group: &Group<'a>) {
        let mut heard = vec![];
        for claim in &group.claims {
            let field = match claim.decl.field {
                ClaimField::Approver => ClaimField::Owner,
                // A name is a title where nothing better is said: the entity keeps its reference.
                ClaimField::Name if group.first(ClaimField::Title).is_none() => ClaimField::Title,
                ClaimField::Tag => {
                    self.tag(&claim.decl.value);
                    continue;
                }
                ClaimField::Title
                | ClaimField::Description
                | ClaimField::Owner
                | ClaimField::Lifecycle
                | ClaimField::Type
                | ClaimField::System => claim.decl.field,
                ClaimField::Name | ClaimField::Link | ClaimField::DependsOn | ClaimField::Alias => continue,
            };
            if !heard.contains(&field) {
                heard.push(field);
                self.take(field, claim);
            }
        }
    }

    fn tag(&mut self, value: &str) {
        if !self.entity.tags.iter().any(|tag| tag == value) {
            self.entity.tags.push(value.to_owned());
        }
    }

    fn take(&mut self, field: ClaimField, claim: &'a Claim) {
        let value = said(field, claim);
        let current = self.current(field);
        if let Some(winner) = self.settled.get(&field).copied() {
            if current.as_deref().is_some_and(|current| !same(field, current, &value)) {
                let place = (Some(&claim.path), Some(claim.decl.line));
                self.entity.also_says.push(loser(word(field), &value, &claim.decl.source, place));
                if field == ClaimField::Owner {
                    self.conflict(claim, &value, winner);
                }
            }
            return;
        }
        if let Some(current) = current.filter(|current| !current.is_empty() && !same(field, current, &value)) {
            let weaker = self.weaker(field, &current, claim);
            self.entity.also_says.extend(weaker);
        }
        self.set(field, &value);
        self.settled.insert(field, Some(claim));
        if field == ClaimField::Owner {
            self.entity.because.retain(|reason| !reason.text.starts_with("owner "));
        }
        let shown = if field == ClaimField::Description { String::new() } else { format!(" {value}") };
        let text = format!("{}{shown}: {}", word(field), claim.decl.source);
        self.entity.because.push(Reason { text, path: Some(claim.path.clone()), line: Some(claim.decl.line) });
    }

    fn current(&self, field: ClaimField) -> Option<String> {
        let entity = &self.entity;
        match field {
            ClaimField::Title => entity.title.clone(),
            ClaimField::Description => entity.description.clone(),
            ClaimField::Owner => entity.owner.as_ref().map(ToString::to_string),
            ClaimField::Lifecycle => entity.lifecycle.clone(),
            ClaimField::Type => entity.subtype.clone(),
            ClaimField::System => entity.system.as_ref().map(ToString::to_string),
            _ => None,
        }
    }

    fn set(&mut self, field: ClaimField, value: &str) {
        let entity = &mut self.entity;
        match field {
            ClaimField::Title => entity.title = Some(value.to_owned()),
            ClaimField::Description => entity.description = Some(value.to_owned()),
            ClaimField::Owner => entity.owner = value.parse().ok(),
            ClaimField::Lifecycle => entity.lifecycle = Some(value.to_owned()),
            ClaimField::Type => entity.subtype = Some(value.to_owned()),
            ClaimField::System => entity.system = value.parse().ok(),
            _ => {}
        }
    }

    /// Where a value came from that no descriptor gave: CODEOWNERS, a package file or the README.
    fn weaker(&mut self, field: ClaimField, value: &str, claim: &Claim) -> Option<AlsoSays> {
        if field != ClaimField::Owner {
            let readme = self.entity.readme.as_ref();
            let component = self.facts.components.iter().find(|component| component.root == self.entity.root);
            let summary = component.and_then(|component| component.summary.as_deref()) == Some(value);
            return Some(match field {
                ClaimField::Description if summary => loser("description", value, "README", (readme, None)),
                _ => loser(word(field), value, "package files", (None, None)),
            });
        }
        let owners = code_owners(self.facts, self.entity)?;
        let said = team(&claim.decl.value);
        if owners.first().is_some_and(|first| first.kind() == EntityKind::Group) && !owners.all.contains(&said) {
            let place = format!("{} line {}", owners.claim.path, owners.claim.line);
            self.disagree(claim, &said.to_string(), &format!("{place} says {value}"));
        }
        let place = (Some(&owners.claim.path), Some(owners.claim.line));
        (!owners.all.contains(&said)).then(|| loser("owner", value, "CODEOWNERS", place))
    }

    /// Two sources name different owners.
    fn conflict(&mut self, claim: &Claim, value: &str, winner: Option<&Claim>) {
        let Some(owner) = self.entity.owner.as_ref().map(ToString::to_string) else { return };
        let other = match (winner, &self.entity.descriptor) {
            (Some(winner), _) => format!("{} line {} says {owner}", winner.path, winner.decl.line),
            (None, Some((path, _))) => format!("the descriptor {path} says {owner}"),
            (None, None) => return,
        };
        self.disagree(claim, value, &other);
    }

    fn disagree(&mut self, claim: &Claim, value: &str, other: &str) {
        let reference = &self.entity.reference;
        self.findings.push(Finding {
            rule: "owner-conflict".to_owned(),
            severity: Severity::Warning,
            path: Some(claim.path.clone()),
            line: Some(claim.decl.line),
            column: None,
            message: format!("{} says {value} owns {reference}, {other}; make the two agree.", claim.decl.source),
        });
    }

    /// Owner and system as relations, where a claim settled them.
    pub(super) fn relations(&self) -> Vec<Relation> {
        let settled = |field: ClaimField| self.settled.get(&field).copied().flatten();
        let of = |field, kind, to: &Option<EntityRef>| {
            Some(relation(&self.entity.reference, kind, to.clone()?, settled(field)?))
        };
        let owner = of(ClaimField::Owner, "ownedBy", &self.entity.owner);
        owner.into_iter().chain(of(ClaimField::System, "partOf", &self.entity.system)).collect()
    }
}

/// The value as the field holds it.
fn said(field: ClaimField, claim: &Claim) -> String {
    match field {
        ClaimField::Owner => team(&claim.decl.value).to_string(),
        ClaimField::System => named(EntityKind::System, &claim.decl.value).to_string(),
        _ => claim.decl.value.clone(),
    }
}

fn same(field: ClaimField, one: &str, other: &str) -> bool {
    one == other || (field != ClaimField::Description && one.eq_ignore_ascii_case(other))
}

fn word(field: ClaimField) -> &'static str {
    match field {
        ClaimField::Description => "description",
        ClaimField::Owner => "owner",
        ClaimField::Lifecycle => "lifecycle",
        ClaimField::Type => "type",
        ClaimField::System => "system",
        _ => "title",
    }
}
