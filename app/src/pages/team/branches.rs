//! Teams below their parents, each with its numbers.
//! It must not lose a team whose parent is unknown, or that stands in a circle of parents.
use super::head::NOT_DESCRIBED;
use crate::{
    components::{
        badge::Badge,
        delta::share,
        team::team_page,
        verdicts::{VerdictSplit, of_owner},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{
    EntityRef, OfferPath,
    api::{EntityQuery, TeamItem},
};
use std::collections::{BTreeMap, HashSet};

/// Levels that indent; deeper teams stand on the last one.
const DEPTH: usize = 6;

/// Teams in the order given, each below its parent where that is one of them.
pub(super) fn tree(items: Vec<TeamItem>) -> AnyView {
    let known: HashSet<&EntityRef> = items.iter().map(|item| &item.team).collect();
    let mut below: BTreeMap<&EntityRef, Vec<&TeamItem>> = BTreeMap::new();
    let mut roots = Vec::new();
    for item in &items {
        match item.parent.as_ref().filter(|parent| known.contains(parent) && **parent != item.team) {
            Some(parent) => below.entry(parent).or_default().push(item),
            None => roots.push(item),
        }
    }
    let mut tree = Tree { below, seen: HashSet::new() };
    let mut shown: Vec<AnyView> = roots.into_iter().filter_map(|root| tree.branch(root, 0)).collect();
    // What no root leads to stands in a circle of parents.
    shown.extend(items.iter().filter_map(|item| tree.branch(item, 0)));
    shown.collect_view().into_any()
}

struct Tree<'a> {
    below: BTreeMap<&'a EntityRef, Vec<&'a TeamItem>>,
    seen: HashSet<&'a EntityRef>,
}

impl<'a> Tree<'a> {
    /// A team with those in it; nothing when it stands on the page already.
    fn branch(&mut self, item: &'a TeamItem, depth: usize) -> Option<AnyView> {
        if !self.seen.insert(&item.team) {
            return None;
        }
        let children: Vec<AnyView> = if depth < DEPTH {
            let below = self.below.get(&item.team).cloned().unwrap_or_default();
            below.into_iter().filter_map(|child| self.branch(child, depth + 1)).collect()
        } else {
            self.all_below(item).into_iter().map(|child| view! { <li>{row(child)}</li> }.into_any()).collect()
        };
        let n = children.len() as u64;
        let inside = (n > 0).then(|| {
            view! {
                <details open=true>
                    <summary>{format!("{} in {}", words::counted(n, "team", "teams"), item.title)}</summary>
                    <ul>{children.collect_view()}</ul>
                </details>
            }
        });
        Some(view! { <li>{row(item)}{inside}</li> }.into_any())
    }

    /// Everything below a team that is not on the page yet, on one level.
    fn all_below(&mut self, item: &'a TeamItem) -> Vec<&'a TeamItem> {
        let (mut out, mut open) = (Vec::new(), vec![item]);
        while let Some(next) = open.pop() {
            for child in self.below.get(&next.team).cloned().unwrap_or_default() {
                if self.seen.insert(&child.team) {
                    out.push(child);
                    open.push(child);
                }
            }
        }
        out
    }
}

/// One team with its numbers, each saying what it counts.
fn row(item: &TeamItem) -> impl IntoView + use<> {
    let list = of_owner(&item.team.to_string());
    let members = match (item.described, item.members) {
        (false, 0) => "members unknown".to_owned(),
        (_, n) => words::counted(n, "member", "members"),
    };
    let n = item.verdicts.total();
    let truth = item.truth.map(|truth| format!("{} confirmed", share(Some(truth))));
    let mark = (!item.described).then(|| view! { <Badge tag=NOT_DESCRIBED/> });
    view! {
        <div class="team">
            <p class="team-name"><a href=team_page(&item.team) title=item.team.to_string()>{item.title.clone()}</a>{mark}</p>
            <p class="small quiet">{members}</p>
            <p class="small"><a href=list.href()>{words::counted(n, "component", "components")}</a>" "<span class="quiet">{truth}</span></p>
            <div class="team-verdicts">{(n > 0).then(|| view! { <VerdictSplit list counts=item.verdicts.clone()/> })}</div>
            <p class="small">{uses(&item.team, item.golden, &[OfferPath::Golden], "golden")}</p>
            <p class="small">{uses(&item.team, item.off_path, &[OfferPath::Vendor, OfferPath::Homegrown], "off path")}</p>
        </div>
    }
}

/// Components of a team with an offer of these paths, of any capability.
fn uses(team: &EntityRef, n: u64, paths: &[OfferPath], what: &'static str) -> impl IntoView + use<> {
    let query = EntityQuery {
        kind: vec!["component".to_owned()],
        owner: vec![team.to_string()],
        path: paths.iter().map(ToString::to_string).collect(),
        ..Default::default()
    };
    let href = PageUrl::new("/catalog", query.pairs()).href();
    view! { <a href=href>{format!("{} {what}", words::grouped(n))}</a> }
}
