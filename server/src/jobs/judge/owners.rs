//! Judges the declared owners of every repository, and stores the verdicts.
//! It must not decide; the catalog room does.
use super::{Judging, Logs, People};
use crate::catalog::ownership::{self, Case, OwnedBy, model::RepositoryClaims};
use anyhow::{Context, Result};
use std::sync::Arc;

/// Judges and stores.
///
/// # Errors
/// When the store fails.
pub(super) async fn judge(
    judging: &Judging,
    claims: &Arc<Vec<RepositoryClaims>>,
    people: &Arc<People>,
    made_from: &str,
) -> Result<()> {
    let (logs, now) = (Logs::new(&judging.store), judging.seconds());
    let (claims, people) = (Arc::clone(claims), Arc::clone(people));
    let judged = tokio::task::spawn_blocking(move || {
        let (mut items, mut findings) = (vec![], people.findings.clone());
        for claims in claims.iter() {
            let Some(members) = people.members.get(&claims.repository) else { continue };
            let Some(log) = logs.of(&claims.repository) else { continue };
            let (roster, last_active) = (&people.roster, &people.last_active);
            let case = Case { claims, log: &log, members, roster, last_active, now };
            let judged = ownership::judge(&case);
            items.extend(judged.items);
            findings.extend(judged.findings.into_iter().map(|finding| (claims.repository.clone(), finding)));
        }
        let owned: Vec<OwnedBy> = claims.iter().flat_map(owned_by).collect();
        findings.extend(ownership::organisation_findings(&people.organisation, &owned));
        (items, findings)
    });
    let (items, findings) = judged.await.context("judging owners")?;
    let saved = judging.store.save_ownership(&items, &findings, made_from, &judging.now);
    saved.await.context("storing verdicts on owners")
}

fn owned_by(claims: &RepositoryClaims) -> impl Iterator<Item = OwnedBy> + '_ {
    claims.components.iter().filter_map(|component| {
        let owner = component.owner.clone()?;
        Some((component.reference.clone(), owner, claims.repository.clone(), component.descriptor.clone()))
    })
}
