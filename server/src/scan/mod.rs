//! Git in, plain data out: finds repositories, mirrors remote ones, reads the tip tree and blobs. The only room with gix.
//! It must not understand what a file means, and nothing of a repository is ever checked out or executed.

mod snapshot;

pub use snapshot::{BlobRead, Finding, Located, Tip, TreeEntry, WalkedTree};
