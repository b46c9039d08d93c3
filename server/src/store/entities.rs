//! The list of entities as they are now: filters, facets and rows. Shadowed entities are in no list and no count.
//! It must not read documents: those are for one entity's own page.
use super::{
    Store, StoreError,
    entity_filter::{conditions, filters, relevance, slow_part},
    list::{FacetOf, List, Sort, ask, choose_sort, filter_key},
    moments::created,
    places::existing,
    rows::{count, maybe, read, some_text},
    sql::Sql,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    EntityRef, OfferPath, State,
    api::{EntityQuery, EntitySummary, Facet, Page},
};
use std::collections::HashSet;

pub(super) const ENTITIES: List = List {
    name: "entities",
    table: "entity",
    columns: "entity.id, ref AS reference, kind, namespace, name, title, description, subtype, lifecycle, owner_ref, \
              system_ref, origin, repository, path, language, lines, tags, n_findings, n_golden, n_off_path",
    sorts: &[
        Sort { name: "name", expr: "entity.name", number: false },
        Sort { name: "kind", expr: "entity.kind", number: false },
        Sort { name: "type", expr: "entity.subtype", number: false },
        Sort { name: "owner", expr: "entity.owner_ref", number: false },
        Sort { name: "lines", expr: "entity.lines", number: true },
        Sort { name: "findings", expr: "entity.n_findings", number: true },
        Sort { name: "repository", expr: "entity.repository", number: false },
        Sort { name: "relevance", expr: "entity.name", number: false },
    ],
};

pub(super) const FACETS: &[FacetOf] = &[
    FacetOf { name: "kind", title: "Kind", expr: "entity.kind", from: None },
    FacetOf { name: "type", title: "Type", expr: "entity.subtype", from: None },
    FacetOf { name: "lifecycle", title: "Lifecycle", expr: "entity.lifecycle", from: None },
    FacetOf { name: "owner", title: "Owner", expr: "entity.owner_ref", from: None },
    FacetOf { name: "system", title: "System", expr: "entity.system_ref", from: None },
    FacetOf { name: "language", title: "Language", expr: "entity.language", from: None },
    FacetOf { name: "origin", title: "Origin", expr: "entity.origin", from: None },
    FacetOf { name: "repository", title: "Repository", expr: "entity.repository", from: None },
    FacetOf { name: "tag", title: "Tag", expr: "entity.tags", from: None },
];

/// A row of the list.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct EntityRow {
    pub(super) id: i64,
    pub(super) reference: String,
    kind: String,
    namespace: String,
    name: String,
    title: String,
    description: String,
    subtype: String,
    lifecycle: String,
    owner_ref: String,
    system_ref: String,
    origin: String,
    pub(super) repository: String,
    pub(super) path: String,
    language: String,
    lines: i64,
    tags: String,
    n_findings: i64,
    n_golden: i64,
    n_off_path: i64,
}

impl Store {
    /// One page of entities, of now or of `at`.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_entities(&self, query: &EntityQuery) -> Result<Page<EntitySummary>, StoreError> {
        if let Some((held, at)) = self.moment(query.at.as_deref()).await? {
            return self.list_entities_at(query, &held, at).await;
        }
        let condition = conditions(self.backend(), query)?;
        let (sort, down) = choose_sort(ENTITIES.sorts, query.sort.as_deref())?;
        let expr = match (sort.name, query.q.as_deref()) {
            ("relevance", Some(q)) => relevance(q),
            _ => Sql::new(sort.expr),
        };
        self.count_quickly(query).await?;
        let found = self.page_sorted::<EntityRow>(&ENTITIES, condition, ask!(query), (expr, sort.number, down)).await?;
        let items = summaries(self.reader(), found.rows).await?;
        Ok(Page { items, total: found.total, next: found.next })
    }

    /// Counts of every value of every facet under all other filters; `capability`, `path` and `state` when a
    /// capability is asked for.
    ///
    /// # Errors
    /// As `list_entities`.
    pub async fn facet_entities(&self, query: &EntityQuery) -> Result<Vec<Facet>, StoreError> {
        let question = format!("entities?{}", filter_key(&query.pairs()));
        self.cached_facets(question, async || {
            if let Some((held, at)) = self.moment(query.at.as_deref()).await? {
                return self.facet_entities_at(query, &held, at).await;
            }
            let filters = filters(query)?;
            let columns = self.columns(&ENTITIES, FACETS).await?;
            let among = match slow_part(query) {
                Some(slow) => Some(self.ids(&ENTITIES, conditions(self.backend(), &slow)?).await?),
                None => None,
            };
            let counted = columns.count(&filters, among.as_deref());
            let mut out: Vec<Facet> =
                columns.facets(FACETS, &counted, &filters).into_iter().map(short_labels).collect();
            if !query.capability.is_empty() {
                out.push(self.count_capabilities_used(query).await?);
                let paths = OfferPath::ALL.iter().map(|p| p.as_str());
                out.push(self.count_words(query, ("path", "Path"), paths).await?);
                let states = State::ALL.iter().map(|s| s.as_str());
                out.push(self.count_words(query, ("state", "State"), states).await?);
            }
            Ok(out)
        })
        .await
    }

    /// Keeps the total of a list that needs no SQL to count, when the facet columns are in memory anyway.
    async fn count_quickly(&self, query: &EntityQuery) -> Result<(), StoreError> {
        let key = filter_key(&query.pairs());
        if slow_part(query).is_some() || self.held_total(&ENTITIES, &key).await.is_some() {
            return Ok(());
        }
        if let Some(columns) = self.held_columns(&ENTITIES).await {
            let total = columns.count(&filters(query)?, None).total;
            self.keep_total(&ENTITIES, &key, total).await;
        }
        Ok(())
    }
}

/// Rows as items.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn summaries(
    db: &impl ConnectionTrait,
    rows: Vec<EntityRow>,
) -> Result<Vec<EntitySummary>, StoreError> {
    let owners = existing(db, rows.iter().map(|r| r.owner_ref.clone())).await?;
    let mut created = created(db, rows.iter().map(|r| r.reference.clone())).await?;
    let mut summary = |row: EntityRow| {
        let created_at = created.remove(&(row.repository.clone(), row.reference.clone()));
        Ok(EntitySummary { created_at, ..summary(row, &owners)? })
    };
    rows.into_iter().map(&mut summary).collect()
}

fn summary(row: EntityRow, owners: &HashSet<String>) -> Result<EntitySummary, StoreError> {
    Ok(EntitySummary {
        entity: read("reference", &row.reference)?,
        kind: read("kind", &row.kind)?,
        name: row.name,
        namespace: row.namespace,
        title: some_text(row.title),
        description: some_text(row.description),
        subtype: some_text(row.subtype),
        lifecycle: some_text(row.lifecycle),
        owner_exists: owners.contains(&row.owner_ref),
        owner: maybe("owner", Some(&row.owner_ref))?,
        system: maybe("system", Some(&row.system_ref))?,
        origin: read("origin", &row.origin)?,
        repository: Some(read("repository", &row.repository)?),
        path: Some(read("path", &row.path)?),
        language: some_text(row.language),
        lines: count(row.lines),
        tags: row.tags.split('\n').filter(|t| !t.is_empty()).map(str::to_owned).collect(),
        golden: count(row.n_golden),
        off_path: count(row.n_off_path),
        findings: count(row.n_findings),
        created_at: None,
        gone_at: None,
    })
}

/// References read best short.
pub(super) fn short_labels(mut facet: Facet) -> Facet {
    if matches!(facet.name.as_str(), "owner" | "system") {
        for value in &mut facet.values {
            if let Ok(reference) = value.value.parse::<EntityRef>() {
                value.label = reference.short();
            }
        }
    }
    facet
}
