//! Capabilities and entities as cards.
//! It must not show a number that does not open its list.
use super::{
    badge::{Badge, Chip, Gone},
    icon::{Icon, icon},
    link::{EntityLink, capability_page},
    split_bar::{SplitBar, SplitLegend, path_parts},
};
use crate::words;
use leptos::prelude::*;
use shared::api::{CapabilitySummary, EntitySummary};

/// A capability: what it is, and how its users split.
#[component]
pub fn CapabilityCard(capability: CapabilitySummary) -> impl IntoView {
    let parts = path_parts(&capability);
    let CapabilitySummary { name, title, description, counts, adoption, .. } = capability;
    let adoption = adoption.map(|share| format!("{} golden", words::percent(share)));
    let used = counts.components > 0;
    let foot = if used {
        view! { <SplitBar parts=parts.clone()/><SplitLegend parts/> }.into_any()
    } else {
        view! { <p class="quiet small">"No use found"</p> }.into_any()
    };
    view! {
        <article class="card" class:card-unused=!used>
            <div class="card-head">
                <h3><a href=capability_page(&name)>{title}</a></h3>
                <span class="quiet small">{adoption}</span>
            </div>
            <p class="card-text">{description}</p>
            {foot}
        </article>
    }
}

/// An entity: what it is and whose.
#[component]
pub fn EntityCard(item: EntitySummary) -> impl IntoView {
    let title = item.title.unwrap_or_else(|| item.entity.short());
    let kind = item.subtype.unwrap_or_else(|| item.kind.to_string());
    let owner = item.owner.map(|owner| view! { <EntityLink entity=Some(owner) exists=item.owner_exists/> });
    let owner =
        owner.map(IntoAny::into_any).unwrap_or_else(|| view! { <span class="quiet">"no owner"</span> }.into_any());
    view! {
        <article class="card">
            <div class="card-head">
                <h3><a href=item.entity.page()>{icon(Icon::of(item.kind.as_str()))}{title}</a></h3>
                <Badge tag=words::origin(item.origin)/>
            </div>
            <p class="card-text">{item.description}</p>
            <p class="card-foot">
                <Chip text=kind/>
                {item.language.map(|text| view! { <Chip text/> })}
                {item.lifecycle.map(|text| view! { <Chip text/> })}
                <Gone at=item.gone_at/>
                <span class="push">{owner}</span>
            </p>
        </article>
    }
}
