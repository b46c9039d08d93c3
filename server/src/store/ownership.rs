//! The list of verdicts on owners.
//! It must not judge: a verdict is shown as it was saved.
use super::{
    Store, StoreError,
    held_list::{Field, HeldAsk, HeldList, held_ask, known, one, sort, turned},
    judged::{Held, Judged},
    list::{check_words, references},
    places::Webs,
};
use shared::{
    EntityKind, OwnedPart, Verdict,
    api::{Facet, OwnershipItem, OwnershipQuery, Page},
};
use std::cmp::Ordering;

pub(super) const OWNERSHIP: HeldList<OwnershipItem> = HeldList {
    name: "ownership",
    sorts: &[sort("verdict"), sort("entity"), sort("repository"), sort("score"), sort("knowledge")],
    sort: "verdict",
    fields: &[
        Field { name: "verdict", title: Some("Verdict"), values: |item| vec![item.verdict.to_string()] },
        Field { name: "owner", title: Some("Declared owner"), values: |item| one(item.declared.as_ref()) },
        Field { name: "guess", title: Some("Work points to"), values: |item| one(item.guess.as_ref()) },
        Field { name: "repository", title: Some("Repository"), values: |item| vec![item.repository.to_string()] },
        Field { name: "part", title: Some("Part"), values: |item| vec![item.part.to_string()] },
        Field { name: "entity", title: None, values: |item| vec![item.entity.to_string()] },
    ],
    text,
    compare,
    tie: |a, b| a.entity.cmp(&b.entity).then_with(|| a.part.cmp(&b.part)).then_with(|| a.path.cmp(&b.path)),
};

impl Store {
    /// One page of verdicts; on components, unless the query names another part.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_ownership(&self, query: &OwnershipQuery) -> Result<Page<OwnershipItem>, StoreError> {
        let ask = asked(query)?;
        let held = self.held_ownership().await?;
        let mut page = self.page_held(&OWNERSHIP, &held, &ask).await?;
        self.link_ownership(&mut page.items).await?;
        Ok(page)
    }

    /// Counts of every value of every facet under all other filters.
    ///
    /// # Errors
    /// As `list_ownership`.
    pub async fn facet_ownership(&self, query: &OwnershipQuery) -> Result<Vec<Facet>, StoreError> {
        let ask = asked(query)?;
        let held = self.held_ownership().await?;
        self.facets_held(&OWNERSHIP, &held, &ask).await
    }

    pub(super) async fn held_ownership(&self) -> Result<Held<OwnershipItem>, StoreError> {
        self.held_documents(Judged::Ownership).await
    }

    /// Adds the links that the items have not.
    pub(super) async fn link_ownership(&self, items: &mut [OwnershipItem]) -> Result<(), StoreError> {
        let webs = self.webs(items.iter().map(|item| item.repository.to_string())).await?;
        items.iter_mut().for_each(|item| link(item, &webs));
        Ok(())
    }
}

/// The filters of a query, checked.
///
/// # Errors
/// `BadFilter`.
pub(super) fn asked(query: &OwnershipQuery) -> Result<HeldAsk<'_>, StoreError> {
    check_words::<Verdict>("verdict", &query.verdict)?;
    check_words::<OwnedPart>("part", &query.part)?;
    let part = if query.part.is_empty() { vec![OwnedPart::Component.to_string()] } else { query.part.clone() };
    let filters = vec![
        ("verdict", query.verdict.clone()),
        ("owner", references("owner", &query.owner, Some(EntityKind::Group))?),
        ("guess", references("guess", &query.guess, Some(EntityKind::Group))?),
        ("repository", query.repository.clone()),
        ("entity", references("entity", &query.entity, Some(EntityKind::Component))?),
        ("part", part),
    ];
    Ok(held_ask!(query, filters))
}

fn text(item: &OwnershipItem) -> String {
    let title = item.title.as_deref().unwrap_or_default();
    let named = |owner: &Option<shared::EntityRef>| owner.as_ref().map(ToString::to_string).unwrap_or_default();
    let owners = [named(&item.declared), named(&item.guess)].join(" ");
    format!("{} {title} {} {} {owners}", item.entity, item.repository, item.path)
}

fn compare(sort: &str, down: bool, a: &OwnershipItem, b: &OwnershipItem) -> Ordering {
    match sort {
        "entity" => turned(down, a.entity.cmp(&b.entity)),
        "repository" => turned(down, a.repository.cmp(&b.repository)),
        "score" => known(down, a.score, b.score, f64::total_cmp),
        "knowledge" => known(down, a.knowledge, b.knowledge, u32::cmp),
        _ => turned(down, badness(a.verdict).cmp(&badness(b.verdict))),
    }
}

/// The worst first: what most needs somebody to act.
pub(super) fn badness(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Orphan => 0,
        Verdict::Disputed => 1,
        Verdict::Stale => 2,
        Verdict::Undeclared => 3,
        Verdict::Dormant => 4,
        Verdict::Unknown => 5,
        Verdict::Confirmed => 6,
    }
}

fn link(item: &mut OwnershipItem, webs: &Webs) {
    let repository = item.repository.as_str();
    if let Some(claim) = item.claim.as_mut().filter(|claim| claim.permalink.is_none()) {
        claim.permalink = webs.file(repository, Some(claim.path.as_str()), claim.line);
    }
    for commit in item.evidence.iter_mut().filter(|commit| commit.permalink.is_none()) {
        commit.permalink = webs.commit(repository, commit.commit.as_str());
    }
    if let Some(last) = item.last_work.as_mut().filter(|last| last.permalink.is_none()) {
        last.permalink = webs.commit(repository, last.commit.as_str());
    }
}
