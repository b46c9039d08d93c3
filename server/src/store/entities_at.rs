//! The list of entities as of a time: what the catalog holds today and was there then, and what is gone since.
//! It must not judge a standing in any other way than the tip's are judged.
use super::{
    Store, StoreError,
    asked_standing::Asked,
    columns::{Columns, RECORD, UNIT, joint_facets, lines},
    cursor::SortKey,
    entities::{ENTITIES, EntityRow, FACETS, short_labels, summaries},
    entity_filter::{conditions, field, filters, relevance},
    list::{Sort, ask, choose_sort, facet},
    memory_page,
    past::{Held, PastEntity, standing::standings},
    places::existing,
    rows::read,
    sql::Sql,
    text::{self, clip},
    transaction,
};
use crate::metrics::{
    Is,
    past::{Time, timestamp},
};
use shared::{
    EntityKind, OfferPath, Origin, State,
    api::{EntityQuery, EntitySummary, Facet, Page},
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// One entity that was there.
pub(super) struct Found<'h> {
    /// The row of `entity`; of what is gone the row of its first span, negative.
    id: i64,
    key: SortKey,
    /// Its past, when it is followed.
    past: Option<&'h PastEntity>,
    /// Of what is gone, in the order of `FACETS`.
    gone: Option<Vec<String>>,
}

impl Store {
    /// One page of the entities at a time.
    ///
    /// # Errors
    /// As `list_entities`.
    pub(super) async fn list_entities_at(
        &self,
        query: &EntityQuery,
        held: &Held,
        at: Time,
    ) -> Result<Page<EntitySummary>, StoreError> {
        let (sort, down) = choose_sort(ENTITIES.sorts, query.sort.as_deref())?;
        let asked = Asked::new(query, &held.past)?;
        let mut found = self.there(query, held, at, sort).await?;
        found.retain(|found| asked.holds(&held.past, found.past, at));
        let found = found.into_iter().map(|found| (found.key.clone(), found.id, found)).collect();
        let page = memory_page::page(ENTITIES.name, found, &ask!(query), down)?;
        let items = self.items_at(&page.items, held, at).await?;
        Ok(Page { items, total: page.total, next: page.next })
    }

    /// Counts of every value of every facet at a time, under all other filters.
    ///
    /// # Errors
    /// As `list_entities`.
    pub(super) async fn facet_entities_at(
        &self,
        query: &EntityQuery,
        held: &Held,
        at: Time,
    ) -> Result<Vec<Facet>, StoreError> {
        let (filters, asked) = (filters(query)?, Asked::new(query, &held.past)?);
        let unfiltered = EntityQuery { q: query.q.clone(), ..EntityQuery::default() };
        let mut found = self.there(&unfiltered, held, at, &ENTITIES.sorts[0]).await?;
        found.retain(|found| asked.holds(&held.past, found.past, at));
        let mut ids: Vec<i64> = found.iter().filter(|found| found.gone.is_none()).map(|found| found.id).collect();
        ids.sort_unstable();
        let held_today = self.columns(&ENTITIES, FACETS).await?;
        let gone = Columns::of(FACETS.len(), found.iter().filter_map(|found| found.gone.as_deref()));
        let (today, before) = (held_today.count(&filters, Some(&ids)), gone.count(&filters, None));
        let facets = joint_facets(FACETS, &[(&held_today, &today), (&gone, &before)], &filters);
        let mut out: Vec<Facet> = facets.into_iter().map(short_labels).collect();
        if !query.capability.is_empty() {
            let found = self.there(query, held, at, &ENTITIES.sorts[0]).await?;
            out.push(capabilities_used(query, held, at, &found)?);
            let paths = OfferPath::ALL.iter().map(|p| p.as_str());
            out.push(words((query, held, at), ("path", "Path"), paths, &found)?);
            let states = State::ALL.iter().map(|s| s.as_str());
            out.push(words((query, held, at), ("state", "State"), states, &found)?);
        }
        Ok(out)
    }

    /// What was there and fits all that a query says, apart from its words about capabilities.
    async fn there<'h>(
        &self,
        query: &EntityQuery,
        held: &'h Held,
        at: Time,
        sort: &Sort,
    ) -> Result<Vec<Found<'h>>, StoreError> {
        let asked = without_standing(query);
        let q = query.q.as_deref().filter(|_| sort.name == "relevance");
        let expr = q.map_or_else(|| Sql::new(sort.expr), relevance);
        let cells = format!("CAST(entity.id AS text) || '{UNIT}' || entity.ref || '{UNIT}' || entity.repository");
        let line = Sql::new(format!("{cells} || '{UNIT}' || CAST(")).then(expr).add(" AS text)");
        let text = lines(self.reader(), "entity", line, conditions(self.backend(), &asked)?).await?;
        let mut out = Vec::new();
        for row in text.split(RECORD).filter(|row| !row.is_empty()) {
            let mut cells = row.splitn(4, UNIT);
            let mut cell = || cells.next().unwrap_or_default();
            let (id, reference, repository, key) = (cell(), cell(), cell(), cell());
            let past = held.find(repository, reference);
            if past.map_or_else(|| unfollowed(held, repository, reference, at), |past| past.existed(at)) {
                let key = if sort.number { SortKey::Number(read("number", key)?) } else { SortKey::Text(key.into()) };
                out.push(Found { id: read("row id", id)?, key, past, gone: None });
            }
        }
        let (filters, terms) = (filters(&asked)?, text::terms(query.q.as_deref().unwrap_or_default()));
        for entity in held.entities.iter().filter(|entity| !entity.lives && entity.existed(at)) {
            let values = values(entity, held);
            let fits = |(wanted, value): (&Vec<String>, &String)| {
                wanted.is_empty() || value.split('\n').any(|part| wanted.iter().any(|want| want == part))
            };
            if filters.iter().zip(&values).all(fits) && says(entity, &values, &terms) {
                let key = key(entity, sort, &values, q);
                out.push(Found { id: -entity.row, key, past: Some(entity), gone: Some(values) });
            }
        }
        Ok(out)
    }

    async fn items_at(&self, found: &[Found<'_>], held: &Held, at: Time) -> Result<Vec<EntitySummary>, StoreError> {
        let ids = found.iter().filter(|found| found.gone.is_none()).map(|found| found.id);
        let sql = Sql::new(format!("SELECT {} FROM entity WHERE ", ENTITIES.columns)).then(Sql::any_of("id", ids));
        let rows: Vec<EntityRow> = transaction::all(self.reader(), sql).await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let items = summaries(self.reader(), rows).await?;
        let mut items: HashMap<i64, EntitySummary> = ids.into_iter().zip(items).collect();
        let gone = || found.iter().filter(|found| found.gone.is_some()).filter_map(|found| found.past);
        let owners = gone().filter_map(|entity| Some(entity.traits.owner.as_ref()?.to_string()));
        let owners = existing(self.reader(), owners).await?;
        let item = |found: &Found<'_>| {
            let item = match (&found.gone, found.past) {
                (Some(_), Some(entity)) => Some(summary(entity, held, &owners)),
                _ => items.remove(&found.id),
            };
            item.map(|item| as_of(item, found.past, held, at))
        };
        Ok(found.iter().filter_map(item).collect())
    }
}

/// Whether an entity that is not followed through history was there: as long as its repository. A component that is not
/// followed has no known past.
fn unfollowed(held: &Held, repository: &str, reference: &str, at: Time) -> bool {
    let repositories = &held.past.repositories;
    let known = repositories.binary_search_by(|known| known.name.as_str().cmp(repository));
    let is_component = reference.starts_with("component:");
    !is_component && known.is_ok_and(|known| repositories[known].first.at <= at)
}

fn without_standing(query: &EntityQuery) -> EntityQuery {
    let (capability, path, state, offer) = (vec![], vec![], vec![], vec![]);
    EntityQuery { capability, path, state, offer, eligible: None, ..query.clone() }
}

/// The capability facet: of each standing, whatever else is said of it.
fn capabilities_used(query: &EntityQuery, held: &Held, at: Time, found: &[Found<'_>]) -> Result<Facet, StoreError> {
    let others = EntityQuery { capability: vec![], ..query.clone() };
    let asked = Asked::new(&others, &held.past)?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for component in found.iter().filter_map(|found| found.past?.component) {
        for capability in asked.capabilities(&held.past, &held.past.components[component], at) {
            *counts.entry(held.past.capabilities[capability as usize].name.clone()).or_default() += 1;
        }
    }
    Ok(facet(("capability", "Capability"), counts.into_iter().collect(), &query.capability))
}

/// A facet whose few words are known: one count for each.
fn words(
    (query, held, at): (&EntityQuery, &Held, Time),
    of: (&'static str, &'static str),
    words: impl Iterator<Item = &'static str>,
    found: &[Found<'_>],
) -> Result<Facet, StoreError> {
    let mut others = query.clone();
    let selected = std::mem::take(field(&mut others, of.0));
    let mut counts = Vec::new();
    for word in words {
        *field(&mut others, of.0) = vec![word.to_owned()];
        let asked = Asked::new(&others, &held.past)?;
        let n = found.iter().filter(|found| asked.holds(&held.past, found.past, at)).count();
        counts.push((word.to_owned(), n as u64));
    }
    Ok(facet(of, counts, &selected))
}

/// What the facets say of an entity that is gone, in their order.
fn values(entity: &PastEntity, held: &Held) -> Vec<String> {
    let traits = &entity.traits;
    let key = |value: &Option<String>| clip(value.as_deref().unwrap_or_default());
    let reference = |value: &Option<shared::EntityRef>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    vec![
        entity.reference.kind().to_string(),
        key(&traits.subtype),
        key(&traits.lifecycle),
        reference(&traits.owner),
        reference(&traits.system),
        key(&language(entity, held)),
        Origin::Detected.to_string(),
        held.past.repositories[entity.repository].name.to_string(),
        tags(entity).join("\n"),
    ]
}

fn language(entity: &PastEntity, held: &Held) -> Option<String> {
    let component = entity.component.map(|component| &held.past.components[component]);
    component.map_or_else(|| entity.traits.languages.first().cloned(), |component| component.language.clone())
}

fn tags(entity: &PastEntity) -> Vec<String> {
    entity.traits.tags.iter().map(|tag| clip(&tag.replace('\n', " "))).filter(|tag| !tag.is_empty()).collect()
}

fn head(entity: &PastEntity) -> String {
    text::fold(&format!("{} {}", entity.reference.name(), entity.traits.title.as_deref().unwrap_or_default()))
}

fn says(entity: &PastEntity, values: &[String], terms: &[String]) -> bool {
    if terms.is_empty() {
        return true;
    }
    let said = text::fold(&format!("{} {} {}", head(entity), entity.reference, values.join(" ")));
    terms.iter().all(|term| said.contains(term.as_str()))
}

/// What an entity that is gone is sorted by, as the same sorts take it from a row.
fn key(entity: &PastEntity, sort: &Sort, values: &[String], q: Option<&str>) -> SortKey {
    let name = entity.reference.name();
    if let Some(q) = q {
        let q = text::fold(q.trim());
        let rank = match name {
            _ if name == q => 0,
            _ if text::fold(name).starts_with(&q) => 1,
            _ if head(entity).contains(&q) => 2,
            _ => 3,
        };
        return SortKey::Text(format!("{rank}{name}"));
    }
    match (sort.number, FACETS.iter().position(|of| of.name == sort.name)) {
        (true, _) => SortKey::Number(0),
        (false, Some(column)) => SortKey::Text(values[column].clone()),
        (false, None) => SortKey::Text(name.to_owned()),
    }
}

/// An entity that is gone, as it was when it went. Whether a descriptor declared it is not kept.
fn summary(entity: &PastEntity, held: &Held, owners: &HashSet<String>) -> EntitySummary {
    let (reference, traits) = (&entity.reference, &entity.traits);
    EntitySummary {
        entity: reference.clone(),
        kind: reference.kind(),
        name: reference.name().to_owned(),
        namespace: reference.namespace().to_owned(),
        title: traits.title.clone(),
        description: None,
        subtype: traits.subtype.clone(),
        lifecycle: traits.lifecycle.clone(),
        owner_exists: traits.owner.as_ref().is_some_and(|owner| owners.contains(&owner.to_string())),
        owner: traits.owner.clone(),
        system: traits.system.clone(),
        origin: Origin::Detected,
        repository: Some(held.past.repositories[entity.repository].name.clone()),
        path: Some(entity.root.clone()),
        language: language(entity, held),
        lines: 0,
        tags: tags(entity),
        golden: 0,
        off_path: 0,
        findings: 0,
        created_at: entity.spans.first().map(|(from, _)| timestamp(*from)),
        gone_at: entity.spans.last().and_then(|(_, to)| to.map(timestamp)),
    }
}

/// The item with what it used at the time.
fn as_of(item: EntitySummary, past: Option<&PastEntity>, held: &Held, at: Time) -> EntitySummary {
    let component = past.and_then(|past| past.component).map(|component| &held.past.components[component]);
    if item.kind != EntityKind::Component {
        return item;
    }
    let standings = component.map(|component| standings(component, at, None)).unwrap_or_default();
    let count = |paths: &[Is]| {
        standings.iter().filter(|(_, standing)| paths.iter().any(|path| standing.is(*path))).count() as u64
    };
    EntitySummary { golden: count(&[Is::Golden]), off_path: count(&[Is::Vendor, Is::Homegrown]), ..item }
}
