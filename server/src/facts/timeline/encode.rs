//! A timeline as bytes for the store: compact, versioned, and distrusted when read back.
//! It must not panic on any bytes: damaged ones are an error, and history is read anew.
//!
//! Numbers are unsigned LEB128, signed ones zigzag; dates are differences to the commit before; authors and paths are
//! numbered, a path without what it shares with the one before it. The last 8 bytes are the start of the SHA-256 of the
//! rest.
mod read;
mod write;

use super::Timeline;
use sha2::{Digest, Sha256};

/// The first byte; raised when the format changes.
const FORMAT: u8 = 1;
const CHECK_BYTES: usize = 8;

/// Bytes that are no timeline of this format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the stored history cannot be read: {0}")]
pub struct BytesError(&'static str);

impl Timeline {
    /// The timeline as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = write::timeline(self);
        let check = check(&bytes);
        bytes.extend_from_slice(&check);
        bytes
    }

    /// Reads what [`Timeline::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are damaged or of another format.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BytesError> {
        let split = bytes.len().checked_sub(CHECK_BYTES).ok_or(BytesError("it is too short"))?;
        let (body, expected) = bytes.split_at(split);
        if body.first() != Some(&FORMAT) {
            return Err(BytesError("it is of another format"));
        }
        if expected != check(body) {
            return Err(BytesError("it is damaged"));
        }
        read::timeline(body)
    }
}

fn check(bytes: &[u8]) -> [u8; CHECK_BYTES] {
    let mut out = [0; CHECK_BYTES];
    out.copy_from_slice(&Sha256::digest(bytes)[..CHECK_BYTES]);
    out
}

#[cfg(test)]
mod tests;
