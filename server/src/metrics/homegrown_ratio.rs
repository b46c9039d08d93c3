//! Platform to homegrown: how many use the platform for each that builds its own.
//! It must not weigh by effort.
use super::{Metric, share};
use std::fmt;

pub(super) const METRIC: Metric = Metric {
    key: "homegrown_ratio",
    title: "Platform to homegrown",
    formula: "|A| : |H|",
    doc: "Components with evidence of a golden offer against components with evidence of a homegrown one.",
};

/// `|A| : |H|`, kept as its two counts: "12 : 0" says more than infinity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    pub golden: u64,
    pub homegrown: u64,
}

/// The ratio of two counts; absent when both are 0.
pub fn homegrown_ratio(golden: u64, homegrown: u64) -> Option<Ratio> {
    if golden == 0 && homegrown == 0 { None } else { Some(Ratio { golden, homegrown }) }
}

impl Ratio {
    /// Golden users for each homegrown one; absent when nobody is homegrown.
    pub fn per_homegrown(self) -> Option<f64> {
        share(self.golden, self.homegrown)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} : {}", self.golden, self.homegrown)
    }
}
