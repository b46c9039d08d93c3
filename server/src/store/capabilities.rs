//! The capabilities of the ruleset in force as a list with facets, and one capability's page.
//! It must not count in any other way than the lists of entities do.
use super::{
    Store, StoreError,
    capability_counts::{InUse, Tallies, no_counts},
    cursor::SortKey,
    list::{Sort, ask, check_flag, check_words, choose_sort, facet, references},
    memory_page,
    rows::count,
    sql::Sql,
    text, transaction,
};
use crate::catalog::model::{Capability, Detect, Offer};
use sea_orm::FromQueryResult;
use shared::{
    Area, Confidence, EntityKind, OfferPath, RepoPath, RuleSource,
    api::{CapabilityDetail, CapabilityQuery, CapabilitySummary, Eligible, Facet, OfferSummary, Page, Start},
};
use std::collections::{BTreeMap, HashMap};

const SORTS: &[Sort] = &[
    Sort { name: "area", expr: "", number: false },
    Sort { name: "title", expr: "", number: false },
    Sort { name: "components", expr: "", number: true },
    Sort { name: "golden", expr: "", number: true },
    Sort { name: "vendor", expr: "", number: true },
    Sort { name: "homegrown", expr: "", number: true },
];

#[derive(FromQueryResult)]
struct OfferRow {
    offer: String,
    components: i64,
    repositories: i64,
}

impl Store {
    /// One page of capabilities of the ruleset in force, with the counts of now or of `at`. The ruleset is small, so it is
    /// filtered and sorted in memory.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_capabilities(&self, query: &CapabilityQuery) -> Result<Page<CapabilitySummary>, StoreError> {
        let (sort, down) = choose_sort(SORTS, query.sort.as_deref())?;
        let keyed = |(id, summary): (i64, CapabilitySummary)| (sort_key(sort.name, &summary), id, summary);
        let found = self.summarised(query).await?.into_iter().map(keyed).collect();
        let found = memory_page::page("capabilities", found, &ask!(query), down)?;
        Ok(Page { items: found.items, total: found.total, next: found.next })
    }

    /// Counts of every area, source and lifecycle under the other filters.
    ///
    /// # Errors
    /// As `list_capabilities`.
    pub async fn facet_capabilities(&self, query: &CapabilityQuery) -> Result<Vec<Facet>, StoreError> {
        let mut out = Vec::new();
        for (name, title) in [("area", "Area"), ("source", "Source"), ("lifecycle", "Lifecycle")] {
            let mut others = query.clone();
            let own = match name {
                "area" => &mut others.area,
                "source" => &mut others.source,
                _ => &mut others.lifecycle,
            };
            let selected = std::mem::take(own);
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for (_, summary) in self.summarised(&others).await? {
                let value = match name {
                    "area" => summary.area.to_string(),
                    "source" => summary.source.to_string(),
                    _ => summary.lifecycle,
                };
                *counts.entry(value).or_default() += 1;
            }
            let mut facet = facet((name, title), counts.into_iter().collect(), &selected);
            for value in &mut facet.values {
                if let (true, Ok(area)) = (name == "area", value.value.parse::<Area>()) {
                    area.title().clone_into(&mut value.label);
                }
            }
            out.push(facet);
        }
        Ok(out)
    }

    /// Everything the page of one capability says. `start.html` is left empty: the caller renders the text.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_capability(&self, name: &str) -> Result<Option<CapabilityDetail>, StoreError> {
        let ruleset = self.ruleset().await?;
        let Some((_, capability)) = ruleset.iter().find(|(_, c)| c.reference.name() == name) else {
            return Ok(None);
        };
        let summary = summary(capability, &self.tallies().await?, &*self.homegrown_in_use().await?);
        let used = self.used_offers(name).await?;
        let webs = self.webs(capability.repository.iter().map(ToString::to_string)).await?;
        let link =
            |path: &RepoPath, line| webs.file(capability.repository.as_ref()?.as_str(), Some(path.as_str()), line);
        Ok(Some(CapabilityDetail {
            summary,
            offers: capability.offers.iter().map(|o| offer(o, used.get(&o.name))).collect(),
            interfaces: capability.interfaces.clone(),
            eligible: capability.eligible.clone().unwrap_or_else(nobody),
            start: self.start(capability, link).await?,
            repository: capability.repository.clone(),
            path: capability.path.clone(),
            permalink: capability.path.as_ref().and_then(|p| link(p, capability.line)),
        }))
    }

    async fn summarised(&self, query: &CapabilityQuery) -> Result<Vec<(i64, CapabilitySummary)>, StoreError> {
        let keep = filter(query)?;
        let ruleset = self.ruleset().await?;
        let (tallies, in_use) = match self.moment(query.at.as_deref()).await? {
            Some((_, at)) => self.tallies_at(at).await?,
            None => (self.tallies().await?, self.homegrown_in_use().await?),
        };
        let all = ruleset.iter().map(|(id, c)| (*id, summary(c, &tallies, &in_use)));
        Ok(all.filter(|(_, summary)| keep(summary)).collect())
    }

    async fn used_offers(&self, name: &str) -> Result<HashMap<String, OfferRow>, StoreError> {
        let sql = Sql::new(
            "SELECT offer, COUNT(DISTINCT entity_id) AS components, COUNT(DISTINCT repository) AS repositories \
             FROM usage WHERE NOT shadowed AND capability = ",
        );
        let rows: Vec<OfferRow> = transaction::all(self.reader(), sql.bind(name).add(" GROUP BY offer")).await?;
        Ok(rows.into_iter().map(|r| (r.offer.clone(), r)).collect())
    }

    async fn start(
        &self,
        capability: &Capability,
        link: impl Fn(&RepoPath, Option<u32>) -> Option<String>,
    ) -> Result<Option<Start>, StoreError> {
        let (Some(repository), Some(path)) = (&capability.repository, &capability.start) else {
            return Ok(None);
        };
        let committed_at = self.find_repository(repository).await?.and_then(|r| r.committed_at);
        let (repository, permalink) = (repository.clone(), link(path, None));
        Ok(Some(Start { repository, path: path.clone(), html: String::new(), permalink, committed_at }))
    }
}

/// A capability that did not say who could use it.
fn nobody() -> Eligible {
    Eligible { types: vec![], languages: vec![], lifecycles: vec![], tags: vec![] }
}

fn summary(capability: &Capability, tallies: &Tallies, in_use: &InUse) -> CapabilitySummary {
    let tally = tallies.get(capability.reference.name());
    let has_golden = capability.offers.iter().any(|o| o.path == OfferPath::Golden);
    CapabilitySummary {
        name: capability.reference.name().to_owned(),
        entity: capability.reference.clone(),
        title: capability.title.clone(),
        description: capability.description.clone(),
        area: capability.area,
        owner: capability.owner.clone(),
        lifecycle: capability.lifecycle.clone(),
        source: capability.source,
        counts: tally.map_or_else(no_counts, |t| t.counts()),
        homegrown_confidence: in_use.get(capability.reference.name()).copied().unwrap_or(Confidence::Probable),
        adoption: tally.filter(|_| has_golden).and_then(|t| t.adoption()),
        reuse_rate: tally.and_then(|t| t.reuse_rate()),
        target: capability.target.clone(),
    }
}

fn offer(offer: &Offer, used: Option<&OfferRow>) -> OfferSummary {
    OfferSummary {
        name: offer.name.clone(),
        path: offer.path,
        confidence: offer.confidence,
        component: offer.component.clone(),
        since: offer.since.clone(),
        url: offer.url.clone(),
        components: used.map_or(0, |u| count(u.components)),
        repositories: used.map_or(0, |u| count(u.repositories)),
        detect: matchers(&offer.detect),
    }
}

/// One line a matcher, as a person reads it.
pub(super) fn matchers(detect: &Detect) -> Vec<String> {
    detect.matchers().map(|(kind, text)| format!("{}: {text}", kind.key())).collect()
}

fn sort_key(sort: &str, summary: &CapabilitySummary) -> SortKey {
    let number = |n: u64| SortKey::Number(super::rows::stored(n));
    match sort {
        "title" => SortKey::Text(text::fold(&summary.title)),
        "components" => number(summary.counts.components),
        "golden" => number(summary.counts.golden),
        "vendor" => number(summary.counts.vendor),
        "homegrown" => number(summary.counts.homegrown),
        // Areas in the order in which the product names them.
        _ => SortKey::Text(format!("{}{}", summary.area as u8, text::fold(&summary.title))),
    }
}

/// What a query keeps.
fn filter(query: &CapabilityQuery) -> Result<impl Fn(&CapabilitySummary) -> bool, StoreError> {
    check_words::<Area>("area", &query.area)?;
    check_words::<RuleSource>("source", &query.source)?;
    let used = check_flag("used", query.used.as_deref())?;
    let owners = references("owner", &query.owner, Some(EntityKind::Group))?;
    let terms = text::terms(query.q.as_deref().unwrap_or_default());
    let query = query.clone();
    let any = |given: &[String], value: &str| given.is_empty() || given.iter().any(|g| g == value);
    Ok(move |c: &CapabilitySummary| {
        let description = c.description.as_deref().unwrap_or_default();
        let text = text::fold(&format!("{} {} {description}", c.name, c.title));
        any(&query.area, c.area.as_str())
            && any(&query.source, c.source.as_str())
            && any(&query.lifecycle, &c.lifecycle)
            && any(&owners, &c.owner.as_ref().map(ToString::to_string).unwrap_or_default())
            && used.is_none_or(|used| used == (c.counts.components > 0))
            && terms.iter().all(|t| text.contains(t.as_str()))
    })
}
