//! The commit at which each repository was judged at a time.
//! It must not name one that nothing is known of.
use super::{
    link::{commit_id, commit_link},
    past::{Past, PastMoment, Time, timestamp},
};
use shared::api::ExplainedCommit;
use std::collections::{BTreeMap, BTreeSet};

/// The newest commit of each repository at or before `at` of those that changed what is known of it: nothing that counts
/// changed from it to `at`.
pub(super) fn commits(past: &Past, repositories: &BTreeSet<usize>, at: Time) -> Vec<ExplainedCommit> {
    let own = repositories.iter().flat_map(|held| {
        let repository = &past.repositories[*held];
        [(*held, &repository.first), (*held, &repository.last)]
    });
    let components = past.components.iter().filter(|component| repositories.contains(&component.repository));
    let shown = components.flat_map(|component| {
        let spans = component.spans.iter().map(|(from, to)| (from, to));
        let uses = component.uses.iter().map(|held| (&held.from, &held.to));
        let moments = spans.chain(uses).flat_map(|(from, to)| std::iter::once(from).chain(to));
        moments.map(|moment| (component.repository, moment))
    });
    let mut newest: BTreeMap<usize, &PastMoment> = BTreeMap::new();
    for (repository, moment) in shown.chain(own).filter(|(_, moment)| moment.at <= at) {
        let held = newest.entry(repository).or_insert(moment);
        // Of several commits of one second the tip comes last.
        if held.at <= moment.at {
            *held = moment;
        }
    }
    let mut out: Vec<ExplainedCommit> = newest.into_iter().map(|(held, moment)| judged(past, held, moment)).collect();
    out.sort_by(|a, b| a.repository.cmp(&b.repository));
    out
}

fn judged(past: &Past, repository: usize, moment: &PastMoment) -> ExplainedCommit {
    let repository = &past.repositories[repository];
    ExplainedCommit {
        repository: repository.name.clone(),
        commit: commit_id(&moment.commit),
        at: timestamp(moment.at),
        permalink: commit_link(repository, &moment.commit),
    }
}
