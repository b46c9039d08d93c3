//! Where files came from, by the work on their repository: the commit that brought each, and what was changed since.
//! It must not name a person: what people did is told as that of their team.
use super::model::Origin;
use crate::{
    catalog::ownership::model::Member,
    facts::work::model::{Lineage, WorkCommit, WorkLog},
};
use shared::{EntityRef, RepoPath};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The origins of those of the paths that stand at the log's tip. `members` stand at the positions of `log.people`.
pub fn origins(log: &WorkLog, members: &[Member], paths: &[&RepoPath]) -> HashMap<RepoPath, Origin> {
    let wanted: HashSet<&RepoPath> = paths.iter().copied().collect();
    let mut found: BTreeMap<u32, (&Lineage, u64)> = (0_u32..)
        .zip(&log.lineages)
        .filter(|(_, lineage)| lineage.to.is_none() && wanted.contains(&lineage.path))
        .map(|(at, lineage)| (at, (lineage, 0)))
        .collect();
    for touch in &log.touches {
        if let Some((lineage, changes)) = found.get_mut(&touch.lineage)
            && touch.commit > lineage.from
            && !touch.formatting
            && log.commits.get(touch.commit as usize).is_some_and(|commit| commit.mass.is_none())
        {
            *changes += 1;
        }
    }
    let origin = |(lineage, changes): &(&Lineage, u64)| {
        let commit = log.commits.get(lineage.from as usize)?;
        let team = team_of(commit, members);
        let origin = Origin { commit: commit.commit.clone(), at: commit.at, team, changes: *changes };
        Some((lineage.path.clone(), origin))
    };
    found.values().filter_map(origin).collect()
}

/// The team with most commits in a commit's work; of equals the first by name.
fn team_of(commit: &WorkCommit, members: &[Member]) -> Option<EntityRef> {
    let mut teams: BTreeMap<&EntityRef, u32> = BTreeMap::new();
    for hand in &commit.hands {
        let Some(member) = members.get(hand.person as usize).filter(|member| !member.bot) else { continue };
        for team in &member.teams {
            *teams.entry(team).or_default() += hand.commits;
        }
    }
    let most = teams.iter().rev().max_by_key(|(_, commits)| **commits)?;
    Some((*most.0).clone())
}
