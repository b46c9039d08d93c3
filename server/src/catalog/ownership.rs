//! Claims about owners and the work on a repository in; verdicts out (DESIGN section 6).
//! It must not read git or name a person in what it gives: work is that of teams.
pub mod model;
