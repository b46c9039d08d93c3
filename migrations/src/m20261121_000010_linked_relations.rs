//! Which relations come from joining repositories, so that a repository can also keep relations that it shows itself.
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

// Until now every observed relation came from joining repositories.
const UP: &[&str] =
    &["ALTER TABLE relation ADD COLUMN linked boolean NOT NULL DEFAULT false", "UPDATE relation SET linked = observed"];

const DOWN: &[&str] =
    &["DELETE FROM relation WHERE observed AND NOT linked", "ALTER TABLE relation DROP COLUMN linked"];
