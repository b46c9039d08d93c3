//! A commit by its first digits, opening it where that is possible, and when it was made.
//! It must not name who made it.
use super::{
    ago::Ago,
    evidence::short,
    icon::{Icon, icon},
};
use leptos::prelude::*;
use shared::api::Moment;

/// The first digits of a commit; only addresses of the web are links.
pub fn commit_link(id: &str, permalink: Option<String>) -> AnyView {
    let (text, title) = (short(id), id.to_owned());
    match permalink.filter(|link| link.starts_with("https://") || link.starts_with("http://")) {
        Some(link) => {
            view! { <a class="place" href=link rel="noreferrer" title=title>{text}{icon(Icon::External)}</a> }
                .into_any()
        }
        None => view! { <code class="place" title=title>{text}</code> }.into_any(),
    }
}

/// A commit and when it was made.
pub fn moment(moment: Moment) -> AnyView {
    view! {
        <div class="moment">{commit_link(moment.commit.as_str(), moment.permalink)}<span class="small quiet"><Ago time=Some(moment.at)/></span></div>
    }
    .into_any()
}
