//! Substring search over entities and packages: trigrams by FTS5 on SQLite, by pg_trgm on PostgreSQL.
//! It must not be changed once released: a later change gets its own file.
use crate::sql;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, if sql::is_postgres(manager) { POSTGRES_UP } else { SQLITE_UP }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, if sql::is_postgres(manager) { POSTGRES_DOWN } else { SQLITE_DOWN }).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

// The index holds no copy of the text; triggers keep it in step inside the writing transaction.
const SQLITE_UP: &[&str] = &[
    "CREATE VIRTUAL TABLE entity_search USING fts5(head, search, content='entity', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER entity_search_insert AFTER INSERT ON entity BEGIN
        INSERT INTO entity_search (rowid, head, search) VALUES (new.id, new.head, new.search); END",
    "CREATE TRIGGER entity_search_delete AFTER DELETE ON entity BEGIN
        INSERT INTO entity_search (entity_search, rowid, head, search) VALUES ('delete', old.id, old.head, old.search); END",
    "CREATE VIRTUAL TABLE package_search USING fts5(search, content='package', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER package_search_insert AFTER INSERT ON package BEGIN
        INSERT INTO package_search (rowid, search) VALUES (new.id, new.search); END",
    "CREATE TRIGGER package_search_delete AFTER DELETE ON package BEGIN
        INSERT INTO package_search (package_search, rowid, search) VALUES ('delete', old.id, old.search); END",
];

const SQLITE_DOWN: &[&str] = &[
    "DROP TRIGGER package_search_delete",
    "DROP TRIGGER package_search_insert",
    "DROP TABLE package_search",
    "DROP TRIGGER entity_search_delete",
    "DROP TRIGGER entity_search_insert",
    "DROP TABLE entity_search",
];

// The extension may belong to others in the same database, so the way down leaves it.
const POSTGRES_UP: &[&str] = &[
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX entity_head_trgm ON entity USING gin (head gin_trgm_ops)",
    "CREATE INDEX entity_search_trgm ON entity USING gin (search gin_trgm_ops)",
    "CREATE INDEX package_search_trgm ON package USING gin (search gin_trgm_ops)",
    "CREATE INDEX dependency_name_trgm ON dependency USING gin (name gin_trgm_ops)",
];

const POSTGRES_DOWN: &[&str] = &[
    "DROP INDEX dependency_name_trgm",
    "DROP INDEX package_search_trgm",
    "DROP INDEX entity_search_trgm",
    "DROP INDEX entity_head_trgm",
];
