//! The past of each repository: when its entities existed, when its components used which offer, and what it was read from.
//! It must not be changed once released: a later change gets its own file.
use crate::sql;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, DOWN).await?;
        sql::drop_tables(manager, &["rule_change", "usage_interval", "entity_span", "repository_history"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

// Times are seconds since 1970. An absent end means that it lasts.
const UP: &[&str] = &[
    // What a history was made from, and the timeline that the next one goes on from.
    "CREATE TABLE repository_history (repository_id {int} PRIMARY KEY REFERENCES repository (id) ON DELETE CASCADE,
        tip_commit {text} NOT NULL, reading {text} NOT NULL, rules_hash {text} NOT NULL, scanner_version {int} NOT NULL,
        first_commit {text} NOT NULL, first_at {int} NOT NULL, last_commit {text} NOT NULL, last_at {int} NOT NULL,
        start {text} NOT NULL, n_commits {int} NOT NULL, gaps {text} NOT NULL, weeks {text} NOT NULL,
        timeline {bytes} NOT NULL)",
    "CREATE TABLE entity_span (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        repository {text} NOT NULL, ref {text} NOT NULL, kind {text} NOT NULL, root {text} NOT NULL,
        from_commit {text} NOT NULL, from_at {int} NOT NULL, to_commit {text}, to_at {int}, traits {text} NOT NULL,
        shadowed boolean NOT NULL)",
    "CREATE INDEX entity_span_repository ON entity_span (repository_id, ref)",
    "CREATE INDEX entity_span_ref ON entity_span (ref, from_at) WHERE NOT shadowed",
    "CREATE INDEX entity_span_time ON entity_span (from_at, to_at) WHERE NOT shadowed",
    "CREATE TABLE usage_interval (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        repository {text} NOT NULL, component {text} NOT NULL, capability {text} NOT NULL, offer {text} NOT NULL,
        path {text} NOT NULL, from_commit {text} NOT NULL, from_at {int} NOT NULL, to_commit {text}, to_at {int},
        ended {text} NOT NULL, exact boolean NOT NULL, attempt_commit {text}, attempt_at {int}, attempt_days {int},
        attempt_branch boolean, rule {text} NOT NULL, file {text} NOT NULL, evidence {text} NOT NULL,
        shadowed boolean NOT NULL)",
    "CREATE INDEX usage_interval_repository ON usage_interval (repository_id, component)",
    "CREATE INDEX usage_interval_component ON usage_interval (component, capability, offer) WHERE NOT shadowed",
    "CREATE INDEX usage_interval_capability ON usage_interval (capability, from_at, to_at) WHERE NOT shadowed",
    "CREATE TABLE rule_change (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        repository {text} NOT NULL, capability {text} NOT NULL, commit_id {text} NOT NULL, changed_at {int} NOT NULL,
        message {text} NOT NULL, meaning boolean NOT NULL)",
    "CREATE INDEX rule_change_repository ON rule_change (repository_id)",
    "CREATE INDEX rule_change_capability ON rule_change (capability, changed_at)",
];

// Nothing before this change would ever replace them.
const DOWN: &[&str] = &["DELETE FROM finding WHERE origin = 'history'"];
