//! Teams by capabilities with the number printed in each cell, one hue.
//! It must not rely on the hue: the numbers alone say it all, and it is a table.
use super::{ChartFrame, ChartWords, time_axis::day};
use crate::{components::link::EntityLink, words};
use leptos::prelude::*;
use shared::{
    EntityRef,
    api::{MatrixCell, MatrixColumn, MatrixRow, TeamMatrix},
};

/// What the cells show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The share of those who could that take the golden path, in percent.
    Adoption,
    /// How many use a homegrown or a vendor offer.
    OffPath,
}

/// Shades of the hue, weakest first; 0 is none.
const SHADES: u64 = 5;

/// A row for each team, a column for each capability. `href` gives the components that a cell counts.
#[component]
pub fn HeatMap(
    words: ChartWords,
    matrix: TeamMatrix,
    measure: Measure,
    href: impl Fn(Option<&EntityRef>, &MatrixColumn) -> String + 'static,
) -> impl IntoView {
    let most = matrix.teams.iter().flat_map(|row| &row.cells).map(|cell| cell.off_path).max().unwrap_or(0);
    let head = matrix.capabilities.iter().map(|column| {
        let href = format!("/capabilities/{}", crate::url::encoded(&column.name));
        view! { <th scope="col" class="heat-column"><a href=href title=column.title.clone()><span>{column.title.clone()}</span></a></th> }
    });
    let head = head.collect_view();
    let rows = matrix.teams.iter().map(|row| team(row, &matrix.capabilities, (measure, most), &href)).collect_view();
    let caption = format!("{} on {}", words.title, day(&matrix.at));
    let label = caption.clone();
    let class = match measure {
        Measure::Adoption => "region heat heat-golden",
        Measure::OffPath => "region heat heat-homegrown",
    };
    view! {
        <ChartFrame words>
            <div class=class role="region" aria-label=label tabindex="0">
                <table>
                    <caption class="sr">{caption}</caption>
                    <thead><tr><th scope="col" class="heat-team">"Team"</th><th scope="col" class="number">"All"</th>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="heat-key small quiet">{key(measure)}</p>
        </ChartFrame>
    }
}

fn key(measure: Measure) -> &'static str {
    match measure {
        Measure::Adoption => "Percent of the components that could use it and take the golden path. – nobody could.",
        Measure::OffPath => "Components on a homegrown or vendor offer. · none of those who could; – nobody could.",
    }
}

fn team(
    row: &MatrixRow,
    columns: &[MatrixColumn],
    measure: (Measure, u64),
    href: &impl Fn(Option<&EntityRef>, &MatrixColumn) -> String,
) -> AnyView {
    let name = match &row.team {
        Some(team) => view! { <EntityLink entity=Some(team.clone())/> }.into_any(),
        None => view! { <span class="quiet">"Nobody"</span> }.into_any(),
    };
    let who = row.team.as_ref().map_or_else(|| "nobody".to_owned(), EntityRef::short);
    let cells = columns.iter().zip(&row.cells).map(|(column, cell)| {
        let title = format!("{who}, {}: {}", column.title, said(*cell));
        view! { <Cell cell=*cell measure title href=href(row.team.as_ref(), column)/> }
    });
    let cells = cells.collect_view();
    view! { <tr><th scope="row" class="heat-team">{name}</th><td class="number quiet">{words::grouped(row.components)}</td>{cells}</tr> }.into_any()
}

fn said(cell: MatrixCell) -> String {
    let MatrixCell { eligible, golden_eligible, vendor, homegrown, .. } = cell;
    format!("{golden_eligible} of {eligible} golden, {vendor} vendor, {homegrown} homegrown")
}

#[component]
fn Cell(cell: MatrixCell, measure: (Measure, u64), title: String, href: String) -> impl IntoView {
    let (shade, text) = print(cell, measure);
    if text == "–" || href.is_empty() {
        return view! { <td class=format!("heat-{shade}") title=title>{text}</td> }.into_any();
    }
    // The visible text first, as those who speak to the page say it.
    let name = format!("{text}: {title}");
    view! { <td class=format!("heat-{shade}")><a href=href title=title aria-label=name>{text}</a></td> }.into_any()
}

/// The shade of a cell and what is printed in it.
fn print(cell: MatrixCell, (measure, most): (Measure, u64)) -> (u64, String) {
    match measure {
        Measure::OffPath => match cell.off_path {
            0 if cell.eligible == 0 => (0, "–".to_owned()),
            0 => (0, "·".to_owned()),
            n => ((n * SHADES).div_ceil(most.max(1)).clamp(1, SHADES), words::grouped(n)),
        },
        Measure::Adoption if cell.eligible == 0 => (0, "–".to_owned()),
        Measure::Adoption => {
            let share = cell.golden_eligible as f64 / cell.eligible as f64;
            ((share * SHADES as f64).ceil() as u64, words::percent(share))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::chart::samples::{matrix, words};

    fn html(measure: Measure) -> String {
        let href = |team: Option<&EntityRef>, column: &MatrixColumn| {
            format!("/l?{}&{}", team.map_or_else(String::new, EntityRef::short), column.name)
        };
        Owner::new()
            .with(|| view! { <HeatMap words=words("Heat") matrix=matrix() measure href/> }.into_view().to_html())
    }

    #[test]
    fn the_number_is_printed_in_each_cell_and_opens_its_list() {
        let html = html(Measure::OffPath);
        let cells: usize = (0..=SHADES).map(|shade| html.matches(&format!("class=\"heat-{shade}\"")).count()).sum();
        assert_eq!(cells, 64);
        assert!(html.contains("href=\"/l?team-billing&amp;feature-flags\""), "{html}");
        assert!(
            html.contains("aria-label=\"1: team-billing, Feature flags: 7 of 10 golden, 0 vendor, 1 homegrown\""),
            "{html}"
        );
        assert!(html.contains("scope=\"col\"") && html.contains("scope=\"row\"") && html.contains("Nobody"), "{html}");
    }

    #[test]
    fn nobody_eligible_is_no_zero() {
        let none = MatrixCell::default();
        assert_eq!(print(none, (Measure::Adoption, 9)), (0, "–".to_owned()));
        assert_eq!(print(none, (Measure::OffPath, 9)), (0, "–".to_owned()));
        let some = MatrixCell { eligible: 4, golden_eligible: 1, golden: 1, vendor: 1, homegrown: 8, off_path: 8 };
        assert_eq!(print(some, (Measure::Adoption, 9)), (2, "25%".to_owned()));
        assert_eq!(print(some, (Measure::OffPath, 9)), (5, "8".to_owned()));
        assert_eq!(print(MatrixCell { eligible: 4, ..none }, (Measure::Adoption, 9)), (0, "0%".to_owned()));
    }
}
