//! Ids of candidates: what they are about, as 16 hexadecimal digits.
//! It must not depend on anything that a rescan of the same platform may change.
use sha2::{Digest, Sha256};

/// The first 8 bytes of SHA-256 over the parts, each ended by a zero byte.
pub(super) fn id(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
