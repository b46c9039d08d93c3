//! Who worked on which file of a repository, commit by commit along the default branch: what ownership, origins of copies
//! and effort are counted on.
//! It must not know teams or components, and judges nothing.
pub mod model;

pub use model::{Hand, Lineage, Mass, Person, Touch, WorkCommit, WorkLog};
