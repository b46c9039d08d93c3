//! The list of findings: of scans, of failures to scan, and of joining repositories.
//! It must not judge severity: it is stored.
use super::{
    Store, StoreError,
    list::{FacetOf, List, Sort, ask, check_words, facet, filter_key, one_of},
    places::Webs,
    rows::{line, read},
    sql::Sql,
    text, transaction,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    Severity,
    api::{Facet, FindingItem, FindingQuery, Page},
};

const COLUMNS: &str = "repository, path, line, col, rule, severity, message";

pub(super) const FINDINGS: List = List {
    name: "findings",
    table: "finding",
    columns: COLUMNS,
    sorts: &[
        Sort { name: "severity", expr: "finding.severity_rank", number: true },
        Sort { name: "repository", expr: "finding.repository", number: false },
        Sort { name: "rule", expr: "finding.rule", number: false },
    ],
};

const FACETS: &[FacetOf] = &[
    FacetOf { name: "severity", title: "Severity", expr: "finding.severity", from: None },
    FacetOf { name: "rule", title: "Rule", expr: "finding.rule", from: None },
    FacetOf { name: "repository", title: "Repository", expr: "finding.repository", from: None },
];

#[derive(FromQueryResult)]
struct FindingRow {
    repository: String,
    path: Option<String>,
    line: Option<i64>,
    col: Option<i64>,
    rule: String,
    severity: String,
    message: String,
}

impl Store {
    /// One page of findings.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_findings(&self, query: &FindingQuery) -> Result<Page<FindingItem>, StoreError> {
        let found = self.page::<FindingRow>(&FINDINGS, conditions(query)?, ask!(query)).await?;
        let webs = self.webs(found.rows.iter().map(|r| r.repository.clone())).await?;
        let items = found.rows.into_iter().map(|row| item(row, &webs)).collect::<Result<_, _>>()?;
        Ok(Page { items, total: found.total, next: found.next })
    }

    /// Counts of every value of every facet under all other filters.
    ///
    /// # Errors
    /// As `list_findings`.
    pub async fn facet_findings(&self, query: &FindingQuery) -> Result<Vec<Facet>, StoreError> {
        let question = format!("findings?{}", filter_key(&query.pairs()));
        self.cached_facets(question, async || {
            let mut out = Vec::new();
            for of in FACETS {
                let mut others = query.clone();
                let selected = std::mem::take(field(&mut others, of.name));
                let counts = self.count_values(&FINDINGS, of, conditions(&others)?).await?;
                out.push(facet((of.name, of.title), counts, &selected));
            }
            Ok(out)
        })
        .await
    }
}

/// The findings that point at one entity's descriptor or lie in its folder, worst first.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn findings_of(
    db: &impl ConnectionTrait,
    entity_id: i64,
    webs: &Webs,
) -> Result<Vec<FindingItem>, StoreError> {
    let sql = Sql::new(format!("SELECT {COLUMNS} FROM finding WHERE entity_id = ")).bind(entity_id);
    let rows: Vec<FindingRow> = transaction::all(db, sql.add(" ORDER BY severity_rank, id")).await?;
    rows.into_iter().map(|row| item(row, webs)).collect()
}

fn item(row: FindingRow, webs: &Webs) -> Result<FindingItem, StoreError> {
    Ok(FindingItem {
        permalink: webs.file(&row.repository, row.path.as_deref(), line(row.line)),
        repository: Some(read("repository", &row.repository)?),
        path: row.path.as_deref().map(|p| read("path", p)).transpose()?,
        line: line(row.line),
        column: line(row.col),
        rule: row.rule,
        severity: read("severity", &row.severity)?,
        message: row.message,
    })
}

/// The rows that a query asks for.
///
/// # Errors
/// `BadFilter`.
pub(super) fn conditions(query: &FindingQuery) -> Result<Sql, StoreError> {
    check_words::<Severity>("severity", &query.severity)?;
    let mut parts = Vec::new();
    parts.extend(one_of("finding.repository", &query.repository));
    parts.extend(one_of("finding.rule", &query.rule));
    parts.extend(one_of("finding.severity", &query.severity));
    let terms = text::terms(query.q.as_deref().unwrap_or_default());
    if !terms.is_empty() {
        let columns = ["finding.message", "finding.rule", "finding.repository", "COALESCE(finding.path, '')"];
        parts.push(text::contains(&columns, &terms));
    }
    Ok(Sql::all(parts))
}

fn field<'q>(query: &'q mut FindingQuery, name: &str) -> &'q mut Vec<String> {
    match name {
        "severity" => &mut query.severity,
        "rule" => &mut query.rule,
        _ => &mut query.repository,
    }
}

/// Worst first.
pub(super) fn rank(severity: Severity) -> i64 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}
