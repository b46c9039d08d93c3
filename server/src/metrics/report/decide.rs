//! Three decisions that the figures ask for, each with an owner and a day.
//! It must not name a person as owner, nor repeat itself.
use super::{
    model::ReportInput,
    words::{counted, cut, date, is_person, number, team, working_day},
};
use shared::{
    EntityRef, ShadowClaim,
    api::{Decision, PlatformGap, ReportBody, ShadowItem},
};

/// Decisions proposed, and by when: days after the report.
const DUE_DAYS: [u64; 3] = [30, 60, 90];
/// Who decides where no team does.
const LEADERSHIP: &str = "platform leadership";
/// Characters of one, and of a name in it.
const MAX_TEXT: usize = 300;
const MAX_NAME: usize = 80;

/// What to decide, the most pressing first. `input.today` is the day from which dates count.
pub fn decide(input: &ReportInput, body: &ReportBody) -> Vec<Decision> {
    let mut said: Vec<(String, String)> = Vec::new();
    let closing = body.gaps.first().map(close);
    let retired = first_to_retire(body);
    let retiring = retired.map(|item| retire(input, item));
    let largest = sure(body).find(|item| retired.is_none_or(|other| other.id != item.id));
    let funding = largest.map(|item| fund(input, item));
    let rest = [possible(body), owners(input), dark(body), body.gaps.get(1).map(close), rate(input), Some(next())];
    for (text, owner) in [closing, retiring, funding].into_iter().chain(rest).flatten() {
        if said.len() < DUE_DAYS.len() {
            said.push((cut(&text, MAX_TEXT), owner));
        }
    }
    let from = date(&input.today);
    let due = |days| Some(working_day(from?, days)?.to_string());
    let dated = said.into_iter().zip(DUE_DAYS);
    dated.map(|((text, owner), days)| Decision { text, owner, due: due(days) }).collect()
}

fn sure(body: &ReportBody) -> impl Iterator<Item = &ShadowItem> {
    body.shadows.iter().filter(|item| item.claim == ShadowClaim::Shadow)
}

/// The one that is named first in the order of retirement.
fn first_to_retire(body: &ReportBody) -> Option<&ShadowItem> {
    sure(body)
        .filter(|item| item.capability.is_some())
        .filter_map(|item| Some((item.retire_order?, item)))
        .min_by_key(|(order, _)| *order)
        .map(|(_, item)| item)
}

fn name_of(owner: Option<&EntityRef>) -> String {
    owner.map_or_else(|| LEADERSHIP.to_owned(), team)
}

/// The capability's owner; without one, the first team that takes part.
fn owner_of(input: &ReportInput, item: &ShadowItem) -> String {
    let capability = input.capabilities.iter().find(|held| item.capability.as_deref() == Some(held.name.as_str()));
    let team = capability.and_then(|held| held.owner.as_ref()).filter(|owner| !is_person(owner));
    name_of(team.or_else(|| item.teams.first()))
}

fn has_golden(input: &ReportInput, item: &ShadowItem) -> bool {
    let mut held = input.capabilities.iter().filter(|held| item.capability.as_deref() == Some(held.name.as_str()));
    held.any(|capability| !capability.golden.is_empty())
}

fn title(item: &ShadowItem) -> &str {
    item.capability_title.as_deref().or(item.proposed.as_deref()).unwrap_or(&item.name)
}

fn close(gap: &PlatformGap) -> (String, String) {
    let reason = gap.reasons.first().map(String::as_str).unwrap_or_default();
    (format!("Close the gap in {}: {reason}", cut(&gap.title, MAX_NAME)), name_of(gap.owner.as_ref()))
}

fn retire(input: &ReportInput, item: &ShadowItem) -> (String, String) {
    let users = counted(item.consumers, "component");
    let (name, title) = (cut(&item.name, MAX_NAME), cut(title(item), MAX_NAME));
    let text = match has_golden(input, item) {
        true => format!("Retire {name}: move {users} to the golden path of {title}."),
        false => format!("Name a golden offer for {title}, so that {name} with {users} can be retired."),
    };
    (text, owner_of(input, item))
}

fn fund(input: &ReportInput, item: &ShadowItem) -> (String, String) {
    let teams = counted(item.teams.len() as u64, "team");
    let spent = counted(item.author_days_year, "author-day");
    let name = match title(item) {
        title if title == item.name => item.name.clone(),
        title => format!("{} ({title})", item.name),
    };
    let choice = if has_golden(input, item) { "gives way to the golden path" } else { "is retired" };
    let name = cut(&name, MAX_NAME);
    let text =
        format!("Decide whether {name}, used in {teams} with {spent} in the last year, becomes an offer or {choice}.");
    (text, owner_of(input, item))
}

fn possible(body: &ReportBody) -> Option<(String, String)> {
    let what = counted(body.n_possible, "possible duplicate");
    (body.n_possible > 0).then(|| (format!("Look at {what} and say which are platforms."), LEADERSHIP.to_owned()))
}

fn owners(input: &ReportInput) -> Option<(String, String)> {
    let verdicts = &input.verdicts;
    let n = verdicts.disputed + verdicts.stale + verdicts.orphan;
    let of = number(verdicts.declared());
    let text = format!("Settle who owns the components whose declared owner the work contradicts: {n} of {of}.");
    (n > 0).then(|| (text, LEADERSHIP.to_owned()))
}

fn dark(body: &ReportBody) -> Option<(String, String)> {
    let what = counted(body.dark.repositories, "repository");
    let text = format!("Give {what} outside any claim, golden path and owner an owner, or archive them.");
    (body.dark.repositories > 0).then(|| (text, LEADERSHIP.to_owned()))
}

fn rate(input: &ReportInput) -> Option<(String, String)> {
    let text = "Agree on a day rate, so that the next report can give costs.".to_owned();
    (input.rate.is_none() && !input.shadows.is_empty()).then(|| (text, LEADERSHIP.to_owned()))
}

fn next() -> (String, String) {
    ("Freeze the next report by this day, and compare it with this one.".to_owned(), LEADERSHIP.to_owned())
}
