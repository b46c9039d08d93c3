//! Indexes for the filters people set most in the catalog: by kind and language, in the order of lines or of names.
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
    "CREATE INDEX entity_kind_language ON entity (kind, language, lines, id) WHERE NOT shadowed",
    "CREATE INDEX entity_kind_name ON entity (kind, name, id) WHERE NOT shadowed",
];

const DOWN: &[&str] = &["DROP INDEX entity_kind_name", "DROP INDEX entity_kind_language"];
