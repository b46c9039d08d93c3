//! What parsers read from blobs, kept by blob id and parser version for every repository.
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
        sql::drop_tables(manager, &["blob_facts"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &[&str] = &[
    "CREATE TABLE blob_facts (blob {text} NOT NULL, parser {text} NOT NULL, version {int} NOT NULL, facts {text} NOT NULL,
        PRIMARY KEY (blob, parser, version))",
];
