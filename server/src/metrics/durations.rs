//! A distribution of durations from its cases: counts, percentiles that respect cases still under way, bins.
//! It must not decide what a case is.
use super::{
    kaplan_meier::{Case, days_until, kaplan_meier},
    lives::{Life, Stay},
};
use shared::api::{DurationBin, DurationCase, Durations};

/// Where bins begin, in days; the last one is open.
const BINS: [u32; 8] = [0, 1, 3, 7, 14, 30, 90, 180];

/// Puts cases together: shortest first, those of one length by name.
pub(super) fn durations(mut members: Vec<DurationCase>, left_out: u64) -> Durations {
    members.sort_by(|a, b| a.days.total_cmp(&b.days).then_with(|| a.component.cmp(&b.component)));
    let cases: Vec<Case> = members.iter().map(|m| Case { days: m.days, ended: m.to.is_some() }).collect();
    let curve = kaplan_meier(&cases);
    let n = cases.iter().filter(|case| case.ended).count() as u64;
    Durations {
        n,
        censored: cases.len() as u64 - n,
        p50_days: days_until(&curve, 0.5),
        p75_days: days_until(&curve, 0.75),
        p90_days: days_until(&curve, 0.9),
        with_branch: members.iter().filter(|member| member.author_days.is_some()).count() as u64,
        left_out,
        bins: bins(&cases),
        members,
    }
}

fn bins(cases: &[Case]) -> Vec<DurationBin> {
    let ends = BINS.iter().skip(1).copied().map(Some).chain([None]);
    let bin = |(from_days, to_days): (u32, Option<u32>)| {
        let inside = |case: &&Case| {
            case.days >= f64::from(from_days) && to_days.is_none_or(|to_days| case.days < f64::from(to_days))
        };
        let ended = cases.iter().filter(inside).filter(|case| case.ended).count() as u64;
        let censored = cases.iter().filter(inside).filter(|case| !case.ended).count() as u64;
        DurationBin { from_days, to_days, ended, censored }
    };
    BINS.into_iter().zip(ends).map(bin).collect()
}

/// The author-days of the branch that led to a stay, when a merged branch shows them.
pub(super) fn author_days(stay: &Stay) -> Option<u64> {
    stay.sign.attempt.as_ref().filter(|attempt| attempt.branch).map(|attempt| u64::from(attempt.author_days))
}

/// A case of a component, not ended and of no length yet: callers fill in the rest.
pub(super) fn open_case(life: &Life, offer: String) -> DurationCase {
    DurationCase {
        component: life.component.reference.clone(),
        repository: life.repository.name.clone(),
        offer,
        from: life.moment(life.created),
        counted_from: None,
        to: None,
        days: 0.0,
        author_days: None,
    }
}
