//! Whether the work says the same as the declared owner of a component, with the claim and the commits side by side.
//! It must not name people: work is that of teams, and those who hold it are counted.
pub mod observed;

use crate::{
    components::{
        badge::Badge,
        link::Place,
        team::TeamLink,
        verdicts::{HalfOfWork, meaning},
    },
    pages::ownership::{
        patch::{PatchText, Reproduce},
        rows::{Declared, Scores},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use observed::{Evidence, Observed};
use shared::{
    EntityRef,
    api::{OwnerClaim, OwnershipItem, OwnershipQuery},
};

/// The API's address of the verdict on a component.
pub(super) fn asked(entity: &EntityRef) -> String {
    let query = OwnershipQuery { entity: vec![entity.to_string()], limit: Some(1), ..Default::default() };
    PageUrl::new("/api/v1/ownership", query.pairs()).href()
}

#[component]
pub fn OwnershipSection(item: OwnershipItem) -> impl IntoView {
    let query = OwnershipQuery { repository: vec![item.repository.to_string()], ..Default::default() };
    let all = PageUrl::new("/ownership", query.pairs()).href();
    view! {
        <section id="ownership">
            <div class="section-head"><h2>"Ownership"</h2><a href=all>"All verdicts of this repository"</a></div>
            <p class="row"><Badge tag=words::verdict(item.verdict)/><span>{meaning(item.verdict)}</span></p>
            <p class="reason">{item.reason.clone()}</p>
            <div class="two">
                <section class="panel">
                    <h3>"Claimed"</h3>
                    <dl class="facts">
                        <div><dt>"Owner"</dt><dd><Declared item=item.clone()/></dd></div>
                        <div><dt>"Written as"</dt><dd>{claim(item.claim.clone())}</dd></div>
                    </dl>
                </section>
                <section class="panel">
                    <h3>"Seen in the work"</h3>
                    <dl class="facts">
                        <div><dt>"Score"</dt><dd><Scores item=item.clone()/></dd></div>
                        {guess(item.guess.clone())}
                        <div><dt>"Knowledge"</dt><dd><HalfOfWork people=item.knowledge/>{knowledge(item.knowledge)}</dd></div>
                    </dl>
                </section>
            </div>
            <Observed teams=item.observed.clone() declared=item.declared.clone()/>
            <Evidence commits=item.evidence.clone()/>
            <Reproduce item=item.clone()/>
            <PatchText patch=item.patch/>
        </section>
    }
}

fn claim(claim: Option<OwnerClaim>) -> AnyView {
    match claim {
        Some(claim) => view! {
            <code>{claim.text}</code>
            <p class="small"><Place path=Some(claim.path) line=claim.line permalink=claim.permalink/></p>
        }
        .into_any(),
        None => view! { <span class="quiet">"nowhere"</span> }.into_any(),
    }
}

/// The team that the work points to, marked as a guess.
fn guess(guess: Option<EntityRef>) -> Option<impl IntoView> {
    guess.map(|team| {
        let tag = words::Tag { text: "best guess", tone: "inferred" };
        view! { <div><dt>"Points to"</dt><dd><span class="row"><TeamLink team=Some(team)/><Badge tag/></span></dd></div> }
    })
}

/// What the number of people means.
fn knowledge(people: Option<u32>) -> impl IntoView {
    let means = match people {
        None => "There is no recent work to count.".to_owned(),
        Some(1) => "1 person holds half of the recent work: if they leave, so does what they know.".to_owned(),
        Some(n) => format!("{n} people hold half of the recent work: the fewer, the more is lost with each."),
    };
    view! { <p class="small quiet">{means}</p> }
}

#[cfg(test)]
mod tests;
