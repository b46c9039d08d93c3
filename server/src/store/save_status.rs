//! What a scan says of a repository without replacing its catalog: unchanged, failed, no longer listed.
//! It must not delete: the last good state stays visible.
use super::{
    Store, StoreError,
    save_catalog::Visit,
    save_rows::{finding_row, insert},
    settle::count_again,
    sql::Sql,
    tables::finding,
    text::clean,
    transaction,
};
use crate::scan::{Finding, Located};
use sea_orm::DatabaseTransaction;
use shared::{RepoName, RepositoryStatus, Timestamp};

const MISSING: &str = "The source no longer lists this repository; its last good state is shown.";

/// How a repository stands after a scan.
pub(super) struct Standing<'a> {
    pub(super) status: RepositoryStatus,
    pub(super) message: Option<&'a str>,
    pub(super) scanned_at: &'a Timestamp,
}

impl Store {
    /// Says that a repository was read and has not changed.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn touch_repository(
        &self,
        source: i64,
        located: &Located,
        scanned_at: &Timestamp,
    ) -> Result<(), StoreError> {
        self.touch_repositories(source, std::slice::from_ref(located), scanned_at).await
    }

    /// As `touch_repository`, for many in one transaction: on a disk each transaction costs a flush.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn touch_repositories(
        &self,
        source: i64,
        located: &[Located],
        scanned_at: &Timestamp,
    ) -> Result<(), StoreError> {
        if located.is_empty() {
            return Ok(());
        }
        let tx = self.write().await?;
        for located in located {
            let sql = Sql::new(
                "UPDATE repository SET status = CASE WHEN partial THEN 'partial' ELSE 'ok' END, \
                                message = CASE WHEN status = 'partial' THEN message END, source_id = ",
            )
            .bind(source);
            let sql = sql.add(", location = ").bind(clean(&located.location));
            let sql = sql.add(", web_url = ").bind(located.web_url.as_deref().map(clean));
            let sql = sql.add(", scanned_at = ").bind(scanned_at.as_str());
            transaction::run(&tx, sql.add(" WHERE name = ").bind(located.name.as_str())).await?;
            forget_failure(&tx, &located.name).await?;
        }
        self.commit(tx).await
    }

    /// Says that a repository could not be read, and why. Its last good state stays; the finding replaces that of the
    /// failure before.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn save_failure(
        &self,
        visit: &Visit<'_>,
        status: RepositoryStatus,
        finding: &Finding,
    ) -> Result<(), StoreError> {
        let Visit { source, located, at: scanned_at } = *visit;
        let tx = self.write().await?;
        let standing = Standing { status, message: Some(&finding.message), scanned_at };
        let id = upsert_repository(&tx, source, located, &standing).await?;
        let gone = Sql::new("DELETE FROM finding WHERE origin = 'failure' AND repository_id = ").bind(id);
        transaction::run(&tx, gone).await?;
        let row = finding_row(id, located.name.as_str(), "failure", finding);
        insert::<finding::Entity, _>(&tx, vec![row]).await?;
        count_again(&tx, Some(id)).await?;
        self.commit(tx).await
    }

    /// Marks the source's repositories that a complete listing did not name as missing. Their data is kept.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn mark_missing(&self, source: i64, seen: &[RepoName], scanned_at: &Timestamp) -> Result<(), StoreError> {
        let tx = self.write().await?;
        let sql =
            Sql::new("SELECT name AS value FROM repository WHERE status <> 'missing' AND source_id = ").bind(source);
        let rows = transaction::rows(&tx, sql).await?;
        let seen: std::collections::HashSet<&str> = seen.iter().map(RepoName::as_str).collect();
        let mut gone = Vec::new();
        for row in rows {
            let name: String = row.try_get("", "value")?;
            if !seen.contains(name.as_str()) {
                gone.push(name);
            }
        }
        if gone.is_empty() {
            return Ok(tx.rollback().await?);
        }
        for chunk in gone.chunks(500) {
            let sql = Sql::new("UPDATE repository SET status = 'missing', message = ").bind(MISSING);
            let sql = sql.add(", scanned_at = ").bind(scanned_at.as_str()).add(" WHERE ");
            transaction::run(&tx, sql.then(Sql::any_of("name", chunk.iter().cloned()))).await?;
        }
        self.commit(tx).await
    }
}

/// Writes where a repository is and how it stands, and gives its row's id.
///
/// # Errors
/// When the database refuses the write.
pub(super) async fn upsert_repository(
    tx: &DatabaseTransaction,
    source: i64,
    located: &Located,
    standing: &Standing<'_>,
) -> Result<i64, StoreError> {
    let sql = Sql::new(
        "INSERT INTO repository (name, source_id, location, web_url, status, message, partial, scanned_at) VALUES (",
    );
    let sql = sql.bind(located.name.as_str()).add(", ").bind(source).add(", ").bind(clean(&located.location));
    let sql = sql.add(", ").bind(located.web_url.as_deref().map(clean)).add(", ").bind(standing.status.as_str());
    let sql = sql.add(", ").bind(standing.message.map(clean)).add(", ").bind(false);
    let sql = sql.add(", ").bind(standing.scanned_at.as_str()).add(
        ") ON CONFLICT (name) DO UPDATE SET source_id = excluded.source_id, location = excluded.location, \
         web_url = excluded.web_url, status = excluded.status, message = excluded.message, \
         scanned_at = excluded.scanned_at",
    );
    transaction::run(tx, sql).await?;
    let id = Sql::new("SELECT id AS n FROM repository WHERE name = ").bind(located.name.as_str());
    transaction::number(tx, id).await
}

async fn forget_failure(tx: &DatabaseTransaction, name: &RepoName) -> Result<(), StoreError> {
    let sql = Sql::new("DELETE FROM finding WHERE origin = 'failure' AND repository = ").bind(name.as_str());
    if transaction::run(tx, sql).await? > 0 {
        let id = Sql::new("SELECT id AS n FROM repository WHERE name = ").bind(name.as_str());
        let id = transaction::number(tx, id).await?;
        count_again(tx, Some(id)).await?;
    }
    Ok(())
}
