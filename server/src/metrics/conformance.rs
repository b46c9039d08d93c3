//! Conformance: of those who could use it, who is on the golden path and on nothing beside it.
//! It must not decide who is eligible.
use super::{Metric, share};

pub(super) const METRIC: Metric = Metric {
    key: "conformance",
    title: "Conformance",
    formula: "|A∩E \\ (V∪H)| / |E|",
    doc: "Of the components that could use the capability, the share that uses a golden offer and none off the path.",
};

/// `|A∩E \ (V∪H)| / |E|` from 0 to 1 (DESIGN section 5, the conformant share of adoption): eligible components with golden
/// evidence and without vendor or homegrown evidence, and eligible components. Tolerated offers do not matter. Absent when
/// nothing is eligible.
pub fn conformance(golden_only: u64, eligible: u64) -> Option<f64> {
    share(golden_only, eligible)
}
