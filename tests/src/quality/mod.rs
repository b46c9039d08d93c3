//! Measures what detection is worth: our parsers against oracles, our rules against labels, our CODEOWNERS against an npm
//! package. It must not read the network, and nothing of a repository is ever run.
pub mod capabilities;
pub mod checkouts;
pub mod clones;
pub mod code_owners;
pub mod compare;
pub mod names;
pub mod oracle;
pub mod shared_data;
pub mod tables;

use std::path::PathBuf;

/// `tests/quality`: the committed tables and the oracles' scripts.
pub fn folder() -> PathBuf {
    root().join("tests/quality")
}

/// The product's checkout.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let above = here.ancestors().find(|folder| folder.join("tests/quality/labels.tsv").is_file());
    above.expect("this crate lies inside the product's checkout").to_path_buf()
}
