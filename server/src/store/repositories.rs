//! The list of repositories, one repository, and the texts kept from it.
//! It must not know how a repository is read.
use super::{
    Store, StoreError,
    list::{FacetOf, List, Sort, ask, check_words, facet, filter_key, one_of},
    rows::{count, json, maybe, read},
    sql::Sql,
    text, transaction,
};
use sea_orm::{FromQueryResult, QueryResult};
use shared::{
    RepoName, RepoPath, RepositoryStatus,
    api::{Facet, Page, RepositoryItem, RepositoryQuery},
};

pub(super) const REPOSITORIES: List = List {
    name: "repositories",
    table: "repository",
    columns: "name, source_id, location, web_url, status, message, branch, commit_id, committed_at, scanned_at, \
              languages, n_files, n_entities, n_components, n_findings",
    sorts: &[
        Sort { name: "name", expr: "repository.name", number: false },
        Sort { name: "scanned_at", expr: "repository.scanned_at", number: false },
        Sort { name: "committed_at", expr: "repository.committed_at", number: false },
        Sort { name: "files", expr: "repository.n_files", number: true },
        Sort { name: "findings", expr: "repository.n_findings", number: true },
    ],
};

const FACETS: &[FacetOf] = &[
    FacetOf { name: "status", title: "Status", expr: "repository.status", from: None },
    FacetOf { name: "language", title: "Language", expr: "repository.language", from: None },
];

#[derive(FromQueryResult)]
struct RepositoryRow {
    name: String,
    source_id: i64,
    location: String,
    web_url: Option<String>,
    status: String,
    message: Option<String>,
    branch: Option<String>,
    commit_id: Option<String>,
    committed_at: String,
    scanned_at: String,
    languages: String,
    n_files: i64,
    n_entities: i64,
    n_components: i64,
    n_findings: i64,
}

impl Store {
    /// One page of repositories.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_repositories(&self, query: &RepositoryQuery) -> Result<Page<RepositoryItem>, StoreError> {
        let found = self.page::<RepositoryRow>(&REPOSITORIES, conditions(query)?, ask!(query)).await?;
        let items = found.rows.into_iter().map(item).collect::<Result<_, _>>()?;
        Ok(Page { items, total: found.total, next: found.next })
    }

    /// Counts of every status and language under the other filters.
    ///
    /// # Errors
    /// As `list_repositories`.
    pub async fn facet_repositories(&self, query: &RepositoryQuery) -> Result<Vec<Facet>, StoreError> {
        let question = format!("repositories?{}", filter_key(&query.pairs()));
        self.cached_facets(question, async || {
            let mut out = Vec::new();
            for of in FACETS {
                let mut others = query.clone();
                let own = if of.name == "status" { &mut others.status } else { &mut others.language };
                let selected = std::mem::take(own);
                let counts = self.count_values(&REPOSITORIES, of, conditions(&others)?).await?;
                out.push(facet((of.name, of.title), counts, &selected));
            }
            Ok(out)
        })
        .await
    }

    /// The repository of a name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_repository(&self, name: &RepoName) -> Result<Option<RepositoryItem>, StoreError> {
        let sql = Sql::new(format!("SELECT {} FROM repository WHERE name = ", REPOSITORIES.columns));
        let row = transaction::one::<RepositoryRow>(self.reader(), sql.bind(name.as_str())).await?;
        row.map(item).transpose()
    }

    /// A README or start document as it was written at the scanned commit.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_text(&self, name: &RepoName, path: &RepoPath) -> Result<Option<String>, StoreError> {
        let sql = Sql::new(
            "SELECT content FROM document_text JOIN repository ON repository.id = document_text.repository_id WHERE name = ",
        );
        let sql = sql.bind(name.as_str()).add(" AND path = ").bind(path.as_str());
        let rows: Vec<QueryResult> = transaction::rows(self.reader(), sql).await?;
        Ok(rows.first().map(|row| row.try_get("", "content")).transpose()?)
    }
}

fn item(row: RepositoryRow) -> Result<RepositoryItem, StoreError> {
    Ok(RepositoryItem {
        name: read("repository", &row.name)?,
        source: row.source_id,
        location: row.location,
        web_url: row.web_url,
        status: read("status", &row.status)?,
        message: row.message,
        branch: row.branch,
        commit: maybe("commit", row.commit_id.as_deref())?,
        committed_at: maybe("time", Some(&row.committed_at))?,
        scanned_at: maybe("time", Some(&row.scanned_at))?,
        languages: json("languages", &row.languages)?,
        files: count(row.n_files),
        entities: count(row.n_entities),
        components: count(row.n_components),
        findings: count(row.n_findings),
    })
}

/// The rows that a query asks for. A source is named by its number or its location.
///
/// # Errors
/// `BadFilter`.
pub(super) fn conditions(query: &RepositoryQuery) -> Result<Sql, StoreError> {
    check_words::<RepositoryStatus>("status", &query.status)?;
    let mut parts = Vec::new();
    parts.extend(one_of("repository.status", &query.status));
    parts.extend(one_of("repository.language", &query.language));
    if let Some(location) = one_of("location", &query.source) {
        let ids = query.source.iter().filter_map(|s| s.parse::<i64>().ok());
        let by_location = Sql::new("repository.source_id IN (SELECT id FROM source WHERE ").then(location).add(")");
        parts.push(Sql::any(vec![Sql::any_of("repository.source_id", ids), by_location]));
    }
    let terms = text::terms(query.q.as_deref().unwrap_or_default());
    if !terms.is_empty() {
        parts.push(text::contains(&["repository.name", "repository.location"], &terms));
    }
    Ok(Sql::all(parts))
}
