//! Replaces everything that one repository contributes, in one transaction.
//! It must not leave a reader with a mixture of the old and the new state.
use super::{
    Store, StoreError,
    rows::{stored, to_json},
    save_rows::{by_lines, finding_row, insert},
    save_status::{Standing as Status, upsert_repository},
    settle::{count_again, place_findings},
    sql::Sql,
    tables::finding,
    text::{clean, clip},
    transaction,
    writing::Writing,
};
use crate::{catalog::model::RepositoryCatalog, scan::Located};
use sea_orm::{DatabaseTransaction, FromQueryResult};
use shared::{CommitId, RepoName, RepositoryStatus, Timestamp};
use std::collections::{HashMap, HashSet};

const PARTIAL: &str = "A limit was reached while the repository was read: what was found is shown, more may exist. \
                       The findings say which limit.";

/// One look at one repository: where it was found, and when.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The source that lists it.
    pub source: i64,
    pub located: &'a Located,
    pub at: &'a Timestamp,
}

/// What a stored state was made from: the same key gives the same state.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ScanKey {
    pub commit: CommitId,
    pub scanner_version: u32,
    pub rules_hash: String,
}

#[derive(FromQueryResult)]
struct KeyRow {
    name: String,
    commit_id: String,
    scanner_version: i64,
    rules_hash: String,
}

impl Store {
    /// What each stored good state was made from.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_scan_keys(&self) -> Result<HashMap<RepoName, ScanKey>, StoreError> {
        let sql = Sql::new(
            "SELECT name, commit_id, scanner_version, rules_hash FROM repository \
             WHERE commit_id IS NOT NULL AND scanner_version IS NOT NULL AND rules_hash IS NOT NULL",
        );
        let key = |row: KeyRow| {
            let commit = super::rows::read("commit", &row.commit_id)?;
            let scanner_version = u32::try_from(row.scanner_version).unwrap_or_default();
            Ok((
                super::rows::read("repository", &row.name)?,
                ScanKey { commit, scanner_version, rules_hash: row.rules_hash },
            ))
        };
        transaction::all::<KeyRow>(self.reader(), sql).await?.into_iter().map(key).collect()
    }

    /// Replaces everything of one repository. Doing it again with the same catalog gives the same state. What joins
    /// repositories (linked relations, shadowing, link findings) stays as it was until `save_links`, and its past until
    /// `save_history`.
    ///
    /// # Errors
    /// When the database refuses the write; the old state stays whole then.
    pub async fn save_repository(
        &self,
        visit: &Visit<'_>,
        catalog: &RepositoryCatalog,
        key: &ScanKey,
    ) -> Result<(), StoreError> {
        let Visit { source, located, at: scanned_at } = *visit;
        let tx = self.write().await?;
        let status = if catalog.partial { RepositoryStatus::Partial } else { RepositoryStatus::Ok };
        let status = Status { status, message: catalog.partial.then_some(PARTIAL), scanned_at };
        let id = upsert_repository(&tx, source, located, &status).await?;
        describe(&tx, id, catalog, key, scanned_at).await?;
        let shadowed = shadowed(&tx, id).await?;
        clear(&tx, id).await?;
        let mut writing =
            Writing { tx: &tx, id, name: located.name.to_string(), catalog, shadowed, entities: HashMap::new() };
        writing.entities().await?;
        writing.relations().await?;
        writing.packages().await?;
        writing.usages().await?;
        writing.texts().await?;
        let rows = catalog.findings.iter().map(|f| finding_row(writing.id, &writing.name, "scan", f)).collect();
        insert::<finding::Entity, _>(&tx, rows).await?;
        place_findings(&tx, Some(id)).await?;
        count_again(&tx, Some(id)).await?;
        self.commit(tx).await
    }
}

/// Writes what the repository's own row says of the catalog, and the key of the state.
async fn describe(
    tx: &DatabaseTransaction,
    id: i64,
    catalog: &RepositoryCatalog,
    key: &ScanKey,
    scanned_at: &Timestamp,
) -> Result<(), StoreError> {
    let languages = by_lines(&catalog.languages);
    let sql = Sql::new("UPDATE repository SET partial = ").bind(catalog.partial);
    let sql = sql.add(", branch = ").bind(clean(&catalog.tip.branch)).add(", commit_id = ").bind(key.commit.as_str());
    let sql = sql.add(", committed_at = ").bind(catalog.tip.committed_at.as_str());
    let sql = sql.add(", scanner_version = ").bind(i64::from(key.scanner_version));
    let sql = sql.add(", rules_hash = ").bind(key.rules_hash.as_str());
    let sql = sql.add(", language = ").bind(languages.first().map(|l| clip(&l.language)).unwrap_or_default());
    let sql = sql.add(", languages = ").bind(to_json(&languages)).add(", n_files = ").bind(stored(catalog.n_files));
    transaction::run(tx, sql.add(" WHERE id = ").bind(id)).await?;
    let sql = Sql::new(
        "INSERT INTO repository_scan (repository_id, commit_id, scanner_version, rules_hash, scanned_at) VALUES (",
    );
    let sql = sql.bind(id).add(", ").bind(key.commit.as_str()).add(", ").bind(i64::from(key.scanner_version));
    let sql = sql.add(", ").bind(key.rules_hash.as_str()).add(", ").bind(scanned_at.as_str());
    let sql = sql.add(
        ") ON CONFLICT (repository_id, commit_id, scanner_version, rules_hash) DO UPDATE SET scanned_at = excluded.scanned_at",
    );
    transaction::run(tx, sql).await.map(drop)
}

async fn shadowed(tx: &DatabaseTransaction, id: i64) -> Result<HashSet<String>, StoreError> {
    let sql = Sql::new("SELECT ref AS value FROM entity WHERE shadowed AND repository_id = ").bind(id);
    let rows = transaction::rows(tx, sql).await?;
    rows.iter().map(|row| Ok(row.try_get("", "value")?)).collect()
}

/// Deletes what the repository contributed, children first so that no foreign key has to search for them.
async fn clear(tx: &DatabaseTransaction, id: i64) -> Result<(), StoreError> {
    let of_entities = "entity_id IN (SELECT id FROM entity WHERE repository_id = ?)";
    let conditions = [
        ("usage", "repository_id = ?"),
        ("standing", "repository_id = ?"),
        ("dependency", "repository_id = ?"),
        ("package", "repository_id = ?"),
        ("relation", "repository_id = ? AND NOT linked"),
        ("finding", "repository_id = ? AND origin IN ('scan', 'failure')"),
        ("document_text", "repository_id = ?"),
        ("entity_tag", of_entities),
        ("entity_detail", of_entities),
        ("entity", "repository_id = ?"),
    ];
    for (table, condition) in conditions {
        transaction::run(tx, Sql::with(format!("DELETE FROM {table} WHERE {condition}"), [id])).await?;
    }
    Ok(())
}
