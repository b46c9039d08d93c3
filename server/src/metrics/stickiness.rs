//! Stickiness: of those who came to the golden path long enough ago, who is still on it.
//! It must not ask why the others left.
use super::{
    Metric,
    lives::{Counted, Life, Lives},
    past::Time,
    standing_at::DAY,
};
use shared::End;

pub(super) const METRIC: Metric = Metric {
    key: "stickiness",
    title: "Stickiness",
    formula: "|adopters of at least 90 days that use a golden offer now| / |adopters of at least 90 days|",
    doc: "Of the components that first used a golden offer at least 90 days ago and still exist, the share that uses one.",
};

/// An adopter counts when its first golden use is so old.
const SETTLED: Time = 90 * DAY;

/// Those still using a golden offer, of the adopters of at least 90 days that still exist. One that left and came back
/// uses it; one whose use went over to another component did not leave, and is not asked.
pub fn stickiness<'a>(lives: &Lives<'a>) -> Counted<'a> {
    let settled = |life: &&Life| {
        life.gone.is_none() && life.golden().next().is_some_and(|first| lives.at - first.usage.from.at >= SETTLED)
    };
    let mut members = Counted::default();
    let handed_over = |life: &&Life| {
        !life.golden_at(lives.at) && life.golden().last().is_some_and(|last| last.usage.end == End::Removed)
    };
    for life in lives.all.iter().filter(settled).filter(|life| !handed_over(life)) {
        if life.golden_at(lives.at) {
            members.part.push(life.component);
        }
        members.whole.push(life.component);
    }
    members
}
