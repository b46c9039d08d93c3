//! Replaces the past of one repository, in one transaction, and remembers what it was made from.
//! It must not touch what the scan of the tip wrote.
use super::{
    Store, StoreError,
    history_tables::{entity_span, rule_change, usage_interval},
    rows::{read, stored, to_json},
    save_rows::{finding_row, insert},
    settle::{count_again, place_findings},
    sql::Sql,
    tables::finding,
    text::{clean, clip},
    transaction,
};
use crate::{
    catalog::history::model::{Interval, RepositoryHistory, RuleChange, Span},
    scan::HistoryStart,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    DatabaseTransaction, FromQueryResult,
};
use shared::{CommitId, RepoName};
use std::collections::HashMap;

/// What a stored history was made from: the same key gives the same history.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HistoryKey {
    /// The commit up to which history was read.
    pub tip: CommitId,
    /// How its files were read: a timeline of another reading cannot be continued.
    pub reading: String,
    pub rules_hash: String,
    pub scanner_version: u32,
}

#[derive(FromQueryResult)]
struct KeyRow {
    name: String,
    tip_commit: String,
    reading: String,
    rules_hash: String,
    scanner_version: i64,
}

/// The repository that a history is written for.
struct Place<'a> {
    id: i64,
    name: &'a str,
}

impl Store {
    /// What each stored history was made from.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_history_keys(&self) -> Result<HashMap<RepoName, HistoryKey>, StoreError> {
        let sql = Sql::new(
            "SELECT repository.name, repository_history.tip_commit, repository_history.reading, \
             repository_history.rules_hash, repository_history.scanner_version FROM repository_history \
             JOIN repository ON repository.id = repository_history.repository_id",
        );
        let key = |row: KeyRow| {
            let scanner_version = u32::try_from(row.scanner_version).unwrap_or_default();
            let tip = read("commit", &row.tip_commit)?;
            let key = HistoryKey { tip, reading: row.reading, rules_hash: row.rules_hash, scanner_version };
            Ok((read("repository", &row.name)?, key))
        };
        transaction::all::<KeyRow>(self.reader(), sql).await?.into_iter().map(key).collect()
    }

    /// The timeline that a repository's history was made from, as it was given to `save_history`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_timeline(&self, repository: &RepoName) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = Sql::new(
            "SELECT repository_history.timeline FROM repository_history \
             JOIN repository ON repository.id = repository_history.repository_id WHERE repository.name = ",
        );
        let rows = transaction::rows(self.reader(), sql.bind(repository.as_str())).await?;
        Ok(rows.first().map(|row| row.try_get("", "timeline")).transpose()?)
    }

    /// Replaces the whole past of a repository that the store holds. Doing it again with the same history gives the
    /// same state.
    ///
    /// # Errors
    /// When the database refuses the write or does not hold the repository; the old past stays whole then.
    pub async fn save_history(
        &self,
        repository: &RepoName,
        history: &RepositoryHistory,
        key: &HistoryKey,
        timeline: &[u8],
    ) -> Result<(), StoreError> {
        let tx = self.write().await?;
        let id = Sql::new("SELECT id AS n FROM repository WHERE name = ").bind(repository.as_str());
        let place = Place { id: transaction::number(&tx, id).await?, name: repository.as_str() };
        clear(&tx, place.id).await?;
        describe(&tx, place.id, history, key, timeline).await?;
        let rows = history.spans.iter().map(|span| place.span(span)).collect();
        insert::<entity_span::Entity, _>(&tx, rows).await?;
        let rows = history.intervals.iter().map(|interval| place.interval(interval)).collect();
        insert::<usage_interval::Entity, _>(&tx, rows).await?;
        let rows = history.rule_changes.iter().map(|change| place.rule_change(change)).collect();
        insert::<rule_change::Entity, _>(&tx, rows).await?;
        follow_shadows(&tx, Some(place.id)).await?;
        let rows = history.findings.iter().map(|f| finding_row(place.id, place.name, "history", f)).collect();
        insert::<finding::Entity, _>(&tx, rows).await?;
        place_findings(&tx, Some(place.id)).await?;
        count_again(&tx, Some(place.id)).await?;
        self.commit(tx).await
    }
}

/// Marks the past of an entity as its row in the catalog is marked: what loses its reference to another repository is
/// in no count of the past either. Of one repository or of all.
///
/// # Errors
/// When the database refuses the write.
pub(super) async fn follow_shadows(tx: &DatabaseTransaction, repository: Option<i64>) -> Result<(), StoreError> {
    for (table, reference) in [("entity_span", "ref"), ("usage_interval", "component")] {
        let lost = format!(
            "EXISTS (SELECT 1 FROM entity WHERE entity.repository_id = {table}.repository_id \
             AND entity.ref = {table}.{reference} AND entity.shadowed)"
        );
        let sql = Sql::new(format!("UPDATE {table} SET shadowed = NOT shadowed WHERE shadowed <> {lost}"));
        let sql = match repository {
            Some(id) => sql.add(" AND repository_id = ").bind(id),
            None => sql,
        };
        transaction::run(tx, sql).await?;
    }
    Ok(())
}

async fn clear(tx: &DatabaseTransaction, id: i64) -> Result<(), StoreError> {
    for table in ["usage_interval", "entity_span", "rule_change", "repository_history"] {
        transaction::run(tx, Sql::with(format!("DELETE FROM {table} WHERE repository_id = ?"), [id])).await?;
    }
    let findings = Sql::new("DELETE FROM finding WHERE origin = 'history' AND repository_id = ").bind(id);
    transaction::run(tx, findings).await.map(drop)
}

async fn describe(
    tx: &DatabaseTransaction,
    id: i64,
    history: &RepositoryHistory,
    key: &HistoryKey,
    timeline: &[u8],
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO repository_history (repository_id, tip_commit, reading, rules_hash, scanner_version, \
         first_commit, first_at, last_commit, last_at, start, n_commits, gaps, weeks, timeline) VALUES (",
    );
    let sql = sql.bind(id).add(", ").bind(key.tip.as_str()).add(", ").bind(clean(&key.reading));
    let sql = sql.add(", ").bind(key.rules_hash.as_str()).add(", ").bind(i64::from(key.scanner_version));
    let sql = sql.add(", ").bind(history.first.commit.as_str()).add(", ").bind(history.first.at);
    let sql = sql.add(", ").bind(history.tip.commit.as_str()).add(", ").bind(history.tip.at);
    let start = match history.start {
        HistoryStart::Root => "root",
        HistoryStart::Shallow => "shallow",
        HistoryStart::Missing => "missing",
    };
    let sql = sql.add(", ").bind(start).add(", ").bind(stored(history.n_commits));
    let sql = sql.add(", ").bind(to_json(&history.gaps)).add(", ").bind(to_json(&history.weeks));
    transaction::run(tx, sql.add(", ").bind(timeline.to_vec()).add(")")).await.map(drop)
}

impl Place<'_> {
    fn span(&self, span: &Span) -> entity_span::ActiveModel {
        entity_span::ActiveModel {
            id: NotSet,
            repository_id: Set(self.id),
            repository: Set(self.name.to_owned()),
            ref_: Set(span.entity.to_string()),
            kind: Set(span.entity.kind().to_string()),
            root: Set(span.root.to_string()),
            from_commit: Set(span.from.commit.to_string()),
            from_at: Set(span.from.at),
            to_commit: Set(span.to.as_ref().map(|to| to.commit.to_string())),
            to_at: Set(span.to.as_ref().map(|to| to.at)),
            traits: Set(to_json(&span.traits)),
            shadowed: Set(false),
        }
    }

    fn interval(&self, interval: &Interval) -> usage_interval::ActiveModel {
        let attempt = interval.attempt.as_ref();
        usage_interval::ActiveModel {
            id: NotSet,
            repository_id: Set(self.id),
            repository: Set(self.name.to_owned()),
            component: Set(interval.component.to_string()),
            capability: Set(clip(&interval.capability)),
            offer: Set(clip(&interval.offer)),
            path: Set(interval.path.to_string()),
            from_commit: Set(interval.from.commit.to_string()),
            from_at: Set(interval.from.at),
            to_commit: Set(interval.to.as_ref().map(|to| to.commit.to_string())),
            to_at: Set(interval.to.as_ref().map(|to| to.at)),
            ended: Set(interval.end.to_string()),
            exact: Set(interval.exact),
            attempt_commit: Set(attempt.map(|a| a.commit.to_string())),
            attempt_at: Set(attempt.map(|a| a.at)),
            attempt_days: Set(attempt.map(|a| i64::from(a.author_days))),
            attempt_branch: Set(attempt.map(|a| a.branch)),
            rule: Set(clean(&interval.evidence.rule)),
            file: Set(interval.evidence.path.to_string()),
            evidence: Set(to_json(&interval.evidence)),
            shadowed: Set(false),
        }
    }

    fn rule_change(&self, change: &RuleChange) -> rule_change::ActiveModel {
        rule_change::ActiveModel {
            id: NotSet,
            repository_id: Set(self.id),
            repository: Set(self.name.to_owned()),
            capability: Set(clip(&change.capability)),
            commit_id: Set(change.moment.commit.to_string()),
            changed_at: Set(change.moment.at),
            message: Set(clean(&change.text)),
            meaning: Set(change.meaning),
        }
    }
}
