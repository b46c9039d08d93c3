//! Sources: where repositories come from.
//! It must not open a source.
use super::{
    Store, StoreError,
    rows::{count, maybe},
    sql::Sql,
    text::clean,
    transaction,
};
use sea_orm::FromQueryResult;
use shared::{Timestamp, api::SourceItem};

#[derive(FromQueryResult)]
struct SourceRow {
    id: i64,
    kind: String,
    location: String,
    n_repositories: i64,
    last_scanned_at: Option<String>,
    message: Option<String>,
}

impl Store {
    /// Every source, in the order in which they were added.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list_sources(&self) -> Result<Vec<SourceItem>, StoreError> {
        let sql = Sql::new(
            "SELECT id, kind, location, last_scanned_at, message, (SELECT COUNT(*) FROM repository \
             WHERE repository.source_id = source.id) AS n_repositories FROM source ORDER BY id",
        );
        let rows: Vec<SourceRow> = transaction::all(self.reader(), sql).await?;
        let item = |row: SourceRow| {
            Ok(SourceItem {
                id: row.id,
                kind: row.kind,
                location: row.location,
                repositories: count(row.n_repositories),
                last_scanned_at: maybe("time", row.last_scanned_at.as_deref())?,
                message: row.message,
            })
        };
        rows.into_iter().map(item).collect()
    }

    /// The source at a location, added when absent. `kind` is `folder` or `url`.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn upsert_source(&self, kind: &str, location: &str) -> Result<i64, StoreError> {
        let tx = self.write().await?;
        let sql = Sql::with(
            "INSERT INTO source (kind, location) VALUES (?, ?) ON CONFLICT (location) DO UPDATE SET kind = excluded.kind",
            [clean(kind), clean(location)],
        );
        transaction::run(&tx, sql).await?;
        let id = Sql::new("SELECT id AS n FROM source WHERE location = ").bind(clean(location));
        let id = transaction::number(&tx, id).await?;
        self.commit(tx).await?;
        Ok(id)
    }

    /// Says what went wrong with the source as a whole, or that nothing did.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn set_source_message(&self, id: i64, message: Option<&str>) -> Result<(), StoreError> {
        let sql = Sql::new("UPDATE source SET message = ").bind(message.map(clean)).add(" WHERE id = ").bind(id);
        self.change(sql).await
    }

    /// Says when the source was last read.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn set_source_scanned(&self, id: i64, at: &Timestamp) -> Result<(), StoreError> {
        let sql = Sql::new("UPDATE source SET last_scanned_at = ").bind(at.as_str()).add(" WHERE id = ").bind(id);
        self.change(sql).await
    }

    /// One statement that changes catalog data.
    async fn change(&self, sql: Sql) -> Result<(), StoreError> {
        let tx = self.write().await?;
        transaction::run(&tx, sql).await?;
        self.commit(tx).await
    }
}
