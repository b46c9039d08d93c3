//! Positions of a line as moments. It must not change dates: they come monotonic.
use super::model::{Moment, PastGap};
use crate::{
    catalog::model::RepositoryCatalog,
    facts::timeline::{LineGap, Timeline},
    scan::HistoryStart,
};
use shared::CommitId;

/// The commits and dates of a line.
pub(super) struct Clock<'a> {
    timeline: &'a Timeline,
    dates: &'a [i64],
    tip: &'a CommitId,
}

impl<'a> Clock<'a> {
    pub(super) fn new(timeline: &'a Timeline, dates: &'a [i64], tip: &'a RepositoryCatalog) -> Self {
        Self { timeline, dates, tip: &tip.tip.commit }
    }

    /// The moment of a position; beyond the line's end the last one.
    pub(super) fn moment(&self, position: u32) -> Moment {
        let at = (position as usize).min(self.timeline.line.len().saturating_sub(1));
        Moment {
            commit: self.timeline.line.id(at).unwrap_or_else(|| self.tip.clone()),
            at: self.dates.get(at).copied().unwrap_or_default(),
        }
    }

    /// The position of the last commit.
    pub(super) fn last_position(&self) -> u32 {
        u32::try_from(self.timeline.line.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    pub(super) fn last(&self) -> Moment {
        self.moment(self.last_position())
    }

    pub(super) fn gaps(&self, timeline: &Timeline) -> Vec<PastGap> {
        let gap = |gap: &LineGap| PastGap {
            from: self.moment(gap.after.unwrap_or(0)),
            to: self.moment(gap.before),
            reason: gap.reason.clone(),
        };
        timeline.gaps.iter().map(gap).collect()
    }

    /// Whether what is there at a position may have been there before it, unseen.
    pub(super) fn is_cut_off(&self, position: u32) -> bool {
        let starts_late = position == 0 && self.timeline.line.start != HistoryStart::Root;
        starts_late || self.timeline.gaps.iter().any(|gap| gap.before == position)
    }
}
