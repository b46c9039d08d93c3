//! Claims about owners and the work on a repository in; verdicts out (DESIGN section 6).
//! It must not read git or name a person in what it gives: work is that of teams.
mod bots;
mod diff;
mod evidence;
mod identity;
mod judge;
mod layout;
mod link;
mod mailmap;
pub mod model;
mod organisation;
mod patch;
mod people;
mod place;
mod roster;
mod signals;
mod team_map;
mod verdict;

pub use judge::judge;
pub use organisation::{OwnedBy, organisation_findings};
pub use people::last_active;
pub use roster::Roster;
pub use team_map::{TeamMapProblem, parse_team_map};
pub use verdict::Case;

#[cfg(test)]
mod tests;
