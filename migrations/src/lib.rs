//! The database's schema, one file per change, each with its way up and down, on SQLite and on PostgreSQL.
//! It must not read or move catalog data beyond what a change of schema needs.

mod m20261121_000001_repositories;
mod m20261121_000002_entities;
mod m20261121_000003_packages;
mod m20261121_000004_capabilities;
mod m20261121_000005_findings;
mod m20261121_000006_blob_cache;
mod m20261121_000007_search;
mod m20261121_000008_source_use;
mod m20261121_000009_catalog_filters;
mod m20261121_000010_linked_relations;
mod m20261121_000011_history;
mod m20261121_000012_work;
mod sql;

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

/// The list of changes, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_repositories::Migration),
            Box::new(m20261121_000002_entities::Migration),
            Box::new(m20261121_000003_packages::Migration),
            Box::new(m20261121_000004_capabilities::Migration),
            Box::new(m20261121_000005_findings::Migration),
            Box::new(m20261121_000006_blob_cache::Migration),
            Box::new(m20261121_000007_search::Migration),
            Box::new(m20261121_000008_source_use::Migration),
            Box::new(m20261121_000009_catalog_filters::Migration),
            Box::new(m20261121_000010_linked_relations::Migration),
            Box::new(m20261121_000011_history::Migration),
            Box::new(m20261121_000012_work::Migration),
        ]
    }
}
