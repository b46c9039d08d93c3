//! Pages of lists that are computed whole: sorted and cut in memory.
//! It must not know what is listed.
use crate::store::{
    StoreError,
    cursor::{Cursor, SortKey},
    list::limit,
};
use shared::api::Page;

/// One page of sorted items. `place` names the list with its filter and sort, as for every cursor.
///
/// # Errors
/// `BadCursor` when the cursor belongs to another list.
pub(in crate::store) fn page<T: Clone>(
    place: &str,
    items: &[T],
    cursor: Option<&str>,
    asked: Option<u32>,
) -> Result<Page<T>, StoreError> {
    let from = match cursor {
        None => 0,
        Some(cursor) => usize::try_from(Cursor::read(place, cursor)?.id).map_err(|_| StoreError::BadCursor)?,
    };
    let upto = items.len().min(from.saturating_add(limit(asked)));
    let taken = items.get(from..upto).ok_or(StoreError::BadCursor)?;
    let more = upto < items.len();
    let after = || Cursor::after(place, SortKey::Number(0), i64::try_from(upto).unwrap_or(i64::MAX));
    Ok(Page { items: taken.to_vec(), total: items.len() as u64, next: more.then(after) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_hold_every_item_once() {
        let items: Vec<u32> = (0..25).collect();
        let (mut seen, mut cursor) = (vec![], None);
        loop {
            let found = page("moves?a", &items, cursor.as_deref(), Some(10)).unwrap();
            assert_eq!(found.total, 25);
            seen.extend(found.items);
            let Some(next) = found.next else { break };
            assert!(matches!(page("moves?b", &items, Some(&next), None), Err(StoreError::BadCursor)));
            cursor = Some(next);
        }
        assert_eq!(seen, items);
    }
}
