//! Facts in; entities, relations, usages and standings out. Pure: no async, no database, no clock (`now` is an argument).
//! It must not read git, and eligibility is never derived from the evidence of the same capability.

mod build;
pub mod clones;
pub mod history;
mod link;
pub mod model;
mod nearest;
pub mod ownership;
mod rules;
pub mod shadow;

pub use build::{Explanation, Fired, Unmatched, build, explain, is_eligible, traits_of};
pub use link::link;
pub use rules::{FileReport, Ruleset, Unproven, check_file};
