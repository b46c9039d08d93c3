//! How the capability fared: share with target, and who got it which way, from the first evidence on.
//! It must not draw a line through what is unknown.
use crate::{
    components::{
        counted,
        delta::share,
        facets::{ActiveFilters, FacetGroups},
        table::{TableRegion, header, header_number},
    },
    time,
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{
    Unit,
    api::{CapabilityHistory, CapabilitySummary, Facet, Gap, HistoryPoint, Mark},
};

#[component]
pub fn OverTime(
    url: PageUrl,
    capability: CapabilitySummary,
    history: CapabilityHistory,
    facets: Vec<Facet>,
) -> impl IntoView {
    let api = format!("/api/v1/capabilities/{}/history", crate::url::encoded(&capability.name));
    let json = url.only(&api, &["interval", "scope", "from", "to", "owner", "system", "language", "repository"]).href();
    let sentence = history.points.last().map(|last| sentence(&url, &capability.name, history.scope, last));
    let none = history.points.is_empty().then(|| {
        view! { <p class="notice" role="note">"Nothing under these filters existed in this time."</p> }
    });
    let table = (!history.points.is_empty()).then(|| points(&history));
    view! {
        <section id="over-time" aria-labelledby="over-time-h">
            <div class="section-head"><h2 id="over-time-h">"Over time"</h2><a href=json rel="nofollow">"As data"</a></div>
            <Asked url=url.clone() facets/>
            {sentence}
            {none}
            {table}
            <Known marks=history.marks gaps=history.gaps/>
        </section>
    }
}

/// What is counted, how finely, between which days, and of whom.
#[component]
fn Asked(url: PageUrl, facets: Vec<Facet>) -> impl IntoView {
    let here = url.to("over-time");
    let shown = ["interval", "scope", "from", "to"];
    let kept = url.pairs.iter().filter(|(key, _)| !shown.contains(&key.as_str())).cloned();
    let hidden = kept.map(|(k, v)| view! { <input type="hidden" name=k value=v/> }).collect_view();
    let value = |key: &str| url.get(key).unwrap_or_default().to_owned();
    let (scope, interval) = (value("scope"), value("interval"));
    let units = Unit::ALL.iter().map(|unit| {
        view! { <option value=unit.as_str() selected=scope == unit.as_str()>{words::units(*unit)}</option> }
    });
    let months = if interval.is_empty() { "month".to_owned() } else { interval };
    let intervals = [("day", "by day"), ("month", "by month"), ("quarter", "by quarter")].map(|(key, name)| {
        view! { <option value=key selected=months == key>{name}</option> }
    });
    let narrow = (!facets.is_empty()).then(|| {
        view! {
            <details class="more narrow">
                <summary>"Narrow by owner, system or language"</summary>
                <div class="facets"><FacetGroups url=here.clone() facets=facets.clone()/></div>
            </details>
        }
    });
    view! {
        <form class="filter-form asked" method="get" action=format!("{}#over-time", url.path)>
            {hidden}
            <select class="field" name="scope" aria-label="Count">{units.collect_view()}</select>
            <select class="field" name="interval" aria-label="A point each">{intervals.into_iter().collect_view()}</select>
            <label class="dated"><span>"From"</span><input class="field" type="date" name="from" value=value("from")/></label>
            <label class="dated"><span>"To"</span><input class="field" type="date" name="to" value=value("to")/></label>
            <button class="button" type="submit">"Apply"</button>
        </form>
        {narrow}
        <ActiveFilters url=here facets extra=vec!["from", "to", "owner", "system", "language", "repository"]/>
    }
}

/// Where the line stands at its end, with the way to what it is made of.
fn sentence(url: &PageUrl, capability: &str, scope: Unit, last: &HistoryPoint) -> impl IntoView + use<> {
    let mut then = url.clone();
    then.pairs.retain(|(key, _)| key != "at");
    then.pairs.extend(url.get("to").filter(|to| !to.is_empty()).map(|to| ("at".to_owned(), to.to_owned())));
    let why = counted::explain(&then, "adoption", Some(capability));
    let units = words::units(scope).to_lowercase();
    let who = format!(
        "{} of {} {units} that could use it",
        words::grouped(last.golden_eligible),
        words::grouped(last.eligible)
    );
    view! {
        <p class="stands">
            "On "<time datetime=last.at.to_string()>{time::day(last.at.as_str())}</time>": "
            <a href=why><b>{share(last.adoption)}</b>", why?"</a>" "<span class="quiet">{who}</span>
        </p>
    }
}

fn points(history: &CapabilityHistory) -> impl IntoView + use<> {
    let head = (
        header("Until"),
        header_number("Share"),
        header_number("Eligible"),
        header_number("Golden"),
        header_number("Tolerated"),
        header_number("Vendor"),
        header_number("Homegrown"),
        header_number("Migrating"),
    );
    let rows = history.points.iter().rev().map(|p| {
        let day = p.at.as_str().get(..10).unwrap_or_default().to_owned();
        let numbers = [p.eligible, p.golden, p.tolerated, p.vendor, p.homegrown, p.migrating];
        let cells = numbers.map(|n| view! { <td class="number">{words::grouped(n)}</td> });
        view! { <tr><th scope="row">{day}</th><td class="number">{share(p.adoption)}</td>{cells.into_iter().collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <details class="more">
            <summary>"As a table"</summary>
            <TableRegion caption="How the capability stood at the end of each period" head=head.into_any()>{rows}</TableRegion>
        </details>
    }
}

/// What a reader of the axis must know: launches, changed rules, where histories start, and what could not be read.
#[component]
fn Known(marks: Vec<Mark>, gaps: Vec<Gap>) -> impl IntoView {
    let gaps = gaps.into_iter().map(|gap| {
        let days = format!("{} to {}", time::day(gap.from.as_str()), time::day(gap.to.as_str()));
        view! { <li>{gap.repository.to_string()}": unknown from "{days}" ("{gap.reason}")"</li> }
    });
    let gaps: Vec<_> = gaps.collect();
    let marks = marks.into_iter().map(|mark| {
        let text = match mark.permalink.filter(|link| link.starts_with("https://")) {
            Some(link) => view! { <a href=link rel="noreferrer">{mark.text}</a> }.into_any(),
            None => mark.text.into_any(),
        };
        view! { <li><time datetime=mark.at.to_string()>{time::day(mark.at.as_str())}</time>": "{text}</li> }
    });
    let marks: Vec<_> = marks.collect();
    let n = (marks.len() + gaps.len()) as u64;
    (n > 0).then(|| {
        view! {
            <details class="more">
                <summary>{words::counted(n, "thing to know of this time", "things to know of this time")}</summary>
                <ul class="plain small">{marks}{gaps}</ul>
            </details>
        }
    })
}
