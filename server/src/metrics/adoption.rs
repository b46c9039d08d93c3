//! Golden-path adoption: of those who could use it, who does.
//! It must not decide who is eligible.
use super::{Metric, share};

pub(super) const METRIC: Metric = Metric {
    key: "adoption",
    title: "Golden-path adoption",
    formula: "|A∩E| / |E|",
    doc: "Of the components that could use the capability, the share with evidence of a golden offer.",
};

/// `|A∩E| / |E|` from 0 to 1: components that are eligible and have golden evidence (migrating ones too), and components
/// that are eligible. Absent when nothing is eligible.
pub fn adoption(golden_and_eligible: u64, eligible: u64) -> Option<f64> {
    share(golden_and_eligible, eligible)
}
