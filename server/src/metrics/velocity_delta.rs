//! Velocity delta: whether repositories that adopted the golden path gained pace against ones like them that did not.
//! It must not give a figure for few pairs, and never one for a person.
//!
//! Difference in differences: Card, D. and Krueger, A. B. (1994): Minimum wages and employment. The American Economic
//! Review 84 (4), 772-793.
use super::{
    Metric,
    bootstrap::{interval, mean},
    lives::Lives,
    matching::{Group, Traits, nearest},
    pace::{Pace, Window, Work},
    past::{PastComponent, Time},
    standing_at,
};
use shared::{
    OfferPath,
    api::{Estimate, Velocity},
};
use std::collections::BTreeMap;

pub(super) const METRIC: Metric = Metric {
    key: "velocity_delta",
    title: "Velocity delta",
    formula: "exp(mean over pairs of ln(after / before) of the adopter - ln(after / before) of its match) - 1",
    doc: "How much more merges per active author-week changed in repositories that adopted than in ones like them.",
};

/// Pairs below which no figure is given.
const LEAST: usize = 10;
/// How unlike a match may be, in standard deviations.
const CALIPER: f64 = 1.0;

/// The golden path in one repository.
#[derive(Debug, Clone, Copy, Default)]
struct Adoption {
    /// Its first golden use by any component, and whether that beginning is known.
    first: Option<(Time, bool)>,
    /// Whether a component in scope uses, or used, a golden offer.
    adopter: bool,
}

/// An adopting repository and the one it is compared to.
struct Pair<'p, 'a> {
    window: Window,
    adopter: &'p Pace<'a>,
    control: &'p Pace<'a>,
    /// Difference of differences of merges per author-week, as logarithms.
    merges: f64,
}

/// Relative change of merges per active author-week, and of the median lead time, against matched non-adopters; 0.1 is ten
/// per cent more. With fewer than ten pairs it is refused, with a sentence that says how many there are.
pub fn velocity_delta(lives: &Lives) -> Velocity {
    let adoptions = adoptions(lives);
    let paces: Vec<Pace> = lives.past.repositories.iter().map(Pace::new).collect();
    let (pairs, known) = pairs(lives, &adoptions, &paces);
    let merges: Vec<f64> = pairs.iter().map(|pair| pair.merges).collect();
    let leads: Vec<f64> = pairs.iter().filter_map(lead_difference).collect();
    let adopted = adoptions.iter().filter(|adoption| adoption.adopter).count();
    let refused = if merges.len() < LEAST {
        Some(too_few(merges.len(), adopted, known))
    } else {
        (leads.len() < LEAST).then(|| no_lead_time(leads.len(), merges.len()))
    };
    let (n_pairs, least) = (pairs.len() as u64, LEAST as u64);
    Velocity { pairs: n_pairs, least, merges: estimate(&merges), lead_time: estimate(&leads), refused }
}

fn too_few(pairs: usize, adopted: usize, known: usize) -> String {
    format!(
        "No figure: it takes {LEAST} pairs of a repository that adopted and one like it that did not, and there are {pairs}. \
         Of {adopted} adopting repositories, {known} can be followed for 27 weeks before and after."
    )
}

fn no_lead_time(leads: usize, pairs: usize) -> String {
    format!(
        "No figure for lead time: it takes {LEAST} pairs in which both show how long changes took, and {leads} of the {pairs} do."
    )
}

fn estimate(logs: &[f64]) -> Option<Estimate> {
    if logs.len() < LEAST {
        return None;
    }
    let (low, high) = interval(logs)?;
    Some(Estimate { value: mean(logs)?.exp_m1(), low: low.exp_m1(), high: high.exp_m1() })
}

/// By position in `Past::repositories`.
fn adoptions(lives: &Lives) -> Vec<Adoption> {
    let mut adoptions = vec![Adoption::default(); lives.past.repositories.len()];
    for component in &lives.past.components {
        let Some(adoption) = adoptions.get_mut(component.repository) else { continue };
        for usage in component.uses_of(lives.capability) {
            if usage.path == OfferPath::Golden && usage.from.at <= lives.at {
                let this = (usage.from.at, usage.exact);
                adoption.first = Some(adoption.first.map_or(this, |first| first.min(this)));
                adoption.adopter |= lives.scope.holds(lives.past, component);
            }
        }
    }
    adoptions
}

type BeforeAfter = (Work, Work);

/// The repositories that adopted in one week, and those that each of them may be compared to.
struct Week<'p, 'a> {
    window: Window,
    adopters: Vec<(&'p Pace<'a>, BeforeAfter)>,
    controls: Vec<(&'p Pace<'a>, BeforeAfter)>,
}

/// The pairs, and how many adopters can be followed long enough.
fn pairs<'p, 'a>(lives: &Lives, adoptions: &[Adoption], paces: &'p [Pace<'a>]) -> (Vec<Pair<'p, 'a>>, usize) {
    let eligible = eligible(lives);
    let mut weeks: BTreeMap<Time, Week> = BTreeMap::new();
    for (adoption, pace) in adoptions.iter().zip(paces).filter(|(adoption, _)| adoption.adopter) {
        let Some((at, true)) = adoption.first else { continue };
        let window = Window::around(at);
        let Some(work) = pace.of(&window, lives.at) else { continue };
        let week = weeks.entry(window.before.end).or_insert_with(|| {
            let end = window.after.end;
            let untouched =
                |position: &usize| adoptions[*position].first.is_none_or(|(first, exact)| exact && first >= end);
            let there =
                |position: &usize| eligible[*position].iter().any(|component| component.exists_at(window.before.end));
            let may = (0..paces.len()).filter(untouched).filter(there);
            let controls =
                may.filter_map(|position| Some((&paces[position], paces[position].of(&window, lives.at)?))).collect();
            Week { window, adopters: Vec::new(), controls }
        });
        week.adopters.push((pace, work));
    }
    let groups: Vec<Group> = weeks.values().map(Week::group).collect();
    let adopters = weeks.values().flat_map(|week| week.adopters.iter().map(move |adopter| (week, *adopter)));
    let matched = adopters.zip(nearest(&groups, CALIPER));
    let pairs = matched.filter_map(|((week, adopter), control)| Some(week.pair(adopter, week.controls[control?])));
    (pairs.collect(), groups.iter().map(|group| group.treated.len()).sum())
}

impl<'p, 'a> Week<'p, 'a> {
    fn group(&self) -> Group {
        let of = |list: &[(&Pace, BeforeAfter)]| list.iter().map(|(_, (before, _))| traits(*before)).collect();
        Group { treated: of(&self.adopters), candidates: of(&self.controls) }
    }

    fn pair(&self, adopter: (&'p Pace<'a>, BeforeAfter), control: (&'p Pace<'a>, BeforeAfter)) -> Pair<'p, 'a> {
        let change = |(before, after): BeforeAfter| after.log_rate() - before.log_rate();
        let merges = change(adopter.1) - change(control.1);
        Pair { window: self.window.clone(), adopter: adopter.0, control: control.0, merges }
    }
}

/// What repositories are matched by: the logarithms of merges and of authors a week, before. Both sums are over as many
/// weeks, so that the sums are as good as the means.
fn traits(before: Work) -> Traits {
    [(before.merges as f64).ln(), (before.author_weeks as f64).ln()]
}

/// Difference of differences of the median lead time, as logarithms; absent when a side shows none.
fn lead_difference(pair: &Pair) -> Option<f64> {
    let change = |pace: &Pace| Some((pace.lead_days(&pair.window.after)? / pace.lead_days(&pair.window.before)?).ln());
    Some(change(pair.adopter)? - change(pair.control)?)
}

/// The components in scope that could use the capability, by position of their repository.
fn eligible<'a>(lives: &Lives<'a>) -> Vec<Vec<&'a PastComponent>> {
    let mut eligible = vec![Vec::new(); lives.past.repositories.len()];
    for life in &lives.all {
        let pair = standing_at::Pair::new(life.component, lives.capability);
        if pair.can && !pair.is_exempt(lives.at) {
            eligible[life.component.repository].push(life.component);
        }
    }
    eligible
}
