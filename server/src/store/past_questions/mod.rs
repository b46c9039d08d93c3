//! Questions about the past, answered from `Store::past` by the metrics room: adoption, one capability over time, where a
//! number comes from. It must not compute a figure itself.

mod adoption;
mod capability;
mod explained;
pub(super) mod paged;

use super::{Store, StoreError, at, list::references};
use crate::metrics::{self, past::Past};
use shared::{EntityKind, Unit};
use std::sync::Arc;

impl Store {
    /// The answer to a question about the past, computed off the runtime's threads and kept until the catalog changes.
    pub(super) async fn answer_past<T, F>(&self, question: String, compute: F) -> Result<Arc<T>, StoreError>
    where
        T: Send + Sync + 'static,
        F: FnOnce(&Past) -> T + Send + 'static,
    {
        let generation = self.generation().await;
        let question = format!("past {question}");
        if let Some(found) = self.cache().find::<T>(generation, &question) {
            return Ok(found);
        }
        let past = self.past().await?;
        let computed = tokio::task::spawn_blocking(move || compute(&past)).await;
        let answer = computed.map_err(|panic| StoreError::Uncomputed { reason: panic.to_string() })?;
        Ok(self.cache().keep(generation, &question, answer))
    }
}

/// Which components count, from the filters that all these questions share.
fn scope_of(
    owner: &[String],
    system: &[String],
    language: &[String],
    repository: &[String],
) -> Result<metrics::past::Scope, StoreError> {
    Ok(metrics::past::Scope {
        owner: references("owner", owner, Some(EntityKind::Group))?,
        system: references("system", system, Some(EntityKind::System))?,
        language: language.to_vec(),
        repository: repository.to_vec(),
    })
}

/// What is counted: components unless told.
fn unit_of(scope: Option<&str>) -> Result<Unit, StoreError> {
    let Some(given) = scope.filter(|given| !given.is_empty()) else { return Ok(Unit::Component) };
    given.parse().map_err(|error: shared::UnknownWord| StoreError::BadFilter {
        name: "scope",
        given: given.to_owned(),
        reason: error.to_string(),
    })
}

/// The time asked about; the last scan unless told, and never later.
fn time_of(at: Option<&str>, past: &Past) -> Result<i64, StoreError> {
    Ok(match at.filter(|given| !given.is_empty()) {
        Some(given) => at::parse(given)?.min(past.now),
        None => past.now,
    })
}

/// The words of a full-text filter, in lower case.
pub(super) fn words_of(q: Option<&str>) -> Vec<String> {
    q.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect()
}

/// Whether every word occurs in the text, in whatever case.
pub(super) fn holds_words(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}
