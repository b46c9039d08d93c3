//! Time to integrate: from the first sign of an attempt to the commit from which the offer stays.
//! It must not guess a beginning that history does not show.
use super::{
    Metric,
    durations::{author_days, durations, open_case},
    lives::{Life, Lives, Stay, days, sign},
    past::{PastMoment, Time},
    standing_at::DAY,
};
use shared::api::{DurationCase, Durations};

pub(super) const METRIC: Metric = Metric {
    key: "time_to_integrate",
    title: "Time to integrate",
    formula: "first sign of an attempt → first commit from which a golden offer stays 14 days",
    doc: "Days from the earliest work on a golden offer to the default-branch commit with which it came to stay.",
};

/// A golden offer stays when it is used for so long.
const STAYS: Time = 14 * DAY;

/// One case for each component that ever used a golden offer; uses that follow each other without a gap are one.
///
/// The first sign is the earliest commit of the branch that brought the first use, or the use's own commit. The case ends
/// with the first use that lasts 14 days; shorter ones before it are part of the attempt. With none it is censored when
/// the component was last seen. A component whose first use began at an unknown time is left out and counted as such.
/// An author's clock may be wrong: no sign is older than the repository's first commit, where that is known.
pub fn time_to_integrate(lives: &Lives) -> Durations {
    let mut left_out = 0;
    let mut members = Vec::new();
    for life in &lives.all {
        let stays = life.stays(0);
        match stays.first() {
            Some(first) if first.exact => members.push(case(lives, life, &stays, first)),
            Some(_) => left_out += 1,
            None => {}
        }
    }
    durations(members, left_out)
}

fn case(lives: &Lives, life: &Life, stays: &[Stay], first: &Stay) -> DurationCase {
    let sign = sign(first.sign);
    let oldest = if life.repository.cut_off.is_none() { life.repository.first.at } else { sign.at };
    let begun = sign.at.max(oldest).min(first.first.from.at);
    let success = stays.iter().find(|stay| stay.length(lives.at) >= STAYS);
    let ended = success.map_or(lives.last_seen(life), |stay| stay.first.from.at);
    DurationCase {
        from: life.moment(&PastMoment { at: begun, commit: sign.commit.clone() }),
        to: success.map(|stay| life.moment(&stay.first.from)),
        days: days(begun, ended),
        author_days: author_days(first),
        ..open_case(life, lives.offer(success.unwrap_or(first).first))
    }
}
