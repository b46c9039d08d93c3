//! One page of a list that is filtered and sorted in memory, with the same cursors as the others.
//! It must not know what is listed.
use super::{
    StoreError,
    cursor::{Cursor, SortKey},
    list::{Ask, limit},
};

/// An item with what it is sorted by and its place among equals.
pub(super) type Keyed<T> = (SortKey, i64, T);

/// One page of what was found.
pub(super) struct MemoryPage<T> {
    pub(super) items: Vec<T>,
    pub(super) total: u64,
    pub(super) next: Option<String>,
}

/// Sorts and cuts. `list` names the list; its filters and sort come from `ask`.
///
/// # Errors
/// `BadCursor`.
pub(super) fn page<T>(
    list: &str,
    mut found: Vec<Keyed<T>>,
    ask: &Ask<'_>,
    down: bool,
) -> Result<MemoryPage<T>, StoreError> {
    let total = found.len() as u64;
    let place = format!("{list}?{}{}", ask.key, ask.sort.unwrap_or_default());
    if let Some(cursor) = ask.cursor {
        let cursor = Cursor::read(&place, cursor)?;
        let after = (&cursor.key, cursor.id);
        found.retain(|(key, id, _)| if down { (key, *id) < after } else { (key, *id) > after });
    }
    found.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    if down {
        found.reverse();
    }
    let limit = limit(ask.limit);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|(key, id, _)| Cursor::after(&place, key.clone(), *id));
    Ok(MemoryPage { items: found.into_iter().map(|(_, _, item)| item).collect(), total, next })
}
