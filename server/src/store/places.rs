//! What the items of a page need to know beside their own row: web addresses, and which entities exist or publish.
//! It must not filter a list.
use super::{Store, StoreError, permalink::Web, sql::Sql, transaction};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::EntityKind;
use std::collections::{HashMap, HashSet};

/// Web addresses by repository name.
pub(super) struct Webs(HashMap<String, Web>);

#[derive(FromQueryResult)]
struct WebRow {
    name: String,
    web_url: Option<String>,
    commit_id: Option<String>,
}

#[derive(FromQueryResult)]
struct RefRow {
    value: String,
}

impl Webs {
    /// The link to a file of a repository.
    pub(super) fn file(&self, repository: &str, path: Option<&str>, line: Option<u32>) -> Option<String> {
        Some(self.0.get(repository)?.file(path?, line))
    }

    /// The link to a file of a repository at one of its commits.
    pub(super) fn file_at(&self, repository: &str, commit: &str, path: &str, line: Option<u32>) -> Option<String> {
        Some(self.0.get(repository)?.at_commit(commit).file(path, line))
    }

    /// The link to a commit of a repository.
    pub(super) fn commit(&self, repository: &str, commit: &str) -> Option<String> {
        Some(self.0.get(repository)?.commit(commit))
    }

    /// The link to a folder of a repository.
    pub(super) fn folder(&self, repository: &str, path: &str) -> Option<String> {
        Some(self.0.get(repository)?.folder(path))
    }
}

impl Store {
    /// The web addresses of the repositories named.
    pub(super) async fn webs(&self, names: impl IntoIterator<Item = String>) -> Result<Webs, StoreError> {
        webs(self.reader(), names).await
    }

    /// The titles that entities of a kind give themselves, by reference.
    pub(super) async fn titles_of(&self, kind: EntityKind) -> Result<HashMap<String, String>, StoreError> {
        let sql = Sql::new("SELECT ref AS value, title FROM entity WHERE NOT shadowed AND title <> '' AND kind = ");
        let rows = transaction::rows(self.reader(), sql.bind(kind.as_str())).await?;
        rows.iter().map(|row| Ok((row.try_get("", "value")?, row.try_get("", "title")?))).collect()
    }
}

/// The web addresses of the repositories named.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn webs(
    db: &impl ConnectionTrait,
    names: impl IntoIterator<Item = String>,
) -> Result<Webs, StoreError> {
    let names: HashSet<String> = names.into_iter().collect();
    if names.is_empty() {
        return Ok(Webs(HashMap::new()));
    }
    let sql = Sql::new("SELECT name, web_url, commit_id FROM repository WHERE web_url IS NOT NULL AND ");
    let rows: Vec<WebRow> = transaction::all(db, sql.then(Sql::any_of("name", names))).await?;
    let web = |r: WebRow| Some((r.name, Web::new(r.web_url.as_deref(), r.commit_id.as_deref())?));
    Ok(Webs(rows.into_iter().filter_map(web).collect()))
}

/// Those of the references that the catalog holds.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn existing(
    db: &impl ConnectionTrait,
    references: impl IntoIterator<Item = String>,
) -> Result<HashSet<String>, StoreError> {
    let wanted: HashSet<String> = references.into_iter().filter(|r| !r.is_empty()).collect();
    let mut found = HashSet::new();
    let wanted: Vec<String> = wanted.into_iter().collect();
    for chunk in wanted.chunks(500) {
        let sql = Sql::new("SELECT ref AS value FROM entity WHERE NOT shadowed AND ");
        let sql = sql.then(Sql::any_of("ref", chunk.iter().cloned()));
        let rows: Vec<RefRow> = transaction::all(db, sql).await?;
        found.extend(rows.into_iter().map(|r| r.value));
    }
    Ok(found)
}
