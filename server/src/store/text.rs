//! Text on its way into the database and into its search: cleaned, clipped, folded, quoted.
//! It must not decide what is searched.
use super::sql::Sql;
use sea_orm::DbBackend;

/// Bytes kept of a text that is indexed: PostgreSQL refuses index entries above 2,704 bytes.
const MAX_KEY: usize = 300;
/// Words of a query that are looked at; more would only slow it down.
const MAX_TERMS: usize = 8;

/// The text without NUL, which PostgreSQL cannot hold.
pub(super) fn clean(text: &str) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text.to_owned() }
}

/// A text short enough to be indexed, without control characters; the whole text stays in the entity's document.
pub(super) fn clip(text: &str) -> String {
    let mut end = text.len().min(MAX_KEY);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The words of a search, folded as the search columns are.
pub(super) fn terms(q: &str) -> Vec<String> {
    fold(q).split_whitespace().take(MAX_TERMS).map(str::to_owned).collect()
}

/// Lower case, without control characters.
pub(super) fn fold(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).flat_map(char::to_lowercase).collect()
}

/// A `LIKE` pattern (with `ESCAPE '\'`) that finds the term anywhere.
pub(super) fn anywhere(term: &str) -> String {
    format!("%{}%", escape_like(term))
}

/// A `LIKE` pattern (with `ESCAPE '\'`) that finds texts beginning with the term.
pub(super) fn beginning(term: &str) -> String {
    format!("{}%", escape_like(term))
}

fn escape_like(term: &str) -> String {
    term.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// A folded column of `table` that has a trigram index, holding every term.
pub(super) fn matches(backend: DbBackend, table: &str, column: &str, terms: &[String]) -> Sql {
    let like = |t: &String| Sql::with(format!("{table}.{column} LIKE ? ESCAPE '\\'"), [anywhere(t)]);
    if backend == DbBackend::Postgres {
        return Sql::all(terms.iter().map(like).collect());
    }
    // Trigrams cannot find fewer than three characters.
    let (long, short): (Vec<String>, Vec<String>) = terms.iter().cloned().partition(|t| t.chars().count() >= 3);
    let mut parts = Vec::new();
    if !long.is_empty() {
        let phrases: Vec<String> = long.iter().map(|t| format!("\"{}\"", t.replace('"', "\"\""))).collect();
        let query = format!("{{{column}}} : ({})", phrases.join(" AND "));
        let found = format!("{table}.id IN (SELECT rowid FROM {table}_search WHERE {table}_search MATCH ?)");
        parts.push(Sql::with(found, [query]));
    }
    parts.extend(short.iter().map(like));
    Sql::all(parts)
}

/// Columns without an index for it, joined by spaces, holding every term.
pub(super) fn contains(columns: &[&str], terms: &[String]) -> Sql {
    let text = columns.join(" || ' ' || ");
    Sql::all(terms.iter().map(|t| Sql::with(format!("LOWER({text}) LIKE ? ESCAPE '\\'"), [anywhere(t)])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_made_harmless() {
        assert_eq!(clean("a\0b"), "a\u{fffd}b");
        assert_eq!(clip(&"é".repeat(400)).len(), 300);
        assert_eq!(anywhere("50%_\\"), "%50\\%\\_\\\\%");
        assert_eq!(terms(" Foo\0BAR  baz"), ["foo", "bar", "baz"]);
    }
}
