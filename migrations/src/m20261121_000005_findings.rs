//! Findings of scans, of failures to scan, and of joining repositories.
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
        sql::drop_tables(manager, &["finding"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &[&str] = &[
    // `origin` tells which write replaces the row: `scan`, `failure` or `link`.
    "CREATE TABLE finding (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        repository {text} NOT NULL, origin {text} NOT NULL, entity_id {int} REFERENCES entity (id) ON DELETE SET NULL,
        rule {text} NOT NULL, severity {text} NOT NULL, severity_rank {int} NOT NULL, path {text}, line {int},
        col {int}, message {text} NOT NULL)",
    "CREATE INDEX finding_repository_id ON finding (repository_id, origin)",
    "CREATE INDEX finding_entity ON finding (entity_id)",
    "CREATE INDEX finding_severity ON finding (severity_rank, id)",
    "CREATE INDEX finding_rule ON finding (rule, id)",
    "CREATE INDEX finding_repository ON finding (repository, id)",
    "CREATE INDEX finding_facets ON finding (severity, rule, repository)",
];
