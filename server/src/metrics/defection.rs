//! Defection: which adopters left the golden path while they went on existing, and after how long.
//! It must not count a swap of one golden offer for another, nor a component that is gone.
use super::{
    Metric,
    kaplan_meier::{Case, kaplan_meier},
    lives::{Counted, Life, Lives, Stay, days},
    past::Time,
    standing_at::DAY,
    stickiness::stickiness,
};
use shared::{
    End,
    api::{Survival, SurvivalPoint},
};

pub(super) const METRIC: Metric = Metric {
    key: "defection",
    title: "Defection",
    formula: "|adopters that left every golden offer and did not return within 30 days| / |adopters|",
    doc: "Of the components that ever used a golden offer, the share that left it while they went on existing.",
};

/// Who returns within so many seconds has not left.
const PATIENCE: Time = 30 * DAY;

/// Those who left, of all adopters. Who left less than 30 days ago counts until it returns.
pub fn defection<'a>(lives: &Lives<'a>) -> Counted<'a> {
    let mut members = Counted::default();
    for (life, stay) in first_stays(lives) {
        if stay.end == End::Left {
            members.part.push(life.component);
        }
        members.whole.push(life.component);
    }
    members
}

/// How long adopters stay: days from the first golden use until the component left, censored when it still uses one or is
/// gone. The curve has a step for each length at which one left, and a point at 0 days and at the longest time known. Who
/// used a golden offer before history starts stayed longer than its case says.
pub fn survival(lives: &Lives) -> Survival {
    let case = |(_, stay): &(&Life, Stay)| Case {
        days: days(stay.first.from.at, stay.to.map_or(lives.at, |to| to.at)),
        ended: stay.end == End::Left,
    };
    let cases: Vec<Case> = first_stays(lives).iter().map(case).collect();
    let members = defection(lives);
    Survival {
        adopters: members.whole.len() as u64,
        leavers: members.part.len() as u64,
        stickiness: stickiness(lives).share(),
        curve: with_ends(&cases, kaplan_meier(&cases)),
    }
}

/// Each adopter with its first stay; gaps of up to 30 days are bridged.
fn first_stays<'l, 'a>(lives: &'l Lives<'a>) -> Vec<(&'l Life<'a>, Stay<'a>)> {
    let first = |life: &'l Life<'a>| Some((life, life.stays(PATIENCE).into_iter().next()?));
    lives.all.iter().filter_map(first).collect()
}

/// The steps with where they start and how far they are known, so that a reader sees a flat curve too.
fn with_ends(cases: &[Case], steps: Vec<SurvivalPoint>) -> Vec<SurvivalPoint> {
    let Some(longest) = cases.iter().map(|case| case.days).max_by(f64::total_cmp) else { return steps };
    let mut curve = vec![SurvivalPoint { days: 0.0, share: 1.0, at_risk: cases.len() as u64, left: 0 }];
    curve.extend(steps);
    if let Some(last) = curve.last().filter(|last| last.days < longest).cloned() {
        let at_risk = cases.iter().filter(|case| case.days >= longest).count() as u64;
        curve.push(SurvivalPoint { days: longest, at_risk, left: 0, ..last });
    }
    curve
}
