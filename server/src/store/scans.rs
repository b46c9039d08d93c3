//! Scan runs. Their progress is no catalog data, so it does not raise the generation.
//! It must not run a scan.
use super::{
    Store, StoreError,
    list::{Ask, List, Sort},
    rows::{count, maybe, read, stored},
    sql::Sql,
    text::clean,
    transaction,
};
use sea_orm::FromQueryResult;
use shared::{
    ScanStatus, Timestamp,
    api::{Page, ScanItem},
};

const COLUMNS: &str =
    "id, status, started_at, finished_at, repositories, done, unchanged, failed, errors, duration_ms, message";
const SCANS: List = List {
    name: "scans",
    table: "scan",
    columns: COLUMNS,
    sorts: &[Sort { name: "id", expr: "scan.id", number: true }],
};
const INTERRUPTED: &str = "Waymark was stopped while this scan ran; start it again.";

#[derive(FromQueryResult)]
struct ScanRow {
    id: i64,
    status: String,
    started_at: String,
    finished_at: Option<String>,
    repositories: i64,
    done: i64,
    unchanged: i64,
    failed: i64,
    errors: i64,
    duration_ms: Option<i64>,
    message: Option<String>,
}

impl Store {
    /// One page of scan runs, newest first.
    ///
    /// # Errors
    /// `BadCursor`, or when the database does not answer.
    pub async fn list_scans(&self, limit: u32, cursor: Option<&str>) -> Result<Page<ScanItem>, StoreError> {
        let n: i64 = transaction::number(self.reader(), Sql::new("SELECT COUNT(*) AS n FROM scan")).await?;
        let ask = Ask { sort: Some("-id"), cursor, limit: Some(limit), key: String::new() };
        let found = self.page::<ScanRow>(&SCANS, Sql::new("1 = 1"), ask).await?;
        let items = found.rows.into_iter().map(item).collect::<Result<_, _>>()?;
        Ok(Page { items, total: count(n), next: found.next })
    }

    /// The scan run of a number.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_scan(&self, id: i64) -> Result<Option<ScanItem>, StoreError> {
        let sql = Sql::new(format!("SELECT {COLUMNS} FROM scan WHERE id = ")).bind(id);
        transaction::one::<ScanRow>(self.reader(), sql).await?.map(item).transpose()
    }

    /// Adds a queued scan run.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn insert_scan(&self, started_at: &Timestamp) -> Result<i64, StoreError> {
        let sql = Sql::with(
            "INSERT INTO scan (status, started_at) VALUES (?, ?) RETURNING id AS n",
            [ScanStatus::Queued.as_str(), started_at.as_str()],
        );
        transaction::number(self.writer(), sql).await
    }

    /// Writes the whole state of a scan run.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn update_scan(&self, scan: &ScanItem) -> Result<(), StoreError> {
        let sql = Sql::new("UPDATE scan SET status = ").bind(scan.status.as_str());
        let sql = sql.add(", finished_at = ").bind(scan.finished_at.as_ref().map(ToString::to_string));
        let sql = sql.add(", repositories = ").bind(stored(scan.repositories));
        let sql = sql.add(", done = ").bind(stored(scan.done)).add(", unchanged = ").bind(stored(scan.unchanged));
        let sql = sql.add(", failed = ").bind(stored(scan.failed)).add(", errors = ").bind(stored(scan.errors));
        let sql = sql.add(", duration_ms = ").bind(scan.duration_ms.map(stored));
        let sql = sql.add(", message = ").bind(scan.message.as_deref().map(clean));
        transaction::run(self.writer(), sql.add(" WHERE id = ").bind(scan.id)).await.map(drop)
    }

    /// Marks the runs that a crash left queued or running as failed. For the start of a process, before it scans.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn fail_interrupted_scans(&self) -> Result<(), StoreError> {
        let sql = Sql::new("UPDATE scan SET status = ").bind(ScanStatus::Failed.as_str()).add(", message = ");
        let sql = sql.bind(INTERRUPTED).add(" WHERE ");
        let unfinished = [ScanStatus::Queued.as_str(), ScanStatus::Running.as_str()];
        transaction::run(self.writer(), sql.then(Sql::any_of("status", unfinished))).await.map(drop)
    }
}

fn item(row: ScanRow) -> Result<ScanItem, StoreError> {
    Ok(ScanItem {
        id: row.id,
        status: read("scan status", &row.status)?,
        started_at: read("time", &row.started_at)?,
        finished_at: maybe("time", row.finished_at.as_deref())?,
        repositories: count(row.repositories),
        done: count(row.done),
        // A run that ended well has read all histories; of others nothing is kept.
        past: if row.status == ScanStatus::Done.as_str() { count(row.repositories) } else { 0 },
        unchanged: count(row.unchanged),
        failed: count(row.failed),
        errors: count(row.errors),
        duration_ms: row.duration_ms.map(count),
        message: row.message,
    })
}
