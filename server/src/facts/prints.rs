//! What of a source file is compared to find equal code: a hash over its tokens and the fingerprints of its stretches.
//! It must not compare files; that needs all of them.
pub mod model;

pub use model::{CodePrint, LeftOut, Print};
