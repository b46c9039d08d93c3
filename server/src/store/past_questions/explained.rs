//! What a number is made of.
//! It must not compute a figure itself.
use super::{scope_of, time_of, unit_of};
use crate::{
    metrics::{self, ExplainQuestion, METRICS},
    store::{Store, StoreError, list::filter_key},
};
use shared::api::{ExplainQuery, Explanation};

impl Store {
    /// Numerator, denominator, commits and the git commands behind a metric; `None` when there is no such capability.
    ///
    /// # Errors
    /// `BadFilter` when the metric is unknown or cannot be explained, or when the database does not answer.
    pub async fn explain(&self, query: &ExplainQuery) -> Result<Option<Explanation>, StoreError> {
        let metric = query.metric.clone().unwrap_or_else(|| "adoption".to_owned());
        if !METRICS.iter().any(|known| known.key == metric) {
            let known = METRICS.iter().map(|metric| metric.key).collect::<Vec<_>>().join(", ");
            return Err(StoreError::BadFilter {
                name: "metric",
                given: metric,
                reason: format!("expected one of {known}"),
            });
        }
        let past = self.past().await?;
        let capability = match &query.capability {
            None => None,
            Some(name) => match past.capabilities.iter().position(|held| held.name == *name) {
                None => return Ok(None),
                found => found,
            },
        };
        let at = time_of(query.at.as_deref(), &past)?;
        let unit = unit_of(query.scope.as_deref())?;
        let scope = scope_of(&query.owner, &query.system, &query.language, &query.repository)?;
        let question = format!("explain?{}", filter_key(&query.pairs()));
        let found = self
            .answer_past(question, move |past| {
                metrics::explain(past, &ExplainQuestion { metric: &metric, capability, at, unit, scope: &scope })
            })
            .await?;
        Ok(found.as_ref().clone())
    }
}
