//! What a team is said to own, and what it works on besides.
//! It must not call work on what others own wrong.
use crate::{components::verdicts::of_owner, pages::ownership::rows, url::PageUrl, words};
use leptos::prelude::*;
use shared::{
    EntityRef, OwnedPart,
    api::{OwnershipItem, OwnershipQuery},
};

#[component]
pub fn Owns(team: EntityRef, items: Vec<OwnershipItem>, total: u64) -> impl IntoView {
    let all = of_owner(&team.to_string()).href();
    let rest = total.saturating_sub(items.len() as u64);
    let rest = (rest > 0).then(|| {
        let more = format!("{} more", words::grouped(rest));
        view! { <p class="small"><a href=all.clone()>{more}</a></p> }
    });
    let body = if items.is_empty() {
        view! { <p class="quiet">"No component is declared to be this team's. A descriptor's owner or a rule of CODEOWNERS says so."</p> }.into_any()
    } else {
        rows::table(items, OwnedPart::Component, None)
    };
    view! {
        <section id="owns">
            <div class="section-head"><h2>"What it owns"</h2><a href=all>"As a list to filter"</a></div>
            {body}
            {rest}
        </section>
    }
}

#[component]
pub fn WorksOn(team: EntityRef, items: Vec<OwnershipItem>) -> impl IntoView {
    let query = OwnershipQuery { guess: vec![team.to_string()], ..Default::default() };
    let all = PageUrl::new("/ownership", query.pairs()).href();
    let body = if items.is_empty() {
        view! { <p class="quiet">"The work points to this team nowhere else."</p> }.into_any()
    } else {
        rows::table(items, OwnedPart::Component, None)
    };
    view! {
        <section id="works-on">
            <div class="section-head"><h2>"What it works on, though another team or nobody is declared"</h2><a href=all>"As a list to filter"</a></div>
            {body}
        </section>
    }
}
