//! Findings about the organisation tree: groups without members, parents in a circle.
//! It must not double what linking says of unknown owners.
use super::{model::Organisation, roster::Roster};
use crate::{catalog::ownership::model::GroupClaim, scan::Finding};
use shared::{EntityRef, RepoName, RepoPath, Severity};
use std::collections::{BTreeSet, HashMap};

/// A component, its owner in force, where it is, and the descriptor's place.
pub type OwnedBy = (EntityRef, EntityRef, RepoName, Option<(RepoPath, u32)>);

/// Findings on groups, each in the repository that describes the group. Members of children count, and so do those whom
/// the team map names or who write from the team's mailbox.
pub fn organisation_findings(organisation: &Organisation, owners: &[OwnedBy]) -> Vec<(RepoName, Finding)> {
    let roster = Roster::new(organisation);
    let mut owned: HashMap<&EntityRef, usize> = HashMap::new();
    for (_, owner, _, _) in owners {
        *owned.entry(owner).or_default() += 1;
    }
    let mut findings = vec![];
    for group in &organisation.groups {
        if !roster.is_staffed(&group.reference) {
            let n_owned = owned.get(&group.reference).copied().unwrap_or_default();
            findings.push((group.repository.clone(), without_members(group, n_owned)));
        }
    }
    findings.extend(circles(organisation, &roster));
    findings
}

fn without_members(group: &GroupClaim, n_owned: usize) -> Finding {
    let owns = match n_owned {
        0 => String::new(),
        1 => " and owns a component".to_owned(),
        n => format!(" and owns {n} components"),
    };
    let message = format!(
        "{} has no members{owns}; add them (spec.members, or memberOf of a User) or remove the group.",
        group.reference
    );
    let severity = if n_owned > 0 { Severity::Warning } else { Severity::Info };
    finding(group, "group-without-members", severity, message)
}

/// One finding for each circle, at its smallest group.
fn circles(organisation: &Organisation, roster: &Roster) -> Vec<(RepoName, Finding)> {
    let mut told: BTreeSet<EntityRef> = BTreeSet::new();
    let mut findings = vec![];
    for group in &organisation.groups {
        let Some(circle) = roster.circle(&group.reference) else { continue };
        let Some(smallest) = circle.iter().min().filter(|group| !told.contains(**group)) else { continue };
        let Some(claim) = organisation.groups.iter().find(|group| group.reference == **smallest) else { continue };
        let message = if circle.len() == 1 {
            format!("{smallest} is its own parent; name another one or none.")
        } else {
            format!("{smallest} is its own ancestor, over {} groups; correct one spec.parent.", circle.len())
        };
        told.insert((*smallest).clone());
        findings.push((claim.repository.clone(), finding(claim, "group-parent-circle", Severity::Warning, message)));
    }
    findings
}

fn finding(group: &GroupClaim, rule: &str, severity: Severity, message: String) -> Finding {
    Finding {
        rule: rule.to_owned(),
        severity,
        path: group.path.as_ref().map(|(path, _)| path.clone()),
        line: group.path.as_ref().map(|(_, line)| *line),
        column: None,
        message,
    }
}
