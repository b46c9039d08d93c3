//! Measures what clone detection is worth: what it reports and what another tool reports, against labelled pairs.
//! It must not judge: labels are a committed table, `tests/quality/clones/labels.tsv`.
pub mod page;
pub mod places;
pub mod reports;
pub mod tables;
pub mod tally;
