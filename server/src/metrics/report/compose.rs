//! Puts a report together: ranked platforms, figures, gaps, heat map, and what changed since the report before.
//! It must not compute effort or cost; it adds up what each platform says of itself.
use super::{
    MAX_RANKED,
    changes::compare,
    figures::figures,
    gaps::gaps,
    headline,
    heat::off_path,
    model::ReportInput,
    words::{amount_exact, is_person, rounded},
};
use crate::metrics::rate::Rate;
use shared::{
    ShadowClaim, ShadowKind,
    api::{DarkMatter, ReportBody, ShadowItem},
};
use std::collections::BTreeSet;

/// Repositories that are named as examples of dark matter.
const MAX_EXAMPLES: usize = 10;

/// The sums over everything that is called a shadow platform. What is only possible counts in none of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Totals {
    pub(super) n: u64,
    pub(super) n_possible: u64,
    pub(super) by_rule: u64,
    pub(super) packages: u64,
    pub(super) clusters: u64,
    pub(super) teams: u64,
    pub(super) consumers: u64,
    pub(super) growth: i64,
    pub(super) days: u64,
    pub(super) days_year: u64,
    /// Low and high, when every one of them has a cost.
    pub(super) cost: Option<(f64, f64, String)>,
    /// Capabilities that they rival, and those of them with a golden offer.
    pub(super) rivalled: u64,
    pub(super) golden: u64,
}

/// The figures of the report.
pub fn compose(input: &ReportInput) -> ReportBody {
    let mut sure: Vec<&ShadowItem> = input.shadows.iter().filter(|item| item.claim == ShadowClaim::Shadow).collect();
    let mut possible: Vec<&ShadowItem> =
        input.shadows.iter().filter(|item| item.claim != ShadowClaim::Shadow).collect();
    rank(&mut sure);
    rank(&mut possible);
    let totals = totals(input, &sure, possible.len());
    let ranked = sure.iter().chain(&possible).take(MAX_RANKED).map(|item| tidied(item)).collect();
    let mut body = ReportBody {
        headline: headline::headline(input, &totals, sure.first().copied()),
        confidence: headline::confidence(input, &totals),
        figures: figures(input, &totals),
        gaps: gaps(input),
        matrix: off_path(&input.matrix, &|name| has_golden(input, name)),
        shadows: ranked,
        n_shadows: totals.n,
        n_possible: totals.n_possible,
        dark: dark(&input.dark),
        changes: Vec::new(),
        since: None,
        assumptions: assumptions(input),
    };
    compare_with_previous(input, &mut body);
    body
}

/// The most work in the last year first, then the most consumers.
fn rank(items: &mut [&ShadowItem]) {
    items.sort_by(|a, b| {
        let of = |item: &ShadowItem| (item.author_days_year, item.author_days, item.consumers);
        of(b).cmp(&of(a)).then_with(|| a.name.cmp(&b.name)).then_with(|| a.id.cmp(&b.id))
    });
}

fn totals(input: &ReportInput, sure: &[&ShadowItem], n_possible: usize) -> Totals {
    let of_kind = |kind| sure.iter().filter(|item| item.kind == kind).count() as u64;
    let rivalled: BTreeSet<&str> = sure.iter().filter_map(|item| item.capability.as_deref()).collect();
    Totals {
        n: sure.len() as u64,
        n_possible: n_possible as u64,
        by_rule: of_kind(ShadowKind::Offer),
        packages: of_kind(ShadowKind::Package),
        clusters: of_kind(ShadowKind::Cluster),
        teams: sure.iter().flat_map(|item| &item.teams).filter(|team| !is_person(team)).collect::<BTreeSet<_>>().len()
            as u64,
        consumers: sure.iter().map(|item| item.consumers).sum(),
        growth: sure.iter().map(|item| item.growth_90d).sum(),
        days: sure.iter().map(|item| item.author_days).sum(),
        days_year: sure.iter().map(|item| item.author_days_year).sum(),
        cost: cost(sure),
        golden: rivalled.iter().filter(|name| has_golden(input, name)).count() as u64,
        rivalled: rivalled.len() as u64,
    }
}

fn has_golden(input: &ReportInput, name: &str) -> bool {
    input.capabilities.iter().any(|capability| capability.name == name && !capability.golden.is_empty())
}

/// The sum of the ranges; none when one of them has no cost or another currency.
fn cost(sure: &[&ShadowItem]) -> Option<(f64, f64, String)> {
    let costs: Option<Vec<_>> = sure.iter().map(|item| item.cost.as_ref()).collect();
    let costs = costs?;
    let currency = &costs.first()?.currency;
    if costs.iter().any(|cost| cost.currency != *currency) {
        return None;
    }
    let low = costs.iter().map(|cost| cost.low).sum();
    let high = costs.iter().map(|cost| cost.high).sum();
    Some((rounded(low, 2), rounded(high, 2), currency.clone()))
}

/// An item without persons, whose numbers read back from JSON as they were written.
fn tidied(item: &ShadowItem) -> ShadowItem {
    let mut item = item.clone();
    item.teams.retain(|team| !is_person(team));
    if let Some(cost) = &mut item.cost {
        for value in [&mut cost.low, &mut cost.likely, &mut cost.high, &mut cost.day_rate] {
            *value = rounded(*value, 2);
        }
    }
    item
}

fn dark(dark: &DarkMatter) -> DarkMatter {
    let share = |share: Option<f64>| share.map(|share| rounded(share, 4));
    DarkMatter {
        repositories_share: share(dark.repositories_share),
        lines_share: share(dark.lines_share),
        author_days_share: share(dark.author_days_share),
        examples: dark.examples.iter().take(MAX_EXAMPLES).cloned().collect(),
        ..dark.clone()
    }
}

/// Freezing the same figures twice on one day gives the same report: then it goes on comparing with what the first one
/// compared with.
fn compare_with_previous(input: &ReportInput, body: &mut ReportBody) {
    let Some(previous) = &input.previous else { return };
    let same = ReportBody { changes: Vec::new(), since: None, ..previous.body.clone() } == *body;
    if same && previous.summary.at.as_str().starts_with(&input.today) {
        *body = previous.body.clone();
        return;
    }
    body.changes = compare(&previous.body, body);
    body.since = Some(previous.summary.clone());
}

fn assumptions(input: &ReportInput) -> Vec<String> {
    let mut out = Vec::new();
    if input.has_work {
        out.push(
            "A day counts once for each person who changed the code of a platform on it, whether for an hour or for \
             eight; bots and mass changes are left out."
                .to_owned(),
        );
        out.push(
            "Squash merges hide days of work on branches and pair work counts one person, so days are a lower bound; a \
             day spent on two platforms counts for both."
                .to_owned(),
        );
    }
    if !input.shadows.is_empty() {
        out.push(priced(input.rate.as_ref()));
    }
    out.push(
        "Growth is consumers now less those 90 days ago; who consumes is read from packages, imports and copies on \
         default branches."
            .to_owned(),
    );
    out.push("Teams are owners as declared; where nobody is declared, components count for no team.".to_owned());
    out
}

fn priced(rate: Option<&Rate>) -> String {
    match rate {
        Some(rate) => format!(
            "A day is priced at {} {}, as configured; the range says how much of such a day went into the platform.",
            rate.currency,
            amount_exact(rate.day)
        ),
        None => "No day rate is set (report.day_rate), so that no cost is given.".to_owned(),
    }
}
