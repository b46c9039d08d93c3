//! From what a judgement was made, as one short text: the same text gives the same judgement.
//! It must not forget anything that a judgement looks at.
use crate::store::WorkKey;
use sha2::{Digest, Sha256};
use shared::RepoName;
use std::collections::HashMap;

/// A text on its way to its hash.
#[derive(Default)]
pub(super) struct MadeFrom(Sha256);

impl MadeFrom {
    /// Adds a part; parts are kept apart.
    pub(super) fn with(mut self, part: &str) -> Self {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part.as_bytes());
        self
    }

    /// Adds what was read of every repository.
    pub(super) fn with_keys(self, keys: &HashMap<RepoName, WorkKey>) -> Self {
        let mut lines: Vec<String> =
            keys.iter().map(|(name, key)| format!("{name} {} {}", key.tip, key.reading)).collect();
        lines.sort();
        self.with(&lines.join("\n"))
    }

    /// The hash in hexadecimal.
    pub(super) fn text(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
