//! The ruleset in force, the usages it found with their evidence, and each component's standing.
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
        sql::drop_tables(manager, &["standing", "usage", "capability"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &[&str] = &[
    "CREATE TABLE capability (id {id}, name {text} NOT NULL UNIQUE, document {text} NOT NULL)",
    "CREATE TABLE usage (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        repository {text} NOT NULL, entity_id {int} NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
        component {text} NOT NULL, capability {text} NOT NULL, offer {text} NOT NULL, path {text} NOT NULL,
        state {text} NOT NULL, owner_ref {text} NOT NULL, shadowed boolean NOT NULL, evidence {text} NOT NULL)",
    "CREATE INDEX usage_repository_id ON usage (repository_id)",
    "CREATE INDEX usage_entity ON usage (entity_id)",
    "CREATE INDEX usage_component ON usage (component, id) WHERE NOT shadowed",
    "CREATE INDEX usage_capability ON usage (capability, offer, path, state, entity_id, repository, owner_ref, id)
        WHERE NOT shadowed",
    "CREATE INDEX usage_owner ON usage (owner_ref, id) WHERE NOT shadowed",
    "CREATE INDEX usage_repository ON usage (repository, id) WHERE NOT shadowed",
    "CREATE TABLE standing (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        entity_id {int} NOT NULL REFERENCES entity (id) ON DELETE CASCADE, capability {text} NOT NULL,
        state {text} NOT NULL, eligible boolean NOT NULL, golden boolean NOT NULL, tolerated boolean NOT NULL,
        vendor boolean NOT NULL, homegrown boolean NOT NULL, shadowed boolean NOT NULL, exemption {text})",
    "CREATE INDEX standing_repository ON standing (repository_id)",
    "CREATE INDEX standing_entity ON standing (entity_id)",
    "CREATE INDEX standing_capability ON standing (capability, state, eligible, golden, tolerated, vendor, homegrown,
        entity_id) WHERE NOT shadowed",
];
