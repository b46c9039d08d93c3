//! What differs between two reports.
//! It must not call a platform gone that only left the list of the largest.
use super::words::{counted, number};
use shared::api::{ReportBody, ReportChange, ReportComparison, ReportFigure, ShadowItem};

/// Platforms of one report that a change is told of, of each kind.
const MAX_OF_KIND: usize = 10;

/// Differences from one report to a later one: figures first, then what is new, gone, grown and shrunk.
pub fn compare(from: &ReportBody, to: &ReportBody) -> Vec<ReportChange> {
    let mut out: Vec<ReportChange> = to.figures.iter().filter_map(|after| figure(from, after)).collect();
    let new = to.shadows.iter().filter(|item| find(from, item).is_none());
    out.extend(new.take(MAX_OF_KIND).map(|item| arrived(from, item)));
    let gone = from.shadows.iter().filter(|item| find(to, item).is_none());
    out.extend(gone.take(MAX_OF_KIND).map(|item| left(to, item)));
    let both = || to.shadows.iter().filter_map(|after| Some((find(from, after)?, after)));
    out.extend(both().filter(|(a, b)| grew(a, b)).take(MAX_OF_KIND).map(|(a, b)| moved("grown", a, b)));
    out.extend(both().filter(|(a, b)| grew(b, a)).take(MAX_OF_KIND).map(|(a, b)| moved("shrunk", a, b)));
    out
}

fn find<'b>(body: &'b ReportBody, item: &ShadowItem) -> Option<&'b ShadowItem> {
    body.shadows.iter().find(|held| held.id == item.id)
}

fn figure(from: &ReportBody, after: &ReportFigure) -> Option<ReportChange> {
    let before = from.figures.iter().find(|figure| figure.key == after.key)?;
    if before.text == after.text {
        return None;
    }
    Some(ReportChange {
        kind: "figure".to_owned(),
        text: format!("{}: {} after {}.", after.label, after.text, before.text),
        before: before.value,
        after: after.value,
        href: after.href.clone(),
    })
}

/// Whether a report lists every platform that it counts.
fn whole(body: &ReportBody) -> bool {
    body.shadows.len() as u64 >= body.n_shadows + body.n_possible
}

fn arrived(from: &ReportBody, item: &ShadowItem) -> ReportChange {
    let text = if whole(from) {
        format!("{} is new, with {}.", item.name, counted(item.consumers, "consumer"))
    } else {
        format!("{} is among the largest now, with {}.", item.name, counted(item.consumers, "consumer"))
    };
    change("new_shadow", text, None, Some(item))
}

fn left(to: &ReportBody, item: &ShadowItem) -> ReportChange {
    let text = if whole(to) {
        format!("{} is gone; it had {}.", item.name, counted(item.consumers, "consumer"))
    } else {
        format!("{} is no longer among the largest.", item.name)
    };
    change("gone_shadow", text, Some(item), None)
}

/// By consumers; with as many as before, by the work of the last year.
fn grew(before: &ShadowItem, after: &ShadowItem) -> bool {
    (after.consumers, after.author_days_year) > (before.consumers, before.author_days_year)
}

fn moved(kind: &str, before: &ShadowItem, after: &ShadowItem) -> ReportChange {
    let text = if before.consumers == after.consumers {
        let days = counted(after.author_days_year, "author-day");
        format!("{}: {days} in the last year after {}.", after.name, number(before.author_days_year))
    } else {
        format!("{}: {} after {}.", after.name, counted(after.consumers, "consumer"), number(before.consumers))
    };
    let by_days = before.consumers == after.consumers;
    let value = |item: &ShadowItem| if by_days { item.author_days_year } else { item.consumers } as f64;
    let mut change = change(kind, text, Some(before), Some(after));
    (change.before, change.after) = (Some(value(before)), Some(value(after)));
    change
}

/// A page is linked only where there still is one.
fn change(kind: &str, text: String, before: Option<&ShadowItem>, after: Option<&ShadowItem>) -> ReportChange {
    let consumers = |item: &ShadowItem| item.consumers as f64;
    ReportChange {
        kind: kind.to_owned(),
        text,
        before: before.map(consumers),
        after: after.map(consumers),
        href: after.map(|item| format!("/shadow/{}", item.id)),
    }
}

/// Two reports side by side as Markdown.
pub fn compare_markdown(comparison: &ReportComparison) -> String {
    let ReportComparison { from, to, changes } = comparison;
    let line = |change: &ReportChange| format!("- {}\n", super::markdown::escape(&change.text));
    let list: String = changes.iter().map(line).collect();
    let list = if list.is_empty() { "Nothing changed.\n".to_owned() } else { list };
    format!("# Shadow report: {} to {}\n\n{list}", from.id, to.id)
}
