//! Snapshot in, facts out: what is true of one repository at one commit, without judgement. One file per fact.
//! Pure: no async, no database, no clock, and nothing of a repository is ever run.

pub mod assemble;
pub mod code_owners;
pub(crate) mod components;
pub mod descriptors;
pub mod ecosystems;
pub mod exclusion;
mod git_attributes;
pub mod model;
mod parser;
pub mod positions;
pub mod prints;
pub mod readme;
pub mod source;
#[cfg(test)]
pub(crate) mod testing;
pub mod timeline;
pub mod work;
mod yaml_name;
mod yaml_stream;

pub use assemble::assemble;
pub use ecosystems::PARSERS;
pub use exclusion::exclusion_of;
pub use parser::{Parser, Resolved, blob_key};
pub use source::{SourceParser, SymbolParser};

/// The parsers of single files that are no ecosystem; `SymbolParser` joins them when a ruleset looks for symbols.
pub static FACTS: &[&dyn Parser] =
    &[&code_owners::CodeOwnersParser, &git_attributes::GitAttributesParser, &readme::TextParser, &SourceParser];
