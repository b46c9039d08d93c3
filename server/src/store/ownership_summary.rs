//! Verdicts counted: of the organisation, of each declared owner and of each repository.
//! It must not judge: it counts what was saved.
use super::{
    Store, StoreError,
    list::filter_key,
    ownership::{OWNERSHIP, asked},
};
use shared::{
    EntityKind,
    api::{OwnershipItem, OwnershipQuery, OwnershipRow, OwnershipSummary, VerdictCounts},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

impl Store {
    /// The verdicts that a query keeps, counted; on components, unless the query names another part.
    ///
    /// # Errors
    /// `BadFilter`, or when the database does not answer.
    pub async fn ownership_summary(&self, query: &OwnershipQuery) -> Result<OwnershipSummary, StoreError> {
        let ask = asked(query)?;
        let held = self.held_ownership().await?;
        let generation = self.generation().await;
        let question = format!("ownership summary {}?{}", held.revision, filter_key(&query.pairs()));
        if let Some(found) = self.cache().find::<OwnershipSummary>(generation, &question) {
            return Ok(found.as_ref().clone());
        }
        let titles = self.titles_of(EntityKind::Group).await?;
        let mut verdicts = VerdictCounts::default();
        let (mut teams, mut repositories) = (BTreeMap::new(), BTreeMap::new());
        for (_, item) in OWNERSHIP.kept(&held.items, &ask) {
            verdicts.add(item.verdict);
            count(&mut teams, item.declared.as_ref().map(ToString::to_string).unwrap_or_default(), item);
            count(&mut repositories, item.repository.to_string(), item);
        }
        let summary = OwnershipSummary {
            truth: verdicts.truth(),
            verdicts,
            judged_at: held.judged_at,
            teams: rows(teams, |name| team_title(name, &titles)),
            repositories: rows(repositories, str::to_owned),
        };
        Ok(self.cache().keep(generation, &question, summary).as_ref().clone())
    }
}

fn count(of: &mut BTreeMap<String, VerdictCounts>, name: String, item: &OwnershipItem) {
    of.entry(name).or_default().add(item.verdict);
}

/// The title that the catalog has, else the name.
fn team_title(name: &str, titles: &HashMap<String, String>) -> String {
    let short = || name.parse().map_or_else(|_| name.to_owned(), |r: shared::EntityRef| r.name().to_owned());
    if name.is_empty() { "No owner".to_owned() } else { titles.get(name).cloned().unwrap_or_else(short) }
}

/// The least true first, of equals the largest; those with nothing declared last.
fn rows(counts: BTreeMap<String, VerdictCounts>, title: impl Fn(&str) -> String) -> Vec<OwnershipRow> {
    let row = |(name, verdicts): (String, VerdictCounts)| OwnershipRow {
        title: title(&name),
        truth: verdicts.truth(),
        name,
        verdicts,
    };
    let mut rows: Vec<_> = counts.into_iter().map(row).collect();
    let order = |row: &OwnershipRow| (row.truth.is_none(), Reverse(row.verdicts.total()));
    rows.sort_by(|a, b| {
        let truth = |row: &OwnershipRow| row.truth.unwrap_or(2.0);
        truth(a).total_cmp(&truth(b)).then_with(|| order(a).cmp(&order(b)))
    });
    rows
}
