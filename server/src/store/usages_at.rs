//! The list of usages as of a time: the stretches of use that hold it.
//! It must not judge a state in any other way than the tip's standings are judged.
use super::{
    Store, StoreError,
    columns::Columns,
    cursor::SortKey,
    entities::short_labels,
    list::{ask, choose_sort},
    memory_page::{self, Keyed},
    past::{
        Held,
        standing::{standings, state},
    },
    places::Webs,
    rows::json,
    sql::Sql,
    text, transaction,
    usages::{FACETS, USAGES, conditions, filters},
};
use crate::{
    catalog::model::Evidence,
    metrics::{
        moment,
        past::{PastUse, Time},
    },
};
use sea_orm::FromQueryResult;
use shared::{
    EntityKind, State,
    api::{EvidenceItem, Facet, Page, UsageItem, UsageQuery},
};
use std::collections::HashMap;

#[derive(FromQueryResult)]
struct EvidenceRow {
    id: i64,
    evidence: String,
}

/// One usage at the time asked for.
struct Found {
    /// Positions of the component in `Past::components` and of the use in it.
    component: usize,
    used: usize,
    state: State,
    reference: String,
    /// In the order of `FACETS`.
    values: Vec<String>,
}

/// Where the values of `FACETS` stand in `Found::values`.
const CAPABILITY: usize = 0;
const OFFER: usize = 1;
const REPOSITORY: usize = 5;

impl Store {
    /// One page of the usages at a time.
    ///
    /// # Errors
    /// As `list_usages`.
    pub(super) async fn list_usages_at(
        &self,
        query: &UsageQuery,
        held: &Held,
        at: Time,
    ) -> Result<Page<UsageItem>, StoreError> {
        let (sort, down) = choose_sort(USAGES.sorts, query.sort.as_deref())?;
        let filters = filters(query)?;
        let kept = |found: &Found| filters.iter().zip(&found.values).all(|(wanted, value)| any(wanted, value));
        let keyed = |found: Found| -> Keyed<Found> {
            let key = match sort.name {
                "component" => &found.reference,
                name => &found.values[FACETS.iter().position(|of| of.name == name).unwrap_or(REPOSITORY)],
            };
            (SortKey::Text(key.clone()), held.rows[found.component][found.used], found)
        };
        let found = usages(query, held, at)?.into_iter().filter(kept).map(keyed).collect();
        let page = memory_page::page(USAGES.name, found, &ask!(query), down)?;
        let webs = self.webs(page.items.iter().map(|f| f.values[REPOSITORY].clone())).await?;
        let rows = page.items.iter().map(|f| held.rows[f.component][f.used]);
        let evidence = self.interval_evidence(rows.collect()).await?;
        let items = page.items.iter().map(|found| item(found, held, &webs, &evidence)).collect();
        Ok(Page { items, total: page.total, next: page.next })
    }

    async fn interval_evidence(&self, rows: Vec<i64>) -> Result<HashMap<i64, Evidence>, StoreError> {
        let sql = Sql::new("SELECT id, evidence FROM usage_interval WHERE ").then(Sql::any_of("id", rows));
        let rows: Vec<EvidenceRow> = transaction::all(self.reader(), sql).await?;
        rows.into_iter().map(|row| Ok((row.id, json("evidence", &row.evidence)?))).collect()
    }
}

/// Counts of every value of every facet at a time, under all other filters.
///
/// # Errors
/// `BadFilter`.
pub(super) fn facet_usages_at(query: &UsageQuery, held: &Held, at: Time) -> Result<Vec<Facet>, StoreError> {
    let filters = filters(query)?;
    let found = usages(query, held, at)?;
    let columns = Columns::of(FACETS.len(), found.iter().map(|found| found.values.as_slice()));
    let counted = columns.count(&filters, None);
    Ok(columns.facets(FACETS, &counted, &filters).into_iter().map(short_labels).collect())
}

/// The usages at a time that a query asks for by words and components; facets have yet to filter them.
fn usages(query: &UsageQuery, held: &Held, at: Time) -> Result<Vec<Found>, StoreError> {
    // The same words are refused as without a time.
    conditions(query)?;
    let wanted = super::list::references("component", &query.component, Some(EntityKind::Component))?;
    let terms = text::terms(query.q.as_deref().unwrap_or_default());
    let mut out = Vec::new();
    for entity in held.entities.iter().filter(|entity| entity.existed(at)) {
        let Some(position) = entity.component else { continue };
        let reference = entity.reference.to_string();
        if !any(&wanted, &reference) {
            continue;
        }
        let component = &held.past.components[position];
        let states: HashMap<u32, State> =
            standings(component, at, None).into_iter().map(|(of, standing)| (of, state(standing))).collect();
        let owner = component.owner.as_ref().map(ToString::to_string).unwrap_or_default();
        let repository = &held.past.repositories[component.repository].name;
        for (i, used) in component.uses.iter().enumerate().filter(|(_, used)| used.holds(at)) {
            let capability = &held.past.capabilities[used.capability as usize];
            let state = states.get(&used.capability).copied().unwrap_or(State::None);
            let offer = capability.offers[used.offer as usize].name.clone();
            let (path, owner) = (used.path.to_string(), owner.clone());
            let values = vec![capability.name.clone(), offer, path, state.to_string(), owner, repository.to_string()];
            let found = Found { component: position, used: i, state, reference: reference.clone(), values };
            if found.says(&terms) {
                out.push(found);
            }
        }
    }
    Ok(out)
}

fn any(wanted: &[String], value: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|want| want == value)
}

impl Found {
    fn says(&self, terms: &[String]) -> bool {
        if terms.is_empty() {
            return true;
        }
        let values = &self.values;
        let said = [&self.reference, &values[CAPABILITY], &values[OFFER], &values[REPOSITORY]];
        let said = text::fold(&said.map(String::as_str).join(" "));
        terms.iter().all(|term| said.contains(term.as_str()))
    }
}

fn item(found: &Found, held: &Held, webs: &Webs, evidence: &HashMap<i64, Evidence>) -> UsageItem {
    let component = &held.past.components[found.component];
    let used: &PastUse = &component.uses[found.used];
    let capability = &held.past.capabilities[used.capability as usize];
    let home = &held.past.repositories[component.repository];
    let repository = &home.name;
    let shown = evidence.get(&held.rows[found.component][found.used]);
    UsageItem {
        component: component.reference.clone(),
        repository: repository.clone(),
        capability: capability.name.clone(),
        offer: found.values[OFFER].clone(),
        path: used.path,
        confidence: capability.offers[used.offer as usize].confidence,
        state: found.state,
        owner: component.owner.clone(),
        evidence: shown.map(|shown| evidence_item(shown, repository.as_str(), webs)).into_iter().collect(),
        from: Some(moment(home, &used.from)),
        to: used.to.as_ref().map(|to| moment(home, to)),
    }
}

/// The evidence of the first commit, linked to the file as it was then.
fn evidence_item(evidence: &Evidence, repository: &str, webs: &Webs) -> EvidenceItem {
    EvidenceItem {
        rule: evidence.rule.clone(),
        rung: evidence.rung.number(),
        path: evidence.path.clone(),
        line: evidence.line,
        blob: evidence.blob.clone(),
        commit: evidence.commit.clone(),
        permalink: webs.file_at(repository, evidence.commit.as_str(), evidence.path.as_str(), evidence.line),
    }
}
