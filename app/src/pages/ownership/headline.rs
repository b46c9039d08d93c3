//! The one sentence that says how far declared owners can be believed, with all verdicts under it.
//! It must not say more than the summary does.
use crate::{
    components::{
        ago::Ago,
        split_bar::{SplitBar, SplitLegend},
        verdicts::{declared, of_part, parts},
    },
    words,
};
use leptos::prelude::*;
use shared::{OwnedPart, Verdict, api::OwnershipSummary};

/// The sentence and the bar; nothing before the first judgement.
pub(super) fn headline(part: OwnedPart, summary: &OwnershipSummary) -> Option<AnyView> {
    let counts = &summary.verdicts;
    if counts.total() == 0 {
        return None;
    }
    let list = of_part(part);
    let number = |n: u64, verdict: Verdict| {
        let href = list.with("verdict", Some(verdict.as_str())).href();
        view! { <a href=href>{words::grouped(n)}</a> }
    };
    let n_declared = counts.declared();
    let sentence = if n_declared == 0 {
        "Nobody is declared as the owner of anything".into_any()
    } else {
        let owners = if n_declared == 1 { " declared owner " } else { " declared owners " };
        let are = if counts.confirmed == 1 { "is" } else { "are" };
        let all = view! { <a href=declared(&list).href()>{words::grouped(n_declared)}</a> };
        view! { {number(counts.confirmed, Verdict::Confirmed)}" of "{all}{owners}{are}" confirmed by the work" }
            .into_any()
    };
    let disputed = (counts.disputed > 0).then(|| {
        let are = if counts.disputed == 1 { " is disputed" } else { " are disputed" };
        view! { "; "{number(counts.disputed, Verdict::Disputed)}{are} }
    });
    let nobody = (counts.undeclared > 0).then(|| {
        let have = match (part, counts.undeclared) {
            (OwnedPart::Component, 1) => " component has",
            (OwnedPart::Component, _) => " components have",
            (OwnedPart::Path, 1) => " rule has",
            (OwnedPart::Path, _) => " rules have",
        };
        view! { " "{number(counts.undeclared, Verdict::Undeclared)}{have}" no declared owner." }
    });
    let parts = parts(&list, counts);
    Some(
        view! {
            <section class="panel truth" aria-label="All of them by verdict">
                <p class="headline">{sentence}{disputed}"."{nobody}</p>
                <SplitBar parts=parts.clone() tall=true/>
                <SplitLegend parts/>
                {summary.judged_at.clone().map(|at| view! { <p class="small quiet">"Judged "<Ago time=Some(at)/></p> })}
            </section>
        }
        .into_any(),
    )
}
