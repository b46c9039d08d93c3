//! Teams by capabilities, the number in each cell, with what fits on a sheet of paper.
//! It must not leave out a row or a column without saying so.
use crate::{
    components::{
        chart::{ChartWords, HeatMap, Measure},
        counted,
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{
    EntityRef, OfferPath,
    api::{MatrixColumn, TeamMatrix},
};
use std::cmp::Reverse;

/// Rows and columns in which anything stands that are shown; a sheet of paper holds no more.
const ROWS: usize = 16;
const COLUMNS: usize = 14;

/// The heat map; of a frozen report each cell opens the list of that time.
#[component]
pub fn Matrix(matrix: TeamMatrix, at: Option<String>) -> impl IntoView {
    let (all_rows, all_columns) = (matrix.teams.len(), matrix.capabilities.len());
    let matrix = densest(matrix);
    let url = PageUrl::new("/reports/shadow", at.map(|at| ("at", at)).into_iter().collect());
    let whole = url.only("/adoption/teams", &["at"]).href();
    if matrix.teams.is_empty() {
        return view! {
            <section class="heat-section" aria-labelledby="heat">
                <div class="section-head"><h2 id="heat">"Where teams are off the golden path"</h2><a href=whole>"Team by team"</a></div>
                <p class="quiet">"No component uses a homegrown or vendor offer of a capability."</p>
            </section>
        }
        .into_any();
    }
    let (rows, columns) = (matrix.teams.len(), matrix.capabilities.len());
    let rest = (rows < all_rows || columns < all_columns).then(|| {
        let shown = format!(
            "{} of {} and {} of {}",
            rows,
            words::counted(all_rows as u64, "team", "teams"),
            columns,
            words::counted(all_columns as u64, "capability", "capabilities")
        );
        view! { <p class="small quiet heat-rest">{format!("{shown}: those with most off the path.")}</p> }
    });
    let words = ChartWords {
        title: "Components off the golden path".to_owned(),
        sentence: "How many components of each team use a vendor or a homegrown offer of each capability.".to_owned(),
        why: None,
    };
    let href = move |team: Option<&EntityRef>, column: &MatrixColumn| {
        let own = url.with("owner", Some(&team.map(ToString::to_string).unwrap_or_default()));
        counted::components(&own, &column.name, &[OfferPath::Vendor, OfferPath::Homegrown], false).href()
    };
    view! {
        <section class="heat-section" aria-labelledby="heat">
            <div class="section-head"><h2 id="heat">"Where teams are off the golden path"</h2><a href=whole>"Team by team"</a></div>
            <HeatMap words matrix measure=Measure::OffPath href/>
            {rest}
        </section>
    }
    .into_any()
}

/// The rows and columns with most off the path, in the order they came in; none without any.
fn densest(mut matrix: TeamMatrix) -> TeamMatrix {
    let sums: Vec<u64> = (0..matrix.capabilities.len())
        .map(|i| matrix.teams.iter().filter_map(|row| row.cells.get(i)).map(|cell| cell.off_path).sum())
        .collect();
    let columns = largest(&sums, COLUMNS);
    let sums: Vec<u64> = matrix.teams.iter().map(|row| row.cells.iter().map(|cell| cell.off_path).sum()).collect();
    let rows = largest(&sums, ROWS);
    matrix.capabilities = columns.iter().map(|i| matrix.capabilities[*i].clone()).collect();
    matrix.teams = rows.iter().map(|i| matrix.teams[*i].clone()).collect();
    for row in &mut matrix.teams {
        row.cells = columns.iter().map(|i| row.cells.get(*i).copied().unwrap_or_default()).collect();
    }
    matrix
}

/// The places of the largest numbers above zero, in the order of places.
fn largest(numbers: &[u64], most: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..numbers.len()).filter(|i| numbers[*i] > 0).collect();
    places.sort_by_key(|i| (Reverse(numbers[*i]), *i));
    places.truncate(most);
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_stay_in_their_order_and_zeros_go() {
        assert_eq!(largest(&[0, 3, 9, 1, 3], 3), [1, 2, 4]);
        assert_eq!(largest(&[0, 0], 3), Vec::<usize>::new());
    }
}
