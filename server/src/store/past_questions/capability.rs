//! One capability over time: its series, who moved where, how long it took, who came and who left.
//! It must not compute a figure itself.
use super::{holds_words, paged, scope_of, time_of, unit_of, words_of};
use crate::{
    metrics::{self, Interval, SeriesQuestion, SubstitutionQuestion, past::Past},
    store::{
        Store, StoreError, at,
        list::{Sort, check_words, choose_sort, filter_key},
    },
};
use shared::{
    End, OfferPath,
    api::{
        CapabilityHistory, CapabilityTimes, HistoryQuery, MoveItem, MoveQuery, Page, Substitution, SubstitutionQuery,
    },
};
use std::cmp::Ordering;

const DAY: i64 = 86_400;

const MOVES: &[Sort] = &[
    Sort { name: "from", expr: "", number: true },
    Sort { name: "to", expr: "", number: true },
    Sort { name: "component", expr: "", number: false },
    Sort { name: "days", expr: "", number: true },
];

impl Store {
    /// How a capability fared over time; `None` when there is no such capability.
    ///
    /// # Errors
    /// `BadFilter`, or when the database does not answer.
    pub async fn capability_history(
        &self,
        name: &str,
        query: &HistoryQuery,
    ) -> Result<Option<CapabilityHistory>, StoreError> {
        let Some((capability, past)) = self.past_capability(name).await? else { return Ok(None) };
        let unit = unit_of(query.scope.as_deref())?;
        let scope = scope_of(&query.owner, &query.system, &query.language, &query.repository)?;
        let word = query.interval.clone().unwrap_or_else(|| "month".to_owned());
        let interval = interval_of(&word)?;
        let from = query.from.as_deref().map(first_second).transpose()?;
        let to = time_of(query.to.as_deref(), &past)?;
        let question = format!("history {name}?{}", filter_key(&query.pairs()));
        let found = self
            .answer_past(question, move |past| {
                let held = &past.capabilities[capability];
                let (from, to) = (from, Some(to));
                let question = SeriesQuestion { capability, interval, unit, scope: &scope, from, to };
                CapabilityHistory {
                    capability: held.name.clone(),
                    interval: word.clone(),
                    scope: unit,
                    rules_version: past.rules_version.clone(),
                    points: metrics::series(past, &question),
                    marks: metrics::marks(past, Some(capability), &scope),
                    gaps: metrics::gaps(past, &scope),
                    target: held.target.clone(),
                }
            })
            .await?;
        Ok(Some(found.as_ref().clone()))
    }

    /// Where users went between two days; `None` when there is no such capability.
    ///
    /// # Errors
    /// `BadFilter`, or when the database does not answer.
    pub async fn substitution(
        &self,
        name: &str,
        query: &SubstitutionQuery,
    ) -> Result<Option<Substitution>, StoreError> {
        let Some((capability, past)) = self.past_capability(name).await? else { return Ok(None) };
        let unit = unit_of(query.scope.as_deref())?;
        let scope = scope_of(&query.owner, &query.system, &query.language, &query.repository)?;
        let to = time_of(query.to.as_deref(), &past)?;
        let from = query.from.as_deref().map(at::parse).transpose()?;
        let from = from.unwrap_or_else(|| before_golden(&past, capability).unwrap_or(to - 365 * DAY).min(to));
        if from > to {
            return Err(StoreError::BadFilter {
                name: "from",
                given: query.from.clone().unwrap_or_default(),
                reason: "it lies after `to`".to_owned(),
            });
        }
        let question = format!("substitution {name}?{}", filter_key(&query.pairs()));
        let compute = move |past: &Past| {
            metrics::substitution(past, &SubstitutionQuestion { capability, from, to, unit, scope: &scope })
        };
        Ok(Some(self.answer_past(question, compute).await?.as_ref().clone()))
    }

    /// How a capability came to be used; `None` when there is no such capability.
    ///
    /// # Errors
    /// `BadFilter`, or when the database does not answer.
    pub async fn capability_times(
        &self,
        name: &str,
        query: &HistoryQuery,
    ) -> Result<Option<CapabilityTimes>, StoreError> {
        let Some((capability, past)) = self.past_capability(name).await? else { return Ok(None) };
        let scope = scope_of(&query.owner, &query.system, &query.language, &query.repository)?;
        let at = time_of(query.to.as_deref(), &past)?;
        let question = format!("times {name}?{}", filter_key(&query.pairs()));
        let compute =
            move |past: &Past| metrics::times(past, u32::try_from(capability).unwrap_or(u32::MAX), at, &scope);
        Ok(Some(self.answer_past(question, compute).await?.as_ref().clone()))
    }

    /// One page of those who came to offers of a capability; `None` when there is no such capability.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_moves(&self, name: &str, query: &MoveQuery) -> Result<Option<Page<MoveItem>>, StoreError> {
        let Some((capability, _)) = self.past_capability(name).await? else { return Ok(None) };
        check_words::<OfferPath>("path", &query.path)?;
        check_words::<End>("ended", &query.ended)?;
        let scope = scope_of(&query.owner, &query.system, &query.language, &query.repository)?;
        let (sort, down) = choose_sort(MOVES, query.sort.as_deref().or(Some("-from")))?;
        let place = format!("moves {name}?{}{}", filter_key(&query.pairs()), query.sort.as_deref().unwrap_or_default());
        let asked = query.clone();
        let items = self
            .answer_past(place.clone(), move |past| {
                let mut items = kept(metrics::moves(past, capability, &scope), &asked);
                items.sort_by(|a, b| {
                    let order = compare(sort.name, a, b);
                    (if down { order.reverse() } else { order }).then_with(|| a.component.cmp(&b.component))
                });
                items
            })
            .await?;
        paged::page(&place, &items, query.cursor.as_deref(), query.limit).map(Some)
    }

    /// Whether the ruleset in force has a capability of this name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn has_capability(&self, name: &str) -> Result<bool, StoreError> {
        Ok(self.past_capability(name).await?.is_some())
    }

    async fn past_capability(&self, name: &str) -> Result<Option<(usize, std::sync::Arc<Past>)>, StoreError> {
        let past = self.past().await?;
        Ok(past.capabilities.iter().position(|held| held.name == name).map(|position| (position, past)))
    }
}

/// The end of the day before anybody used the golden path: what was moved from shows best against that.
fn before_golden(past: &Past, capability: usize) -> Option<i64> {
    let golden = past.components.iter().flat_map(|component| component.uses_of(capability));
    let first = golden.filter(|used| used.path == OfferPath::Golden).map(|used| used.from.at).min()?;
    Some(first.div_euclid(DAY) * DAY - 1)
}

fn kept(mut items: Vec<MoveItem>, query: &MoveQuery) -> Vec<MoveItem> {
    let any = |wanted: &[String], value: &str| wanted.is_empty() || wanted.iter().any(|want| want == value);
    let words = words_of(query.q.as_deref());
    items.retain(|item| {
        let names = format!("{} {} {}", item.component, item.repository, item.offer);
        any(&query.path, item.path.as_str())
            && any(&query.offer, &item.offer)
            && any(&query.ended, item.ended.as_str())
            && holds_words(&names, &words)
    });
    items
}

fn compare(sort: &str, a: &MoveItem, b: &MoveItem) -> Ordering {
    match sort {
        "to" => a.to.as_ref().map(|to| &to.at).cmp(&b.to.as_ref().map(|to| &to.at)),
        "component" => a.component.cmp(&b.component),
        "days" => a.days.total_cmp(&b.days),
        _ => a.from.at.cmp(&b.from.at),
    }
}

fn interval_of(word: &str) -> Result<Interval, StoreError> {
    let reason = || "expected day, month or quarter".to_owned();
    Interval::of(word).ok_or_else(|| StoreError::BadFilter {
        name: "interval",
        given: word.to_owned(),
        reason: reason(),
    })
}

/// The first second of a day, when a day is given.
fn first_second(given: &str) -> Result<i64, StoreError> {
    let end = at::parse(given)?;
    Ok(if given.len() == 10 { end + 1 - DAY } else { end })
}
