//! Opaque cursors: the sort key and id of the last item of a page, bound to the list, filter and sort they came from.
//! It must not know what is listed.
use super::StoreError;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::Value;
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The value a page was sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum SortKey {
    Number(i64),
    Text(String),
}

/// Where the next page goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    #[serde(rename = "l")]
    list: u64,
    #[serde(rename = "k")]
    pub(super) key: SortKey,
    #[serde(rename = "i")]
    pub(super) id: i64,
}

impl Cursor {
    /// The cursor after an item. `list` names the list with its filter and sort.
    pub(super) fn after(list: &str, key: SortKey, id: i64) -> String {
        let cursor = Self { list: fingerprint(list), key, id };
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor).expect("numbers and text always serialise"))
    }

    /// Reads a cursor back.
    ///
    /// # Errors
    /// `BadCursor` when it is damaged or of another list.
    pub(super) fn read(list: &str, text: &str) -> Result<Self, StoreError> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| StoreError::BadCursor)?;
        let cursor: Self = serde_json::from_slice(&bytes).map_err(|_| StoreError::BadCursor)?;
        if cursor.list == fingerprint(list) { Ok(cursor) } else { Err(StoreError::BadCursor) }
    }
}

impl From<SortKey> for Value {
    fn from(key: SortKey) -> Value {
        match key {
            SortKey::Number(n) => n.into(),
            SortKey::Text(t) => t.into(),
        }
    }
}

fn fingerprint(list: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    list.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_in_its_own_list_only() {
        let text = Cursor::after("entities?kind=api&sort=name", SortKey::Text("b".into()), 7);
        let cursor = Cursor::read("entities?kind=api&sort=name", &text).unwrap();
        assert_eq!((cursor.key, cursor.id), (SortKey::Text("b".into()), 7));
        assert!(matches!(Cursor::read("entities?kind=component&sort=name", &text), Err(StoreError::BadCursor)));
        assert!(matches!(Cursor::read("entities?kind=api&sort=name", "no cursor"), Err(StoreError::BadCursor)));
    }
}
