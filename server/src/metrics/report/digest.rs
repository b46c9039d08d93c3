//! The digest of a report's figures, and the id that follows from it.
//! It must not cover what people may edit.
use super::words::day;
use sha2::{Digest, Sha256};
use shared::{Timestamp, api::ReportBody};
use std::fmt::Write;

/// SHA-256 over the body as JSON with its fields in the order of the type, in hexadecimal.
pub fn digest(body: &ReportBody) -> String {
    let text = serde_json::to_vec(body).expect("a report holds nothing that JSON cannot");
    Sha256::digest(&text).iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The day of freezing and the first 8 digits of the digest, e.g. `2026-11-21-1a2b3c4d`.
pub fn id(at: &Timestamp, digest: &str) -> String {
    format!("{}-{}", day(at), digest.get(..8).unwrap_or(digest))
}
