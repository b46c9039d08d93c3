//! Search over everything: entities, capabilities, repositories and packages, best first.
//! It must not read documents or READMEs: names, titles, descriptions and tags are searched.
use super::{Store, StoreError, sql::Sql, text, transaction};
use sea_orm::FromQueryResult;
use shared::{EntityRef, api::SearchHit};
use std::collections::HashSet;

const MAX_HITS: u32 = 100;

/// How well a hit fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Prefix,
    Name,
    Text,
}

#[derive(FromQueryResult)]
struct EntityHit {
    reference: String,
    name: String,
    title: String,
    description: String,
    head: String,
}

#[derive(FromQueryResult)]
struct NameHit {
    name: String,
    description: Option<String>,
    page: Option<String>,
}

/// A hit with what it is sorted by.
struct Ranked {
    fit: Fit,
    name: String,
    hit: SearchHit,
}

impl Store {
    /// At most `limit` (at most 100) things whose name, title or text holds every word of `q`: exact names first, then
    /// names that begin with it, then names and titles that hold it, then texts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search(&self, q: &str, limit: u32) -> Result<Vec<SearchHit>, StoreError> {
        let terms = text::terms(q);
        let limit = limit.clamp(1, MAX_HITS) as usize;
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = self.search_capabilities(&terms).await?;
        found.extend(self.search_repositories(&terms, limit).await?);
        found.extend(self.search_entities(&terms, limit).await?);
        found.extend(self.search_packages(&terms, limit).await?);
        let key = |r: &Ranked| (r.fit, kind_rank(&r.hit.kind), r.name.len(), r.name.clone());
        found.sort_by_cached_key(key);
        let mut seen = HashSet::new();
        found.retain(|r| seen.insert((r.hit.kind.clone(), r.hit.id.clone())));
        found.truncate(limit);
        Ok(found.into_iter().map(|r| r.hit).collect())
    }

    async fn search_capabilities(&self, terms: &[String]) -> Result<Vec<Ranked>, StoreError> {
        let ruleset = self.ruleset().await?;
        let mut out = Vec::new();
        for (_, c) in ruleset.iter() {
            let head = text::fold(&format!("{} {}", c.reference.name(), c.title));
            let whole = format!("{head} {}", text::fold(c.description.as_deref().unwrap_or_default()));
            if terms.iter().all(|t| whole.contains(t.as_str())) {
                let hit = SearchHit {
                    kind: "capability".to_owned(),
                    id: c.reference.to_string(),
                    title: c.title.clone(),
                    description: c.description.clone(),
                    page: format!("/capabilities/{}", c.reference.name()),
                };
                let mut hit = ranked(c.reference.name(), &head, terms, hit);
                // Who asks for "flags" asks for the capability first, and not for the first thing of a like name.
                hit.fit = if hit.fit == Fit::Name { Fit::Prefix } else { hit.fit };
                out.push(hit);
            }
        }
        Ok(out)
    }

    /// Tier by tier, each cut at the limit, so that a word which half the catalog holds costs no more than a rare one.
    async fn search_entities(&self, terms: &[String], limit: usize) -> Result<Vec<Ranked>, StoreError> {
        let mut tiers = Vec::new();
        if let [only] = terms {
            tiers.push(Sql::with("entity.name = ?", [only.clone()]));
            let end = format!("{only}{}", char::MAX);
            tiers.push(Sql::with("entity.name >= ? AND entity.name < ?", [only.clone(), end]));
        }
        tiers.push(text::matches(self.backend(), "entity", "head", terms));
        tiers.push(text::matches(self.backend(), "entity", "search", terms));
        let mut out = Vec::new();
        let mut seen = HashSet::new();
        for tier in tiers {
            let sql =
                Sql::new("SELECT ref AS reference, name, title, description, head FROM entity WHERE NOT shadowed AND ");
            let sql = sql.then(tier).add(format!(" LIMIT {limit}"));
            for row in transaction::all::<EntityHit>(self.reader(), sql).await? {
                if seen.insert(row.reference.clone()) {
                    out.push(entity_hit(row, terms)?);
                }
            }
            if out.len() >= limit {
                break;
            }
        }
        Ok(out)
    }

    async fn search_repositories(&self, terms: &[String], limit: usize) -> Result<Vec<Ranked>, StoreError> {
        let sql = Sql::new("SELECT name, message AS description, status AS page FROM repository WHERE ");
        let sql = sql.then(text::contains(&["name"], terms)).add(format!(" ORDER BY LENGTH(name), name LIMIT {limit}"));
        let rows: Vec<NameHit> = transaction::all(self.reader(), sql).await?;
        let hit = |row: NameHit| {
            let hit = SearchHit {
                kind: "repository".to_owned(),
                page: format!("/catalog?repository={}", query_value(&row.name)),
                title: row.name.clone(),
                id: row.name.clone(),
                description: row.description,
            };
            let last = row.name.rsplit('/').next().unwrap_or_default();
            ranked(&text::fold(last), &text::fold(&row.name), terms, hit)
        };
        Ok(rows.into_iter().map(hit).collect())
    }

    async fn search_packages(&self, terms: &[String], limit: usize) -> Result<Vec<Ranked>, StoreError> {
        let sql = Sql::new(
            "SELECT package.ecosystem || ':' || package.name AS name, package.description AS description, \
             entity.ref AS page FROM package JOIN entity ON entity.id = package.entity_id AND NOT entity.shadowed \
             WHERE package.published AND ",
        );
        let sql = sql.then(text::matches(self.backend(), "package", "search", terms)).add(format!(" LIMIT {limit}"));
        let rows: Vec<NameHit> = transaction::all(self.reader(), sql).await?;
        let hit = |row: NameHit| {
            let page = row.page.and_then(|p| p.parse::<EntityRef>().ok()).map(|r| r.page()).unwrap_or_default();
            let name = row.name.split_once(':').map_or(row.name.as_str(), |(_, name)| name).to_owned();
            let hit = SearchHit {
                kind: "package".to_owned(),
                id: row.name,
                title: name.clone(),
                description: row.description,
                page,
            };
            ranked(&text::fold(&name), &text::fold(&name), terms, hit)
        };
        Ok(rows.into_iter().map(hit).collect())
    }
}

fn entity_hit(row: EntityHit, terms: &[String]) -> Result<Ranked, StoreError> {
    let reference: EntityRef = super::rows::read("reference", &row.reference)?;
    let hit = SearchHit {
        kind: reference.kind().to_string(),
        id: row.reference,
        title: if row.title.is_empty() { reference.short() } else { row.title },
        description: super::rows::some_text(row.description),
        page: reference.page(),
    };
    Ok(ranked(&row.name, &row.head, terms, hit))
}

/// `name` and `head` are folded.
/// Of hits that fit alike, what answers a need comes before where it is kept.
fn kind_rank(kind: &str) -> u8 {
    match kind {
        "capability" => 0,
        "repository" => 2,
        "package" => 3,
        _ => 1,
    }
}

/// A repository's name as the value of a query key.
fn query_value(name: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~' | b'/');
    name.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn ranked(name: &str, head: &str, terms: &[String], hit: SearchHit) -> Ranked {
    let whole = terms.join(" ");
    let fit = if name == whole {
        Fit::Exact
    } else if name.starts_with(&whole) {
        Fit::Prefix
    } else if terms.iter().all(|t| head.contains(t.as_str())) {
        Fit::Name
    } else {
        Fit::Text
    };
    Ranked { fit, name: name.to_owned(), hit }
}
