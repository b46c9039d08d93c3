//! Who is who over all repositories: whose each author is, and when each was last seen anywhere.
//! It must not keep a name beyond what tells people apart.
use super::{Judging, Logs};
use crate::{
    catalog::ownership::{
        self, Roster,
        model::{LastActive, Member, Organisation, RepositoryClaims},
        parse_team_map,
    },
    scan::Finding,
};
use anyhow::{Context, Result};
use shared::RepoName;
use std::collections::HashMap;

/// The people of the organisation.
pub(super) struct People {
    pub(super) organisation: Organisation,
    pub(super) roster: Roster,
    /// Of each repository whose work was read, by position in `WorkLog::people`.
    pub(super) members: HashMap<RepoName, Vec<Member>>,
    pub(super) last_active: LastActive,
    pub(super) findings: Vec<(RepoName, Finding)>,
}

impl People {
    /// Goes through the work of every repository.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn gather(judging: &Judging, claims: &[RepositoryClaims]) -> Result<Self> {
        let mut organisation = judging.store.load_organisation().await.context("loading users and groups")?;
        organisation.team_map = parse_team_map(judging.team_map.as_deref().unwrap_or_default()).0;
        let logs = Logs::new(&judging.store);
        let mailmaps: Vec<(RepoName, String)> =
            claims.iter().map(|of| (of.repository.clone(), of.mailmap.clone())).collect();
        let gathering = tokio::task::spawn_blocking(move || Self::of(organisation, &mailmaps, &logs));
        gathering.await.context("telling people apart")
    }

    fn of(organisation: Organisation, mailmaps: &[(RepoName, String)], logs: &Logs) -> Self {
        let roster = Roster::new(&organisation);
        let (members, last_active, findings) = (HashMap::new(), LastActive::new(), vec![]);
        let mut people = Self { organisation, roster, members, last_active, findings };
        for (repository, mailmap) in mailmaps {
            let Some(log) = logs.of(repository) else { continue };
            let (members, findings) = people.roster.members(&log, mailmap);
            for (key, at) in ownership::last_active(&log, &members) {
                let newest = people.last_active.entry(key).or_insert(at);
                *newest = at.max(*newest);
            }
            people.findings.extend(findings.into_iter().map(|finding| (repository.clone(), finding)));
            people.members.insert(repository.clone(), members);
        }
        people
    }
}
