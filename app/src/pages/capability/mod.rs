//! One capability: what it is, who owns it, how to start, and who gets it which way, with the evidence.
//! The three answers stand above the fold; the proof follows.
pub mod beside;
pub mod cohorts;
pub mod movers;
pub mod moves;
pub mod offers;
pub mod over_time;
pub mod past;
pub mod stays;
pub mod substitution;
pub mod times;
pub mod usages;

use crate::{
    api::get,
    components::{
        badge::Chip,
        counted,
        icon::{Icon, icon},
        link::{EntityLink, Place, RepositoryLink},
        load::{loading, page_url},
        split_bar::{Part, SplitBar, SplitLegend, by_state, path_parts},
        table::{TableRegion, header, header_number},
    },
    url::{PageUrl, encoded},
    words,
};
use beside::Beside;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use offers::Offers;
use past::PastSections;
use shared::{
    OfferPath, RuleSource, State,
    api::{CapabilityDetail, CapabilitySummary, EntityQuery, Page, Start, UsageItem, UsageQuery},
};
use usages::Usages;

#[component]
pub fn CapabilityPage() -> impl IntoView {
    let name = use_params_map().with_untracked(|params| params.get("name")).unwrap_or_default();
    let url = page_url();
    loading(async move {
        let capability = get::<CapabilityDetail>(format!("/api/v1/capabilities/{}", encoded(&name))).await?;
        let past = past::ask(&url, &name).await;
        let beside = beside::ask(&name).await;
        let query = UsageQuery { capability: vec![name], limit: Some(50), ..Default::default() };
        let usages = get::<Page<UsageItem>>(PageUrl::new("/api/v1/usages", query.pairs()).href()).await?;
        let title = format!("{} · Waymark", capability.summary.title);
        let golden_offered = capability.offers.iter().any(|offer| offer.path == OfferPath::Golden);
        Ok(view! {
            <Title text=title/>
            <Head capability=capability.clone()/>
            <Users capability=capability.summary.clone() golden_offered/>
            <Beside capability=capability.summary.name.clone() found=beside/>
            <PastSections url capability=capability.summary.clone() past/>
            <Offers capability=capability.summary.name.clone() offers=capability.offers.clone()/>
            <Usages capability=capability.summary.name.clone() usages/>
            {capability.start.clone().map(|start| view! { <Quickstart start/> })}
            <Rule capability/>
        }
        .into_any())
    })
}

/// What it is, whose, how to start: the first screen.
#[component]
fn Head(capability: CapabilityDetail) -> impl IntoView {
    let CapabilitySummary { title, description, area, owner, lifecycle, source, .. } = capability.summary.clone();
    let source = match source {
        RuleSource::Organisation => "organisation",
        RuleSource::Starter => "starter rule",
    };
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <a href="/capabilities">"Capabilities"</a><span aria-hidden="true">"/"</span>
            <a href=format!("/capabilities?area={area}")>{area.title()}</a>
        </nav>
        <div class="page-head">
            <h1>{title}</h1>
            <p class="row"><Chip text=lifecycle/><Chip text=source/></p>
            <p class="lead">{description.unwrap_or_else(|| "No description yet.".to_owned())}</p>
        </div>
        <dl class="answers">
            <div>
                <dt>"Owner"</dt>
                <dd>{match owner {
                    Some(owner) => view! { <EntityLink entity=Some(owner)/> }.into_any(),
                    None => view! { <span class="quiet">"Nobody claims it"</span> }.into_any(),
                }}</dd>
            </div>
            <div><dt>"Golden path"</dt><dd>{golden(&capability)}</dd></div>
            <div><dt>"How to start"</dt><dd>{start(&capability)}</dd></div>
            <div><dt>"Adoption"</dt><dd>{adoption(&capability.summary)}</dd></div>
        </dl>
    }
}

fn golden(capability: &CapabilityDetail) -> AnyView {
    let Some(offer) = capability.offers.iter().find(|offer| offer.path == OfferPath::Golden).cloned() else {
        return view! { <span class="quiet">"No golden offer is defined"</span> }.into_any();
    };
    let since = offer.since.map(|day| format!("since {day}"));
    let name = match offer.component {
        Some(component) => view! { <EntityLink entity=Some(component)/> }.into_any(),
        None => offer.name.into_any(),
    };
    view! { <span class="tone-golden strong">{name}</span><span class="quiet small">{since}</span> }.into_any()
}

fn start(capability: &CapabilityDetail) -> AnyView {
    if capability.start.is_some() {
        return view! { <a class="button primary" href="#start">"Read the quick start"{icon(Icon::Arrow)}</a> }
            .into_any();
    }
    let url =
        capability.offers.iter().filter(|offer| offer.path == OfferPath::Golden).find_map(|offer| offer.url.clone());
    match url.filter(|url| url.starts_with("https://")) {
        Some(url) => view! { <a href=url rel="noreferrer">"Documentation"{icon(Icon::External)}</a> }.into_any(),
        None => view! { <span class="quiet">"No quick start is written down"</span> }.into_any(),
    }
}

fn adoption(summary: &CapabilitySummary) -> AnyView {
    let target = summary.target.clone().map(|target| {
        let by = target.by.map(|by| format!(" by {by}")).unwrap_or_default();
        format!("target {}{by}", words::percent(target.adoption))
    });
    let Some(share) = summary.adoption else {
        return view! { <span class="quiet">"unknown"</span><span class="quiet small">{target}</span> }.into_any();
    };
    let eligible =
        EntityQuery { capability: vec![summary.name.clone()], eligible: Some("true".into()), ..Default::default() };
    // The numerator: golden users that are eligible, which need not be all golden users.
    let golden = EntityQuery { path: vec![OfferPath::Golden.to_string()], ..eligible.clone() };
    let why = counted::explain(&PageUrl::default(), "adoption", Some(&summary.name));
    view! {
        <a class="strong" href=PageUrl::new("/catalog", golden.pairs()).href()>{words::percent(share)}</a>" of "
        <a href=PageUrl::new("/catalog", eligible.pairs()).href()>{format!("{} eligible", words::grouped(summary.counts.eligible))}</a>
        <a class="small" href=why>"why"</a>
        <span class="quiet small">{target}</span>
    }
    .into_any()
}

/// The split of the users, as a bar, numbers and a table.
#[component]
fn Users(capability: CapabilitySummary, golden_offered: bool) -> impl IntoView {
    let counts = &capability.counts;
    let parts = path_parts(&capability);
    let state = |state, n| {
        let tag = words::standing(state, golden_offered);
        Part { tone: tag.tone, label: tag.text, n, href: by_state(&capability.name, state) }
    };
    let states = vec![
        state(State::Migrating, counts.migrating),
        state(State::OffPath, counts.off_path),
        state(State::None, counts.none),
        state(State::Exempt, counts.exempt),
    ];
    // The dotted end of the bar: those that could use it and use nothing.
    let bar = parts
        .iter()
        .chain(states.iter().filter(|part| part.label == words::state(State::None).text))
        .cloned()
        .collect();
    let rows = parts.iter().chain(&states).cloned().map(|part| {
        view! { <tr><th scope="row">{part.label}</th><td class="number"><a href=part.href>{words::grouped(part.n)}</a></td></tr> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="panel" aria-labelledby="users">
            <div class="section-head">
                <h2 id="users">"Who gets it which way"</h2>
                <a href=PageUrl::new("/catalog", vec![("capability", capability.name.clone())]).href()>
                    {words::counted(counts.components, "component", "components")}
                </a>
            </div>
            <SplitBar parts=bar tall=true/>
            <SplitLegend parts/>
            <div class="row"><span class="small quiet">"By state"</span><SplitLegend parts=states/></div>
            <details class="more">
                <summary>"As a table"</summary>
                <TableRegion caption="Components by path and by state" head=(header("Path or state"), header_number("Components")).into_any()>
                    {rows}
                </TableRegion>
            </details>
        </section>
    }
}

#[component]
fn Quickstart(start: Start) -> impl IntoView {
    view! {
        <section id="start" class="panel">
            <div class="section-head"><h2>"How to start"</h2></div>
            <p class="row quiet small">
                "From "<RepositoryLink name=start.repository/><Place path=Some(start.path) line=None permalink=start.permalink/>
            </p>
            <div class="prose" inner_html=start.html></div>
        </section>
    }
}

/// Where the capability is written down, and who could use it.
#[component]
fn Rule(capability: CapabilityDetail) -> impl IntoView {
    let selectors = [
        ("types", capability.eligible.types),
        ("languages", capability.eligible.languages),
        ("lifecycles", capability.eligible.lifecycles),
        ("tags", capability.eligible.tags),
    ];
    let eligible: Vec<String> =
        selectors.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k}: {}", v.join(", "))).collect();
    let eligible = if eligible.is_empty() { "every component".to_owned() } else { eligible.join("; ") };
    let interfaces: Vec<String> = capability.interfaces.into_iter().map(|i| i.kind).collect();
    let place = match capability.repository {
        Some(name) => {
            view! { <RepositoryLink name/><Place path=capability.path line=None permalink=capability.permalink/> }
                .into_any()
        }
        None => "the ruleset that ships with Waymark, or a file named in the configuration".into_any(),
    };
    let json = format!("/api/v1/capabilities/{}", encoded(&capability.summary.name));
    view! {
        <section>
            <div class="section-head"><h2>"How this is decided"</h2></div>
            <dl class="facts">
                <div><dt>"Eligible"</dt><dd>{eligible}</dd></div>
                <div><dt>"Interfaces"</dt><dd>{if interfaces.is_empty() { "none written down".to_owned() } else { interfaces.join(", ") }}</dd></div>
                <div><dt>"Written down in"</dt><dd class="row">{place}</dd></div>
                <div><dt>"As data"</dt><dd><a href=json>"JSON"</a></dd></div>
            </dl>
        </section>
    }
}

#[cfg(test)]
pub(crate) mod tests;
