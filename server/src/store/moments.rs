//! When the items of a page came and went, read from the past of their repositories.
//! It must not filter a list.
use super::{StoreError, places::Webs, rows::read, sql::Sql, transaction};
use crate::metrics::past::{Time, timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{Timestamp, api::Moment};
use std::collections::{BTreeSet, HashMap};

/// Texts of one `IN (…)`.
const CHUNK: usize = 500;

#[derive(FromQueryResult)]
struct StartRow {
    repository: String,
    component: String,
    capability: String,
    offer: String,
    from_commit: String,
    from_at: i64,
}

#[derive(FromQueryResult)]
struct CreatedRow {
    repository: String,
    reference: String,
    from_at: i64,
}

/// The first commits of what is used today, by repository, component, capability and offer.
pub(super) type Starts = HashMap<[String; 4], (String, Time)>;

/// When what is used today by some components began to be used.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn starts(
    db: &impl ConnectionTrait,
    components: BTreeSet<String>,
    capabilities: BTreeSet<String>,
) -> Result<Starts, StoreError> {
    let components: Vec<String> = components.into_iter().collect();
    let mut out = Starts::new();
    for chunk in components.chunks(CHUNK) {
        let sql = Sql::new(
            "SELECT repository, component, capability, offer, from_commit, from_at FROM usage_interval \
             WHERE NOT shadowed AND to_at IS NULL AND ",
        );
        let sql = sql.then(Sql::any_of("component", chunk.iter().cloned())).add(" AND ");
        let sql = sql.then(Sql::any_of("capability", capabilities.iter().cloned()));
        for row in transaction::all::<StartRow>(db, sql).await? {
            out.insert([row.repository, row.component, row.capability, row.offer], (row.from_commit, row.from_at));
        }
    }
    Ok(out)
}

/// When each of some entities first came to be, by repository and reference.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn created(
    db: &impl ConnectionTrait,
    references: impl IntoIterator<Item = String>,
) -> Result<HashMap<(String, String), Timestamp>, StoreError> {
    let references: Vec<String> = references.into_iter().collect();
    let mut out = HashMap::new();
    for chunk in references.chunks(CHUNK) {
        let sql = Sql::new(
            "SELECT repository, ref AS reference, MIN(from_at) AS from_at FROM entity_span WHERE NOT shadowed AND ",
        );
        let sql = sql.then(Sql::any_of("ref", chunk.iter().cloned())).add(" GROUP BY repository, ref");
        let rows: Vec<CreatedRow> = transaction::all(db, sql).await?;
        out.extend(rows.into_iter().map(|row| ((row.repository, row.reference), timestamp(row.from_at))));
    }
    Ok(out)
}

/// A commit as the API gives it.
///
/// # Errors
/// `Damaged` when it does not read back.
pub(super) fn moment(repository: &str, commit: &str, at: Time, webs: &Webs) -> Result<Moment, StoreError> {
    let permalink = webs.commit(repository, commit);
    Ok(Moment { commit: read("commit", commit)?, at: timestamp(at), permalink })
}
