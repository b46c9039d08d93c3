//! Sources, repositories, the scans of each, scan runs, texts worth showing, and the catalog's generation.
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
        sql::drop_tables(
            manager,
            &["document_text", "repository_scan", "repository", "source", "scan", "catalog_state"],
        )
        .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &[&str] = &[
    "CREATE TABLE catalog_state (id {int} PRIMARY KEY, generation {int} NOT NULL)",
    "INSERT INTO catalog_state (id, generation) VALUES (1, 1)",
    "CREATE TABLE source (id {id}, kind {text} NOT NULL, location {text} NOT NULL UNIQUE, message {text},
        last_scanned_at {text})",
    "CREATE TABLE repository (id {id}, name {text} NOT NULL UNIQUE, source_id {int} NOT NULL REFERENCES source (id),
        location {text} NOT NULL, web_url {text}, status {text} NOT NULL, message {text}, partial boolean NOT NULL,
        branch {text}, commit_id {text}, committed_at {text} NOT NULL DEFAULT '', scanned_at {text} NOT NULL DEFAULT '',
        scanner_version {int}, rules_hash {text}, language {text} NOT NULL DEFAULT '', languages {text} NOT NULL DEFAULT '[]',
        n_files {int} NOT NULL DEFAULT 0, n_entities {int} NOT NULL DEFAULT 0, n_components {int} NOT NULL DEFAULT 0,
        n_findings {int} NOT NULL DEFAULT 0)",
    "CREATE INDEX repository_source ON repository (source_id)",
    // Every state that was ever written whole, so that a repeat or an unknown outcome of COMMIT is settled by its key.
    "CREATE TABLE repository_scan (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        commit_id {text} NOT NULL, scanner_version {int} NOT NULL, rules_hash {text} NOT NULL, scanned_at {text} NOT NULL,
        UNIQUE (repository_id, commit_id, scanner_version, rules_hash))",
    "CREATE TABLE scan (id {id}, status {text} NOT NULL, started_at {text} NOT NULL, finished_at {text},
        repositories {int} NOT NULL DEFAULT 0, done {int} NOT NULL DEFAULT 0, unchanged {int} NOT NULL DEFAULT 0,
        failed {int} NOT NULL DEFAULT 0, errors {int} NOT NULL DEFAULT 0, duration_ms {int}, message {text})",
    // No index on the path: PostgreSQL refuses index entries as long as a path may be.
    "CREATE TABLE document_text (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        path {text} NOT NULL, content {text} NOT NULL)",
    "CREATE INDEX document_text_repository ON document_text (repository_id)",
];
