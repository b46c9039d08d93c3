//! The first screen: what do you need, and where the platform stands.
//! It is never empty: with nothing scanned it says how to scan.
use crate::{
    api::get,
    components::{
        ago::Ago, badge::Badge, card::CapabilityCard, findings::FindingRow, link::capability_page, load::loading,
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::{
    Area, Confidence,
    api::{CapabilityQuery, CapabilitySummary, FindingItem, Overview, Page, ScanItem},
};

/// Cards shown of one area; the rest is one link away.
const CARDS: usize = 6;

#[component]
pub fn HomePage() -> impl IntoView {
    loading(async move {
        let overview = get::<Overview>("/api/v1/overview".to_owned()).await?;
        if overview.repositories == 0 {
            return Ok(view! { <FirstRun/> }.into_any());
        }
        let used = CapabilityQuery {
            used: Some("true".into()),
            sort: Some("-components".into()),
            limit: Some(100),
            ..Default::default()
        };
        let used = PageUrl::new("/api/v1/capabilities", used.pairs()).href();
        let used = get::<Page<CapabilitySummary>>(used).await?.items;
        let scans = get::<Page<ScanItem>>("/api/v1/scans".to_owned()).await.map(|page| page.items).unwrap_or_default();
        let findings = get::<Page<FindingItem>>("/api/v1/findings?limit=4".to_owned()).await;
        let findings = findings.map(|page| page.items).unwrap_or_default();
        let popular = used.iter().take(5).map(|c| (c.title.clone(), capability_page(&c.name))).collect();
        Ok(view! {
            <Title text="Waymark"/>
            <Ask popular/>
            <Figures overview=overview.clone()/>
            <div class="home">
                <div class="home-main"><Areas areas=overview.areas used/></div>
                <aside class="home-side" aria-label="Latest"><Latest scan=scans.into_iter().next() findings/></aside>
            </div>
        }
        .into_any())
    })
}

#[component]
fn Ask(popular: Vec<(String, String)>) -> impl IntoView {
    let links = popular.into_iter().map(|(title, href)| view! { <li><a class="filter" href=href>{title}</a></li> });
    view! {
        <section class="ask">
            <h1>"What do you need?"</h1>
            <form class="ask-form" action="/search" method="get" role="search" aria-label="What do you need?">
                <input
                    class="field" type="search" name="q" aria-label="What do you need?"
                    placeholder="Feature flags, authentication, a service, a package…" data-filter=""
                />
                <button class="button primary" type="submit">"Search"</button>
            </form>
            <ul class="filters" aria-label="Used most">{links.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Figures(overview: Overview) -> impl IntoView {
    let o = overview;
    let homegrown = match o.homegrown_confidence {
        Confidence::Possible => "possibly homegrown usages",
        Confidence::Probable => "homegrown usages",
    };
    let figures = [
        (o.repositories, "repositories", "/sources", ""),
        (o.components, "components", "/catalog?kind=component", ""),
        (o.capabilities_used, "capabilities in use", "/capabilities?used=true", ""),
        (o.golden, "golden usages", "/usages?path=golden", "golden"),
        (o.vendor, "vendor usages", "/usages?path=vendor", "vendor"),
        (o.homegrown, homegrown, "/usages?path=homegrown", "homegrown"),
        (o.unowned, "without an owner", "/catalog?kind=component&owner=", ""),
        (o.errors, "errors found", "/findings?severity=error", ""),
    ];
    let items = figures.map(|(n, label, href, tone)| {
        view! {
            <li class=format!("tone-{tone}")>
                <a href=href><b>{words::grouped(n)}</b><span>{label}</span></a>
            </li>
        }
    });
    view! { <ul class="figures" aria-label="What the catalog holds">{items.into_iter().collect_view()}</ul> }
}

#[component]
fn Areas(mut areas: Vec<(Area, u64)>, used: Vec<CapabilitySummary>) -> impl IntoView {
    let uses = |area: Area| used.iter().filter(|c| c.area == area).map(|c| c.counts.components).sum::<u64>();
    areas.sort_by_key(|(area, _)| std::cmp::Reverse(uses(*area)));
    let area = move |(area, n): (Area, u64)| {
        let cards: Vec<_> = used.iter().filter(|c| c.area == area).take(CARDS).cloned().collect();
        let query = CapabilityQuery { area: vec![area.as_str().to_owned()], ..Default::default() };
        let href = PageUrl::new("/capabilities", query.pairs()).href();
        let body = if cards.is_empty() {
            view! { <p class="quiet small">"No use found in the scanned repositories."</p> }.into_any()
        } else {
            let cards = cards.into_iter().map(|capability| view! { <CapabilityCard capability/> }).collect_view();
            view! { <div class="cards">{cards}</div> }.into_any()
        };
        view! {
            <section>
                <div class="section-head">
                    <h2>{area.title()}</h2>
                    <a href=href>{words::counted(n, "capability", "capabilities")}</a>
                </div>
                {body}
            </section>
        }
    };
    areas.into_iter().map(area).collect_view()
}

#[component]
fn Latest(scan: Option<ScanItem>, findings: Vec<FindingItem>) -> impl IntoView {
    let scan = scan.map(|scan| {
        view! {
            <section>
                <div class="section-head"><h2>"Latest scan"</h2><a href="/sources">"All scans"</a></div>
                <p class="row"><Badge tag=words::scan(scan.status)/><Ago time=Some(scan.started_at)/></p>
                <p><a href=format!("/scans/{}", scan.id)>{format!("{} of {} repositories", scan.done, scan.repositories)}</a>
                    <span class="quiet">{format!(", {} failed", scan.failed)}</span></p>
            </section>
        }
    });
    let none = findings.is_empty().then(|| view! { <p class="quiet">"Nothing to mend."</p> });
    let rows = findings.into_iter().map(|item| view! { <FindingRow item/> }).collect_view();
    view! {
        {scan}
        <section>
            <div class="section-head"><h2>"Worst findings"</h2><a href="/findings">"All findings"</a></div>
            {none}
            <ul class="findings findings-narrow">{rows}</ul>
        </section>
    }
}

/// Nothing has been scanned: how to.
#[component]
pub fn FirstRun() -> impl IntoView {
    view! {
        <Title text="Welcome to Waymark"/>
        <section class="ask">
            <h1>"What does your platform already give you?"</h1>
            <p class="lead">"Waymark reads git repositories and answers with evidence. Nothing has been scanned yet: name a folder that holds repositories, or the URL of one."</p>
            <super::sources::StartForm/>
            <p class="quiet">"Or on the command line: "<code>"waymark scan ~/code"</code></p>
        </section>
    }
}
