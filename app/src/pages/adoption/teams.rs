//! Teams by capabilities, the number in each cell: where the platform is shadowed, and where it is not used.
//! It must not rank teams: they stand by name.
use super::of_all;
use crate::{
    api::get,
    components::{
        as_of::{AsOf, AsOfField},
        counted,
        facets::{ActiveFilters, Facets},
        link::EntityLink,
        load::{loading, page_url},
        problem::Empty,
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::{
    OfferPath,
    api::{Facet, MatrixCell, MatrixRow, TeamMatrix},
};

/// What the cells say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Homegrown,
    Vendor,
    Golden,
}

impl Measure {
    const ALL: [Self; 3] = [Self::Homegrown, Self::Vendor, Self::Golden];

    const fn word(self) -> &'static str {
        match self {
            Self::Homegrown => "homegrown",
            Self::Vendor => "vendor",
            Self::Golden => "golden",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Homegrown => "Homegrown",
            Self::Vendor => "Vendor",
            Self::Golden => "Golden share",
        }
    }

    fn of(url: &PageUrl) -> Self {
        let asked = url.get("measure").unwrap_or_default();
        Self::ALL.into_iter().find(|measure| measure.word() == asked).unwrap_or(Self::Homegrown)
    }
}

#[component]
pub fn TeamsPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let matrix = get::<TeamMatrix>(of_all(&url, "/api/v1/adoption/teams").href()).await?;
        let facets = get::<Vec<Facet>>(of_all(&url, "/api/v1/adoption/facets").href()).await?;
        Ok(view! {
            <Title text="Adoption by team · Waymark"/>
            <Teams url matrix facets/>
        }
        .into_any())
    })
}

/// The page from its answers.
#[component]
fn Teams(url: PageUrl, matrix: TeamMatrix, facets: Vec<Facet>) -> impl IntoView {
    let back = url.at("/adoption", &["measure"]).href();
    let count = format!(
        "{} by {}",
        words::counted(matrix.teams.len() as u64, "team", "teams"),
        words::counted(matrix.capabilities.len() as u64, "capability", "capabilities")
    );
    let grid = if matrix.teams.is_empty() || matrix.capabilities.is_empty() {
        let why = "No team under these filters has a component that could use a capability with a golden path.";
        view! { <Empty title="Nothing to compare" why href=url.path.clone() action="Clear all filters"/> }.into_any()
    } else {
        grid(&url, matrix).into_any()
    };
    view! {
        <nav class="crumbs" aria-label="Breadcrumb"><a href=back>"Adoption"</a></nav>
        <div class="page-head">
            <h1>"Adoption by team"</h1>
            <p class="lead">"How many components of each team get each capability which way. A blank cell has nobody who could use it."</p>
        </div>
        <AsOf url=url.clone()/>
        <div class="with-facets">
            <Facets url=url.clone() facets=facets.clone()/>
            <section class="results" aria-label="Results">
                <h2 class="sr">"Results"</h2>
                <DayForm url=url.clone()/>
                <ActiveFilters url=url.clone() facets extra=vec!["repository"]/>
                <div class="bar"><p class="count" role="status">{count}</p>{measures(&url)}</div>
                {grid}
            </section>
        </div>
    }
}

/// The day, with everything else of the address kept.
#[component]
fn DayForm(url: PageUrl) -> impl IntoView {
    let kept = url.pairs.iter().filter(|(key, _)| key != "at").cloned();
    let hidden = kept.map(|(k, v)| view! { <input type="hidden" name=k value=v/> }).collect_view();
    let action = url.path.clone();
    view! {
        <form class="filter-form" method="get" action=action>
            {hidden}
            <AsOfField url/>
            <button class="button" type="submit">"Apply"</button>
        </form>
    }
}

fn measures(url: &PageUrl) -> impl IntoView + use<> {
    let now = Measure::of(url);
    let links = Measure::ALL.map(|measure| {
        let value = (measure != Measure::Homegrown).then(|| measure.word());
        let current = (measure == now).then_some("true");
        view! { <a href=url.with("measure", value).href() aria-current=current>{measure.label()}</a> }
    });
    view! { <nav class="segments" aria-label="What the cells say">{links.into_iter().collect_view()}</nav> }
}

fn grid(url: &PageUrl, matrix: TeamMatrix) -> impl IntoView + use<> {
    let names: Vec<String> = matrix.capabilities.iter().map(|column| column.name.clone()).collect();
    let head = matrix.capabilities.into_iter().map(|column| {
        let href = counted::over_time(url, &column.name);
        view! { <th scope="col"><a href=href>{column.title}</a></th> }
    });
    let head = head.collect_view();
    let rows = matrix.teams.into_iter().map(|team| row(url, &names, team)).collect_view();
    view! {
        <div class="region" role="region" aria-label="Teams by capabilities" tabindex="0">
            <table class="heat">
                <caption class="sr">"Teams by capabilities"</caption>
                <thead><tr><th scope="col">"Team"</th>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(url: &PageUrl, names: &[String], team: MatrixRow) -> impl IntoView + use<> {
    let owner = team.team.as_ref().map(ToString::to_string).unwrap_or_default();
    let own = url.with("owner", Some(&owner));
    let cells = names.iter().zip(&team.cells).map(|(name, cell)| cell_of(&own, name, *cell)).collect_view();
    let who = match team.team {
        Some(team) => view! { <EntityLink entity=Some(team)/> }.into_any(),
        None => view! { <span class="quiet">"nobody"</span> }.into_any(),
    };
    view! { <tr><th scope="row">{who}</th>{cells}</tr> }
}

/// The number, opening the components it counts.
fn cell_of(own: &PageUrl, capability: &str, cell: MatrixCell) -> impl IntoView + use<> {
    let (text, path, eligible) = match Measure::of(own) {
        Measure::Homegrown => (words::grouped(cell.homegrown), OfferPath::Homegrown, false),
        Measure::Vendor => (words::grouped(cell.vendor), OfferPath::Vendor, false),
        Measure::Golden => (format!("{}/{}", cell.golden_eligible, cell.eligible), OfferPath::Golden, true),
    };
    if cell == MatrixCell::default() {
        return view! { <td class="number"></td> }.into_any();
    }
    let href = counted::components(own, capability, &[path], eligible).href();
    view! { <td class="number"><a href=href>{text}</a></td> }.into_any()
}
