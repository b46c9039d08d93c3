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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use shared::{
        Area,
        api::{MatrixCell, MatrixRow},
    };

    fn matrix() -> TeamMatrix {
        let column = |name: &str, title: &str| MatrixColumn {
            name: name.into(),
            title: title.into(),
            area: Area::DeveloperPlatform,
        };
        let cell = |eligible, golden_eligible, vendor, homegrown, off_path| MatrixCell {
            eligible,
            golden: golden_eligible,
            golden_eligible,
            vendor,
            homegrown,
            off_path,
        };
        let row =
            |team: Option<&str>, cells| MatrixRow { team: team.and_then(|t| t.parse().ok()), components: 9, cells };
        TeamMatrix {
            at: "2026-11-21T10:00:00Z".parse().unwrap(),
            capabilities: vec![
                column("feature-flags", "Feature flags"),
                column("build", "Build tool"),
                column("logging", "Structured logging"),
            ],
            teams: vec![
                row(Some("group:default/pay"), vec![cell(9, 4, 2, 4, 5), cell(9, 9, 0, 0, 0), cell(3, 1, 0, 2, 2)]),
                row(
                    Some("group:default/search"),
                    vec![cell(5, 5, 0, 0, 0), cell(4, 2, 0, 2, 2), MatrixCell::default()],
                ),
                row(None, vec![cell(2, 0, 1, 1, 2), MatrixCell::default(), cell(2, 0, 0, 1, 1)]),
            ],
        }
    }

    pub(crate) fn html(url: &str) -> String {
        let url = PageUrl::parse(url);
        let facets = crate::pages::adoption::tests::facets();
        Owner::new().with(|| view! { <Teams url matrix=matrix() facets/> }.to_html())
    }

    #[test]
    fn each_cell_opens_the_components_it_counts() {
        let page = html("/adoption/teams?language=Go&at=2025-03-01");
        let of = "language=Go&amp;at=2025-03-01&amp;owner=group:default/pay";
        let off = format!("/catalog?capability=feature-flags&amp;path=vendor&amp;path=homegrown&amp;{of}\"");
        assert!(page.contains(&off), "{page}");
        let nobody = "/catalog?capability=logging&amp;path=vendor&amp;path=homegrown&amp;language=Go&amp;at=2025-03-01&amp;owner=\"";
        assert!(page.contains(nobody), "{page}");
        let golden = html("/adoption/teams?measure=golden");
        let all = "/catalog?capability=feature-flags&amp;path=golden&amp;eligible=true&amp;owner=group:default/pay\"";
        assert!(golden.contains(all), "{golden}");
        assert!(golden.contains("href=\"/adoption/teams\""), "{golden}");
    }
}
