//! What every list does the same way: sort, page by keyset, count, and count again for each facet.
//! It must not know what is listed: each list describes itself by a `List`.
use super::{
    Store, StoreError,
    cursor::{Cursor, SortKey},
    sql::Sql,
    transaction,
};
use sea_orm::{FromQueryResult, QueryResult};
use shared::api::{Facet, FacetValue};
use std::sync::Arc;

pub(super) const DEFAULT_LIMIT: u32 = 50;
pub(super) const MAX_LIMIT: u32 = 200;
const MAX_FACET_VALUES: usize = 50;

/// How a list is read.
pub(super) struct List {
    pub(super) name: &'static str,
    pub(super) table: &'static str,
    pub(super) columns: &'static str,
    /// The first is the default.
    pub(super) sorts: &'static [Sort],
}

/// One way to sort: its name in the query, and its expression, which is never null.
pub(super) struct Sort {
    pub(super) name: &'static str,
    pub(super) expr: &'static str,
    pub(super) number: bool,
}

/// What is asked of a list, apart from its own filters.
pub(super) struct Ask<'a> {
    pub(super) sort: Option<&'a str>,
    pub(super) cursor: Option<&'a str>,
    pub(super) limit: Option<u32>,
    /// The filters as text: what a cursor and a cached count belong to.
    pub(super) key: String,
}

/// One page before its rows become items.
pub(super) struct Rows<T> {
    pub(super) rows: Vec<T>,
    pub(super) total: u64,
    pub(super) next: Option<String>,
}

/// A facet of a list: the query's parameter, its heading, the expression that is its value.
pub(super) struct FacetOf {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) expr: &'static str,
    /// Table and joins, when the value is not a column of the list's own table.
    pub(super) from: Option<&'static str>,
}

/// Builds an `Ask` from any of the shared queries.
macro_rules! ask {
    ($query:expr) => {
        super::list::Ask {
            sort: $query.sort.as_deref(),
            cursor: $query.cursor.as_deref(),
            limit: $query.limit,
            key: super::list::filter_key(&$query.pairs()),
        }
    };
}
pub(super) use ask;

/// The filters of a query as text, without paging.
pub(super) fn filter_key(pairs: &[(&'static str, String)]) -> String {
    let filters = pairs.iter().filter(|(k, _)| !matches!(*k, "sort" | "cursor" | "limit"));
    filters.map(|(k, v)| format!("{k}={v}\u{1f}")).collect()
}

/// Items asked for: 50 unless told, 1 to 200.
pub(super) fn limit(asked: Option<u32>) -> usize {
    asked.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT) as usize
}

/// The sort asked for among those a list allows, and whether it runs downwards.
pub(super) fn choose_sort<'s>(sorts: &'s [Sort], asked: Option<&str>) -> Result<(&'s Sort, bool), StoreError> {
    let Some(given) = asked.filter(|s| !s.is_empty()) else {
        return Ok((sorts.first().expect("every list names at least one sort"), false));
    };
    let (name, down) = given.strip_prefix('-').map_or((given, false), |name| (name, true));
    let found = sorts.iter().find(|s| s.name == name);
    let allowed = || sorts.iter().map(|s| s.name).collect::<Vec<_>>().join(", ");
    found.map(|s| (s, down)).ok_or_else(|| StoreError::BadSort { given: given.to_owned(), allowed: allowed() })
}

impl Store {
    /// Reads one page of a list under a condition.
    pub(super) async fn page<T: FromQueryResult>(
        &self,
        list: &List,
        condition: Sql,
        ask: Ask<'_>,
    ) -> Result<Rows<T>, StoreError> {
        let (sort, down) = choose_sort(list.sorts, ask.sort)?;
        self.page_sorted(list, condition, ask, (Sql::new(sort.expr), sort.number, down)).await
    }

    /// As `page`, with a sort expression that may hold values.
    pub(super) async fn page_sorted<T: FromQueryResult>(
        &self,
        list: &List,
        condition: Sql,
        ask: Ask<'_>,
        (expr, number, down): (Sql, bool, bool),
    ) -> Result<Rows<T>, StoreError> {
        let total = self.total(list, &condition, &ask.key).await?;
        let place = format!("{}?{}{}", list.name, ask.key, ask.sort.unwrap_or_default());
        let List { table, columns, .. } = list;
        let mut sql = Sql::new(format!("SELECT {columns}, {table}.id AS row_id, ")).then(expr.clone());
        sql = sql.add(format!(" AS sort_key FROM {table} WHERE ")).then(condition);
        if let Some(cursor) = ask.cursor {
            let cursor = Cursor::read(&place, cursor)?;
            if matches!(cursor.key, SortKey::Number(_)) != number {
                return Err(StoreError::BadCursor);
            }
            sql = sql.add(" AND (").then(expr.clone()).add(format!(", {table}.id) {} (", if down { "<" } else { ">" }));
            sql = sql.bind(cursor.key).add(", ").bind(cursor.id).add(")");
        }
        let way = if down { "DESC" } else { "ASC" };
        let limit = limit(ask.limit);
        sql = sql.add(" ORDER BY ").then(expr).add(format!(" {way}, {table}.id {way} LIMIT {}", limit + 1));
        let mut found = transaction::rows(self.reader(), sql).await?;
        let next = if found.len() > limit {
            found.truncate(limit);
            found.last().map(|row| after(&place, row, number)).transpose()?
        } else {
            None
        };
        let rows = found.iter().map(|row| T::from_query_result(row, "")).collect::<Result<_, _>>()?;
        Ok(Rows { rows, total, next })
    }

    /// How many rows a list has under a condition.
    pub(super) async fn total(&self, list: &List, condition: &Sql, key: &str) -> Result<u64, StoreError> {
        let generation = self.generation().await;
        let question = format!("total {}?{key}", list.name);
        if let Some(total) = self.cache().find::<u64>(generation, &question) {
            return Ok(*total);
        }
        let sql = Sql::new(format!("SELECT COUNT(*) AS n FROM {} WHERE ", list.table)).then(condition.clone());
        let total = transaction::number(self.reader(), sql).await?.unsigned_abs();
        Ok(*self.cache().keep(generation, &question, total))
    }

    /// The total of a list when it was counted at the current generation.
    pub(super) async fn held_total(&self, list: &List, key: &str) -> Option<u64> {
        let generation = self.generation().await;
        self.cache().find::<u64>(generation, &format!("total {}?{key}", list.name)).map(|total| *total)
    }

    /// Keeps a total that was counted elsewhere at the current generation.
    pub(super) async fn keep_total(&self, list: &List, key: &str, total: u64) {
        let generation = self.generation().await;
        self.cache().keep(generation, &format!("total {}?{key}", list.name), total);
    }

    /// Counts the values of one facet under the condition of all other filters.
    pub(super) async fn count_values(
        &self,
        list: &List,
        facet: &FacetOf,
        condition: Sql,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        let from = facet.from.unwrap_or(list.table);
        let count = if facet.from.is_some() { format!("COUNT(DISTINCT {}.id)", list.table) } else { "COUNT(*)".into() };
        let sql = Sql::new(format!("SELECT {} AS value, {count} AS n FROM {from} WHERE ", facet.expr));
        let sql = sql.then(condition).add(format!(" GROUP BY {}", facet.expr));
        let rows = transaction::rows(self.reader(), sql).await?;
        rows.iter().map(|row| Ok((row.try_get("", "value")?, row.try_get::<i64>("", "n")?.unsigned_abs()))).collect()
    }

    /// The facets kept for a question, or those that `compute` gives.
    pub(super) async fn cached_facets<F>(&self, question: String, compute: F) -> Result<Vec<Facet>, StoreError>
    where
        F: AsyncFnOnce() -> Result<Vec<Facet>, StoreError>,
    {
        let generation = self.generation().await;
        let question = format!("facets {question}");
        if let Some(facets) = self.cache().find::<Vec<Facet>>(generation, &question) {
            return Ok(Vec::clone(&facets));
        }
        let facets: Arc<Vec<Facet>> = self.cache().keep(generation, &question, compute().await?);
        Ok(Vec::clone(&facets))
    }
}

/// A facet from its counts: most first, at most 50, the selected ones always among them.
pub(super) fn facet(of: (&str, &str), mut counts: Vec<(String, u64)>, selected: &[String]) -> Facet {
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let missing: Vec<_> = selected.iter().filter(|s| !counts.iter().any(|(v, _)| v == *s)).collect();
    let missing: Vec<_> = missing.into_iter().map(|s| (s.clone(), 0)).collect();
    let is_selected = |value: &String| selected.contains(value);
    let mut kept = 0;
    counts.retain(|(value, _)| {
        kept += 1;
        kept <= MAX_FACET_VALUES || is_selected(value)
    });
    counts.extend(missing);
    let value = |(value, count): (String, u64)| FacetValue {
        label: if value.is_empty() { "unknown".to_owned() } else { value.clone() },
        selected: is_selected(&value),
        value,
        count,
    };
    Facet { name: of.0.to_owned(), title: of.1.to_owned(), values: counts.into_iter().map(value).collect() }
}

/// Every word of a filter must be one of a closed vocabulary; the empty text, unknown, is always allowed.
///
/// # Errors
/// `BadFilter` that names the words which would have done.
pub(super) fn check_words<W>(name: &'static str, given: &[String]) -> Result<(), StoreError>
where
    W: std::str::FromStr<Err = shared::UnknownWord>,
{
    for word in given.iter().filter(|w| !w.is_empty()) {
        word.parse::<W>().map_err(|e| StoreError::BadFilter {
            name,
            given: word.clone(),
            reason: format!("expected one of {}", e.expected),
        })?;
    }
    Ok(())
}

/// Reads `true` or `false`.
///
/// # Errors
/// `BadFilter` for anything else.
pub(super) fn check_flag(name: &'static str, given: Option<&str>) -> Result<Option<bool>, StoreError> {
    match given {
        None | Some("") => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(other) => {
            Err(StoreError::BadFilter { name, given: other.to_owned(), reason: "expected true or false".to_owned() })
        }
    }
}

/// Entity references of a filter as they are stored; the empty text stands for unknown.
///
/// # Errors
/// `BadFilter` when one is no reference.
pub(super) fn references(
    name: &'static str,
    given: &[String],
    kind: Option<shared::EntityKind>,
) -> Result<Vec<String>, StoreError> {
    let read = |text: &String| match text.as_str() {
        "" => Ok(String::new()),
        text => shared::EntityRef::parse(text, kind, "default")
            .map(|r| r.to_string())
            .map_err(|e| StoreError::BadFilter { name, given: text.to_owned(), reason: e.to_string() }),
    };
    given.iter().map(read).collect()
}

/// `column IN (…)`, or nothing when the filter is not set.
pub(super) fn one_of(column: &str, given: &[String]) -> Option<Sql> {
    (!given.is_empty()).then(|| Sql::any_of(column, given.iter().map(String::as_str)))
}

fn after(place: &str, row: &QueryResult, number: bool) -> Result<String, StoreError> {
    let key = if number {
        SortKey::Number(row.try_get("", "sort_key")?)
    } else {
        SortKey::Text(row.try_get("", "sort_key")?)
    };
    Ok(Cursor::after(place, key, row.try_get("", "row_id")?))
}
