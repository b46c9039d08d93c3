//! How the capability fared: share with target, and who got it which way, from the first evidence on.
//! It must not draw a line through what is unknown.
use crate::{
    components::{
        chart::{ChartWords, LinePoint, ShareLine, ShareSeries, StackedDemand},
        counted,
        delta::share,
        facets::{ActiveFilters, FacetGroups},
    },
    time,
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{
    OfferPath, Timestamp, Unit,
    api::{CapabilityHistory, CapabilitySummary, Facet, HistoryPoint},
};

#[component]
pub fn OverTime(
    url: PageUrl,
    capability: CapabilitySummary,
    history: CapabilityHistory,
    facets: Vec<Facet>,
) -> impl IntoView {
    let api = format!("/api/v1/capabilities/{}/history", crate::url::encoded(&capability.name));
    let keys = ["interval", "scope", "from", "to", "owner", "system", "language", "repository"];
    let json = url.only(&api, &keys).href();
    let charts = if history.points.is_empty() {
        view! { <p class="notice" role="note">"Nothing under these filters existed in this time."</p> }.into_any()
    } else {
        charts(&url, &capability.name, history).into_any()
    };
    view! {
        <section id="over-time" aria-labelledby="over-time-h">
            <div class="section-head"><h2 id="over-time-h">"Over time"</h2><a href=json rel="nofollow">"As data"</a></div>
            <Asked url=url.clone() facets/>
            {charts}
        </section>
    }
}

/// The share and the demand, one above the other on one axis of time.
fn charts(url: &PageUrl, capability: &str, history: CapabilityHistory) -> impl IntoView + use<> {
    let CapabilityHistory { scope, points, marks, gaps, target, .. } = history;
    let last = points.last().map(|last| last.at.clone());
    let lists = Lists { url: url.clone(), capability: capability.to_owned(), scope, last };
    let share_words = share_words(&lists, &points);
    let demand_words = demand_words(scope, &points);
    let line = points.iter().map(|point| lists.line_point(point)).collect();
    let series = ShareSeries { points: line, target, marks: marks.clone(), gaps: gaps.clone(), delta: None };
    let href = move |point: &HistoryPoint, paths: &[OfferPath]| lists.users(point, paths, false);
    view! {
        <div class="charts">
            <div class="panel"><ShareLine words=share_words series/></div>
            <div class="panel"><StackedDemand words=demand_words points marks gaps href/></div>
        </div>
    }
}

/// Where the line stands at its end, with the way to what it is made of.
fn share_words(lists: &Lists, points: &[HistoryPoint]) -> ChartWords {
    let units = words::units(lists.scope).to_lowercase();
    let sentence = points.last().map(|last| {
        let (golden, eligible) = (words::grouped(last.golden_eligible), words::grouped(last.eligible));
        let on = time::day(last.at.as_str());
        format!(
            "On {on}, {golden} of the {eligible} {units} that could use it were on the golden path: {}.",
            share(last.adoption)
        )
    });
    let why = points.last().map(|last| counted::explain(&lists.on(last), "adoption", Some(&lists.capability)));
    ChartWords { title: "Share on the golden path".to_owned(), sentence: sentence.unwrap_or_default(), why }
}

fn demand_words(scope: Unit, points: &[HistoryPoint]) -> ChartWords {
    let units = words::units(scope).to_lowercase();
    let sentence = points.last().map(|last| {
        let n = words::grouped;
        let [golden, vendor, homegrown] = [n(last.golden), n(last.vendor + last.tolerated), n(last.homegrown)];
        let both = match last.migrating {
            0 => String::new(),
            some => format!("; {} are on both and stand in both", n(some)),
        };
        format!(
            "{golden} {units} on the golden path, {vendor} on vendors or tolerated offers, {homegrown} homegrown{both}."
        )
    });
    ChartWords { title: "Who gets it which way".to_owned(), sentence: sentence.unwrap_or_default(), why: None }
}

/// Ways from a point in time to the lists it counts.
#[derive(Clone)]
struct Lists {
    url: PageUrl,
    capability: String,
    scope: Unit,
    /// The last point: the present, unless the address says until when.
    last: Option<Timestamp>,
}

impl Lists {
    /// The page's filters on the day of a point.
    fn on(&self, point: &HistoryPoint) -> PageUrl {
        let open = self.url.get("to").is_none_or(str::is_empty);
        let now = open && self.last.as_ref() == Some(&point.at);
        let day = point.at.as_str().get(..10);
        self.url.with("at", day.filter(|_| !now))
    }

    /// Components are listed by the catalog; repositories and teams have no such list.
    fn users(&self, point: &HistoryPoint, paths: &[OfferPath], eligible: bool) -> String {
        match self.scope {
            Unit::Component => counted::components(&self.on(point), &self.capability, paths, eligible).href(),
            Unit::Repository | Unit::Team => String::new(),
        }
    }

    fn line_point(&self, point: &HistoryPoint) -> LinePoint {
        let href = match self.scope {
            Unit::Component => self.users(point, &[OfferPath::Golden], true),
            Unit::Repository | Unit::Team => counted::explain(&self.on(point), "adoption", Some(&self.capability)),
        };
        let label = format!("{} of {}", words::grouped(point.golden_eligible), words::grouped(point.eligible));
        LinePoint { at: point.at.clone(), value: point.adoption, href, label }
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
