//! The cache of fingerprints of blobs, shared by all repositories and commits.
//! It must not raise the generation: nothing of it is shown.
use super::{Store, StoreError, rows::read, sql::Sql, text::clean, transaction};
use sea_orm::FromQueryResult;
use shared::BlobId;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Rows of one statement: PostgreSQL takes at most 65,535 values a statement, SQLite 32,766.
const CHUNK: usize = 1000;

/// Fingerprints as bytes, by blob and variant: what about a file's name changes how the blob is read.
type Prints = HashMap<(BlobId, String), Vec<u8>>;

#[derive(FromQueryResult)]
struct PrintRow {
    blob: String,
    variant: String,
    print: Vec<u8>,
}

impl Store {
    /// The fingerprints of those keys that the cache holds in this version.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_prints(&self, keys: &[(BlobId, String)], version: u32) -> Result<Prints, StoreError> {
        let wanted: HashSet<(&str, &str)> = keys.iter().map(|(blob, variant)| (blob.as_str(), &**variant)).collect();
        let blobs: HashSet<&str> = keys.iter().map(|(blob, _)| blob.as_str()).collect();
        let blobs: Vec<&str> = blobs.into_iter().collect();
        let mut out = HashMap::with_capacity(keys.len());
        for chunk in blobs.chunks(CHUNK) {
            let sql = Sql::new("SELECT blob, variant, print FROM code_print WHERE version = ").bind(i64::from(version));
            let sql = sql.add(" AND ").then(Sql::any_of("blob", chunk.iter().copied()));
            for row in transaction::all::<PrintRow>(self.reader(), sql).await? {
                if wanted.contains(&(row.blob.as_str(), row.variant.as_str())) {
                    out.insert((read("blob id", &row.blob)?, row.variant), row.print);
                }
            }
        }
        Ok(out)
    }

    /// Adds fingerprints, replacing those of the same blob and variant, of whatever version.
    ///
    /// # Errors
    /// When the database refuses the write; nothing is written then.
    pub async fn save_prints(&self, version: u32, prints: &[(BlobId, String, Vec<u8>)]) -> Result<(), StoreError> {
        if prints.is_empty() {
            return Ok(());
        }
        // One statement cannot write the same key twice, and a sorted order keeps two writers from a deadlock.
        let by_key: BTreeMap<(&str, String), &Vec<u8>> =
            prints.iter().map(|(blob, variant, print)| ((blob.as_str(), clean(variant)), print)).collect();
        let rows: Vec<_> = by_key.into_iter().collect();
        let tx = self.write().await?;
        for chunk in rows.chunks(CHUNK) {
            let mut sql = Sql::new("INSERT INTO code_print (blob, variant, version, print) VALUES ");
            for (i, ((blob, variant), print)) in chunk.iter().enumerate() {
                sql = sql.add(if i == 0 { "(" } else { ", (" }).bind(*blob).add(", ").bind(variant.as_str());
                sql = sql.add(", ").bind(i64::from(version)).add(", ").bind(print.to_vec()).add(")");
            }
            let sql = sql
                .add(" ON CONFLICT (blob, variant) DO UPDATE SET version = excluded.version, print = excluded.print");
            transaction::run(&tx, sql).await?;
        }
        Ok(tx.commit().await?)
    }
}
