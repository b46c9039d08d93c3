//! The whole organisation's past as one value, loaded once a generation: what metrics over time compute on, and what
//! lists as of a date are made of.
//! It must not divide anything; metrics do.

mod join;
mod load;
mod rules;
pub(super) mod standing;

use super::{Store, StoreError, at, sql::Sql, transaction};
use crate::{
    catalog::history::model::Traits,
    metrics::past::{Past, Time},
};
use shared::{EntityRef, RepoPath, Timestamp};
use std::{collections::HashMap, sync::Arc};

/// The past with what lists need beside it.
pub(super) struct Held {
    pub(super) past: Arc<Past>,
    /// The row of each use, in the order of the components and of their uses.
    pub(super) rows: Vec<Vec<i64>>,
    /// Everything that ever was, of any kind, in the order of references.
    pub(super) entities: Vec<PastEntity>,
    /// Positions in `entities` by repository and reference.
    places: HashMap<String, HashMap<String, usize>>,
}

/// An entity with the stretches in which it existed.
pub(super) struct PastEntity {
    /// The row of its first span.
    pub(super) row: i64,
    pub(super) reference: EntityRef,
    /// Position in `Past::repositories`.
    pub(super) repository: usize,
    pub(super) root: RepoPath,
    pub(super) spans: Vec<(Time, Option<Time>)>,
    /// What it was at the end.
    pub(super) traits: Traits,
    /// Whether the catalog holds it today.
    pub(super) lives: bool,
    /// Position in `Past::components`.
    pub(super) component: Option<usize>,
}

impl PastEntity {
    /// Whether it existed at a time.
    pub(super) fn existed(&self, at: Time) -> bool {
        self.spans.iter().any(|(from, to)| *from <= at && to.is_none_or(|to| at < to))
    }
}

impl Held {
    /// The past of an entity of a repository, when it is known.
    pub(super) fn find(&self, repository: &str, reference: &str) -> Option<&PastEntity> {
        Some(&self.entities[*self.places.get(repository)?.get(reference)?])
    }
}

impl Store {
    /// The past of everything that the lists hold, judged by the rules of today.
    ///
    /// # Errors
    /// When the database does not answer, or a row does not read back.
    pub async fn past(&self) -> Result<Arc<Past>, StoreError> {
        Ok(self.held_past().await?.past.clone())
    }

    /// As `past`, with what lists need beside it.
    pub(super) async fn held_past(&self) -> Result<Arc<Held>, StoreError> {
        // One reader loads it, the others wait for it.
        let _loading = self.loading().lock().await;
        let generation = self.generation().await;
        let seen = self.last_look().await?;
        // The end of a scan changes no catalog data, but it says up to when the past is known.
        let question = format!("past {seen:?}");
        if let Some(held) = self.cache_of_past().find::<Held>(generation, &question) {
            return Ok(held);
        }
        let ruleset = self.ruleset().await?;
        let db = self.snapshot().await?;
        let joined = join::join(&db, &ruleset, seen).await;
        db.rollback().await?;
        Ok(self.cache_of_past().keep(generation, &question, joined?))
    }

    /// The moment that a list is asked for, with the past to answer from; nothing when that is now or later.
    ///
    /// # Errors
    /// `BadFilter`, or as `past`.
    pub(super) async fn moment(&self, asked: Option<&str>) -> Result<Option<(Arc<Held>, Time)>, StoreError> {
        let Some(asked) = asked.filter(|text| !text.is_empty()) else { return Ok(None) };
        let asked = at::parse(asked)?;
        let held = self.held_past().await?;
        Ok((asked < held.past.now).then_some((held, asked)))
    }

    /// When a scan last ended or a repository was last looked at.
    async fn last_look(&self) -> Result<Option<Time>, StoreError> {
        let sql = "SELECT COALESCE(MAX(finished_at), '') AS value FROM scan WHERE finished_at IS NOT NULL \
                   UNION ALL SELECT COALESCE(MAX(scanned_at), '') AS value FROM repository";
        let mut latest = None;
        for row in transaction::rows(self.reader(), Sql::new(sql)).await? {
            let text: String = row.try_get("", "value")?;
            let time: Option<Timestamp> = super::rows::maybe("time", Some(&text))?;
            latest = latest.max(time.map(|time| at::seconds(&time)));
        }
        Ok(latest)
    }
}
