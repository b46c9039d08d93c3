//! The list of homegrown platforms.
//! It must not count work or money: figures are shown as they were saved.
use super::{
    Store, StoreError, clusters,
    held_list::{Field, HeldAsk, HeldList, each, held_ask, known, sort, turned},
    judged::{Held, Judged},
    list::{check_flag, check_words, references},
    places::Webs,
};
use shared::{
    EntityKind, ShadowClaim, ShadowKind,
    api::{Facet, Page, ShadowDetail, ShadowItem, ShadowQuery},
};
use std::cmp::Ordering;

const SHADOWS: HeldList<ShadowDetail> = HeldList {
    name: "shadow",
    sorts: &[
        sort("author_days"),
        sort("growth"),
        sort("cost"),
        sort("consumers"),
        sort("teams"),
        sort("name"),
        sort("retire"),
    ],
    sort: "-author_days",
    fields: &[
        Field { name: "kind", title: Some("Kind"), values: |of| vec![of.item.kind.to_string()] },
        Field { name: "claim", title: Some("Claim"), values: |of| vec![of.item.claim.to_string()] },
        Field {
            name: "capability",
            title: Some("Capability"),
            values: |of| of.item.capability.iter().cloned().collect(),
        },
        Field { name: "team", title: Some("Team"), values: |of| each(&of.item.teams) },
        Field { name: "proposed", title: None, values: |of| vec![of.item.capability.is_none().to_string()] },
    ],
    text,
    compare: |sort, down, a, b| compare(sort, down, &a.item, &b.item),
    tie: |a, b| a.item.name.cmp(&b.item.name).then_with(|| a.item.id.cmp(&b.item.id)),
};

impl Store {
    /// One page of homegrown platforms.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_shadows(&self, query: &ShadowQuery) -> Result<Page<ShadowItem>, StoreError> {
        let ask = asked(query)?;
        let held = self.held_shadows().await?;
        let page = self.page_held(&SHADOWS, &held, &ask).await?;
        let items = page.items.into_iter().map(|shadow| shadow.item).collect();
        Ok(Page { items, total: page.total, next: page.next })
    }

    /// Counts of every value of every facet under all other filters.
    ///
    /// # Errors
    /// As `list_shadows`.
    pub async fn facet_shadows(&self, query: &ShadowQuery) -> Result<Vec<Facet>, StoreError> {
        let ask = asked(query)?;
        let held = self.held_shadows().await?;
        self.facets_held(&SHADOWS, &held, &ask).await
    }

    /// Everything about the homegrown platform of an id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn shadow(&self, id: &str) -> Result<Option<ShadowDetail>, StoreError> {
        let held = self.held_shadows().await?;
        let Some(mut found) = held.items.iter().find(|shadow| shadow.item.id == id).cloned() else { return Ok(None) };
        let parts = found.parts.iter().map(|part| part.repository.to_string());
        let users = found.users.iter().map(|user| user.repository.to_string());
        let webs = self.webs(parts.chain(users).chain(found.clusters.iter().flat_map(clusters::named))).await?;
        link(&mut found, &webs);
        Ok(Some(found))
    }

    pub(super) async fn held_shadows(&self) -> Result<Held<ShadowDetail>, StoreError> {
        self.held_documents(Judged::Shadows).await
    }
}

fn asked(query: &ShadowQuery) -> Result<HeldAsk<'_>, StoreError> {
    check_words::<ShadowKind>("kind", &query.kind)?;
    check_words::<ShadowClaim>("claim", &query.claim)?;
    let proposed = check_flag("proposed", query.proposed.as_deref())?;
    let filters = vec![
        ("kind", query.kind.clone()),
        ("claim", query.claim.clone()),
        ("capability", query.capability.clone()),
        ("team", references("team", &query.team, Some(EntityKind::Group))?),
        ("proposed", proposed.filter(|only| *only).map(|only| only.to_string()).into_iter().collect()),
    ];
    Ok(held_ask!(query, filters))
}

fn text(ShadowDetail { item, .. }: &ShadowDetail) -> String {
    let named = [&item.capability, &item.capability_title, &item.proposed];
    let named: Vec<&str> = named.into_iter().filter_map(Option::as_deref).collect();
    format!("{} {} {} {} {}", item.id, item.name, named.join(" "), item.why, each(&item.teams).join(" "))
}

fn compare(sort: &str, down: bool, a: &ShadowItem, b: &ShadowItem) -> Ordering {
    let cost = |item: &ShadowItem| item.cost.as_ref().map(|cost| cost.likely);
    match sort {
        "growth" => turned(down, a.growth_90d.cmp(&b.growth_90d)),
        "cost" => known(down, cost(a), cost(b), f64::total_cmp),
        "consumers" => turned(down, a.consumers.cmp(&b.consumers)),
        "teams" => turned(down, a.teams.len().cmp(&b.teams.len())),
        "name" => turned(down, a.name.cmp(&b.name)),
        "retire" => known(down, a.retire_order, b.retire_order, u32::cmp),
        _ => turned(down, a.author_days.cmp(&b.author_days)),
    }
}

/// Adds the links that it has not. Whether a part is a file or a folder is not known: a host shows either by the link
/// to a folder.
fn link(shadow: &mut ShadowDetail, webs: &Webs) {
    for part in shadow.parts.iter_mut().filter(|part| part.permalink.is_none()) {
        part.permalink = webs.folder(part.repository.as_str(), part.path.as_str());
    }
    for user in shadow.users.iter_mut().filter(|user| user.permalink.is_none()) {
        let path = user.path.as_ref().map(shared::RepoPath::as_str);
        user.permalink = webs.file(user.repository.as_str(), path, user.line);
    }
    shadow.clusters.iter_mut().for_each(|cluster| clusters::link(cluster, webs));
}
