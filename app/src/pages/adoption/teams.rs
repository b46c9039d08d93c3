//! Teams by capabilities, the number in each cell: where the platform is shadowed, and where it is not used.
//! It must not rank teams: they stand by name.
use super::of_all;
use crate::{
    api::get,
    components::{
        as_of::{AsOf, AsOfField},
        chart::{ChartWords, HeatMap, Measure},
        counted,
        facets::{ActiveFilters, Facets},
        load::{loading, page_url},
        problem::Empty,
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::{
    EntityRef, OfferPath,
    api::{Facet, MatrixColumn, TeamMatrix},
};

/// What the cells can say: the word in the address, the choice, the measure.
const MEASURES: [(&str, &str, Measure); 2] =
    [("off_path", "Off the golden path", Measure::OffPath), ("golden", "Golden share", Measure::Adoption)];

fn measure_of(url: &PageUrl) -> Measure {
    let asked = url.get("measure").unwrap_or_default();
    MEASURES.iter().find(|(word, ..)| *word == asked).map_or(Measure::OffPath, |(.., measure)| *measure)
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
            <p class="lead">"How many components of each team get each capability which way. Teams stand by name."</p>
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
    let now = measure_of(url);
    let links = MEASURES.map(|(word, label, measure)| {
        let value = (measure != Measure::OffPath).then_some(word);
        let current = (measure == now).then_some("true");
        view! { <a href=url.with("measure", value).href() aria-current=current>{label}</a> }
    });
    view! { <nav class="segments" aria-label="What the cells say">{links.into_iter().collect_view()}</nav> }
}

/// The cells, each opening the components it counts.
fn grid(url: &PageUrl, matrix: TeamMatrix) -> impl IntoView + use<> {
    let measure = measure_of(url);
    let (title, sentence, paths, eligible): (_, _, &'static [OfferPath], _) = match measure {
        Measure::OffPath => (
            "Teams off the golden path",
            "How many components of each team use a vendor or a homegrown offer of each capability.",
            &[OfferPath::Vendor, OfferPath::Homegrown],
            false,
        ),
        Measure::Adoption => (
            "Teams on the golden path",
            "How many of each team's components that could use a capability use a golden offer of it.",
            &[OfferPath::Golden],
            true,
        ),
    };
    let words = ChartWords { title: title.to_owned(), sentence: sentence.to_owned(), why: None };
    let url = url.clone();
    let href = move |team: Option<&EntityRef>, column: &MatrixColumn| {
        let own = url.with("owner", Some(&team.map(ToString::to_string).unwrap_or_default()));
        counted::components(&own, &column.name, paths, eligible).href()
    };
    view! { <HeatMap words matrix measure href/> }
}
