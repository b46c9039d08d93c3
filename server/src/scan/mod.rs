//! Git in, plain data out: finds repositories, mirrors remote ones, reads the tip tree and blobs. The only room with gix.
//! It must not understand what a file means, and nothing of a repository is ever checked out or executed.

mod author;
mod blobs;
mod branch;
mod branch_work;
mod commit;
mod error;
mod fetch;
mod generations;
mod history;
mod limits;
mod line;
mod locate;
mod mirror;
mod naming;
mod objects;
mod open;
mod pack;
mod packs;
mod repository;
mod snapshot;
#[cfg(test)]
mod tests;
mod tls;
mod tree;
mod tree_diff;
mod walk_line;
mod work;
mod work_contents;
mod work_head;
mod work_heads;
mod work_lines;
mod work_renames;
mod work_walk;

pub use author::{Author, Files, Signed};
pub use blobs::Blobs;
pub use error::ScanError;
pub use history::{Change, Follow, HistoryStart, Line, PastCommit, Step, Stretch};
pub use limits::Limits;
pub use locate::{Found, locate};
pub use mirror::{mirror, place};
pub use repository::Repository;
pub use snapshot::{BlobRead, Finding, Located, Tip, TreeEntry, WalkedTree};
pub use tls::install_tls;
pub use work::{FileWork, Named, WorkFile, WorkHead, WorkStep, Worked};
