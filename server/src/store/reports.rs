//! Frozen reports: kept as they were, whatever is scanned afterwards; only their decisions can be written anew.
//! It must not compose a report, nor raise the catalog's generation: no list depends on a report.
use super::{
    Store, StoreError,
    cursor::SortKey,
    list::ask,
    memory_page,
    rows::{json, read, to_json},
    sql::Sql,
    text::{clean, fold, terms},
    transaction,
};
use crate::metrics::report::{Previous, id};
use sea_orm::FromQueryResult;
use shared::api::{Decision, Page, ReportQuery, ReportSummary, ShadowReport};

/// The only kind of report there is.
const SHADOW: &str = "shadow";
const COLUMNS: &str = "id, made_at, rules_version, digest, body, decisions";

#[derive(FromQueryResult)]
struct ReportRow {
    id: String,
    made_at: String,
    rules_version: String,
    digest: String,
    body: String,
    decisions: String,
}

#[derive(FromQueryResult)]
struct SummaryRow {
    id: String,
    made_at: String,
    digest: String,
    headline: String,
}

impl Store {
    /// Keeps a report as it is, and gives its id: the day of `report.at` and the digest. The same figures frozen again
    /// on the same day are the report that is there already, with its decisions.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn freeze_report(&self, report: &ShadowReport) -> Result<String, StoreError> {
        let id = id(&report.at, &report.digest);
        let sql = Sql::with(
            "INSERT INTO report (id, kind, made_at, rules_version, digest, headline, body, decisions) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            [
                id.clone(),
                SHADOW.to_owned(),
                report.at.to_string(),
                report.rules_version.clone(),
                report.digest.clone(),
                clean(&report.body.headline),
                to_json(&report.body),
                to_json(&report.decisions),
            ],
        );
        self.write_report(sql).await?;
        Ok(id)
    }

    /// A frozen report.
    ///
    /// # Errors
    /// When the database does not answer, or what is stored does not read back.
    pub async fn find_report(&self, id: &str) -> Result<Option<ShadowReport>, StoreError> {
        let sql = Sql::new(format!("SELECT {COLUMNS} FROM report WHERE id = ")).bind(clean(id));
        let row: Option<ReportRow> = transaction::one(self.reader(), sql).await?;
        row.map(report).transpose()
    }

    /// The newest frozen report.
    ///
    /// # Errors
    /// As `find_report`.
    pub async fn newest_report(&self) -> Result<Option<ShadowReport>, StoreError> {
        let sql = Sql::new(format!("SELECT {COLUMNS} FROM report ORDER BY made_at DESC, id DESC LIMIT 1"));
        let row: Option<ReportRow> = transaction::one(self.reader(), sql).await?;
        row.map(report).transpose()
    }

    /// One page of frozen reports, newest first.
    ///
    /// # Errors
    /// `BadCursor`, or when the database does not answer.
    pub async fn list_reports(&self, query: &ReportQuery) -> Result<Page<ReportSummary>, StoreError> {
        let sql = Sql::new("SELECT id, made_at, digest, headline FROM report ORDER BY made_at DESC, id DESC");
        let rows: Vec<SummaryRow> = transaction::all(self.reader(), sql).await?;
        let terms = terms(query.q.as_deref().unwrap_or_default());
        let holds = |row: &SummaryRow| {
            let text = fold(&format!("{} {}", row.id, row.headline));
            terms.iter().all(|term| text.contains(term.as_str()))
        };
        // Reports of one moment are told apart by their place among all.
        let keyed = |(at, row): (i64, SummaryRow)| Ok((SortKey::Text(row.made_at.clone()), -at, summary(row)?));
        let found = (0..).zip(rows).filter(|(_, row)| holds(row)).map(keyed).collect::<Result<_, StoreError>>()?;
        let page = memory_page::page("reports", found, &ask!(query), true)?;
        Ok(Page { items: page.items, total: page.total, next: page.next })
    }

    /// Replaces the decisions under a report; says whether there is such a report.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn save_decisions(&self, id: &str, decisions: &[Decision]) -> Result<bool, StoreError> {
        let sql = Sql::new("UPDATE report SET decisions = ").bind(to_json(&decisions)).add(" WHERE id = ");
        Ok(self.write_report(sql.bind(clean(id))).await? > 0)
    }

    async fn write_report(&self, sql: Sql) -> Result<u64, StoreError> {
        let tx = self.write().await?;
        let changed = transaction::run(&tx, sql).await?;
        tx.commit().await?;
        Ok(changed)
    }
}

fn report(row: ReportRow) -> Result<ShadowReport, StoreError> {
    Ok(ShadowReport {
        id: Some(row.id),
        at: read("time", &row.made_at)?,
        rules_version: row.rules_version,
        digest: row.digest,
        body: json("report", &row.body)?,
        decisions: json("decisions", &row.decisions)?,
    })
}

fn summary(row: SummaryRow) -> Result<ReportSummary, StoreError> {
    Ok(ReportSummary { id: row.id, at: read("time", &row.made_at)?, digest: row.digest, headline: row.headline })
}

/// A frozen report as the one after it compares with it.
pub(super) fn previous(report: ShadowReport) -> Previous {
    let summary = summary_of(&report);
    Previous { summary, body: report.body }
}

/// A report as a list shows it; a live one is called so.
pub fn summary_of(report: &ShadowReport) -> ReportSummary {
    ReportSummary {
        id: report.id.clone().unwrap_or_else(|| "live".to_owned()),
        at: report.at.clone(),
        digest: report.digest.clone(),
        headline: report.body.headline.clone(),
    }
}
