//! The organisation as a tree of its groups, with what each owns and how far that is so.
//! It must not leave a reader without a way to describe teams where nobody has.
use super::{API, all, branches::tree};
use crate::{
    components::{
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
        problem::Empty,
    },
    url::PageUrl,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::api::{Page, TeamItem};

#[component]
pub fn TeamTreePage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let list = all(url.at(API, PAGE_KEYS)).await?;
        Ok(view! {
            <Title text="Teams · Waymark"/>
            <Teams url list/>
        }
        .into_any())
    })
}

/// The page from its answer.
#[component]
pub fn Teams(url: PageUrl, list: Page<TeamItem>) -> impl IntoView {
    let described = list.items.iter().any(|item| item.described);
    let hint = (!described && !list.items.is_empty()).then(|| {
        view! { <p class="notice" role="note">"No Group entity describes a team, so nobody knows who is in one and work cannot be told apart by team."</p>{how()} }
    });
    let asked = |key: &str| url.get(key).is_some_and(|value| !value.is_empty());
    let narrowed = asked("q") || asked("parent");
    let empty = (!narrowed).then(|| {
        let why = "No descriptor describes a group, and none names an owner.";
        view! { <Empty title="No team is known" why href="/sources" action="Scan repositories"/>{how()} }.into_any()
    });
    let listing = Listing {
        url,
        api: API.into(),
        one: "team",
        many: "teams",
        extra: vec!["parent"],
        facets: Vec::new(),
        total: list.total,
        shown: list.items.len(),
        next: list.next,
        sorts: vec![
            ("", "By name"),
            ("-components", "Most components"),
            ("truth", "Least true"),
            ("-members", "Most members"),
        ],
        dated: false,
    };
    view! {
        <div class="page-head">
            <h1>"Teams"</h1>
            <p class="lead">"The organisation by its groups: what each owns, whether the work says the same, and what it uses of the platform."</p>
        </div>
        {hint}
        <ListFrame listing empty><ul class="teams">{tree(list.items)}</ul></ListFrame>
    }
}

/// How a group is described, to copy.
fn how() -> impl IntoView {
    const EXAMPLE: &str = "apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: pay}
spec:
  type: team
  parent: shop
  children: []
  members: [ada, sam]";
    view! {
        <details class="more" open=true>
            <summary>"How to describe a team"</summary>
            <p class="small">
                "Write a Group entity like this into any scanned repository and scan again; members are the names of User entities whose "
                <code>"spec.profile.email"</code>" is the address they commit with. Or write a team map, one rule a line: "<code>"*@pay.acme.example group:default/pay"</code>"."
            </p>
            <pre class="sample" tabindex="0"><code>{EXAMPLE}</code></pre>
        </details>
    }
}
