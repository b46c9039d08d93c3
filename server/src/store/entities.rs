//! The list of entities: filters, facets and rows. Shadowed entities are in no list and no count.
//! It must not read documents: those are for one entity's own page.
use super::{
    Store, StoreError,
    list::{FacetOf, List, Sort, ask, check_flag, check_words, choose_sort, facet, filter_key, one_of, references},
    places::existing,
    rows::{count, maybe, read, some_text},
    sql::Sql,
    text,
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};
use shared::{
    EntityKind, EntityRef, OfferPath, Origin, State,
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

const FACETS: &[FacetOf] = &[
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
    /// One page of entities.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_entities(&self, query: &EntityQuery) -> Result<Page<EntitySummary>, StoreError> {
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
        if let (None, Some(columns)) = (slow_part(query), self.held_columns(&ENTITIES).await) {
            let total = columns.count(&filters(query)?, None).total;
            self.keep_total(&ENTITIES, &filter_key(&query.pairs()), total).await;
        }
        Ok(())
    }

    /// The capability facet. The other words about a standing (path, state, eligible, offer) must hold of the standing
    /// that is counted, so it cannot be counted as a column of the entity is.
    async fn count_capabilities_used(&self, query: &EntityQuery) -> Result<Facet, StoreError> {
        let mut others = query.clone();
        let selected = std::mem::take(&mut others.capability);
        // Any standing will do only when something else is said of it.
        let mut parts =
            standing(&EntityQuery { capability: vec![String::new()], ..others.clone() })?.unwrap_or_default();
        parts.remove(0);
        if let Some(offer) = using_offer(&others) {
            let own = "EXISTS (SELECT 1 FROM usage WHERE usage.entity_id = standing.entity_id \
                       AND usage.capability = standing.capability AND ";
            parts.push(Sql::new(own).then(offer).add(")"));
        }
        others.path.clear();
        others.state.clear();
        others.offer.clear();
        others.eligible = None;
        parts.push(conditions(self.backend(), &others)?);
        let of = FacetOf {
            name: "capability",
            title: "Capability",
            expr: "standing.capability",
            from: Some("entity JOIN standing ON standing.entity_id = entity.id"),
        };
        let counts = self.count_values(&ENTITIES, &of, Sql::all(parts)).await?;
        Ok(facet((of.name, of.title), counts, &selected))
    }

    /// A facet whose few words are known: one count for each.
    async fn count_words(
        &self,
        query: &EntityQuery,
        of: (&'static str, &'static str),
        words: impl Iterator<Item = &'static str>,
    ) -> Result<Facet, StoreError> {
        let mut counts = Vec::new();
        let mut others = query.clone();
        let selected = std::mem::take(field(&mut others, of.0));
        for word in words {
            *field(&mut others, of.0) = vec![word.to_owned()];
            let condition = conditions(self.backend(), &others)?;
            counts.push((word.to_owned(), self.total(&ENTITIES, &condition, &filter_key(&others.pairs())).await?));
        }
        Ok(facet(of, counts, &selected))
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
    rows.into_iter().map(|row| summary(row, &owners)).collect()
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
    })
}

/// The rows that a query asks for.
///
/// # Errors
/// `BadFilter`.
pub(super) fn conditions(backend: DbBackend, query: &EntityQuery) -> Result<Sql, StoreError> {
    check_words::<EntityKind>("kind", &query.kind)?;
    check_words::<Origin>("origin", &query.origin)?;
    let mut parts = vec![Sql::new("NOT entity.shadowed")];
    parts.extend(one_of("entity.kind", &query.kind));
    parts.extend(one_of("entity.subtype", &query.r#type));
    parts.extend(one_of("entity.lifecycle", &query.lifecycle));
    parts.extend(one_of("entity.owner_ref", &references("owner", &query.owner, Some(EntityKind::Group))?));
    parts.extend(one_of("entity.system_ref", &references("system", &query.system, Some(EntityKind::System))?));
    parts.extend(one_of("entity.language", &query.language));
    parts.extend(one_of("entity.origin", &query.origin));
    parts.extend(one_of("entity.repository", &query.repository));
    parts.extend(tagged(&query.tag));
    parts.extend(standing(query)?.map(|parts| within("standing", Sql::all(parts))));
    parts.extend(using_offer(query).map(|condition| within("usage", condition)));
    let terms = text::terms(query.q.as_deref().unwrap_or_default());
    if !terms.is_empty() {
        parts.push(text::matches(backend, "entity", "search", &terms));
    }
    Ok(Sql::all(parts))
}

/// The part of a query that is not about facet columns, when it has one.
fn slow_part(query: &EntityQuery) -> Option<EntityQuery> {
    let slow = EntityQuery {
        q: query.q.clone().filter(|q| !text::terms(q).is_empty()),
        capability: query.capability.clone(),
        path: query.path.clone(),
        state: query.state.clone(),
        offer: query.offer.clone(),
        eligible: query.eligible.clone(),
        ..EntityQuery::default()
    };
    (slow != EntityQuery::default()).then_some(slow)
}

/// The filters on facet columns, as they are stored and in the order of `FACETS`.
fn filters(query: &EntityQuery) -> Result<Vec<Vec<String>>, StoreError> {
    let mut query = query.clone();
    query.owner = references("owner", &query.owner, Some(EntityKind::Group))?;
    query.system = references("system", &query.system, Some(EntityKind::System))?;
    Ok(FACETS.iter().map(|of| std::mem::take(field(&mut query, of.name))).collect())
}

fn tagged(tags: &[String]) -> Option<Sql> {
    let (none, some): (Vec<String>, Vec<String>) = tags.iter().cloned().partition(String::is_empty);
    let mut parts = Vec::new();
    if !none.is_empty() {
        parts.push(Sql::new("entity.tags = ''"));
    }
    if !some.is_empty() {
        let inner = Sql::new("entity.id IN (SELECT entity_id FROM entity_tag WHERE ");
        parts.push(inner.then(Sql::any_of("tag", some)).add(")"));
    }
    (!parts.is_empty()).then(|| Sql::any(parts))
}

/// What a query says of a component's standing; nothing when it says nothing. `state` and `eligible` are asked of the
/// standing whatever it uses; a capability alone, or with a path, asks for a use. The first part is the capability's.
fn standing(query: &EntityQuery) -> Result<Option<Vec<Sql>>, StoreError> {
    check_words::<OfferPath>("path", &query.path)?;
    check_words::<State>("state", &query.state)?;
    let eligible = check_flag("eligible", query.eligible.as_deref())?;
    if query.capability.is_empty() && query.path.is_empty() && query.state.is_empty() && eligible.is_none() {
        return Ok(None);
    }
    let capability = one_of("standing.capability", &query.capability).unwrap_or_else(|| Sql::new("1 = 1"));
    let mut parts = vec![capability, Sql::new("NOT standing.shadowed")];
    parts.extend(one_of("standing.state", &query.state));
    match eligible {
        Some(true) => parts.push(Sql::new("standing.eligible")),
        Some(false) => parts.push(Sql::new("NOT standing.eligible")),
        None => {}
    }
    let any_path = query.path.is_empty() && query.state.is_empty() && eligible.is_none();
    if any_path {
        let paths = ["golden", "tolerated", "vendor", "homegrown"].map(|p| Sql::new(format!("standing.{p}")));
        parts.push(Sql::any(paths.into()));
    } else if !query.path.is_empty() {
        // The words are those of the closed vocabulary, so each names a column.
        let paths = query.path.iter().filter(|p| !p.is_empty()).map(|p| Sql::new(format!("standing.{p}")));
        parts.push(Sql::any(paths.collect()));
    }
    Ok(Some(parts))
}

/// What a query says of the offers a component uses.
fn using_offer(query: &EntityQuery) -> Option<Sql> {
    let offer = one_of("usage.offer", &query.offer)?;
    let mut parts = vec![Sql::new("NOT usage.shadowed"), offer];
    parts.extend(one_of("usage.capability", &query.capability));
    parts.extend(one_of("usage.path", &query.path));
    Some(Sql::all(parts))
}

fn within(table: &str, condition: Sql) -> Sql {
    Sql::new(format!("entity.id IN (SELECT entity_id FROM {table} WHERE ")).then(condition).add(")")
}

/// Exact name first, then its beginning, then name or title, then the rest, each by name.
fn relevance(q: &str) -> Sql {
    let q = text::fold(q.trim());
    Sql::new("(CASE WHEN entity.name = ")
        .bind(q.clone())
        .add(" THEN '0' WHEN entity.name LIKE ")
        .bind(text::beginning(&q))
        .add(" ESCAPE '\\' THEN '1' WHEN entity.head LIKE ")
        .bind(text::anywhere(&q))
        .add(" ESCAPE '\\' THEN '2' ELSE '3' END || entity.name)")
}

fn field<'q>(query: &'q mut EntityQuery, name: &str) -> &'q mut Vec<String> {
    match name {
        "kind" => &mut query.kind,
        "type" => &mut query.r#type,
        "lifecycle" => &mut query.lifecycle,
        "owner" => &mut query.owner,
        "system" => &mut query.system,
        "language" => &mut query.language,
        "origin" => &mut query.origin,
        "repository" => &mut query.repository,
        "tag" => &mut query.tag,
        "capability" => &mut query.capability,
        "path" => &mut query.path,
        _ => &mut query.state,
    }
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
