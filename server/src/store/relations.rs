//! The list of relations. A relation that is both declared and observed, or declared twice, is one item.
//! It must not infer relations.
use super::{
    Store, StoreError,
    cursor::{Cursor, SortKey},
    list::{Sort, ask, choose_sort, limit, one_of, references},
    places::existing,
    rows::{line, maybe, read},
    sql::Sql,
    text, transaction,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::api::{Page, RelationItem, RelationQuery};
use std::collections::{HashMap, HashSet};

const SORTS: &[Sort] = &[Sort { name: "from", expr: "relation.from_ref", number: false }];
/// Between the three parts of a relation's key in a cursor; no part holds it.
const UNIT: char = '\u{1f}';

#[derive(FromQueryResult)]
struct RelationRow {
    from_ref: String,
    kind: String,
    to_ref: String,
    declared: i64,
    observed: i64,
    first_id: i64,
}

#[derive(FromQueryResult)]
struct PlaceRow {
    id: i64,
    repository: String,
    path: Option<String>,
    line: Option<i64>,
}

impl Store {
    /// One page of relations, by their `from`, type and `to`.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_relations(&self, query: &RelationQuery) -> Result<Page<RelationItem>, StoreError> {
        let ask = ask!(query);
        let (_, down) = choose_sort(SORTS, ask.sort)?;
        let total = self.count_relations(query).await?;
        let place = format!("relations?{}{down}", ask.key);
        let mut condition = Sql::all(conditions(query)?);
        if let Some(cursor) = ask.cursor {
            condition = condition.then(after(&Cursor::read(&place, cursor)?, down)?);
        }
        let limit = limit(ask.limit);
        let mut rows = grouped(self.reader(), query, condition, (down, Some(limit + 1))).await?;
        let mut next = None;
        if rows.len() > limit {
            rows.truncate(limit);
            let key = |r: &RelationRow| SortKey::Text(format!("{}{UNIT}{}{UNIT}{}", r.from_ref, r.kind, r.to_ref));
            next = rows.last().map(|row| Cursor::after(&place, key(row), 0));
        }
        Ok(Page { items: items(self.reader(), rows).await?, total, next })
    }

    /// How many relations a query asks for.
    pub(super) async fn count_relations(&self, query: &RelationQuery) -> Result<u64, StoreError> {
        let generation = self.generation().await;
        let question = format!("total relations?{}", super::list::filter_key(&query.pairs()));
        if let Some(total) = self.cache().find::<u64>(generation, &question) {
            return Ok(*total);
        }
        let sql = Sql::new("SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM relation WHERE ");
        let sql = sql.then(Sql::all(conditions(query)?)).add(" GROUP BY from_ref, kind, to_ref").then(having(query)?);
        let total = transaction::number(self.reader(), sql.add(") AS grouped")).await?.unsigned_abs();
        Ok(*self.cache().keep(generation, &question, total))
    }
}

/// Every relation that a query asks for, without paging.
///
/// # Errors
/// `BadFilter`, or when the database does not answer.
pub(super) async fn all_relations(
    db: &impl ConnectionTrait,
    query: &RelationQuery,
) -> Result<Vec<RelationItem>, StoreError> {
    let rows = grouped(db, query, Sql::all(conditions(query)?), (false, None)).await?;
    items(db, rows).await
}

async fn grouped(
    db: &impl ConnectionTrait,
    query: &RelationQuery,
    condition: Sql,
    (down, limit): (bool, Option<usize>),
) -> Result<Vec<RelationRow>, StoreError> {
    let sql = Sql::new(
        "SELECT from_ref, kind, to_ref, CAST(MAX(CASE WHEN observed THEN 0 ELSE 1 END) AS bigint) AS declared, \
         CAST(MAX(CASE WHEN observed THEN 1 ELSE 0 END) AS bigint) AS observed, MIN(id) AS first_id \
         FROM relation WHERE ",
    );
    let way = if down { "DESC" } else { "ASC" };
    let sql = sql.then(condition).add(" GROUP BY from_ref, kind, to_ref").then(having(query)?);
    let sql = sql.add(format!(" ORDER BY from_ref {way}, kind {way}, to_ref {way}"));
    let sql = if let Some(limit) = limit { sql.add(format!(" LIMIT {limit}")) } else { sql };
    transaction::all(db, sql).await
}

async fn items(db: &impl ConnectionTrait, rows: Vec<RelationRow>) -> Result<Vec<RelationItem>, StoreError> {
    let exists = existing(db, rows.iter().flat_map(|r| [r.from_ref.clone(), r.to_ref.clone()])).await?;
    let mut places = HashMap::new();
    for chunk in rows.chunks(500) {
        let sql = Sql::new("SELECT id, repository, path, line FROM relation WHERE ");
        let sql = sql.then(Sql::any_of("id", chunk.iter().map(|r| r.first_id)));
        places.extend(transaction::all::<PlaceRow>(db, sql).await?.into_iter().map(|p| (p.id, p)));
    }
    rows.iter().map(|row| item(row, places.get(&row.first_id), &exists)).collect()
}

fn item(row: &RelationRow, place: Option<&PlaceRow>, exists: &HashSet<String>) -> Result<RelationItem, StoreError> {
    let origin = match (row.declared, row.observed) {
        (1, 1) => "both",
        (_, 1) => "observed",
        _ => "declared",
    };
    Ok(RelationItem {
        from: read("reference", &row.from_ref)?,
        kind: row.kind.clone(),
        to: read("reference", &row.to_ref)?,
        origin: origin.to_owned(),
        from_exists: exists.contains(&row.from_ref),
        to_exists: exists.contains(&row.to_ref),
        repository: maybe("repository", place.map(|p| p.repository.as_str()))?,
        path: place.and_then(|p| p.path.as_deref()).map(|p| read("path", p)).transpose()?,
        line: place.and_then(|p| line(p.line)),
    })
}

fn conditions(query: &RelationQuery) -> Result<Vec<Sql>, StoreError> {
    let mut parts = vec![Sql::new("NOT relation.shadowed")];
    let entities = references("entity", &query.entity, None)?;
    if !entities.is_empty() {
        let ends = ["relation.from_ref", "relation.to_ref"];
        parts.push(Sql::any(ends.iter().filter_map(|end| one_of(end, &entities)).collect()));
    }
    parts.extend(one_of("relation.from_ref", &references("from", &query.from, None)?));
    parts.extend(one_of("relation.to_ref", &references("to", &query.to, None)?));
    parts.extend(one_of("relation.kind", &query.r#type));
    let terms = text::terms(query.q.as_deref().unwrap_or_default());
    if !terms.is_empty() {
        parts.push(text::contains(&["relation.from_ref", "relation.kind", "relation.to_ref"], &terms));
    }
    Ok(parts)
}

/// The relations after a cursor, in the order of the index on the three columns.
fn after(cursor: &Cursor, down: bool) -> Result<Sql, StoreError> {
    let SortKey::Text(key) = &cursor.key else { return Err(StoreError::BadCursor) };
    let parts: Vec<&str> = key.split(UNIT).collect();
    if parts.len() != 3 {
        return Err(StoreError::BadCursor);
    }
    let way = if down { "<" } else { ">" };
    let columns = "(relation.from_ref, relation.kind, relation.to_ref)";
    Ok(Sql::with(format!(" AND {columns} {way} (?, ?, ?)"), parts))
}

/// The origin is one of the whole group of rows.
fn having(query: &RelationQuery) -> Result<Sql, StoreError> {
    let one = |origin: &String| match origin.as_str() {
        "declared" => Ok("MAX(CASE WHEN observed THEN 1 ELSE 0 END) = 0"),
        "observed" => Ok("MIN(CASE WHEN observed THEN 1 ELSE 0 END) = 1"),
        "both" => Ok("MAX(CASE WHEN observed THEN 1 ELSE 0 END) > MIN(CASE WHEN observed THEN 1 ELSE 0 END)"),
        other => Err(StoreError::BadFilter {
            name: "origin",
            given: other.to_owned(),
            reason: "expected one of declared, observed, both".to_owned(),
        }),
    };
    let origins = query.origin.iter().map(|o| one(o).map(Sql::new)).collect::<Result<Vec<_>, _>>()?;
    if origins.is_empty() { Ok(Sql::default()) } else { Ok(Sql::new(" HAVING ").then(Sql::any(origins))) }
}
