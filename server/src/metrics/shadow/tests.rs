//! Effort and figures against ones worked out by hand, and against what must hold of any log.
//! They must not repeat the code under test.
mod details;
mod holds;
mod work;

use super::{
    assemble::{Assembly, assemble},
    effort::{Effort, Work},
    ledger::{Ledger, ledger},
    repository_days,
    testing::*,
};
use crate::metrics::{past::Past, rate::Rate};
use shared::WorkPhase;

/// Everything counted up to a day since `BEGIN`.
fn counted(efforts: &[Effort], until: i64) -> Ledger {
    ledger(&efforts.iter().collect::<Vec<_>>(), BEGIN + until * DAY)
}

fn days(told: &Told, parts: &[&str]) -> u64 {
    counted(&told.effort(&candidate(parts), &Past::default()), 10_000).days
}
