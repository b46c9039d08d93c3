//! Entities with typed columns for lists and facets, their documents beside them, tags and relations.
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
        sql::drop_tables(manager, &["relation", "entity_tag", "entity_detail", "entity"]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &[&str] = &[
    // The empty text stands for unknown in every column a list filters or sorts by.
    "CREATE TABLE entity (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        repository {text} NOT NULL, ref {text} NOT NULL, kind {text} NOT NULL, namespace {text} NOT NULL,
        name {text} NOT NULL, title {text} NOT NULL, description {text} NOT NULL, subtype {text} NOT NULL,
        lifecycle {text} NOT NULL, owner_ref {text} NOT NULL, system_ref {text} NOT NULL, origin {text} NOT NULL,
        path {text} NOT NULL, descriptor_path {text}, descriptor_line {int}, language {text} NOT NULL,
        lines {int} NOT NULL, tags {text} NOT NULL, n_findings {int} NOT NULL, n_golden {int} NOT NULL,
        n_off_path {int} NOT NULL, shadowed boolean NOT NULL, head {text} NOT NULL, search {text} NOT NULL,
        UNIQUE (repository_id, ref))",
    "CREATE INDEX entity_ref ON entity (ref)",
    "CREATE INDEX entity_name ON entity (name, id) WHERE NOT shadowed",
    "CREATE INDEX entity_kind ON entity (kind, id) WHERE NOT shadowed",
    "CREATE INDEX entity_subtype ON entity (subtype, id) WHERE NOT shadowed",
    "CREATE INDEX entity_owner ON entity (owner_ref, id) WHERE NOT shadowed",
    "CREATE INDEX entity_lines ON entity (lines, id) WHERE NOT shadowed",
    "CREATE INDEX entity_findings ON entity (n_findings, id) WHERE NOT shadowed",
    "CREATE INDEX entity_repository ON entity (repository, id) WHERE NOT shadowed",
    "CREATE TABLE entity_detail (entity_id {int} PRIMARY KEY REFERENCES entity (id) ON DELETE CASCADE,
        document {text} NOT NULL, detail {text} NOT NULL)",
    "CREATE TABLE entity_tag (entity_id {int} NOT NULL REFERENCES entity (id) ON DELETE CASCADE, tag {text} NOT NULL,
        PRIMARY KEY (entity_id, tag))",
    "CREATE INDEX entity_tag_tag ON entity_tag (tag, entity_id)",
    "CREATE TABLE relation (id {id}, repository_id {int} NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
        repository {text} NOT NULL, from_ref {text} NOT NULL, kind {text} NOT NULL, to_ref {text} NOT NULL,
        observed boolean NOT NULL, shadowed boolean NOT NULL, path {text}, line {int})",
    "CREATE INDEX relation_from ON relation (from_ref, kind, to_ref) WHERE NOT shadowed",
    "CREATE INDEX relation_to ON relation (to_ref, kind, from_ref) WHERE NOT shadowed",
    "CREATE INDEX relation_repository ON relation (repository_id)",
];
