//! Stored text back into the checked types of `shared`.
//! It must not guess: what does not read back is `Damaged`.
use super::StoreError;
use std::str::FromStr;

/// Reads a stored value back.
///
/// # Errors
/// `Damaged` when it is not of its type.
pub(super) fn read<T: FromStr>(what: &'static str, value: &str) -> Result<T, StoreError> {
    value.parse().map_err(|_| StoreError::Damaged { what, value: value.to_owned() })
}

/// Reads a stored value back; null and the empty text are absent.
///
/// # Errors
/// `Damaged` when it is not of its type.
pub(super) fn maybe<T: FromStr>(what: &'static str, value: Option<&str>) -> Result<Option<T>, StoreError> {
    value.filter(|v| !v.is_empty()).map(|v| read(what, v)).transpose()
}

/// Reads a stored JSON document back.
///
/// # Errors
/// `Damaged` when it is not of its type.
pub(super) fn json<T: serde::de::DeserializeOwned>(what: &'static str, value: &str) -> Result<T, StoreError> {
    serde_json::from_str(value).map_err(|_| StoreError::Damaged { what, value: value.chars().take(80).collect() })
}

/// A document as JSON text. NUL is an escape in it, so PostgreSQL takes it as it is.
pub(super) fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("the stored types have text keys and finite numbers only")
}

/// The empty text is absent.
pub(super) fn some_text(value: String) -> Option<String> {
    (!value.is_empty()).then_some(value)
}

/// A stored line number.
pub(super) fn line(value: Option<i64>) -> Option<u32> {
    value.and_then(|n| u32::try_from(n).ok())
}

/// A stored count.
pub(super) fn count(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}

/// A count as it is stored.
pub(super) fn stored(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
