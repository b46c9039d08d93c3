//! Charts as inline SVG drawn on the server: each mark a link, the same numbers in a table below.
//! Nothing here fetches or computes a metric; a chart is given what it shows and only lays it out.
//!
//! Widths are percent and heights pixels, so that a chart fills its place and its text keeps its size on every screen.
pub mod cohorts;
pub mod demand;
pub mod frame;
pub mod heat_map;
pub mod histogram;
pub mod ledger;
mod marks;
mod plot;
#[cfg(test)]
mod samples;
pub mod sankey;
mod sankey_layout;
mod scale;
pub mod share_line;
pub mod small;
pub mod survival;
mod time_axis;

pub use cohorts::CohortBars;
pub use demand::StackedDemand;
pub use frame::ChartFrame;
pub use heat_map::{HeatMap, Measure};
pub use histogram::Histogram;
pub use ledger::EffortLedger;
pub use sankey::Sankey;
pub use share_line::ShareLine;
pub use small::{Bullet, Spark};
pub use survival::SurvivalCurve;
pub use time_axis::{Tick, TimeAxis};

use shared::{
    Timestamp,
    api::{Gap, Mark, Target},
};

/// What a chart says beside its drawing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartWords {
    /// The question or the subject, as a heading.
    pub title: String,
    /// The answer in a sentence with its figures; also the description of the drawing.
    pub sentence: String,
    /// The address of "why this number".
    pub why: Option<String>,
}

/// One period of a share: how it stood at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct LinePoint {
    pub at: Timestamp,
    /// 0 to 1; absent when nothing is known or nothing is eligible, which is a hole in the line.
    pub value: Option<f64>,
    /// The list the number counts; empty for none.
    pub href: String,
    /// What the share is of, e.g. `36 of 44`.
    pub label: String,
}

/// A share over time with everything that is drawn around it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ShareSeries {
    /// Oldest first, from the first evidence on.
    pub points: Vec<LinePoint>,
    pub target: Option<Target>,
    pub marks: Vec<Mark>,
    pub gaps: Vec<Gap>,
    /// The change over the last 90 days, in shares.
    pub delta: Option<f64>,
}
