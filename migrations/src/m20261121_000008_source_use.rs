//! Whether source shows a dependency in use, and the first import statement that does.
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
        sql::run(manager, DOWN).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &[&str] = &[
    "ALTER TABLE dependency ADD COLUMN source_use {text} NOT NULL DEFAULT 'unknown'",
    "ALTER TABLE dependency ADD COLUMN imported_path {text}",
    "ALTER TABLE dependency ADD COLUMN imported_line {int}",
    "DROP INDEX dependency_facets",
    "CREATE INDEX dependency_facets ON dependency (ecosystem, scope, kind, source_use, id)",
];

const DOWN: &[&str] = &[
    "DROP INDEX dependency_facets",
    "CREATE INDEX dependency_facets ON dependency (ecosystem, scope, kind, id)",
    "ALTER TABLE dependency DROP COLUMN imported_line",
    "ALTER TABLE dependency DROP COLUMN imported_path",
    "ALTER TABLE dependency DROP COLUMN source_use",
];
