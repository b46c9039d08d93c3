//! The two sentences at the top: what was found, and how sure that is.
//! It must not count what is only possible, nor give a cost that nobody configured a rate for.
use super::{
    compose::Totals,
    model::ReportInput,
    words::{counted, cut, listed, money, percent},
};
use shared::api::ShadowItem;

/// Characters of a name in the sentence.
const MAX_NAME: usize = 60;

/// One sentence with the figures that matter most.
pub(super) fn headline(input: &ReportInput, totals: &Totals, largest: Option<&ShadowItem>) -> String {
    let Some(largest) = largest else { return nothing(totals) };
    let what = counted(totals.n, "homegrown platform");
    let beside = match (totals.golden, totals.rivalled) {
        (0, 0) => String::new(),
        (0, rivalled) => format!(" for {} without a golden path", counted(rivalled, "capability")),
        (golden, _) => format!(" beside {}", counted(golden, "golden path")),
    };
    let name = largest.capability_title.as_deref().or(largest.proposed.as_deref()).unwrap_or(&largest.name);
    let name = cut(name, MAX_NAME);
    let reach = counted(largest.teams.len() as u64, "team");
    let last = match totals.n {
        1 => format!("it is for {name}, in {reach}"),
        _ => format!("{name} is the largest, in {reach}"),
    };
    format!("{what}{beside} {}; {last}.", effort(input, totals))
}

fn nothing(totals: &Totals) -> String {
    match totals.n_possible {
        0 => "No homegrown platform was found beside what the platform offers.".to_owned(),
        1 => "No homegrown platform is certain; 1 possible one waits for a look.".to_owned(),
        n => format!("No homegrown platform is certain; {n} possible ones wait for a look."),
    }
}

fn effort(input: &ReportInput, totals: &Totals) -> String {
    if !input.has_work {
        let has = if totals.n == 1 { "has" } else { "have" };
        return format!(
            "{has} {}; what they took is unknown, because no history was read",
            counted(totals.consumers, "consumer")
        );
    }
    let days = counted(totals.days_year, "author-day");
    match &totals.cost {
        Some((low, high, currency)) if totals.days_year > 0 => {
            format!("took {days} in the last year ({})", money(*low, *high, currency))
        }
        Some(_) => format!("took {days} in the last year"),
        None => format!("took {days} in the last year (no day rate is set, so no cost is given)"),
    }
}

/// How sure it is, and what that rests on.
pub(super) fn confidence(input: &ReportInput, totals: &Totals) -> String {
    let mut parts = Vec::new();
    if totals.n > 0 {
        let ways = [
            (totals.by_rule, "by rule"),
            (totals.packages, "by the teams that depend on a package"),
            (totals.clusters, "by equal code, measured at a precision of 0.9 or better"),
        ];
        let ways: Vec<String> = ways.iter().filter(|(n, _)| *n > 0).map(|(n, way)| format!("{n} {way}")).collect();
        parts.push(format!("found {}", listed(&ways)));
    }
    if totals.n_possible > 0 {
        let are = if totals.n_possible == 1 { "is" } else { "are" };
        parts.push(format!("{} more {are} only possible and in no figure above", totals.n_possible));
    }
    if totals.n > 0 {
        parts.extend(work(input));
    }
    match parts.is_empty() {
        true => "Rules, packages and equal code were looked through at the tips of default branches.".to_owned(),
        false => format!("{}.", capital(&parts.join("; "))),
    }
}

/// Whose work it is, and what git hides of it.
fn work(input: &ReportInput) -> Vec<String> {
    if !input.has_work {
        return vec!["no history was read, so effort and growth are unknown".to_owned()];
    }
    let known = input.known_work.map(|share| format!("{} of the work is by people of known teams", percent(share)));
    let squash = "squash merges hide days on branches, so days are a lower bound".to_owned();
    known.into_iter().chain([squash]).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
