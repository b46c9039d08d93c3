//! Packages that repositories publish and dependencies that they write down or resolve.
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
        sql::drop_tables(manager, &["dependency", "package"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &[&str] = &[
    "CREATE TABLE package (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        repository {text} NOT NULL, entity_id {int} REFERENCES entity (id) ON DELETE CASCADE, ecosystem {text} NOT NULL,
        name {text} NOT NULL, version {text}, description {text}, published boolean NOT NULL, path {text} NOT NULL,
        line {int}, search {text} NOT NULL)",
    "CREATE INDEX package_repository ON package (repository_id)",
    "CREATE INDEX package_entity ON package (entity_id)",
    "CREATE INDEX package_name ON package (name, ecosystem)",
    "CREATE TABLE dependency (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        repository {text} NOT NULL, entity_id {int} REFERENCES entity (id) ON DELETE CASCADE, ecosystem {text} NOT NULL,
        name {text} NOT NULL, requirement {text}, version {text}, scope {text} NOT NULL, kind {text} NOT NULL,
        path {text} NOT NULL, line {int})",
    "CREATE INDEX dependency_repository_id ON dependency (repository_id)",
    "CREATE INDEX dependency_repository ON dependency (repository, id)",
    "CREATE INDEX dependency_entity ON dependency (entity_id)",
    "CREATE INDEX dependency_name ON dependency (name, id)",
    "CREATE INDEX dependency_facets ON dependency (ecosystem, scope, kind, id)",
];
