//! A work log as bytes for the store: compact, versioned, and distrusted when read back.
//! It must not panic on any bytes: damaged ones are an error, and the work is read anew.
//!
//! Numbers are unsigned LEB128, signed ones zigzag; dates are differences to the commit before, lineages of touches to the
//! touch before; a path is written without what it shares with the one before it. The last 8 bytes are the start of the
//! SHA-256 of the rest.
mod read;
mod write;

use super::WorkLog;
use sha2::{Digest, Sha256};

/// The first byte; raised when the format changes.
const FORMAT: u8 = 1;
const CHECK_BYTES: usize = 8;

/// Bytes that are no work log of this format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the stored work log cannot be read: {0}")]
pub struct LogBytesError(&'static str);

impl WorkLog {
    /// The log as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = write::log(self);
        let check = check(&bytes);
        bytes.extend_from_slice(&check);
        bytes
    }

    /// Reads what [`WorkLog::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are damaged or of another format.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LogBytesError> {
        let split = bytes.len().checked_sub(CHECK_BYTES).ok_or(LogBytesError("it is too short"))?;
        let (body, expected) = bytes.split_at(split);
        if body.first() != Some(&FORMAT) {
            return Err(LogBytesError("it is of another format"));
        }
        if expected != check(body) {
            return Err(LogBytesError("it is damaged"));
        }
        read::log(body)
    }
}

fn check(bytes: &[u8]) -> [u8; CHECK_BYTES] {
    let mut out = [0; CHECK_BYTES];
    out.copy_from_slice(&Sha256::digest(bytes)[..CHECK_BYTES]);
    out
}

#[cfg(test)]
mod tests;
