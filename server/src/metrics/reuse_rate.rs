//! Reuse rate: of those who needed it, who reuse rather than build.
//! It must not weigh by effort.
use super::{Metric, share};

pub(super) const METRIC: Metric = Metric {
    key: "reuse_rate",
    title: "Reuse rate",
    formula: "|A \\ H| / |A ∪ H|",
    doc: "Of the components that use a golden or a homegrown offer, the share that uses no homegrown one.",
};

/// `|A \ H| / |A ∪ H|` from 0 to 1: components with golden evidence (`golden`), with homegrown evidence (`homegrown`), and
/// with both. Absent when neither occurs; `both` larger than either is taken for the smaller of the two.
pub fn reuse_rate(golden: u64, homegrown: u64, both: u64) -> Option<f64> {
    let both = both.min(golden).min(homegrown);
    share(golden - both, golden.saturating_add(homegrown - both))
}
