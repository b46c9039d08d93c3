//! The columns that facets count, held in memory as small numbers, one set for each generation: counting every facet
//! is then one pass over them instead of one grouped query for each.
//! It must not hold texts that are searched, nor outlive the generation it was read at.
use super::{
    Store, StoreError,
    list::{FacetOf, List, facet},
    sql::Sql,
    transaction,
};
use sea_orm::{ConnectionTrait, DbBackend};
use shared::api::Facet;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Rows read at once, so that loading a large catalog needs little memory.
pub(super) const CHUNK: usize = 20_000;
/// Between the rows and between the columns of a row (ASCII's separators); `text::clip` keeps them out of columns.
pub(super) const RECORD: char = '\u{1e}';
pub(super) const UNIT: char = '\u{1f}';
/// Between the values of a column that holds several.
const SEPARATOR: char = '\n';

/// One column: each row's value as its number among the distinct ones.
#[derive(Debug, Default)]
struct Column {
    words: Vec<String>,
    codes: Vec<u32>,
    /// Numbers of the words while the column is read.
    known: HashMap<String, u32>,
}

/// The facet columns of a list, rows by ascending id.
#[derive(Debug)]
pub(super) struct Columns {
    ids: Vec<i64>,
    columns: Vec<Column>,
}

/// The counts of every facet, and how many rows fit all filters.
pub(super) struct Counted {
    counts: Vec<Vec<u64>>,
    pub(super) total: u64,
}

impl Column {
    fn push(&mut self, word: &str) {
        let code = self.known.get(word).copied().unwrap_or_else(|| {
            let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            self.words.push(word.to_owned());
            self.known.insert(word.to_owned(), next);
            next
        });
        self.codes.push(code);
    }

    /// Per distinct value, whether a filter keeps it; `None` when the filter is not set.
    fn kept(&self, filter: &[String]) -> Option<Vec<bool>> {
        let keeps = |word: &String| word.split(SEPARATOR).any(|part| filter.iter().any(|f| f == part));
        (!filter.is_empty()).then(|| self.words.iter().map(keeps).collect())
    }

    /// The counts by value; a row with several values counts under each.
    fn by_value(&self, counts: &[u64]) -> Vec<(String, u64)> {
        let mut out: BTreeMap<&str, u64> = BTreeMap::new();
        for (word, count) in self.words.iter().zip(counts).filter(|(_, count)| **count > 0) {
            for part in word.split(SEPARATOR) {
                *out.entry(part).or_default() += count;
            }
        }
        out.into_iter().map(|(value, count)| (value.to_owned(), count)).collect()
    }
}

impl Columns {
    fn push(&mut self, line: &str) -> Result<(), StoreError> {
        let mut parts = line.split(UNIT);
        self.ids.push(id(parts.next().unwrap_or_default())?);
        for column in &mut self.columns {
            column.push(parts.next().unwrap_or_default());
        }
        Ok(())
    }

    /// Columns of rows that are in memory, each with one value a facet.
    pub(super) fn of<'r>(n_facets: usize, rows: impl IntoIterator<Item = &'r [String]>) -> Self {
        let mut columns: Vec<Column> = (0..n_facets).map(|_| Column::default()).collect();
        let mut ids = Vec::new();
        for (id, row) in (1..).zip(rows) {
            ids.push(id);
            for (column, value) in columns.iter_mut().zip(row) {
                column.push(value);
            }
        }
        Self { ids, columns }
    }

    /// Counts each facet under the filters of all the others. `filters` has one list a facet, in their order; `among`
    /// are the only rows looked at, by ascending id.
    pub(super) fn count(&self, filters: &[Vec<String>], among: Option<&[i64]>) -> Counted {
        let kept: Vec<_> = self.columns.iter().zip(filters).map(|(column, filter)| column.kept(filter)).collect();
        let mut counts: Vec<Vec<u64>> = self.columns.iter().map(|c| vec![0; c.words.len()]).collect();
        let mut among = among.map(|ids| ids.iter().copied().peekable());
        let mut total = 0;
        for (row, id) in self.ids.iter().enumerate() {
            if let Some(ids) = &mut among {
                while ids.next_if(|next| next < id).is_some() {}
                if ids.next_if_eq(id).is_none() {
                    continue;
                }
            }
            let refuses = |(column, kept): (&Column, &Option<Vec<bool>>)| {
                kept.as_ref().is_some_and(|kept| !kept[column.codes[row] as usize])
            };
            let mut refused =
                self.columns.iter().zip(&kept).enumerate().filter(|(_, pair)| refuses(*pair)).map(|(i, _)| i);
            match (refused.next(), refused.next()) {
                (None, _) => {
                    total += 1;
                    for (column, counts) in self.columns.iter().zip(&mut counts) {
                        counts[column.codes[row] as usize] += 1;
                    }
                }
                // Under all filters but its own, the facet that alone refuses the row would show it.
                (Some(only), None) => counts[only][self.columns[only].codes[row] as usize] += 1,
                (Some(_), Some(_)) => {}
            }
        }
        Counted { counts, total }
    }

    /// The counts as facets.
    pub(super) fn facets(&self, of: &[FacetOf], counted: &Counted, filters: &[Vec<String>]) -> Vec<Facet> {
        joint_facets(of, &[(self, counted)], filters)
    }
}

/// The counts of several sets of rows as facets of all of them.
pub(super) fn joint_facets(of: &[FacetOf], parts: &[(&Columns, &Counted)], filters: &[Vec<String>]) -> Vec<Facet> {
    let one = |(i, of): (usize, &FacetOf)| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for (columns, counted) in parts {
            for (value, count) in columns.columns[i].by_value(&counted.counts[i]) {
                *counts.entry(value).or_default() += count;
            }
        }
        facet((of.name, of.title), counts.into_iter().collect(), &filters[i])
    };
    of.iter().enumerate().map(one).collect()
}

impl Store {
    /// The facet columns of a list at the current generation, when they are in memory.
    pub(super) async fn held_columns(&self, list: &List) -> Option<Arc<Columns>> {
        self.cache().find(self.generation().await, &question(list))
    }

    /// The facet columns of a list at the current generation.
    pub(super) async fn columns(&self, list: &List, facets: &[FacetOf]) -> Result<Arc<Columns>, StoreError> {
        // One reader loads them, the others wait for it.
        let _loading = self.loading().lock().await;
        let generation = self.generation().await;
        if let Some(held) = self.cache().find(generation, &question(list)) {
            return Ok(held);
        }
        let values: String = facets.iter().map(|f| format!(" || '{UNIT}' || {}", f.expr)).collect();
        let line = format!("CAST(id AS text){values}");
        let mut columns = Columns { ids: Vec::new(), columns: facets.iter().map(|_| Column::default()).collect() };
        loop {
            let last = columns.ids.last().copied().unwrap_or(0);
            let condition = Sql::new("NOT shadowed AND id > ").bind(last).add(format!(" ORDER BY id LIMIT {CHUNK}"));
            let text = self.lines(list, &line, condition).await?;
            let before = columns.ids.len();
            for line in text.split(RECORD).filter(|line| !line.is_empty()) {
                columns.push(line)?;
            }
            if columns.ids.len() - before < CHUNK {
                break;
            }
        }
        for column in &mut columns.columns {
            column.known = HashMap::new();
        }
        Ok(self.cache().keep(generation, &question(list), columns))
    }

    /// The ids that a condition on a list's own table selects, ascending.
    pub(super) async fn ids(&self, list: &List, condition: Sql) -> Result<Vec<i64>, StoreError> {
        let line = format!("CAST({}.id AS text)", list.table);
        let text = self.lines(list, &line, condition).await?;
        let ids = text.split(RECORD).filter(|line| !line.is_empty()).map(id);
        let mut ids = ids.collect::<Result<Vec<i64>, _>>()?;
        ids.sort_unstable();
        Ok(ids)
    }

    async fn lines(&self, list: &List, expr: &str, condition: Sql) -> Result<String, StoreError> {
        lines(self.reader(), list.table, Sql::new(expr), condition).await
    }
}

/// One text expression for each row of a table, joined by the engine with `RECORD`: a hundred thousand rows come as one
/// value, many times faster than as rows.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn lines(
    db: &impl ConnectionTrait,
    table: &str,
    expr: Sql,
    condition: Sql,
) -> Result<String, StoreError> {
    let join = if db.get_database_backend() == DbBackend::Postgres { "string_agg" } else { "group_concat" };
    let sql = Sql::new(format!("SELECT {join}(line, '{RECORD}') AS lines FROM (SELECT ")).then(expr);
    let sql = sql.add(format!(" AS line FROM {table} WHERE ")).then(condition).add(") AS found");
    let rows = transaction::rows(db, sql).await?;
    let text: Option<String> = rows.first().map(|row| row.try_get("", "lines")).transpose()?.flatten();
    Ok(text.unwrap_or_default())
}

fn id(text: &str) -> Result<i64, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged { what: "row id", value: text.to_owned() })
}

fn question(list: &List) -> String {
    format!("columns {}", list.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(rows: &[(&str, &str)]) -> Columns {
        let (mut a, mut b) = (Column::default(), Column::default());
        for (x, y) in rows {
            a.push(x);
            b.push(y);
        }
        Columns { ids: (1..=rows.len() as i64).collect(), columns: vec![a, b] }
    }

    #[test]
    fn each_facet_counts_under_the_other_filters() {
        let columns = columns(&[("go", "x\ny"), ("go", ""), ("rust", "x"), ("rust", "y")]);
        let filters = [vec!["go".to_owned()], vec!["x".to_owned()]];
        let counted = columns.count(&filters, None);
        assert_eq!(counted.total, 1);
        assert_eq!(columns.columns[0].by_value(&counted.counts[0]), [("go".into(), 1), ("rust".into(), 1)]);
        let tags = columns.columns[1].by_value(&counted.counts[1]);
        assert_eq!(tags, [(String::new(), 1), ("x".into(), 1), ("y".into(), 1)]);
        let few = columns.count(&[vec![], vec![]], Some(&[-3, 2, 4, 9]));
        assert_eq!(few.total, 2);
        assert_eq!(columns.columns[0].by_value(&few.counts[0]), [("go".into(), 1), ("rust".into(), 1)]);
    }
}
