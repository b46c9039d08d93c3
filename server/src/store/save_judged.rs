//! Replaces what is judged over all repositories at once, in one transaction a kind.
//! It must not judge, and it looks inside a document only for its keys.
use super::{
    Store, StoreError,
    judged::Judged,
    rows::to_json,
    save_links::repository_ids,
    save_rows::{finding_row, insert},
    settle::{count_again, place_findings},
    sql::Sql,
    tables::finding,
    text::clean,
    transaction,
};
use crate::scan::Finding;
use sea_orm::{DatabaseTransaction, Value};
use serde::Serialize;
use shared::{
    RepoName, Timestamp,
    api::{ClusterItem, LeftOut, OwnershipItem, ShadowDetail},
};

/// Rows of one statement: PostgreSQL takes at most 65,535 values a statement, SQLite 32,766.
const CHUNK: usize = 500;

/// What stands beside the documents of one write.
struct Made<'a> {
    of: Judged,
    from: &'a str,
    at: &'a Timestamp,
    extra: String,
}

impl Store {
    /// Keeps a text under a kind of its own beside what is judged, instead of what was kept before. No list depends on it,
    /// so that the catalog's generation stays.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub(super) async fn keep_extra(&self, kind: &str, extra: String, at: &Timestamp) -> Result<(), StoreError> {
        let sql = Sql::with(
            "INSERT INTO judgement (kind, made_from, judged_at, extra, revision) VALUES (?, '', ?, ?, 1) \
             ON CONFLICT (kind) DO UPDATE SET judged_at = excluded.judged_at, extra = excluded.extra, \
             revision = judgement.revision + 1",
            [kind.to_owned(), at.to_string(), extra],
        );
        let tx = self.write().await?;
        transaction::run(&tx, sql).await?;
        Ok(tx.commit().await?)
    }

    /// Replaces all verdicts on owners and all findings about them, in one transaction. Findings of a repository that
    /// the store does not hold are left out.
    ///
    /// # Errors
    /// When the database refuses the write; the old verdicts stay whole then.
    pub async fn save_ownership(
        &self,
        items: &[OwnershipItem],
        findings: &[(RepoName, Finding)],
        made_from: &str,
        judged_at: &Timestamp,
    ) -> Result<(), StoreError> {
        let tx = self.write().await?;
        let made = Made { of: Judged::Ownership, from: made_from, at: judged_at, extra: String::new() };
        begin(&tx, &made).await?;
        for chunk in items.chunks(CHUNK) {
            let row = |item: &OwnershipItem| {
                [item.entity.to_string(), item.repository.to_string(), to_json(item)].map(Value::from)
            };
            let sql = Sql::new("INSERT INTO ownership (ref, repository, document) VALUES ");
            transaction::run(&tx, values(sql, chunk.iter().map(row))).await?;
        }
        self.end(tx, made.of, findings).await
    }

    /// Replaces all clusters of equal code, kept in this order, and what was left out before code was compared.
    ///
    /// # Errors
    /// When the database refuses the write (two clusters of one id); the old clusters stay whole then.
    pub async fn save_clusters(
        &self,
        clusters: &[ClusterItem],
        left_out: &[LeftOut],
        made_from: &str,
        judged_at: &Timestamp,
    ) -> Result<(), StoreError> {
        let tx = self.write().await?;
        let made = Made { of: Judged::Clusters, from: made_from, at: judged_at, extra: to_json(&left_out) };
        begin(&tx, &made).await?;
        insert_documents(&tx, made.of, clusters, |cluster| &cluster.id).await?;
        self.end(tx, made.of, &[]).await
    }

    /// Replaces all homegrown platforms, kept in this order, and the findings about them, in one transaction. Findings
    /// of a repository that the store does not hold are left out.
    ///
    /// # Errors
    /// When the database refuses the write (two platforms of one id); the old ones stay whole then.
    pub async fn save_shadows(
        &self,
        shadows: &[ShadowDetail],
        findings: &[(RepoName, Finding)],
        made_from: &str,
        judged_at: &Timestamp,
    ) -> Result<(), StoreError> {
        let tx = self.write().await?;
        let made = Made { of: Judged::Shadows, from: made_from, at: judged_at, extra: String::new() };
        begin(&tx, &made).await?;
        insert_documents(&tx, made.of, shadows, |shadow| &shadow.item.id).await?;
        self.end(tx, made.of, findings).await
    }

    async fn end(
        &self,
        tx: DatabaseTransaction,
        of: Judged,
        findings: &[(RepoName, Finding)],
    ) -> Result<(), StoreError> {
        if let Some(origin) = of.origin() {
            let gone = Sql::new("DELETE FROM finding WHERE origin = ").bind(origin);
            transaction::run(&tx, gone).await?;
            let ids = repository_ids(&tx).await?;
            let rows = findings.iter().filter_map(|(repository, f)| {
                Some(finding_row(*ids.get(repository.as_str())?, repository.as_str(), origin, f))
            });
            insert::<finding::Entity, _>(&tx, rows.collect()).await?;
            place_findings(&tx, None).await?;
            count_again(&tx, None).await?;
        }
        self.commit(tx).await
    }
}

/// Takes the kind's row first, so that two writers of a kind come one after the other, and clears its documents.
async fn begin(tx: &DatabaseTransaction, made: &Made<'_>) -> Result<(), StoreError> {
    let sql = Sql::new("INSERT INTO judgement (kind, made_from, judged_at, extra, revision) VALUES (");
    let sql = sql.bind(made.of.kind()).add(", ").bind(clean(made.from)).add(", ").bind(made.at.as_str());
    let sql = sql.add(", ").bind(made.extra.as_str()).add(
        ", 1) ON CONFLICT (kind) DO UPDATE SET made_from = excluded.made_from, judged_at = excluded.judged_at, \
         extra = excluded.extra, revision = judgement.revision + 1",
    );
    transaction::run(tx, sql).await?;
    transaction::run(tx, Sql::new(format!("DELETE FROM {}", made.of.table()))).await.map(drop)
}

async fn insert_documents<T: Serialize>(
    tx: &DatabaseTransaction,
    of: Judged,
    items: &[T],
    id: impl Fn(&T) -> &String,
) -> Result<(), StoreError> {
    let numbered: Vec<(i64, &T)> = (0..).zip(items).collect();
    for chunk in numbered.chunks(CHUNK) {
        let row =
            |(position, item): &(i64, &T)| [id(item).as_str().into(), (*position).into(), Value::from(to_json(item))];
        let sql = Sql::new(format!("INSERT INTO {} (id, position, document) VALUES ", of.table()));
        transaction::run(tx, values(sql, chunk.iter().map(row))).await?;
    }
    Ok(())
}

/// Adds a row of three values for each item.
fn values(mut sql: Sql, rows: impl Iterator<Item = [Value; 3]>) -> Sql {
    for (i, row) in rows.enumerate() {
        sql = sql.then(Sql::with(if i == 0 { "(?, ?, ?)" } else { ", (?, ?, ?)" }, row));
    }
    sql
}
