//! Who came to an offer and who left it: first and last commit, and what replaced what.
//! It must not name persons: components and teams move.
use crate::{
    components::{
        badge::{Badge, mark},
        commit::moment,
        counted,
        link::EntityLink,
        table::{TableRegion, header, header_number},
    },
    url::{PageUrl, encoded},
    words,
};
use leptos::prelude::*;
use shared::{
    End,
    api::{MoveItem, Page},
};

#[component]
pub fn Movers(url: PageUrl, capability: String, moves: Page<MoveItem>) -> impl IntoView {
    let all = counted::narrowed(&url, &page(&capability)).with("ended", url.get("ended")).href();
    let body = if moves.items.is_empty() {
        view! { <p class="quiet">"Nobody, under these filters."</p> }.into_any()
    } else {
        table(header("From"), header("Until"), header_number("Days"), moves.items).into_any()
    };
    view! {
        <section id="movers" aria-labelledby="movers-h">
            <div class="section-head">
                <h2 id="movers-h">"Who came and who left"</h2>
                <a href=all>{format!("All {}", words::grouped(moves.total))}</a>
            </div>
            <div class="bar">{ends(&url.to("movers"))}</div>
            {body}
        </section>
    }
}

/// The list of its own.
pub fn page(capability: &str) -> String {
    format!("/capabilities/{}/moves", encoded(capability))
}

/// How it ended, as a choice.
pub fn ends(url: &PageUrl) -> impl IntoView + use<> {
    let now = url.get("ended").unwrap_or_default().to_owned();
    let all = view! { <a href=url.with("ended", None).href() aria-current=now.is_empty().then_some("true")>"All"</a> };
    let links = End::ALL.iter().map(|end| {
        let current = (now == end.as_str()).then_some("true");
        let tag = words::end(*end);
        view! { <a href=url.with("ended", Some(end.as_str())).href() aria-current=current>{tag.text}</a> }
    });
    view! { <nav class="segments" aria-label="How it ended">{all}{links.collect_view()}</nav> }
}

/// The rows under headers that sort or not.
pub fn table(from: AnyView, until: AnyView, days: AnyView, items: Vec<MoveItem>) -> impl IntoView {
    let head = (
        header("Component"),
        header("Team"),
        header("Offer"),
        from,
        until,
        days,
        header("Instead of"),
        header("Replaced by"),
    );
    let rows = items.into_iter().map(row).collect_view();
    view! { <TableRegion caption="Who came to which offer, when, and who left it" head=head.into_any()>{rows}</TableRegion> }
}

fn row(item: MoveItem) -> impl IntoView {
    let tag = words::path(item.path);
    let until = match item.to {
        Some(to) => view! { {moment(to)}<div><Badge tag=words::end(item.ended)/></div> }.into_any(),
        None => view! { <Badge tag=words::end(item.ended)/> }.into_any(),
    };
    let days = if item.days < 1.0 { "under 1".to_owned() } else { words::grouped(item.days.round() as u64) };
    view! {
        <tr>
            <th scope="row"><EntityLink entity=Some(item.component)/></th>
            <td><EntityLink entity=item.owner/></td>
            <td><span class=format!("flow-end tone-{}", tag.tone) title=tag.text>{mark(tag.tone)}{item.offer}<span class="sr">{format!(" ({})", tag.text)}</span></span></td>
            <td>{moment(item.from)}</td>
            <td>{until}</td>
            <td class="number">{days}</td>
            <td>{words::listed(&item.replaced)}</td>
            <td>{words::listed(&item.replaced_by)}</td>
        </tr>
    }
}
