//! Ownership truth: how far declared owners are whom the work speaks of.
//! It must not judge an owner.
use super::{Metric, share};

pub(super) const METRIC: Metric = Metric {
    key: "ownership_truth",
    title: "Ownership truth",
    formula: "|components whose declared owner is confirmed| / |components with a declared owner|",
    doc: "The share of declared owners that the commits of the last year confirm.",
};

/// `confirmed / declared`; absent when nobody declared an owner.
pub fn ownership_truth(confirmed: u64, declared: u64) -> Option<f64> {
    share(confirmed, declared)
}
