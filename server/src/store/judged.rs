//! What is judged over all repositories at once (owners, equal code, homegrown platforms), read back as it was saved.
//! It must not judge, and it writes nothing.
use super::{
    Store, StoreError,
    rows::{json, read},
    sql::Sql,
    transaction,
};
use sea_orm::FromQueryResult;
use serde::de::DeserializeOwned;
use shared::{
    Timestamp,
    api::{ClusterItem, LeftOut, OwnershipItem, ShadowDetail},
};
use std::sync::Arc;

/// What is judged over all repositories at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Judged {
    Ownership,
    Clusters,
    Shadows,
}

impl Judged {
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Ownership => "ownership",
            Self::Clusters => "clusters",
            Self::Shadows => "shadows",
        }
    }

    pub(super) const fn table(self) -> &'static str {
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
    pub(super) const fn origin(self) -> Option<&'static str> {
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
}
