//! Who worked on what, which code is equal, what that says of owners and homegrown platforms, and frozen reports.
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
        sql::drop_tables(
            manager,
            &[
                "report",
                "shadow",
                "clone_cluster",
                "ownership",
                "judgement",
                "code_print",
                "repository_code",
                "repository_work",
            ],
        )
        .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

// Documents are JSON as the API gives them; what is computed over all repositories is replaced whole.
const UP: &[&str] = &[
    // What a work log was made from, and the log that the next one goes on from.
    "CREATE TABLE repository_work (repository_id {int} PRIMARY KEY REFERENCES repository (id) ON DELETE CASCADE,
        tip_commit {text} NOT NULL, reading {text} NOT NULL, log {bytes} NOT NULL)",
    // Which files of a tip are code.
    "CREATE TABLE repository_code (repository_id {int} PRIMARY KEY REFERENCES repository (id) ON DELETE CASCADE,
        tip_commit {text} NOT NULL, reading {text} NOT NULL, listing {bytes} NOT NULL)",
    // Fingerprints of blobs, once in any repository.
    "CREATE TABLE code_print (blob {text} NOT NULL, variant {text} NOT NULL, version {int} NOT NULL, print {bytes} NOT NULL,
        PRIMARY KEY (blob, variant))",
    // From what the documents below were made, by kind; the revision rises with every write of them.
    "CREATE TABLE judgement (kind {text} PRIMARY KEY, made_from {text} NOT NULL, judged_at {text} NOT NULL, extra {text} NOT NULL,
        revision {int} NOT NULL)",
    "CREATE TABLE ownership (id {id}, ref {text} NOT NULL, repository {text} NOT NULL, document {text} NOT NULL)",
    "CREATE INDEX ownership_ref ON ownership (ref)",
    "CREATE TABLE clone_cluster (id {text} PRIMARY KEY, position {int} NOT NULL, document {text} NOT NULL)",
    "CREATE TABLE shadow (id {text} PRIMARY KEY, position {int} NOT NULL, document {text} NOT NULL)",
    "CREATE TABLE report (id {text} PRIMARY KEY, kind {text} NOT NULL, made_at {text} NOT NULL, rules_version {text} NOT NULL,
        digest {text} NOT NULL, headline {text} NOT NULL, body {text} NOT NULL, decisions {text} NOT NULL)",
    "CREATE INDEX report_made ON report (kind, made_at)",
];

// Nothing before this change would ever replace them.
const DOWN: &[&str] = &["DELETE FROM finding WHERE origin IN ('work', 'ownership', 'shadow')"];
