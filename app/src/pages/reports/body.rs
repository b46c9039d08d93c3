//! The parts of a report under its figures, platform gaps first: what the platform owes comes before what teams did.
//! It must not rank teams or people.
use super::{head::own, page_of};
use crate::{
    components::{
        ago::Ago,
        cost::Cost,
        delta::{Grown, share},
        link::{EntityLink, capability_page},
        table::{TableRegion, header, header_number},
    },
    pages::shadow::{by_claim, named, page_of as shadow_page, rivals, team_names},
    words,
};
use leptos::prelude::*;
use shared::{
    ShadowClaim,
    api::{DarkMatter, PlatformGap, ReportChange, ReportSummary, ShadowItem},
};

/// Gaps that a sheet of paper has room for; the style hides the others there.
const ON_PAPER: usize = 4;

#[component]
pub fn Gaps(gaps: Vec<PlatformGap>) -> impl IntoView {
    let body = if gaps.is_empty() {
        view! { <p class="quiet">"No gap of a golden path explains what teams built."</p> }.into_any()
    } else {
        let beyond = gaps.len().saturating_sub(ON_PAPER);
        let items = gaps.into_iter().map(gap).collect_view();
        let beyond =
            (beyond > 0).then(|| view! { <p class="on-paper small">{format!("{beyond} more on the page.")}</p> });
        view! { <ol class="gaps">{items}</ol>{beyond} }.into_any()
    };
    view! {
        <section aria-labelledby="gaps">
            <div class="section-head"><h2 id="gaps">"Gaps of the platform: why teams build their own"</h2></div>
            {body}
        </section>
    }
}

fn gap(gap: PlatformGap) -> impl IntoView {
    let off = format!(
        "{} of {} off the path",
        words::counted(gap.off_path, "component", "components"),
        words::counted(gap.teams, "team", "teams")
    );
    let href = format!("/catalog?capability={}&path=vendor&path=homegrown", crate::url::encoded(&gap.capability));
    let owner = gap.owner.map(|owner| view! { <span class="small"><EntityLink entity=Some(owner)/></span> });
    let reasons = gap.reasons.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    view! {
        <li>
            <p class="row"><a class="strong" href=capability_page(&gap.capability)>{gap.title}</a><a class="small" href=href>{off}</a>{owner}</p>
            <ul class="reasons">{reasons}</ul>
        </li>
    }
}

#[component]
pub fn Ranked(shadows: Vec<ShadowItem>, n_shadows: u64, n_possible: u64) -> impl IntoView {
    let counts = view! {
        <span class="quiet">
            <a href=by_claim(ShadowClaim::Shadow)>{words::counted(n_shadows, "shadow platform", "shadow platforms")}</a>", "
            <a href=by_claim(ShadowClaim::PossibleDuplicate)>{words::counted(n_possible, "possible duplicate", "possible duplicates")}</a>
        </span>
    };
    let body = if shadows.is_empty() {
        view! { <p class="quiet">"Nothing homegrown that two or more teams share was found."</p> }.into_any()
    } else {
        let rows = shadows.into_iter().enumerate().map(|(i, item)| ranked(i + 1, item)).collect_view();
        let head = (
            header_number("#"),
            header("Name"),
            header("Rivals"),
            header("Teams"),
            header_number("Consumers"),
            header_number("90 days"),
            header_number("Author-days"),
            header_number("Cost"),
        );
        view! { <TableRegion caption="Shadow platforms first, then possible duplicates, each with the most author-days of the last year first" head=head.into_any()>{rows}</TableRegion> }
            .into_any()
    };
    view! {
        <section class="ranked" aria-labelledby="ranked">
            <div class="section-head"><h2 id="ranked">"What was built twice"</h2>{counts}</div>
            {body}
        </section>
    }
}

fn ranked(place: usize, item: ShadowItem) -> impl IntoView {
    let page = shadow_page(&item.id);
    let part = |part: &str| format!("{page}#{part}");
    let teams = format!("{}: {}", words::grouped(item.teams.len() as u64), team_names(&item.teams));
    view! {
        <tr>
            <td class="number quiet">{place}</td>
            <th scope="row" class="named">{named(&item)}</th>
            <td>{rivals(&item)}</td>
            <td><a href=part("evidence")>{teams}</a></td>
            <td class="number"><a href=part("users")>{words::grouped(item.consumers)}</a></td>
            <td class="number"><Grown by=item.growth_90d/></td>
            <td class="number"><a href=part("effort")>{words::grouped(item.author_days_year)}</a></td>
            <td class="number"><Cost cost=item.cost.clone()/></td>
        </tr>
    }
}

#[component]
pub fn Dark(dark: DarkMatter) -> impl IntoView {
    let row = |label: &'static str, n: u64, of: Option<f64>| {
        let of = of.map(|of| format!("{} of all", share(Some(of)))).unwrap_or_default();
        view! { <div><dt>{label}</dt><dd><b>{words::grouped(n)}</b>" "<span class="quiet small">{of}</span></dd></div> }
    };
    let examples = (!dark.examples.is_empty()).then(|| {
        view! { <p class="small quiet">"The largest: "{dark.examples.join(", ")}"."</p> }
    });
    view! {
        <section class="panel" aria-labelledby="dark">
            <div class="section-head"><h2 id="dark">"Dark matter"</h2></div>
            <p class="small quiet">"Repositories outside any golden path, any claim and any owner: what this report cannot see into."</p>
            <dl class="facts">
                {row("Repositories", dark.repositories, dark.repositories_share)}
                {row("Lines", dark.lines, dark.lines_share)}
                {row("Author-days", dark.author_days, dark.author_days_share)}
            </dl>
            {examples}
        </section>
    }
}

#[component]
pub fn Changes(changes: Vec<ReportChange>, since: Option<ReportSummary>) -> impl IntoView {
    let first = since.is_none();
    let than = since.map(|since| {
        view! { <span class="quiet">"since the "<a href=page_of(&since.id)>"report frozen "<Ago time=Some(since.at.clone())/></a></span> }
    });
    let body = match (first, changes.is_empty()) {
        (true, _) => {
            view! { <p class="quiet">"This is the first report: there is none to compare it with."</p> }.into_any()
        }
        (false, true) => view! { <p class="quiet">"Nothing changed."</p> }.into_any(),
        (false, false) => {
            view! { <ul class="reasons bullets">{changes.into_iter().map(change).collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <section class="panel" aria-labelledby="changes">
            <div class="section-head"><h2 id="changes">"What changed"</h2>{than}</div>
            {body}
        </section>
    }
}

fn change(change: ReportChange) -> impl IntoView {
    match own(change.href) {
        Some(href) => view! { <li><a href=href>{change.text}</a></li> }.into_any(),
        None => view! { <li>{change.text}</li> }.into_any(),
    }
}

#[component]
pub fn Assumptions(assumptions: Vec<String>) -> impl IntoView {
    (!assumptions.is_empty()).then(|| {
        let items = assumptions.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
        view! {
            <section class="assumptions" aria-labelledby="assumptions">
                <div class="section-head"><h2 id="assumptions">"What these figures rest on"</h2></div>
                <ul class="reasons bullets">{items}</ul>
            </section>
        }
    })
}
