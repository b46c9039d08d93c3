//! Shadow effort: the days that went into homegrown code, and everything that is said of a shadow platform in numbers.
//! It must not find candidates, and never give a figure for a person.
mod assemble;
mod assumptions;
mod days;
mod effort;
mod growth;
mod ledger;
mod rank;
mod readiness;

pub use assemble::{Assembly, assemble};
pub use days::repository_days;
pub use effort::{Effort, EffortChange, EffortDay, Work, effort};

use super::Metric;

pub(super) const METRIC: Metric = Metric {
    key: "shadow_effort",
    title: "Shadow effort",
    formula: "|distinct (author, day) pairs that touched the lineages of homegrown code|",
    doc: "Days on which somebody worked on code that rivals the platform; cost is days of the last year times the day rate.",
};

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
