//! The list of equal code in several repositories.
//! It must not decide what is equal.
use super::{
    Store, StoreError,
    held_list::{Field, HeldAsk, HeldList, distinct, each, held_ask, known, sort, turned},
    judged::{Held, Judged},
    list::{check_words, references},
    places::Webs,
};
use shared::{
    CloneKind, EntityKind, ShadowClaim,
    api::{ClusterFirst, ClusterItem, ClusterQuery, Facet, Page},
};
use std::cmp::Ordering;

const CLUSTERS: HeldList<ClusterItem> = HeldList {
    name: "clusters",
    sorts: &[sort("lines"), sort("name"), sort("files"), sort("repositories"), sort("teams"), sort("first")],
    sort: "-lines",
    fields: &[
        Field { name: "kind", title: Some("Kind"), values: |item| vec![item.kind.to_string()] },
        Field { name: "claim", title: Some("Claim"), values: |item| vec![item.claim.to_string()] },
        Field { name: "language", title: Some("Language"), values: |item| vec![item.language.clone()] },
        Field {
            name: "capability",
            title: Some("Capability"),
            values: |item| item.capability.iter().cloned().collect(),
        },
        Field { name: "owner", title: Some("Team"), values: |item| each(&item.teams) },
        Field { name: "repository", title: Some("Repository"), values: repositories },
        Field { name: "shadow", title: None, values: |item| item.shadow.iter().cloned().collect() },
    ],
    text,
    compare,
    tie: |a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)),
};

impl Store {
    /// One page of clusters.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_clusters(&self, query: &ClusterQuery) -> Result<Page<ClusterItem>, StoreError> {
        let ask = asked(query)?;
        let held = self.held_clusters().await?;
        let mut page = self.page_held(&CLUSTERS, &held, &ask).await?;
        self.link_clusters(&mut page.items).await?;
        Ok(page)
    }

    /// Counts of every value of every facet under all other filters.
    ///
    /// # Errors
    /// As `list_clusters`.
    pub async fn facet_clusters(&self, query: &ClusterQuery) -> Result<Vec<Facet>, StoreError> {
        let ask = asked(query)?;
        let held = self.held_clusters().await?;
        self.facets_held(&CLUSTERS, &held, &ask).await
    }

    /// The cluster of an id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn cluster(&self, id: &str) -> Result<Option<ClusterItem>, StoreError> {
        let held = self.held_clusters().await?;
        let Some(found) = held.items.iter().find(|cluster| cluster.id == id) else { return Ok(None) };
        let mut found = [found.clone()];
        self.link_clusters(&mut found).await?;
        let [found] = found;
        Ok(Some(found))
    }

    async fn held_clusters(&self) -> Result<Held<ClusterItem>, StoreError> {
        self.held_documents(Judged::Clusters).await
    }

    /// Adds the links that the items have not.
    async fn link_clusters(&self, items: &mut [ClusterItem]) -> Result<(), StoreError> {
        let webs = self.webs(items.iter().flat_map(named)).await?;
        items.iter_mut().for_each(|item| link(item, &webs));
        Ok(())
    }
}

fn asked(query: &ClusterQuery) -> Result<HeldAsk<'_>, StoreError> {
    check_words::<CloneKind>("kind", &query.kind)?;
    check_words::<ShadowClaim>("claim", &query.claim)?;
    let filters = vec![
        ("kind", query.kind.clone()),
        ("claim", query.claim.clone()),
        ("language", query.language.clone()),
        ("capability", query.capability.clone()),
        ("owner", references("owner", &query.owner, Some(EntityKind::Group))?),
        ("repository", query.repository.clone()),
        ("shadow", query.shadow.clone()),
    ];
    Ok(held_ask!(query, filters))
}

fn repositories(item: &ClusterItem) -> Vec<String> {
    distinct(item.files.iter().map(|file| file.repository.to_string()).collect())
}

fn text(item: &ClusterItem) -> String {
    let files: Vec<_> = item.files.iter().map(|file| format!("{} {}", file.repository, file.path)).collect();
    let capability = item.capability.as_deref().unwrap_or_default();
    format!(
        "{} {} {} {capability} {} {}",
        item.id,
        item.name,
        item.language,
        each(&item.teams).join(" "),
        files.join(" ")
    )
}

fn compare(sort: &str, down: bool, a: &ClusterItem, b: &ClusterItem) -> Ordering {
    let first = |item: &ClusterItem| item.first.as_ref().map(|first| first.at.clone());
    match sort {
        "name" => turned(down, a.name.cmp(&b.name)),
        "files" => turned(down, a.n_files.cmp(&b.n_files)),
        "repositories" => turned(down, a.repositories.cmp(&b.repositories)),
        "teams" => turned(down, a.teams.len().cmp(&b.teams.len())),
        "first" => known(down, first(a), first(b), Ord::cmp),
        _ => turned(down, a.duplicated_lines.cmp(&b.duplicated_lines)),
    }
}

/// The repositories that a cluster's links need.
pub(super) fn named(item: &ClusterItem) -> impl Iterator<Item = String> {
    let files = item.files.iter().map(|file| file.repository.to_string());
    files.chain(item.first.iter().map(|first| first.repository.to_string()))
}

/// Adds the links that a cluster has not.
pub(super) fn link(item: &mut ClusterItem, webs: &Webs) {
    item.first.iter_mut().for_each(|first| link_first(first, webs));
    for file in &mut item.files {
        file.added.iter_mut().for_each(|added| link_first(added, webs));
        if file.permalink.is_none() {
            file.permalink = webs.file(file.repository.as_str(), Some(file.path.as_str()), Some(file.from_line));
        }
    }
}

fn link_first(first: &mut ClusterFirst, webs: &Webs) {
    if first.permalink.is_none() {
        first.permalink = webs.commit(first.repository.as_str(), first.commit.as_str());
    }
}
