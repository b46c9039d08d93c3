//! When and in what order: one file per job. `scan_repository.rs` tells the whole story of one repository.
//! It must not parse, judge or write SQL; it calls the rooms that do.

mod judge;
#[cfg(test)]
mod known_past;
mod read_claims;
mod read_code;
mod read_history;
mod read_mirror;
mod read_work;
mod scan_history;
mod scan_progress;
mod scan_repository;
mod scan_sources;
mod scan_work;
mod sources;

pub use read_code::{CodeInput, CodeOutput, PrintCache, read_code};
pub use read_history::{Attempts, FirstSign, FreshFacts, HistoryInput, HistoryOutput, Shows, read_history};
pub use read_mirror::{FactCache, NoCache, ReadFacts, ReadInput, ReadOutput, read_mirror};
pub use read_work::{WorkInput, WorkOutput, read_work};
pub use scan_progress::{Observer, Silent};
pub use scan_repository::SCANNER_VERSION;
pub use scan_sources::{Jobs, ScanSettings};
pub use sources::{Source, SourceError};
