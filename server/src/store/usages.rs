//! The list of usages with their evidence, as they are now.
//! It must not judge a state: it is stored with the usage.
use super::{
    Store, StoreError,
    entities::short_labels,
    list::{FacetOf, List, Sort, ask, check_words, filter_key, one_of, references},
    moments::{moment, starts},
    places::Webs,
    rows::{json, maybe, read},
    ruleset::confidence_of,
    sql::Sql,
    text,
    usages_at::facet_usages_at,
};
use crate::catalog::model::{Capability, Evidence};
use sea_orm::FromQueryResult;
use shared::{
    EntityKind, OfferPath, State,
    api::{EvidenceItem, Facet, Page, UsageItem, UsageQuery},
};

pub(super) const USAGES: List = List {
    name: "usages",
    table: "usage",
    columns: "component, repository, capability, offer, path, state, owner_ref, evidence",
    sorts: &[
        Sort { name: "component", expr: "usage.component", number: false },
        Sort { name: "repository", expr: "usage.repository", number: false },
        Sort { name: "capability", expr: "usage.capability", number: false },
        Sort { name: "offer", expr: "usage.offer", number: false },
        Sort { name: "path", expr: "usage.path", number: false },
        Sort { name: "state", expr: "usage.state", number: false },
    ],
};

pub(super) const FACETS: &[FacetOf] = &[
    FacetOf { name: "capability", title: "Capability", expr: "usage.capability", from: None },
    FacetOf { name: "offer", title: "Offer", expr: "usage.offer", from: None },
    FacetOf { name: "path", title: "Path", expr: "usage.path", from: None },
    FacetOf { name: "state", title: "State", expr: "usage.state", from: None },
    FacetOf { name: "owner", title: "Owner", expr: "usage.owner_ref", from: None },
    FacetOf { name: "repository", title: "Repository", expr: "usage.repository", from: None },
];

#[derive(FromQueryResult)]
struct UsageRow {
    component: String,
    repository: String,
    capability: String,
    offer: String,
    path: String,
    state: String,
    owner_ref: String,
    evidence: String,
}

impl Store {
    /// One page of usages, of now or of `at`.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_usages(&self, query: &UsageQuery) -> Result<Page<UsageItem>, StoreError> {
        if let Some((held, at)) = self.moment(query.at.as_deref()).await? {
            return self.list_usages_at(query, &held, at).await;
        }
        let found = self.page::<UsageRow>(&USAGES, conditions(query)?, ask!(query)).await?;
        let webs = self.webs(found.rows.iter().map(|r| r.repository.clone())).await?;
        let ruleset = self.ruleset().await?;
        let (components, capabilities) = found.rows.iter().map(|r| (r.component.clone(), r.capability.clone())).unzip();
        let starts = starts(self.reader(), components, capabilities).await?;
        let began = |row: &UsageRow| {
            let key = [&row.repository, &row.component, &row.capability, &row.offer].map(String::clone);
            let start = starts.get(&key);
            start.map(|(commit, at)| moment(&row.repository, commit, *at, &webs)).transpose()
        };
        let with_start = |row: UsageRow| Ok(UsageItem { from: began(&row)?, ..item(row, &ruleset, &webs)? });
        let items = found.rows.into_iter().map(with_start).collect::<Result<_, StoreError>>()?;
        Ok(Page { items, total: found.total, next: found.next })
    }

    /// Counts of every value of every facet under all other filters.
    ///
    /// # Errors
    /// As `list_usages`.
    pub async fn facet_usages(&self, query: &UsageQuery) -> Result<Vec<Facet>, StoreError> {
        let question = format!("usages?{}", filter_key(&query.pairs()));
        self.cached_facets(question, async || {
            if let Some((held, at)) = self.moment(query.at.as_deref()).await? {
                return facet_usages_at(query, &held, at);
            }
            let filters = filters(query)?;
            let columns = self.columns(&USAGES, FACETS).await?;
            let slow = UsageQuery { q: query.q.clone(), component: query.component.clone(), ..UsageQuery::default() };
            let among =
                if slow == UsageQuery::default() { None } else { Some(self.ids(&USAGES, conditions(&slow)?).await?) };
            let counted = columns.count(&filters, among.as_deref());
            Ok(columns.facets(FACETS, &counted, &filters).into_iter().map(short_labels).collect())
        })
        .await
    }
}

/// Stored evidence as the API gives it.
///
/// # Errors
/// `Damaged` when it does not read back.
pub(super) fn evidence(stored: &str, repository: &str, webs: &Webs) -> Result<Vec<EvidenceItem>, StoreError> {
    let found: Vec<Evidence> = json("evidence", stored)?;
    let item = |e: Evidence| EvidenceItem {
        permalink: webs.file(repository, Some(e.path.as_str()), e.line),
        rule: e.rule,
        rung: e.rung.number(),
        path: e.path,
        line: e.line,
        blob: e.blob,
        commit: e.commit,
    };
    Ok(found.into_iter().map(item).collect())
}

fn item(row: UsageRow, ruleset: &[(i64, Capability)], webs: &Webs) -> Result<UsageItem, StoreError> {
    Ok(UsageItem {
        component: read("reference", &row.component)?,
        repository: read("repository", &row.repository)?,
        confidence: confidence_of(ruleset, &row.capability, &row.offer),
        capability: row.capability,
        offer: row.offer,
        path: read("path", &row.path)?,
        state: read("state", &row.state)?,
        owner: maybe("owner", Some(&row.owner_ref))?,
        evidence: evidence(&row.evidence, &row.repository, webs)?,
        from: None,
        to: None,
    })
}

/// The rows that a query asks for.
///
/// # Errors
/// `BadFilter`.
pub(super) fn conditions(query: &UsageQuery) -> Result<Sql, StoreError> {
    check_words::<OfferPath>("path", &query.path)?;
    check_words::<State>("state", &query.state)?;
    let components = references("component", &query.component, Some(EntityKind::Component))?;
    let mut parts = vec![Sql::new("NOT usage.shadowed")];
    parts.extend(one_of("usage.capability", &query.capability));
    parts.extend(one_of("usage.offer", &query.offer));
    parts.extend(one_of("usage.path", &query.path));
    parts.extend(one_of("usage.state", &query.state));
    parts.extend(one_of("usage.component", &components));
    parts.extend(one_of("usage.repository", &query.repository));
    parts.extend(one_of("usage.owner_ref", &references("owner", &query.owner, Some(EntityKind::Group))?));
    let terms = text::terms(query.q.as_deref().unwrap_or_default());
    if !terms.is_empty() {
        parts.push(text::contains(&["usage.component", "usage.capability", "usage.offer", "usage.repository"], &terms));
    }
    Ok(Sql::all(parts))
}

/// The filters on facet columns, as they are stored and in the order of `FACETS`.
///
/// # Errors
/// `BadFilter`.
pub(super) fn filters(query: &UsageQuery) -> Result<Vec<Vec<String>>, StoreError> {
    let mut query = query.clone();
    query.owner = references("owner", &query.owner, Some(EntityKind::Group))?;
    Ok(FACETS.iter().map(|of| std::mem::take(field(&mut query, of.name))).collect())
}

fn field<'q>(query: &'q mut UsageQuery, name: &str) -> &'q mut Vec<String> {
    match name {
        "capability" => &mut query.capability,
        "offer" => &mut query.offer,
        "path" => &mut query.path,
        "state" => &mut query.state,
        "owner" => &mut query.owner,
        _ => &mut query.repository,
    }
}
