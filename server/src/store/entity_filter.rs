//! What a query about entities means in SQL, and which part of it facet columns can answer.
//! It must not run a query.
use super::{
    StoreError,
    entities::FACETS,
    list::{check_flag, check_words, one_of, references},
    sql::Sql,
    text,
};
use sea_orm::DbBackend;
use shared::{EntityKind, OfferPath, Origin, State, api::EntityQuery};

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
pub(super) fn slow_part(query: &EntityQuery) -> Option<EntityQuery> {
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
pub(super) fn filters(query: &EntityQuery) -> Result<Vec<Vec<String>>, StoreError> {
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
pub(super) fn standing(query: &EntityQuery) -> Result<Option<Vec<Sql>>, StoreError> {
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
pub(super) fn using_offer(query: &EntityQuery) -> Option<Sql> {
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
pub(super) fn relevance(q: &str) -> Sql {
    let q = text::fold(q.trim());
    Sql::new("(CASE WHEN entity.name = ")
        .bind(q.clone())
        .add(" THEN '0' WHEN entity.name LIKE ")
        .bind(text::beginning(&q))
        .add(" ESCAPE '\\' THEN '1' WHEN entity.head LIKE ")
        .bind(text::anywhere(&q))
        .add(" ESCAPE '\\' THEN '2' ELSE '3' END || entity.name)")
}

pub(super) fn field<'q>(query: &'q mut EntityQuery, name: &str) -> &'q mut Vec<String> {
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
