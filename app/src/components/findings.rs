//! Findings as rows: how bad, where, what, and what to do.
//! It must not soften a message.
use super::{
    badge::Badge,
    link::{Place, RepositoryLink},
};
use crate::{url::PageUrl, words};
use leptos::prelude::*;
use shared::api::{FindingItem, FindingQuery};

/// One finding as a row of a list.
#[component]
pub fn FindingRow(item: FindingItem) -> impl IntoView {
    let query = FindingQuery { rule: vec![item.rule.clone()], ..Default::default() };
    let href = PageUrl::new("/findings", query.pairs()).href();
    view! {
        <li class="finding">
            <Badge tag=words::severity(item.severity)/>
            <div>
                <p class="finding-text">{item.message}</p>
                <p class="finding-place">
                    {item.repository.map(|name| view! { <RepositoryLink name/> })}
                    <Place path=item.path line=item.line permalink=item.permalink/>
                    <a class="quiet" href=href><code>{item.rule}</code></a>
                </p>
            </div>
        </li>
    }
}
