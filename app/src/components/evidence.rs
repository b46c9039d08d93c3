//! Why we say that a component uses an offer: the rule, the place and how strong the proof is.
//! It must not hide weak evidence behind strong.
use super::link::Place;
use crate::words;
use leptos::prelude::*;
use shared::api::EvidenceItem;

/// The strongest piece first; the rest folds.
#[component]
pub fn EvidenceList(evidence: Vec<EvidenceItem>) -> impl IntoView {
    let mut pieces = evidence.into_iter();
    let first = pieces.next().map(piece);
    let rest: Vec<_> = pieces.collect();
    let n = rest.len();
    let more = (n > 0).then(|| {
        view! {
            <details class="more">
                <summary>{words::counted(n as u64, "more piece of evidence", "more pieces of evidence")}</summary>
                {rest.into_iter().map(piece).collect_view()}
            </details>
        }
    });
    view! { <div class="evidence">{first}{more}</div> }
}

fn piece(item: EvidenceItem) -> impl IntoView {
    let show = format!("git show {}:{}", short(item.commit.as_str()), item.path);
    view! {
        <div class="piece">
            <Place path=Some(item.path) line=item.line permalink=item.permalink/>
            <details class="quiet">
                <summary>{words::rung(item.rung)}</summary>
                <p>"Rule "<code>{item.rule}</code>". See it yourself: "<code>{show}</code></p>
            </details>
        </div>
    }
}

/// The first digits of an object id, as git shortens it.
pub fn short(id: &str) -> String {
    id.chars().take(10).collect()
}
