//! What was known of homegrown platforms at a time, kept so that what comes later is news.
//! It must not compare; the catalog room does.
use super::{
    Store, StoreError, at,
    rows::{json, read, to_json},
    sql::Sql,
    transaction,
};
use crate::catalog::shadow::Known;
use shared::Timestamp;

/// Its place among what is judged over all repositories.
const BASELINE: &str = "shadow_baseline";

impl Store {
    /// Keeps what was known at a time, instead of what was kept before.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn save_baseline(&self, known: &Known, at: &Timestamp) -> Result<(), StoreError> {
        self.keep_extra(BASELINE, to_json(known), at).await
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
        Ok(Some((json("baseline", &extra)?, at::seconds(&at))))
    }
}
