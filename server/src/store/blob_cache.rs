//! The cache of what parsers read from blobs, shared by all repositories and commits.
//! It must not raise the generation: nothing of it is shown.
use super::{
    Store, StoreError,
    rows::{json, read, to_json},
    sql::Sql,
    tables::blob_facts,
    transaction,
};
use crate::facts::model::{BlobKey, FileFacts};
use sea_orm::{ActiveValue::Set, EntityTrait, FromQueryResult, sea_query::OnConflict};
use std::collections::{HashMap, HashSet};

const CHUNK: usize = 500;

#[derive(FromQueryResult)]
struct KeyRow {
    blob: String,
    parser: String,
    version: i64,
}

#[derive(FromQueryResult)]
struct FactsRow {
    blob: String,
    parser: String,
    version: i64,
    facts: String,
}

impl Store {
    /// Every key in the cache.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list_cached_keys(&self) -> Result<HashSet<BlobKey>, StoreError> {
        let sql = Sql::new("SELECT blob, parser, version FROM blob_facts");
        let rows: Vec<KeyRow> = transaction::all(self.reader(), sql).await?;
        rows.into_iter().map(|r| key(&r.blob, r.parser, r.version)).collect()
    }

    /// The facts of those keys that the cache holds.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_facts(&self, keys: &[BlobKey]) -> Result<HashMap<BlobKey, FileFacts>, StoreError> {
        let wanted: HashSet<&BlobKey> = keys.iter().collect();
        let blobs: HashSet<&str> = keys.iter().map(|k| k.blob.as_str()).collect();
        let blobs: Vec<&str> = blobs.into_iter().collect();
        let mut out = HashMap::with_capacity(keys.len());
        for chunk in blobs.chunks(CHUNK) {
            let sql = Sql::new("SELECT blob, parser, version, facts FROM blob_facts WHERE ");
            let sql = sql.then(Sql::any_of("blob", chunk.iter().copied()));
            for row in transaction::all::<FactsRow>(self.reader(), sql).await? {
                let key = key(&row.blob, row.parser, row.version)?;
                if wanted.contains(&key) {
                    // A result that no longer reads back is as good as absent: the blob is parsed again.
                    out.extend(json("facts", &row.facts).ok().map(|facts| (key, facts)));
                }
            }
        }
        Ok(out)
    }

    /// Adds facts, replacing those of the same key.
    ///
    /// # Errors
    /// When the database refuses the write; nothing is written then.
    pub async fn save_facts(&self, facts: &[(BlobKey, FileFacts)]) -> Result<(), StoreError> {
        if facts.is_empty() {
            return Ok(());
        }
        // One statement cannot write the same key twice, and a sorted order keeps two writers from a deadlock.
        let by_key: std::collections::BTreeMap<&BlobKey, &FileFacts> = facts.iter().map(|(k, f)| (k, f)).collect();
        let rows: Vec<_> = by_key.into_iter().map(|(key, facts)| row(key, facts)).collect();
        let tx = self.write().await?;
        for chunk in rows.chunks(CHUNK) {
            let columns = [blob_facts::Column::Blob, blob_facts::Column::Parser, blob_facts::Column::Version];
            let replace = OnConflict::columns(columns).update_column(blob_facts::Column::Facts).to_owned();
            let insert = blob_facts::Entity::insert_many(chunk.iter().cloned()).on_conflict(replace);
            insert.exec_without_returning(&tx).await?;
        }
        Ok(tx.commit().await?)
    }
}

fn key(blob: &str, parser: String, version: i64) -> Result<BlobKey, StoreError> {
    Ok(BlobKey { blob: read("blob id", blob)?, parser, version: u32::try_from(version).unwrap_or_default() })
}

fn row(key: &BlobKey, facts: &FileFacts) -> blob_facts::ActiveModel {
    blob_facts::ActiveModel {
        blob: Set(key.blob.to_string()),
        parser: Set(key.parser.clone()),
        version: Set(i64::from(key.version)),
        facts: Set(to_json(facts)),
    }
}
