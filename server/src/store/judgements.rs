//! What is judged over all repositories at once (owners, equal code, homegrown platforms), kept as it was judged.
//! It must not judge, and it looks inside a document only for its keys.
use super::{
    Store, StoreError,
    rows::{json, read, to_json},
    save_links::repository_ids,
    save_rows::{finding_row, insert},
    settle::{count_again, place_findings},
    sql::Sql,
    tables::finding,
    text::clean,
    transaction,
};
use crate::{catalog::shadow::Known, scan::Finding};
use sea_orm::{DatabaseTransaction, FromQueryResult, Value};
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    RepoName, Timestamp,
    api::{ClusterItem, LeftOut, OwnershipItem, ShadowDetail},
};
use std::sync::Arc;

/// Rows of one statement: PostgreSQL takes at most 65,535 values a statement, SQLite 32,766.
const CHUNK: usize = 500;
/// Where what was known of homegrown platforms is kept.
const BASELINE: &str = "shadow_baseline";

/// What is judged over all repositories at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Judged {
    Ownership,
    Clusters,
    Shadows,
}

impl Judged {
    const fn kind(self) -> &'static str {
        match self {
            Self::Ownership => "ownership",
            Self::Clusters => "clusters",
            Self::Shadows => "shadows",
        }
    }

    const fn table(self) -> &'static str {
        match self {
            Self::Ownership => "ownership",
            Self::Clusters => "clone_cluster",
            Self::Shadows => "shadow",
        }
    }

    /// The order in which the documents were given.
    const fn order(self) -> &'static str {
        match self {
            Self::Ownership => "id",
            Self::Clusters | Self::Shadows => "position",
        }
    }

    /// The origin of its findings, if it has any.
    const fn origin(self) -> Option<&'static str> {
        match self {
            Self::Ownership => Some("ownership"),
            Self::Clusters => None,
            Self::Shadows => Some("shadow"),
        }
    }
}

/// From what the documents of one kind were made, and for what time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) made_from: String,
    pub(super) judged_at: Timestamp,
    /// Rises with every write, so that what is held in memory is known to be the newest.
    pub(super) revision: i64,
}

/// Documents held in memory.
pub(super) struct Held<T> {
    pub(super) items: Arc<Vec<T>>,
    /// Absent while nothing was judged.
    pub(super) judged_at: Option<Timestamp>,
    /// What positions in the items belong to.
    pub(super) revision: i64,
}

impl<T> Default for Held<T> {
    fn default() -> Self {
        Self { items: Arc::default(), judged_at: None, revision: 0 }
    }
}

#[derive(FromQueryResult)]
struct JudgementRow {
    made_from: String,
    judged_at: String,
    revision: i64,
}

/// What stands beside the documents of one write.
struct Made<'a> {
    of: Judged,
    from: &'a str,
    at: &'a Timestamp,
    extra: String,
}

impl Store {
    /// From what the stored documents of a kind were made, and the time for which they were judged: what is made from
    /// the same at the same time need not be judged again. Absent while nothing was judged.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn judgement(&self, of: Judged) -> Result<Option<(String, Timestamp)>, StoreError> {
        Ok(self.find_judgement(of).await?.map(|found| (found.made_from, found.judged_at)))
    }

    pub(super) async fn find_judgement(&self, of: Judged) -> Result<Option<Judgement>, StoreError> {
        let sql = Sql::new("SELECT made_from, judged_at, revision FROM judgement WHERE kind = ").bind(of.kind());
        let Some(row) = transaction::one::<JudgementRow>(self.reader(), sql).await? else { return Ok(None) };
        let judged_at = read("time", &row.judged_at)?;
        Ok(Some(Judgement { made_from: row.made_from, judged_at, revision: row.revision }))
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

    /// Keeps what was known of homegrown platforms at a time: what comes later is news.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn save_baseline(&self, known: &Known, at: &Timestamp) -> Result<(), StoreError> {
        let sql = Sql::with(
            "INSERT INTO judgement (kind, made_from, judged_at, extra, revision) VALUES (?, '', ?, ?, 1) \
             ON CONFLICT (kind) DO UPDATE SET judged_at = excluded.judged_at, extra = excluded.extra, \
             revision = judgement.revision + 1",
            [BASELINE.to_owned(), at.to_string(), to_json(known)],
        );
        let tx = self.write().await?;
        transaction::run(&tx, sql).await?;
        Ok(tx.commit().await?)
    }

    /// What `save_baseline` kept, and the time of it in seconds since 1970.
    ///
    /// # Errors
    /// When the database does not answer, or it does not read back.
    pub async fn load_baseline(&self) -> Result<Option<(Known, i64)>, StoreError> {
        let sql = Sql::new("SELECT judged_at, extra FROM judgement WHERE kind = ").bind(BASELINE);
        let Some(row) = transaction::rows(self.reader(), sql).await?.into_iter().next() else { return Ok(None) };
        let (at, extra): (String, String) = (row.try_get("", "judged_at")?, row.try_get("", "extra")?);
        let at: Timestamp = read("time", &at)?;
        Ok(Some((json("baseline", &extra)?, super::at::seconds(&at))))
    }

    /// All verdicts on owners, as they were saved.
    ///
    /// # Errors
    /// When the database does not answer, or a document does not read back.
    pub async fn load_ownership(&self) -> Result<Vec<OwnershipItem>, StoreError> {
        self.load_documents(Judged::Ownership).await
    }

    /// All clusters of equal code, as they were saved.
    ///
    /// # Errors
    /// When the database does not answer, or a document does not read back.
    pub async fn load_clusters(&self) -> Result<Vec<ClusterItem>, StoreError> {
        self.load_documents(Judged::Clusters).await
    }

    /// All homegrown platforms, as they were saved.
    ///
    /// # Errors
    /// When the database does not answer, or a document does not read back.
    pub async fn load_shadows(&self) -> Result<Vec<ShadowDetail>, StoreError> {
        self.load_documents(Judged::Shadows).await
    }

    /// What was left out before code was compared, as it was saved.
    ///
    /// # Errors
    /// When the database does not answer, or it does not read back.
    pub async fn list_left_out(&self) -> Result<Vec<LeftOut>, StoreError> {
        let sql = Sql::new("SELECT extra FROM judgement WHERE kind = ").bind(Judged::Clusters.kind());
        let rows = transaction::rows(self.reader(), sql).await?;
        let extra: Option<String> = rows.first().map(|row| row.try_get("", "extra")).transpose()?;
        extra.map_or(Ok(Vec::new()), |extra| json("left out", &extra))
    }

    /// The documents of a kind, held in memory until they are replaced.
    pub(super) async fn held_documents<T>(&self, of: Judged) -> Result<Held<T>, StoreError>
    where
        T: DeserializeOwned + Send + Sync + 'static,
    {
        // The revision is read before the documents: what is kept is never older than it says.
        let Some(judgement) = self.find_judgement(of).await? else { return Ok(Held::default()) };
        let revision = judgement.revision;
        if let Some(items) = self.newest_judged().find::<Vec<T>>(of.kind(), revision) {
            return Ok(Held { items, judged_at: Some(judgement.judged_at), revision });
        }
        // One reader loads them, the others wait for it.
        let _judging = self.judging().lock().await;
        let items = match self.newest_judged().find::<Vec<T>>(of.kind(), revision) {
            Some(items) => items,
            None => self.newest_judged().keep(of.kind(), revision, self.load_documents(of).await?),
        };
        Ok(Held { items, judged_at: Some(judgement.judged_at), revision })
    }

    async fn load_documents<T>(&self, of: Judged) -> Result<Vec<T>, StoreError>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let sql = Sql::new(format!("SELECT document FROM {} ORDER BY {}", of.table(), of.order()));
        let rows = transaction::rows(self.reader(), sql).await?;
        let parse = move || {
            let document = |row: &sea_orm::QueryResult| json(of.kind(), &row.try_get::<String>("", "document")?);
            rows.iter().map(document).collect::<Result<Vec<T>, StoreError>>()
        };
        // Thousands of documents take the better part of a second; the runtime's threads serve others meanwhile.
        let parsed = tokio::task::spawn_blocking(parse).await;
        parsed.map_err(|panic| StoreError::Uncomputed { reason: panic.to_string() })?
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
