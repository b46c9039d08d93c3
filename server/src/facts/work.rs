//! Who worked on which file of a repository, commit by commit along the default branch: what ownership, origins of copies
//! and effort are counted on.
//! It must not know teams or components, and judges nothing.
mod build;
mod dates;
mod encode;
mod followed;
mod log;
mod mass;
pub mod model;
mod people;
#[cfg(test)]
mod tests;

pub use build::Builder;
pub use dates::LOOK_AHEAD;
pub use encode::LogBytesError;
pub use followed::{READING, follow};
pub use log::TouchIndex;
pub use mass::Listed;
pub use model::{Hand, Lineage, Mass, Person, Touch, WorkCommit, WorkLog};
