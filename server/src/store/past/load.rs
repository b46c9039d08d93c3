//! Reads the rows of the past, each table in a few large texts: as rows they would take many times as long.
//! It must not join them.
use crate::{
    catalog::history::model::{PastGap, Week},
    metrics::past::{PastAttempt, PastMoment, PastRepository, PastRuleChange, PastWeek, Time},
    store::{
        StoreError,
        columns::{CHUNK, RECORD, UNIT, lines},
        rows::{json, maybe, read},
        sql::Sql,
        transaction,
    },
};
use sea_orm::{DatabaseTransaction, FromQueryResult};
use shared::{End, OfferPath};
use std::collections::HashMap;

const SECONDS_A_DAY: i64 = 86_400;

#[derive(FromQueryResult)]
struct RepositoryRow {
    name: String,
    web_url: Option<String>,
    branch: Option<String>,
    rules_hash: String,
    first_commit: String,
    first_at: i64,
    last_commit: String,
    last_at: i64,
    start: String,
    gaps: String,
    weeks: String,
}

#[derive(FromQueryResult)]
struct RuleChangeRow {
    capability: String,
    repository: String,
    commit_id: String,
    changed_at: i64,
    message: String,
}

/// The end of a stretch of time, when it has one.
pub(super) type Until = Option<PastMoment>;

/// A row of `entity_span`.
pub(super) struct SpanRow<'a> {
    pub(super) id: i64,
    pub(super) repository: &'a str,
    pub(super) reference: &'a str,
    pub(super) root: &'a str,
    pub(super) from: PastMoment,
    pub(super) to: Until,
    pub(super) traits: &'a str,
}

/// A row of `usage_interval`.
pub(super) struct IntervalRow<'a> {
    pub(super) id: i64,
    pub(super) repository: &'a str,
    pub(super) component: &'a str,
    pub(super) capability: &'a str,
    pub(super) offer: &'a str,
    pub(super) path: OfferPath,
    pub(super) from: PastMoment,
    pub(super) to: Until,
    pub(super) end: End,
    pub(super) exact: bool,
    pub(super) attempt: Option<PastAttempt>,
    pub(super) rule: &'a str,
    pub(super) file: &'a str,
}

/// What the catalog says today of an entity.
pub(super) struct EntityRow<'a> {
    pub(super) repository: &'a str,
    pub(super) reference: &'a str,
    pub(super) owner: &'a str,
    pub(super) system: &'a str,
    pub(super) language: &'a str,
}

/// Texts with what no column may hold between its values; a path may hold it all the same.
const SPAN: &[&str] = &["repository", "ref", "~root", "from_commit", "#from_at", "?to_commit", "#to_at", "traits"];
const INTERVAL: &[&str] = &[
    "repository",
    "component",
    "capability",
    "offer",
    "path",
    "from_commit",
    "#from_at",
    "?to_commit",
    "#to_at",
    "ended",
    "!exact",
    "?attempt_commit",
    "#attempt_at",
    "#attempt_days",
    "!attempt_branch",
    "~rule",
    "~file",
];
const ENTITY: &[&str] = &["repository", "ref", "owner_ref", "system_ref", "language"];

/// Every span that is in the lists.
///
/// # Errors
/// When the database does not answer, or a row does not read back.
pub(super) async fn spans(
    db: &DatabaseTransaction,
    mut take: impl FnMut(SpanRow<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    each(db, "entity_span", SPAN, |id, cells| {
        take(SpanRow {
            id,
            repository: cells[0],
            reference: cells[1],
            root: cells[2],
            from: moment(cells[3], cells[4])?,
            to: until(cells[5], cells[6])?,
            traits: cells[7],
        })
    })
    .await
}

/// Every interval that is in the lists.
///
/// # Errors
/// As `spans`.
pub(super) async fn intervals(
    db: &DatabaseTransaction,
    mut take: impl FnMut(IntervalRow<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    each(db, "usage_interval", INTERVAL, |id, cells| {
        let attempt = |moment| -> Result<PastAttempt, StoreError> {
            Ok(PastAttempt { moment, author_days: read("number", cells[13])?, branch: !cells[14].is_empty() })
        };
        take(IntervalRow {
            id,
            repository: cells[0],
            component: cells[1],
            capability: cells[2],
            offer: cells[3],
            path: read("path", cells[4])?,
            from: moment(cells[5], cells[6])?,
            to: until(cells[7], cells[8])?,
            end: read("end", cells[9])?,
            exact: !cells[10].is_empty(),
            attempt: until(cells[11], cells[12])?.map(attempt).transpose()?,
            rule: cells[15],
            file: cells[16],
        })
    })
    .await
}

/// Every entity that is in the lists.
///
/// # Errors
/// As `spans`.
pub(super) async fn entities(
    db: &DatabaseTransaction,
    mut take: impl FnMut(EntityRow<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    each(db, "entity", ENTITY, |_, cells| {
        take(EntityRow {
            repository: cells[0],
            reference: cells[1],
            owner: cells[2],
            system: cells[3],
            language: cells[4],
        })
    })
    .await
}

/// Every repository whose past was read, by name, and the hash of the rules that judged most of them.
///
/// # Errors
/// As `spans`.
pub(super) async fn repositories(db: &DatabaseTransaction) -> Result<(Vec<PastRepository>, String), StoreError> {
    let sql = Sql::new(
        "SELECT repository.name, repository.web_url, repository.branch, repository_history.rules_hash, first_commit, \
         first_at, last_commit, last_at, start, gaps, weeks FROM repository_history \
         JOIN repository ON repository.id = repository_history.repository_id ORDER BY repository.name",
    );
    let rows: Vec<RepositoryRow> = transaction::all(db, sql).await?;
    let mut judged: HashMap<&str, usize> = HashMap::new();
    for row in &rows {
        *judged.entry(&row.rules_hash).or_default() += 1;
    }
    let most = judged.into_iter().max_by_key(|(hash, n)| (*n, *hash)).map(|(hash, _)| hash.to_owned());
    let repositories = rows.into_iter().map(repository).collect::<Result<_, _>>()?;
    Ok((repositories, most.unwrap_or_default()))
}

/// Every change of a capability's rules, oldest first, with the capability's name.
///
/// # Errors
/// As `spans`.
pub(super) async fn rule_changes(db: &DatabaseTransaction) -> Result<Vec<(String, PastRuleChange)>, StoreError> {
    let sql = Sql::new(
        "SELECT capability, repository, commit_id, changed_at, message FROM rule_change ORDER BY changed_at, id",
    );
    let change = |row: RuleChangeRow| {
        let repository = read("repository", &row.repository)?;
        let change = PastRuleChange { at: row.changed_at, text: row.message, repository, commit: row.commit_id };
        Ok((row.capability, change))
    };
    transaction::all::<RuleChangeRow>(db, sql).await?.into_iter().map(change).collect()
}

fn repository(row: RepositoryRow) -> Result<PastRepository, StoreError> {
    let gaps: Vec<PastGap> = json("gaps", &row.gaps)?;
    let weeks: Vec<Week> = json("weeks", &row.weeks)?;
    let week = |week: Week| PastWeek {
        from: week.monday * SECONDS_A_DAY,
        merges: week.merges,
        authors: week.authors,
        lead_days: week.lead_days,
    };
    let cut_off = match row.start.as_str() {
        "root" => None,
        "shallow" => Some("the clone is shallow, or a graft cuts the commits before it off"),
        _ => Some("the commit before it cannot be read"),
    };
    Ok(PastRepository {
        name: read("repository", &row.name)?,
        web_url: row.web_url,
        branch: row.branch.unwrap_or_default(),
        first: PastMoment { commit: row.first_commit, at: row.first_at },
        last: PastMoment { commit: row.last_commit, at: row.last_at },
        cut_off: cut_off.map(str::to_owned),
        gaps: gaps.into_iter().map(|gap| (gap.from.at, gap.to.at, gap.reason)).collect(),
        weeks: weeks.into_iter().map(week).collect(),
    })
}

/// Hands over the cells of every row that is not shadowed, by ascending id.
async fn each(
    db: &DatabaseTransaction,
    table: &str,
    columns: &[&str],
    mut take: impl FnMut(i64, &[&str]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let line: String = columns.iter().map(|column| format!(" || '{UNIT}' || {}", cell(column))).collect();
    let line = format!("CAST(id AS text){line}");
    let mut last = 0;
    loop {
        let condition = Sql::new("NOT shadowed AND id > ").bind(last).add(format!(" ORDER BY id LIMIT {CHUNK}"));
        let text = lines(db, table, Sql::new(&line), condition).await?;
        let mut n = 0;
        for row in text.split(RECORD).filter(|row| !row.is_empty()) {
            let mut cells = Vec::with_capacity(columns.len() + 1);
            cells.extend(row.split(UNIT));
            if cells.len() != columns.len() + 1 {
                return Err(StoreError::Damaged { what: "row of the past", value: row.chars().take(80).collect() });
            }
            last = read("row id", cells[0])?;
            take(last, &cells[1..])?;
            n += 1;
        }
        if n < CHUNK {
            return Ok(());
        }
    }
}

/// A column as text: `#` before its name stands for a number, `?` for a text that may be absent, `!` for a flag, `~`
/// for a text that may hold what stands between cells.
fn cell(column: &str) -> String {
    let name = column.trim_start_matches(['#', '?', '!', '~']);
    match column.chars().next() {
        Some('#') => format!("COALESCE(CAST({name} AS text), '')"),
        Some('?') => format!("COALESCE({name}, '')"),
        Some('!') => format!("CASE WHEN {name} THEN '1' ELSE '' END"),
        Some('~') => format!("REPLACE(REPLACE({name}, '{UNIT}', ' '), '{RECORD}', ' ')"),
        _ => name.to_owned(),
    }
}

fn moment(commit: &str, at: &str) -> Result<PastMoment, StoreError> {
    Ok(PastMoment { commit: commit.to_owned(), at: read("time", at)? })
}

fn until(commit: &str, at: &str) -> Result<Until, StoreError> {
    let at: Option<Time> = maybe("time", Some(at))?;
    Ok(at.map(|at| PastMoment { commit: commit.to_owned(), at }))
}
