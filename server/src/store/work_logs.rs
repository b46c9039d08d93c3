//! The work of each repository and which files of its tip are code, as they were read last.
//! It must not look inside: what the bytes mean is known to those who read git.
use super::{
    Store, StoreError,
    rows::read,
    save_rows::{finding_row, insert},
    settle::{count_again, place_findings},
    sql::Sql,
    tables::finding,
    text::clean,
    transaction,
};
use crate::scan::Finding;
use sea_orm::{DatabaseTransaction, FromQueryResult};
use shared::{CommitId, RepoName};
use std::collections::HashMap;

/// What a work log or a listing of code was made from: the same key gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WorkKey {
    /// The commit up to which it was read.
    pub tip: CommitId,
    /// How it was read: what was read another way cannot be continued.
    pub reading: String,
}

/// A table that keeps one thing a repository, and the column that holds it.
struct Kept {
    table: &'static str,
    column: &'static str,
}

const WORK: Kept = Kept { table: "repository_work", column: "log" };
const CODE: Kept = Kept { table: "repository_code", column: "listing" };

#[derive(FromQueryResult)]
struct KeyRow {
    name: String,
    tip_commit: String,
    reading: String,
}

impl Store {
    /// What each stored work log was made from.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_work_keys(&self) -> Result<HashMap<RepoName, WorkKey>, StoreError> {
        self.keys_of(&WORK).await
    }

    /// The work log of a repository, as it was given to `save_work`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_work(&self, repository: &RepoName) -> Result<Option<Vec<u8>>, StoreError> {
        self.load_kept(&WORK, repository).await
    }

    /// Replaces the work log of a repository that the store holds, and what was found while it was read.
    ///
    /// # Errors
    /// When the database refuses the write or does not hold the repository; the old log stays whole then.
    pub async fn save_work(
        &self,
        repository: &RepoName,
        key: &WorkKey,
        log: &[u8],
        findings: &[Finding],
    ) -> Result<(), StoreError> {
        let tx = self.write().await?;
        let id = replace(&tx, &WORK, (repository, key), log).await?;
        let old = Sql::new("DELETE FROM finding WHERE origin = 'work' AND repository_id = ").bind(id);
        let n_old = transaction::run(&tx, old).await?;
        if n_old == 0 && findings.is_empty() {
            // Nothing that is shown has changed: answers kept in memory stay true.
            return Ok(tx.commit().await?);
        }
        let rows = findings.iter().map(|f| finding_row(id, repository.as_str(), "work", f)).collect();
        insert::<finding::Entity, _>(&tx, rows).await?;
        place_findings(&tx, Some(id)).await?;
        count_again(&tx, Some(id)).await?;
        self.commit(tx).await
    }

    /// What each stored listing of code was made from.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_code_keys(&self) -> Result<HashMap<RepoName, WorkKey>, StoreError> {
        self.keys_of(&CODE).await
    }

    /// Which files of a repository are code, as it was given to `save_code`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_code(&self, repository: &RepoName) -> Result<Option<Vec<u8>>, StoreError> {
        self.load_kept(&CODE, repository).await
    }

    /// Replaces the listing of code of a repository that the store holds. Nothing of it is shown.
    ///
    /// # Errors
    /// When the database refuses the write or does not hold the repository; the old listing stays then.
    pub async fn save_code(&self, repository: &RepoName, key: &WorkKey, listing: &[u8]) -> Result<(), StoreError> {
        let tx = self.write().await?;
        replace(&tx, &CODE, (repository, key), listing).await?;
        Ok(tx.commit().await?)
    }

    async fn keys_of(&self, Kept { table, .. }: &Kept) -> Result<HashMap<RepoName, WorkKey>, StoreError> {
        let sql = Sql::new(format!(
            "SELECT repository.name, {table}.tip_commit, {table}.reading FROM {table} \
             JOIN repository ON repository.id = {table}.repository_id"
        ));
        let key = |row: KeyRow| {
            let key = WorkKey { tip: read("commit", &row.tip_commit)?, reading: row.reading };
            Ok((read("repository", &row.name)?, key))
        };
        transaction::all::<KeyRow>(self.reader(), sql).await?.into_iter().map(key).collect()
    }

    async fn load_kept(&self, kept: &Kept, repository: &RepoName) -> Result<Option<Vec<u8>>, StoreError> {
        let Kept { table, column } = kept;
        let sql = Sql::new(format!(
            "SELECT {table}.{column} AS kept FROM {table} \
             JOIN repository ON repository.id = {table}.repository_id WHERE repository.name = "
        ));
        let rows = transaction::rows(self.reader(), sql.bind(repository.as_str())).await?;
        Ok(rows.first().map(|row| row.try_get("", "kept")).transpose()?)
    }
}

/// Writes what is kept of a repository, and gives its row.
async fn replace(
    tx: &DatabaseTransaction,
    Kept { table, column }: &Kept,
    (repository, key): (&RepoName, &WorkKey),
    bytes: &[u8],
) -> Result<i64, StoreError> {
    let id = Sql::new("SELECT id AS n FROM repository WHERE name = ").bind(repository.as_str());
    let id = transaction::number(tx, id).await?;
    let sql = Sql::new(format!("INSERT INTO {table} (repository_id, tip_commit, reading, {column}) VALUES (")).bind(id);
    let sql = sql.add(", ").bind(key.tip.as_str()).add(", ").bind(clean(&key.reading)).add(", ").bind(bytes.to_vec());
    let sql = sql.add(format!(
        ") ON CONFLICT (repository_id) DO UPDATE SET tip_commit = excluded.tip_commit, reading = excluded.reading, \
         {column} = excluded.{column}"
    ));
    transaction::run(tx, sql).await?;
    Ok(id)
}
