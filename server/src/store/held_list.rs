//! Lists whose items are held in memory: filtered, sorted, cut into pages and counted by facet there.
//! It must not know what is listed: each list describes itself by a `HeldList`.
use super::{
    Store, StoreError,
    judged::Held,
    list::{Sort, choose_sort, facet},
    past_questions::{holds_words, paged, words_of},
};
use shared::{
    EntityRef,
    api::{Facet, Page},
};
use std::{cmp::Ordering, collections::BTreeMap};

/// How a list is read.
pub(super) struct HeldList<T: 'static> {
    pub(super) name: &'static str,
    pub(super) sorts: &'static [Sort],
    /// The sort unless told, as a query would say it.
    pub(super) sort: &'static str,
    pub(super) fields: &'static [Field<T>],
    /// What full text is searched in.
    pub(super) text: fn(&T) -> String,
    /// Compares by a sort of the list, upwards or downwards; what is unknown comes last either way round.
    pub(super) compare: fn(&str, bool, &T, &T) -> Ordering,
    /// What tells items apart that a sort holds equal.
    pub(super) tie: fn(&T, &T) -> Ordering,
}

/// A filter of a list.
pub(super) struct Field<T> {
    pub(super) name: &'static str,
    /// The facet's heading; absent when it would have as many values as the list has items.
    pub(super) title: Option<&'static str>,
    /// The values of an item; none, or the empty one, is unknown.
    pub(super) values: fn(&T) -> Vec<String>,
}

/// What is asked of a list.
pub(super) struct HeldAsk<'a> {
    /// The words of each filter that is set, as they are stored.
    pub(super) filters: Vec<(&'static str, Vec<String>)>,
    pub(super) q: Option<&'a str>,
    pub(super) sort: Option<&'a str>,
    pub(super) cursor: Option<&'a str>,
    pub(super) limit: Option<u32>,
    /// The filters as text: what a cursor and a kept answer belong to.
    pub(super) key: String,
}

/// Builds a `HeldAsk` from any of the shared queries and its checked filters.
macro_rules! held_ask {
    ($query:expr, $filters:expr) => {
        crate::store::held_list::HeldAsk {
            filters: $filters,
            q: $query.q.as_deref(),
            sort: $query.sort.as_deref(),
            cursor: $query.cursor.as_deref(),
            limit: $query.limit,
            key: crate::store::list::filter_key(&$query.pairs()),
        }
    };
}
pub(super) use held_ask;

/// How an item fares against the filters.
enum Fit {
    All,
    /// Only the filter at this position keeps it out.
    AllBut(usize),
    No,
}

impl<T: Send + Sync + 'static> HeldList<T> {
    /// The items that a question keeps, in their own order.
    pub(super) fn kept<'i>(&self, items: &'i [T], ask: &HeldAsk<'_>) -> Vec<(u32, &'i T)> {
        let words = words_of(ask.q);
        let fits = |item: &T| self.has_words(item, &words) && matches!(self.fit(item, ask), Fit::All);
        (0..).zip(items).filter(|(_, item)| fits(item)).collect()
    }

    fn has_words(&self, item: &T, words: &[String]) -> bool {
        words.is_empty() || holds_words(&(self.text)(item), words)
    }

    fn fit(&self, item: &T, ask: &HeldAsk<'_>) -> Fit {
        let mut fit = Fit::All;
        for (position, field) in self.fields.iter().enumerate() {
            let Some(wanted) = wanted(ask, field.name) else { continue };
            let values = (field.values)(item);
            let unknown = values.is_empty() && wanted.iter().any(String::is_empty);
            if unknown || values.iter().any(|value| wanted.contains(value)) {
                continue;
            }
            fit = match fit {
                Fit::All => Fit::AllBut(position),
                Fit::AllBut(_) | Fit::No => return Fit::No,
            };
        }
        fit
    }

    fn sorted(&self, items: &[T], ask: &HeldAsk<'_>) -> Result<Vec<u32>, StoreError> {
        let (sort, down) = choose_sort(self.sorts, ask.sort.filter(|s| !s.is_empty()).or(Some(self.sort)))?;
        let mut kept = self.kept(items, ask);
        kept.sort_by(|(_, a), (_, b)| (self.compare)(sort.name, down, a, b).then_with(|| (self.tie)(a, b)));
        Ok(kept.into_iter().map(|(position, _)| position).collect())
    }

    /// Each value with the items that it would leave under all other filters.
    fn facets(&self, items: &[T], ask: &HeldAsk<'_>) -> Vec<Facet> {
        let words = words_of(ask.q);
        let mut counts: Vec<BTreeMap<String, u64>> = self.fields.iter().map(|_| BTreeMap::new()).collect();
        for item in items.iter().filter(|item| self.has_words(item, &words)) {
            let only = match self.fit(item, ask) {
                Fit::All => None,
                Fit::AllBut(position) => Some(position),
                Fit::No => continue,
            };
            for (position, field) in self.fields.iter().enumerate() {
                if field.title.is_none() || only.is_some_and(|only| only != position) {
                    continue;
                }
                let mut values = (field.values)(item);
                if values.is_empty() {
                    values.push(String::new());
                }
                values.into_iter().for_each(|value| *counts[position].entry(value).or_default() += 1);
            }
        }
        let shown = self.fields.iter().zip(counts).filter_map(|(field, counts)| Some((field, field.title?, counts)));
        shown.map(|(field, title, counts)| labelled(field.name, title, counts, ask)).collect()
    }
}

fn wanted<'a>(ask: &'a HeldAsk<'_>, name: &str) -> Option<&'a [String]> {
    let set = ask.filters.iter().find(|(of, words)| *of == name && !words.is_empty());
    set.map(|(_, words)| words.as_slice())
}

/// References read best short.
fn labelled(name: &str, title: &str, counts: BTreeMap<String, u64>, ask: &HeldAsk<'_>) -> Facet {
    let mut out = facet((name, title), counts.into_iter().collect(), wanted(ask, name).unwrap_or_default());
    for value in &mut out.values {
        if let Some(reference) = value.value.parse::<EntityRef>().ok().filter(|_| value.value.contains(':')) {
            value.label = reference.short();
        }
    }
    out
}

impl Store {
    /// One page of a held list; which items it keeps, in which order, is kept until the catalog changes.
    ///
    /// # Errors
    /// `BadSort`, `BadCursor`.
    pub(super) async fn page_held<T: Clone + Send + Sync + 'static>(
        &self,
        list: &HeldList<T>,
        held: &Held<T>,
        ask: &HeldAsk<'_>,
    ) -> Result<Page<T>, StoreError> {
        let generation = self.generation().await;
        let sort = ask.sort.unwrap_or_default();
        // Positions belong to one revision of the items.
        let question = format!("held {} {} {sort}?{}", list.name, held.revision, ask.key);
        let order = match self.cache().find::<Vec<u32>>(generation, &question) {
            Some(order) => order,
            None => self.cache().keep(generation, &question, list.sorted(&held.items, ask)?),
        };
        let place = format!("{}?{}{sort}", list.name, ask.key);
        let page = paged::page(&place, &order, ask.cursor, ask.limit)?;
        let items = page.items.into_iter().filter_map(|position| held.items.get(position as usize).cloned());
        Ok(Page { items: items.collect(), total: page.total, next: page.next })
    }

    /// The facets of a held list, kept until the catalog changes.
    pub(super) async fn facets_held<T: Send + Sync + 'static>(
        &self,
        list: &HeldList<T>,
        held: &Held<T>,
        ask: &HeldAsk<'_>,
    ) -> Result<Vec<Facet>, StoreError> {
        let question = format!("held {} {}?{}", list.name, held.revision, ask.key);
        self.cached_facets(question, async || Ok(list.facets(&held.items, ask))).await
    }
}

/// Compares what may be unknown: known before unknown, whichever way round.
pub(super) fn known<V>(down: bool, a: Option<V>, b: Option<V>, compare: impl Fn(&V, &V) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => turned(down, compare(&a, &b)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// Turns an order round for a sort that runs downwards.
pub(super) fn turned(down: bool, order: Ordering) -> Ordering {
    if down { order.reverse() } else { order }
}

/// A sort of a held list.
pub(super) const fn sort(name: &'static str) -> Sort {
    Sort { name, expr: "", number: true }
}

/// The text of a reference, if there is one.
pub(super) fn one(reference: Option<&EntityRef>) -> Vec<String> {
    reference.map(ToString::to_string).into_iter().collect()
}

/// The texts of references.
pub(super) fn each<'r>(references: impl IntoIterator<Item = &'r EntityRef>) -> Vec<String> {
    references.into_iter().map(ToString::to_string).collect()
}

/// Values each once.
pub(super) fn distinct(mut values: Vec<String>) -> Vec<String> {
    values.sort_unstable();
    values.dedup();
    values
}
