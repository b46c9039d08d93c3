//! Adoption of every golden path at one time: the list, its facets, the roll-ups and the teams.
//! It must not compute a figure itself.
use super::{holds_words, paged, scope_of, time_of, unit_of, words_of};
use crate::{
    metrics::{
        self, AdoptionFilter, AdoptionPage,
        past::{Past, PastComponent, Scope},
    },
    store::{
        Store, StoreError,
        entities::short_labels,
        list::{Sort, check_words, choose_sort, facet, filter_key},
    },
};
use shared::{
    Area,
    api::{AdoptionItem, AdoptionQuery, AdoptionSummary, Facet, Page, TeamMatrix},
};
use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

const SORTS: &[Sort] = &[
    Sort { name: "gap", expr: "", number: true },
    Sort { name: "title", expr: "", number: false },
    Sort { name: "adoption", expr: "", number: true },
    Sort { name: "delta", expr: "", number: true },
    Sort { name: "eligible", expr: "", number: true },
    Sort { name: "homegrown", expr: "", number: true },
    Sort { name: "new", expr: "", number: true },
];

impl Store {
    /// One page of adoption, a row a capability.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_adoption(&self, query: &AdoptionQuery) -> Result<Page<AdoptionItem>, StoreError> {
        let (sort, down) = choose_sort(SORTS, query.sort.as_deref())?;
        let place = format!("adoption?{}{}", filter_key(&query.pairs()), query.sort.as_deref().unwrap_or_default());
        let words = words_of(query.q.as_deref());
        let mut items = self.adoption_page(query).await?.items.clone();
        items.retain(|item| holds_words(&format!("{} {}", item.name, item.title), &words));
        items.sort_by(|a, b| compare(sort.name, down, a, b).then_with(|| a.title.cmp(&b.title)));
        paged::page(&place, &items, query.cursor.as_deref(), query.limit)
    }

    /// How many components each value of a filter leaves under the other filters.
    ///
    /// # Errors
    /// `BadFilter`, or when the database does not answer.
    pub async fn facet_adoption(&self, query: &AdoptionQuery) -> Result<Vec<Facet>, StoreError> {
        let ask = self.adoption_filter(query).await?;
        let question = format!("adoption facets?{}", filter_key(&query.pairs()));
        let chosen = query.area.clone();
        let facets = self.answer_past(question, move |past| facets(past, &ask, &chosen)).await?;
        Ok(facets.as_ref().clone().into_iter().map(short_labels).collect())
    }

    /// The organisation and its areas.
    ///
    /// # Errors
    /// `BadFilter`, or when the database does not answer.
    pub async fn adoption_summary(&self, query: &AdoptionQuery) -> Result<AdoptionSummary, StoreError> {
        Ok(self.adoption_page(query).await?.summary.clone())
    }

    /// Teams by capabilities.
    ///
    /// # Errors
    /// `BadFilter`, or when the database does not answer.
    pub async fn team_matrix(&self, query: &AdoptionQuery) -> Result<TeamMatrix, StoreError> {
        let ask = self.adoption_filter(query).await?;
        let question = format!("adoption teams?{}", filter_key(&query.pairs()));
        let compute = move |past: &Past| metrics::matrix(past, ask.at, &ask.areas, &ask.scope);
        let found = self.answer_past(question, compute).await?;
        Ok(found.as_ref().clone())
    }

    /// List and summary are counted in one go, whatever of them is asked for.
    async fn adoption_page(&self, query: &AdoptionQuery) -> Result<Arc<AdoptionPage>, StoreError> {
        let ask = self.adoption_filter(query).await?;
        let filters = AdoptionQuery { q: None, ..query.clone() };
        let question = format!("adoption page?{}", filter_key(&filters.pairs()));
        self.answer_past(question, move |past| metrics::adoption_page(past, &ask)).await
    }

    async fn adoption_filter(&self, query: &AdoptionQuery) -> Result<AdoptionFilter, StoreError> {
        check_words::<Area>("area", &query.area)?;
        let past = self.past().await?;
        Ok(AdoptionFilter {
            areas: query.area.iter().filter_map(|area| area.parse().ok()).collect(),
            scope: scope_of(&query.owner, &query.system, &query.language, &query.repository)?,
            at: time_of(query.at.as_deref(), &past)?,
            unit: unit_of(query.scope.as_deref())?,
        })
    }
}

/// Furthest below target first for `gap`; numbers that are unknown come last either way round.
fn compare(sort: &str, down: bool, a: &AdoptionItem, b: &AdoptionItem) -> Ordering {
    let turned = |order: Ordering| if down { order.reverse() } else { order };
    let gap = |item: &AdoptionItem| Some(item.adoption? - item.target.as_ref().map_or(1.0, |target| target.adoption));
    let known = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => turned(a.total_cmp(&b)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    match sort {
        "title" => turned(a.title.cmp(&b.title)),
        "adoption" => known(a.adoption, b.adoption),
        "delta" => known(a.delta_90d, b.delta_90d),
        "eligible" => turned(a.counts.eligible.cmp(&b.counts.eligible)),
        "homegrown" => turned(a.counts.homegrown.cmp(&b.counts.homegrown)),
        "new" => known(a.new_component_share, b.new_component_share),
        // Those with a target first: how far below it they are is a promise, the rest only a distance.
        _ => b.target.is_some().cmp(&a.target.is_some()).then_with(|| known(gap(a), gap(b))),
    }
}

/// Components that exist at the time, by each filter's values under the other filters.
fn facets(past: &Past, ask: &AdoptionFilter, areas: &[String]) -> Vec<Facet> {
    let text = |value: &Option<shared::EntityRef>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    let count = |scope: Scope, value: &dyn Fn(&PastComponent) -> String| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let there = past.components.iter().filter(|c| c.exists_at(ask.at) && scope.holds(past, c));
        there.for_each(|component| *counts.entry(value(component)).or_default() += 1);
        counts.into_iter().collect::<Vec<_>>()
    };
    let scope = &ask.scope;
    let owners = count(Scope { owner: vec![], ..scope.clone() }, &|c| text(&c.owner));
    let systems = count(Scope { system: vec![], ..scope.clone() }, &|c| text(&c.system));
    let languages = count(Scope { language: vec![], ..scope.clone() }, &|c| c.language.clone().unwrap_or_default());
    let mut by_area: BTreeMap<String, u64> = BTreeMap::new();
    for capability in past.capabilities.iter().filter(|capability| capability.has_golden()) {
        *by_area.entry(capability.area.to_string()).or_default() += 1;
    }
    let mut area = facet(("area", "Area"), by_area.into_iter().collect(), areas);
    for value in &mut area.values {
        if let Ok(known) = value.value.parse::<Area>() {
            known.title().clone_into(&mut value.label);
        }
    }
    vec![
        area,
        facet(("owner", "Team"), owners, &scope.owner),
        facet(("system", "System"), systems, &scope.system),
        facet(("language", "Language"), languages, &scope.language),
    ]
}
