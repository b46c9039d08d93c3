//! The ranked platforms of a report as CSV, with fixed columns.
//! It must not let a cell start a formula.
use super::words::team;
use shared::api::{ShadowItem, ShadowReport};

const COLUMNS: &[&str] = &[
    "rank",
    "id",
    "name",
    "kind",
    "claim",
    "capability",
    "teams",
    "consumers",
    "repositories",
    "growth_90d",
    "author_days",
    "author_days_year",
    "cost_low",
    "cost_likely",
    "cost_high",
    "currency",
    "lines",
    "last_change",
    "confidence",
    "retire_order",
    "why",
];

/// A heading line and a line for each platform that the report lists (RFC 4180).
pub fn to_csv(report: &ShadowReport) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let rows = report.body.shadows.iter().enumerate().map(|(at, item)| row(at + 1, item));
    let heading = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
    for row in [heading].into_iter().chain(rows) {
        writer.write_record(row).expect("writing to memory cannot fail, and rows are of one length");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("texts stay texts")
}

fn row(rank: usize, item: &ShadowItem) -> Vec<String> {
    let cost = item.cost.as_ref();
    let amount =
        |of: fn(&shared::api::CostRange) -> f64| cost.map(|cost| format!("{:.0}", of(cost))).unwrap_or_default();
    let teams: Vec<String> = item.teams.iter().map(team).collect();
    vec![
        rank.to_string(),
        guarded(&item.id),
        guarded(&item.name),
        item.kind.to_string(),
        item.claim.to_string(),
        guarded(item.capability.as_deref().unwrap_or_default()),
        guarded(&teams.join(" ")),
        item.consumers.to_string(),
        item.repositories.to_string(),
        item.growth_90d.to_string(),
        item.author_days.to_string(),
        item.author_days_year.to_string(),
        amount(|cost| cost.low),
        amount(|cost| cost.likely),
        amount(|cost| cost.high),
        cost.map(|cost| cost.currency.clone()).unwrap_or_default(),
        item.lines.to_string(),
        item.last_change.as_ref().map(|moment| moment.at.to_string()).unwrap_or_default(),
        item.confidence.to_string(),
        item.retire_order.map(|order| order.to_string()).unwrap_or_default(),
        guarded(&item.why),
    ]
}

/// Spreadsheets run a cell that starts so as a formula; a quote before it keeps it text (OWASP, "CSV injection").
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
