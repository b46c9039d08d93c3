//! What must hold of cohorts, durations and survival whatever the past is.
//! It must not compute a metric.
use crate::metrics::{
    Lives, cohorts, defection,
    past::{Past, PastAttempt, Scope, Time},
    stickiness,
    testing::{DAY, END, moment, pasts},
    times,
};
use proptest::prelude::*;
use shared::{End, OfferPath, api::Durations};

/// Random pasts whose uses have attempts, some of them unsure, and some of them the end of their component.
fn with_attempts() -> impl Strategy<Value = Past> {
    (pasts(), prop::collection::vec((0..60_i64, any::<bool>(), 0..8_u8), 60)).prop_map(|(mut past, random)| {
        let uses = past.components.iter_mut().flat_map(|component| &mut component.uses);
        for (held, (days, branch, kind)) in uses.zip(random) {
            let moment = moment(held.from.at - days * DAY);
            held.attempt = (kind > 2).then_some(PastAttempt { moment, author_days: 1, branch });
            held.exact = kind > 0;
            if held.to.is_some() && kind == 1 {
                held.end = End::Removed;
            }
        }
        past
    })
}

/// The past as it was known at a time: what happened later is cut out, what ended later is open.
fn cut(past: &Past, at: Time) -> Past {
    let mut past = Past { now: at, ..past.clone() };
    for component in &mut past.components {
        component.spans.retain(|(from, _)| from.at <= at);
        component.uses.retain(|held| held.from.at <= at);
        for (_, to) in &mut component.spans {
            *to = to.take().filter(|to| to.at <= at);
        }
        for held in &mut component.uses {
            if held.to.as_ref().is_some_and(|to| to.at > at) {
                (held.to, held.end) = (None, End::Open);
            }
        }
    }
    past
}

fn counts_match(durations: &Durations) -> Result<(), TestCaseError> {
    let ended = durations.members.iter().filter(|member| member.to.is_some()).count() as u64;
    prop_assert_eq!(durations.n, ended);
    prop_assert_eq!(durations.n + durations.censored, durations.members.len() as u64);
    prop_assert_eq!(durations.bins.iter().map(|bin| bin.ended).sum::<u64>(), durations.n);
    prop_assert_eq!(durations.bins.iter().map(|bin| bin.censored).sum::<u64>(), durations.censored);
    let parts = [durations.p50_days, durations.p75_days, durations.p90_days];
    prop_assert!(parts.map(|part| part.unwrap_or(f64::INFINITY)).is_sorted());
    prop_assert!(
        durations.members.iter().all(|member| member.days >= 0.0 && member.from.at.as_str() <= "2020-09-13T12:26:40Z")
    );
    Ok(())
}

proptest! {
    #[test]
    fn every_count_is_the_length_of_its_member_list(past in with_attempts(), ago in 0..1_200_i64) {
        let (scope, at) = (Scope::default(), END - ago * DAY);
        let found = times(&past, 0, at, &scope);
        let lives = Lives::new(&past, 0, at, &scope);
        counts_match(&found.time_to_integrate)?;
        counts_match(&found.time_to_adopt)?;
        let members = &found.time_to_integrate.members;
        prop_assert!(members.iter().all(|m| m.to.as_ref().is_none_or(|to| m.from.at.as_str() <= to.at.as_str())));
        let (left, sticky) = (defection(&lives), stickiness(&lives));
        prop_assert_eq!((found.survival.leavers, found.survival.adopters), (left.part.len() as u64, left.whole.len() as u64));
        prop_assert_eq!(found.survival.stickiness, sticky.share());
        prop_assert!(sticky.part.iter().all(|one| sticky.whole.contains(one)));
        prop_assert!(sticky.whole.iter().all(|one| left.whole.contains(one)));
        let golden = |component: &crate::metrics::past::PastComponent| {
            let used = component.uses.iter().any(|u| u.capability == 0 && u.path == OfferPath::Golden && u.from.at <= at);
            used && component.created().is_some_and(|created| created <= at)
        };
        let adopters = past.components.iter().filter(|component| golden(component)).count() as u64;
        prop_assert_eq!(found.survival.adopters, adopters);
        let integrated = &found.time_to_integrate;
        prop_assert_eq!(integrated.members.len() as u64 + integrated.left_out, adopters);
        prop_assert_eq!(found.survival.curve.iter().map(|step| step.left).sum::<u64>(), found.survival.leavers);
        prop_assert!(found.survival.curve.is_sorted_by(|a, b| a.days <= b.days && a.share >= b.share));
    }

    #[test]
    fn an_answer_of_a_day_needs_nothing_later(past in with_attempts(), ago in 0..1_200_i64) {
        let (scope, at) = (Scope::default(), END - ago * DAY);
        let mut known = cut(&past, at);
        known.rules_version.clone_from(&past.rules_version);
        prop_assert_eq!(times(&past, 1, at, &scope), times(&known, 1, at, &scope));
    }

    #[test]
    fn parts_make_the_whole_and_adopters_only_come(past in with_attempts(), ago in 0..1_200_i64, later in 0..400_i64) {
        let at = END - ago * DAY;
        let whole = times(&past, 0, at, &Scope::default());
        let of = |repository: &shared::RepoName| Scope { repository: vec![repository.to_string()], ..Scope::default() };
        let parts: Vec<_> = past.repositories.iter().map(|r| times(&past, 0, at, &of(&r.name))).collect();
        let sum = |count: fn(&shared::api::CapabilityTimes) -> u64| parts.iter().map(count).sum::<u64>();
        prop_assert_eq!(sum(|part| part.time_to_integrate.n), whole.time_to_integrate.n);
        prop_assert_eq!(sum(|part| part.time_to_adopt.censored), whole.time_to_adopt.censored);
        prop_assert_eq!(sum(|part| part.survival.leavers), whole.survival.leavers);
        let created = |times: &shared::api::CapabilityTimes| times.cohorts.iter().map(|cohort| cohort.created).sum::<u64>();
        prop_assert_eq!(parts.iter().map(created).sum::<u64>(), created(&whole));
        let next = times(&past, 0, at + later * DAY, &Scope::default());
        prop_assert!(next.survival.adopters >= whole.survival.adopters);
        prop_assert!(next.time_to_integrate.n >= whole.time_to_integrate.n);
    }

    #[test]
    fn cohorts_are_nested_and_without_a_gap(past in with_attempts()) {
        let scope = Scope::default();
        let found = cohorts(&Lives::new(&past, 1, END, &scope));
        prop_assert!(found.is_sorted_by(|a, b| a.quarter < b.quarter));
        prop_assert!(found.iter().all(|c| c.started_golden <= c.chose && c.chose <= c.created && c.golden_now <= c.created));
        prop_assert!(found.first().is_none_or(|c| c.created > 0) && found.last().is_none_or(|c| c.created > 0));
    }
}
