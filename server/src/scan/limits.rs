//! How much of a repository is read before the reader stops: configuration with safe defaults.
//! It must not know what happens when a limit is hit.
use serde::{Deserialize, Serialize};

/// The limits of reading and fetching. A limit that stops a walk makes its result partial, never wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Entries of one tip tree, folders included.
    pub max_tree_entries: u64,
    /// Folder levels below the root.
    pub max_tree_depth: u32,
    /// Bytes of one path.
    pub max_path_bytes: usize,
    /// Bytes of one path segment.
    pub max_name_bytes: usize,
    /// Branches looked at while the default branch is searched for.
    pub max_branches: usize,
    /// Findings that one walk hands out; the rest is counted in a last one.
    pub max_walk_findings: usize,
    /// The hard ceiling of one blob in bytes, whatever a reader allows.
    pub max_blob_bytes: u64,
    /// The largest single allocation for an object while reading, in bytes. Delta buffers count towards it.
    pub read_alloc_bytes: u64,
    /// The same while fetching. Lower than the largest blob of a repository, its whole fetch fails.
    pub fetch_alloc_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_tree_entries: 500_000,
            max_tree_depth: 64,
            max_path_bytes: 4_096,
            max_name_bytes: 255,
            max_branches: 2_000,
            max_walk_findings: 100,
            max_blob_bytes: 16 << 20,
            read_alloc_bytes: 16 << 20,
            fetch_alloc_bytes: 256 << 20,
        }
    }
}
