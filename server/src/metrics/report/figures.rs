//! The figures of a report, each with the page that lists what it counts.
//! It must not print a figure that nothing was counted for as zero: then it is absent.
use super::{
    compose::Totals,
    model::ReportInput,
    words::{money, number, percent, rounded, signed},
};
use shared::{Verdict, api::ReportFigure};

/// The figures, in the order of importance.
pub(super) fn figures(input: &ReportInput, totals: &Totals) -> Vec<ReportFigure> {
    let days = |n: u64| Some(n).filter(|_| input.has_work);
    vec![
        count("shadow_platforms", "Homegrown platforms", Some(totals.n), "/shadow?claim=shadow"),
        count(
            "author_days",
            "Author-days, last year",
            days(totals.days_year),
            "/shadow?claim=shadow&sort=-author_days",
        ),
        cost(input, totals),
        count("teams", "Teams in them", Some(totals.teams), "/shadow?claim=shadow&sort=-teams"),
        count("consumers", "Components that use them", Some(totals.consumers), "/shadow?claim=shadow&sort=-consumers"),
        ReportFigure {
            key: "growth_90d".to_owned(),
            label: "Growth in 90 days".to_owned(),
            value: input.has_work.then_some(totals.growth as f64),
            text: if input.has_work { signed(totals.growth) } else { "unknown".to_owned() },
            href: Some("/shadow?claim=shadow&sort=-growth".to_owned()),
        },
        ownership(input),
        dark(input),
        count("possible", "Possible duplicates", Some(totals.n_possible), "/shadow?claim=possible_duplicate"),
        count("author_days_all", "Author-days, ever", days(totals.days), "/shadow?claim=shadow&sort=-author_days"),
    ]
}

fn count(key: &str, label: &str, n: Option<u64>, href: &str) -> ReportFigure {
    ReportFigure {
        key: key.to_owned(),
        label: label.to_owned(),
        value: n.map(|n| n as f64),
        text: n.map_or_else(|| "unknown".to_owned(), number),
        href: Some(href.to_owned()),
    }
}

/// The value is the middle of the range.
fn cost(input: &ReportInput, totals: &Totals) -> ReportFigure {
    let known = totals.cost.as_ref().filter(|_| input.has_work);
    let text = match known {
        Some((low, high, currency)) => money(*low, *high, currency),
        // Whether a rate is set is only known from platforms that were priced.
        None if totals.n == 0 => "none".to_owned(),
        None if input.rate.is_none() => "no day rate set".to_owned(),
        None => "unknown".to_owned(),
    };
    ReportFigure {
        key: "cost".to_owned(),
        label: "Cost, last year".to_owned(),
        value: known.map(|(low, high, _)| rounded((low + high) / 2.0, 2)),
        text,
        href: Some("/shadow?claim=shadow&sort=-cost".to_owned()),
    }
}

fn ownership(input: &ReportInput) -> ReportFigure {
    let truth = input.verdicts.truth();
    let confirmed = input.verdicts.of(Verdict::Confirmed);
    let text = truth
        .map(|share| format!("{} ({} of {})", percent(share), number(confirmed), number(input.verdicts.declared())));
    ReportFigure {
        key: "ownership_truth".to_owned(),
        label: "Declared owners confirmed".to_owned(),
        value: truth.map(|share| rounded(share, 4)),
        text: text.unwrap_or_else(|| "unknown".to_owned()),
        href: Some("/ownership".to_owned()),
    }
}

fn dark(input: &ReportInput) -> ReportFigure {
    let share = input.dark.repositories_share;
    let text = share.map(|share| format!("{} ({})", number(input.dark.repositories), percent(share)));
    ReportFigure {
        key: "dark_matter".to_owned(),
        label: "Repositories outside any claim".to_owned(),
        value: share.map(|share| rounded(share, 4)),
        text: text.unwrap_or_else(|| "unknown".to_owned()),
        href: None,
    }
}
