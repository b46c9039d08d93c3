//! Why the catalog says what it says: claims beside evidence, what lost, what is wrong, lines of code.
//! It must not merge a claim with what the repository shows.
use crate::{
    components::{
        badge::Badge,
        evidence::short,
        findings::FindingRow,
        link::{EntityLink, Place, RepositoryLink},
    },
    words,
};
use leptos::prelude::*;
use shared::api::{AlsoSays, Because, EntityDetail, FindingItem};

#[component]
pub fn Proof(entity: EntityDetail) -> impl IntoView {
    let reasons = entity.because.clone().into_iter().map(reason).collect_view();
    let none = entity.because.is_empty().then(|| view! { <p class="quiet">"No reason was recorded."</p> });
    let total: u64 = entity.languages.iter().map(|l| l.lines).sum();
    let languages = entity.languages.iter().take(6).map(|l| format!("{} {}", l.language, words::grouped(l.lines)));
    let lines = (total > 0).then(|| languages.collect::<Vec<_>>().join(", "));
    view! {
        <section>
            <div class="section-head"><h2>"Why we think so"</h2></div>
            <div class="two">
                <section class="panel"><h3>"Claimed"</h3><Claims entity=entity.clone()/></section>
                <section class="panel">
                    <h3>"Seen in the repository"</h3>
                    {none}
                    <ul class="reasons">{reasons}</ul>
                    {lines.map(|text| view! { <p class="small quiet">{format!("Lines of code: {text}")}</p> })}
                    {entity.commit.map(|commit| view! { <p class="small quiet">"At commit "<code>{short(commit.as_str())}</code></p> })}
                </section>
            </div>
        </section>
    }
}

/// What is written down of the fields that matter, and what lost to it.
#[component]
fn Claims(entity: EntityDetail) -> impl IntoView {
    let s = entity.summary;
    let unknown = || view! { <span class="quiet">"unknown"</span> }.into_any();
    let text = |value: Option<String>| value.map(IntoAny::into_any).unwrap_or_else(unknown);
    let owner = match s.owner {
        Some(owner) => view! { <EntityLink entity=Some(owner) exists=s.owner_exists/> }.into_any(),
        None => unknown(),
    };
    let also = entity.also_says.into_iter().map(also_says).collect_view();
    view! {
        <dl class="facts">
            <div><dt>"Owner"</dt><dd>{owner}</dd></div>
            <div><dt>"Type"</dt><dd>{text(s.subtype)}</dd></div>
            <div><dt>"Lifecycle"</dt><dd>{text(s.lifecycle)}</dd></div>
            <div><dt>"Origin"</dt><dd><Badge tag=words::origin(s.origin)/></dd></div>
            {also}
        </dl>
    }
}

fn also_says(said: AlsoSays) -> impl IntoView {
    view! {
        <div>
            <dt>{format!("{} (also said)", said.field)}</dt>
            <dd>
                {said.value}
                <p class="small quiet">"by "{said.source}" "<Place path=said.path line=said.line permalink=None/></p>
            </dd>
        </div>
    }
}

fn reason(because: Because) -> impl IntoView {
    view! {
        <li>
            <p>{because.text}</p>
            <p class="row small">
                {because.repository.map(|name| view! { <RepositoryLink name/> })}
                <Place path=because.path line=because.line permalink=because.permalink/>
            </p>
        </li>
    }
}

#[component]
pub fn Findings(findings: Vec<FindingItem>) -> impl IntoView {
    (!findings.is_empty()).then(|| {
        let rows = findings.into_iter().map(|item| view! { <FindingRow item/> }).collect_view();
        view! {
            <section id="findings">
                <div class="section-head"><h2>"Findings"</h2></div>
                <ul class="findings">{rows}</ul>
            </section>
        }
    })
}
