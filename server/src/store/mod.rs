//! Rows in and out: everything the catalog keeps, on SQLite or PostgreSQL. The only room with sea-orm.
//! It must not judge: what a row means was decided by the rooms before it.

mod asked_standing;
pub mod at;
mod blob_cache;
mod cache;
mod capabilities;
mod capability_counts;
mod claims;
mod clusters;
mod code_prints;
mod columns;
mod cursor;
mod dependencies;
mod entities;
mod entities_at;
mod entity_detail;
mod entity_facets;
mod entity_filter;
mod error;
mod estate;
mod findings;
mod held_list;
mod history_tables;
mod judgements;
mod list;
mod memory_page;
mod migrate;
mod moments;
mod open;
mod organisation;
mod overview;
mod ownership;
mod ownership_summary;
mod past;
mod past_questions;
mod permalink;
mod places;
mod relations;
mod report_input;
mod reports;
mod repositories;
mod rows;
mod ruleset;
mod save_catalog;
mod save_history;
mod save_links;
mod save_rows;
mod save_status;
mod scans;
mod search;
mod settle;
mod shadows;
mod sources;
mod sql;
mod tables;
mod team;
mod teams;
mod text;
mod transaction;
mod usages;
mod usages_at;
mod work_logs;
mod writing;
mod writing_usages;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use error::StoreError;
pub use judgements::Judged;
pub use open::Store;
pub use reports::summary_of;
pub use save_catalog::{ScanKey, Visit};
pub use save_history::HistoryKey;
pub use work_logs::WorkKey;
