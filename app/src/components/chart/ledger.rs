//! What work on homegrown code went into: bars of author-days by quarter, build at the bottom, then upkeep, then migration.
//! It must not tell the phases apart by colour alone, and it must not name who worked. Once a page: its paints have names.
use super::{
    ChartFrame, ChartWords,
    frame::nothing,
    plot::{BOTTOM, PLOT, TOP, drawing, grid, mark, percent, y},
    scale::CountScale,
};
use crate::{
    components::table::{TableRegion, header, header_number},
    words,
};
use leptos::prelude::*;
use shared::{WorkPhase, api::LedgerRow};

/// Quarters drawn: those before the last forty years are in the table only.
const MOST_QUARTERS: usize = 160;
/// With more bars than this their sums do not fit above them.
const MOST_SUMS: usize = 16;
/// Labels below the bars.
const MOST_LABELS: usize = 8;

/// One quarter over all teams.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Quarter {
    name: String,
    /// Author-days in the order of [`WorkPhase::ALL`].
    days: [u64; 3],
    added: u64,
    removed: u64,
    commits: u64,
}

impl Quarter {
    fn total(&self) -> u64 {
        self.days.iter().sum()
    }
}

/// Bars by quarter; each part of a bar leads to its row of the table.
#[component]
pub fn EffortLedger(words: ChartWords, rows: Vec<LedgerRow>) -> impl IntoView {
    let quarters = quarters(&rows);
    if quarters.iter().all(|quarter| quarter.total() == 0) {
        return nothing(words, "Nothing to draw: no commit of a person touched this code.");
    }
    let table = table(words.title.clone(), &quarters);
    let drawn = &quarters[quarters.len().saturating_sub(MOST_QUARTERS)..];
    let scale = CountScale::to(drawn.iter().map(Quarter::total).max().unwrap_or(0));
    let lines = scale.ticks().map(|n| (scale.share(n), words::grouped(n))).collect();
    let bars: Vec<_> = drawn.iter().enumerate().map(|(i, q)| bar(q, (i, drawn.len()), scale)).collect();
    let body = view! { {paints()}{grid(lines)}{labels(drawn)}{bars} }.into_any();
    let svg = drawing(TOP + PLOT + BOTTOM, &words.title, &words.sentence, body);
    view! {
        <ChartFrame words table=Some(table)>
            <div class="plot-box plot-plain">{svg}</div>
            {key(&quarters)}
        </ChartFrame>
    }
    .into_any()
}

/// Sums over teams, oldest first. A quarter without work between two with work is a bar of zero: nobody touched it then.
fn quarters(rows: &[LedgerRow]) -> Vec<Quarter> {
    let mut out = std::collections::BTreeMap::<String, Quarter>::new();
    for row in rows {
        let quarter = out.entry(row.quarter.clone()).or_default();
        let phase = WorkPhase::ALL.iter().position(|phase| *phase == row.phase).unwrap_or_default();
        quarter.days[phase] = quarter.days[phase].saturating_add(row.author_days);
        quarter.added = quarter.added.saturating_add(row.lines_added);
        quarter.removed = quarter.removed.saturating_add(row.lines_removed);
        quarter.commits = quarter.commits.saturating_add(row.commits);
    }
    let ends = (out.keys().next().and_then(|name| number(name)), out.keys().next_back().and_then(|name| number(name)));
    if let (Some(first), Some(last)) = ends {
        // A clock of another century on one commit must not draw a thousand empty bars.
        for n in first.max(last.saturating_sub(MOST_QUARTERS as u32))..last {
            out.entry(format!("{}-Q{}", n / 4, n % 4 + 1)).or_default();
        }
    }
    out.into_iter().map(|(name, quarter)| Quarter { name, ..quarter }).collect()
}

/// `2025-Q3` as a number of quarters.
fn number(name: &str) -> Option<u32> {
    let (year, quarter) = name.split_once("-Q")?;
    let (year, quarter) = (year.parse::<u32>().ok()?, quarter.parse::<u32>().ok()?);
    ((1970..10_000).contains(&year) && (1..=4).contains(&quarter)).then(|| year * 4 + quarter - 1)
}

/// The id of a quarter's row; only real quarters have one.
fn row_id(name: &str) -> Option<String> {
    number(name).map(|_| format!("quarter-{name}"))
}

fn bar(quarter: &Quarter, (i, n): (usize, usize), scale: CountScale) -> AnyView {
    let slot = 100.0 / n as f64;
    let (x, width) = (slot * (i as f64 + 0.14), slot * 0.72);
    let href = row_id(&quarter.name).map(|id| format!("#{id}")).unwrap_or_default();
    let mut below = 0;
    let parts: Vec<_> = WorkPhase::ALL
        .iter()
        .zip(quarter.days)
        .filter(|(_, days)| *days > 0)
        .map(|(phase, days)| {
            let (bottom, top) = (y(scale.share(below)), y(scale.share(below + days)));
            below += days;
            let text = format!("{}: {} of {}", quarter.name, author_days(days), words::phase(*phase));
            let shape = view! { <rect class="phase" x=percent(x) y=top width=percent(width) height=bottom - top fill=fill(*phase)/> };
            mark(href.clone(), text, 3 * n, shape.into_any())
        })
        .collect();
    let sum = (n <= MOST_SUMS && below > 0).then(|| {
        let place = y(scale.share(below)) - 5.0;
        view! { <text class="tick" x=percent(slot * (i as f64 + 0.5)) y=place text-anchor="middle">{words::grouped(below)}</text> }
    });
    view! { {parts}{sum} }.into_any()
}

/// Years where they begin; of a short time, its first and last quarter.
fn labels(quarters: &[Quarter]) -> impl IntoView + use<> {
    let slot = 100.0 / quarters.len().max(1) as f64;
    let years: Vec<_> =
        quarters.iter().enumerate().filter_map(|(i, q)| Some((i, q.name.strip_suffix("-Q1")?))).collect();
    let step = years.len().div_ceil(MOST_LABELS).max(1);
    let places: Vec<(f64, &'static str, String)> = if years.len() > 1 {
        years.iter().step_by(step).map(|(i, year)| (slot * (*i as f64 + 0.5), "middle", (*year).to_owned())).collect()
    } else {
        let end = |quarter: Option<&Quarter>, x, anchor| quarter.map(|q| (x, anchor, q.name.replace('-', " ")));
        let last = quarters.last().filter(|_| quarters.len() > 1);
        end(quarters.first(), 0.0, "start").into_iter().chain(end(last, 100.0, "end")).collect()
    };
    let label = |(x, anchor, text): (f64, &'static str, String)| {
        view! { <text class="tick" x=percent(x) y=TOP + PLOT + 18.0 text-anchor=anchor>{text}</text> }
    };
    places.into_iter().map(label).collect_view()
}

/// The paint of a phase: they differ in pattern, so that they do in grey.
const fn fill(phase: WorkPhase) -> &'static str {
    match phase {
        WorkPhase::Build => "url(#phase-build)",
        WorkPhase::Upkeep => "url(#phase-upkeep)",
        WorkPhase::Migration => "url(#phase-migration)",
    }
}

fn paints() -> impl IntoView {
    view! {
        <defs>
            <pattern id="phase-build" width="6" height="6" patternUnits="userSpaceOnUse">
                <rect class="phase-build" width="6" height="6"/>
            </pattern>
            <pattern id="phase-upkeep" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="phase-ground" width="6" height="6"/><rect class="phase-build" width="2.5" height="6"/>
            </pattern>
            <pattern id="phase-migration" width="6" height="6" patternUnits="userSpaceOnUse">
                <rect class="phase-ground" width="6" height="6"/><circle class="phase-golden" cx="3" cy="3" r="1.7"/>
            </pattern>
        </defs>
    }
}

/// What each paint means, with its sum.
fn key(quarters: &[Quarter]) -> impl IntoView + use<> {
    let items = WorkPhase::ALL.iter().enumerate().map(|(i, phase)| {
        let days = quarters.iter().map(|quarter| quarter.days[i]).sum::<u64>();
        view! {
            <li>
                <svg class="phase-key" width="14" height="14" aria-hidden="true"><rect class="phase" x="1" y="1" width="12" height="12" fill=fill(*phase)/></svg>
                <b>{words::grouped(days)}</b>" "{words::phase(*phase)}
            </li>
        }
    });
    view! { <ul class="legend phases">{items.collect_view()}</ul> }
}

fn author_days(days: u64) -> String {
    words::counted(days, "author-day", "author-days")
}

fn table(caption: String, quarters: &[Quarter]) -> AnyView {
    let rows = quarters.iter().rev().map(|quarter| {
        let days = quarter.days.map(|days| view! { <td class="number">{words::grouped(days)}</td> });
        view! {
            <tr id=row_id(&quarter.name)>
                <th scope="row">{quarter.name.clone()}</th>
                {days.into_iter().collect_view()}
                <td class="number">{words::grouped(quarter.total())}</td>
                <td class="number">{words::grouped(quarter.added)}</td>
                <td class="number">{words::grouped(quarter.removed)}</td>
                <td class="number">{words::grouped(quarter.commits)}</td>
            </tr>
        }
    });
    let head = (
        header("Quarter"),
        header_number("Build"),
        header_number("Upkeep"),
        header_number("Migration"),
        header_number("Author-days"),
        header_number("Lines added"),
        header_number("Lines removed"),
        header_number("Commits"),
    );
    let rows = rows.collect_view();
    view! { <TableRegion caption=caption head=head.into_any()>{rows}</TableRegion> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(quarter: &str, phase: WorkPhase, author_days: u64) -> LedgerRow {
        LedgerRow {
            quarter: quarter.into(),
            team: "group:default/pay".parse().ok(),
            phase,
            author_days,
            lines_added: 10,
            lines_removed: 2,
            commits: 3,
        }
    }

    fn html(rows: Vec<LedgerRow>) -> String {
        let words = ChartWords { title: "Effort".into(), sentence: "12 author-days.".into(), why: None };
        Owner::new().with(|| view! { <EffortLedger words rows/> }.into_view().to_html())
    }

    #[test]
    fn each_part_leads_to_its_row_and_is_told_apart_without_colour() {
        let html = html(vec![
            row("2025-Q3", WorkPhase::Build, 8),
            row("2025-Q3", WorkPhase::Build, 2),
            row("2026-Q1", WorkPhase::Migration, 1),
            row("2026-Q1", WorkPhase::Upkeep, 3),
        ]);
        assert!(html.contains("href=\"#quarter-2025-Q3\" aria-label=\"2025-Q3: 10 author-days of build\""), "{html}");
        assert!(html.contains("aria-label=\"2026-Q1: 1 author-day of migration\""), "{html}");
        assert!(html.contains("id=\"quarter-2025-Q4\"") && html.matches("<th scope=\"row\"").count() == 3, "{html}");
        assert!(html.contains("fill=\"url(#phase-upkeep)\"") && html.contains("id=\"phase-upkeep\""), "{html}");
        assert!(html.contains("scope=\"col\"") && html.contains("<caption"), "{html}");
    }

    #[test]
    fn no_work_and_no_quarter_are_no_bars() {
        assert!(html(vec![]).contains("no commit of a person"));
        let hostile = html(vec![row("\"><script>", WorkPhase::Build, 3)]);
        assert!(!hostile.contains("<script") && !hostile.contains("href=\"#"), "{hostile}");
        let far = quarters(&[row("1970-Q1", WorkPhase::Build, 1), row("2026-Q1", WorkPhase::Build, 1)]);
        assert!(far.len() <= MOST_QUARTERS + 2, "{}", far.len());
    }
}
