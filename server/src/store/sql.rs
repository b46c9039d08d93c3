//! SQL text with its values, put together piece by piece; both engines' placeholders.
//! It must not be given a user's text except as a value.
use sea_orm::{DbBackend, Statement, Value};

/// A piece of SQL. `?` stands for the next value; no literal may hold a question mark.
#[derive(Debug, Clone, Default)]
pub(super) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// A piece without values.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }

    /// A piece with one value for each `?`.
    pub(super) fn with<V: Into<Value>>(text: impl Into<String>, values: impl IntoIterator<Item = V>) -> Self {
        Self { text: text.into(), values: values.into_iter().map(Into::into).collect() }
    }

    /// `column IN (…)`; an empty list matches nothing.
    pub(super) fn any_of<V: Into<Value>>(column: &str, values: impl IntoIterator<Item = V>) -> Self {
        let values: Vec<Value> = values.into_iter().map(Into::into).collect();
        if values.is_empty() {
            return Self::new("1 = 0");
        }
        Self { text: format!("{column} IN ({})", vec!["?"; values.len()].join(", ")), values }
    }

    /// All of the pieces hold; none is always true.
    pub(super) fn all(parts: Vec<Sql>) -> Self {
        Self::join(parts, " AND ", "1 = 1")
    }

    /// One of the pieces holds; none is always false.
    pub(super) fn any(parts: Vec<Sql>) -> Self {
        Self::join(parts, " OR ", "1 = 0")
    }

    fn join(parts: Vec<Sql>, word: &str, none: &str) -> Self {
        let mut out = Self::default();
        for (i, part) in parts.into_iter().enumerate() {
            out.text.push_str(if i == 0 { "(" } else { word });
            out = out.then(part);
        }
        if out.text.is_empty() { Self::new(none) } else { out.add(")") }
    }

    /// Adds text without values.
    pub(super) fn add(mut self, text: impl AsRef<str>) -> Self {
        self.text.push_str(text.as_ref());
        self
    }

    /// Adds another piece.
    pub(super) fn then(mut self, other: Sql) -> Self {
        self.text.push_str(&other.text);
        self.values.extend(other.values);
        self
    }

    /// Adds `?` with its value.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.text.push('?');
        self.values.push(value.into());
        self
    }

    /// The statement as the engine wants it.
    pub(super) fn statement(self, backend: DbBackend) -> Statement {
        let text = if backend == DbBackend::Postgres { numbered(&self.text) } else { self.text };
        Statement::from_sql_and_values(backend, text, self.values)
    }
}

/// PostgreSQL numbers its placeholders.
fn numbered(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut n = 0;
    for c in text.chars() {
        if c == '?' {
            n += 1;
            out.push('$');
            out.push_str(&n.to_string());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_follow_the_engine() {
        let sql = Sql::all(vec![Sql::any_of("a", ["x", "y"]), Sql::with("b = ?", [1_i64])]);
        assert_eq!(sql.clone().statement(DbBackend::Sqlite).sql, "(a IN (?, ?) AND b = ?)");
        let statement = sql.statement(DbBackend::Postgres);
        assert_eq!(statement.sql, "(a IN ($1, $2) AND b = $3)");
        assert_eq!(statement.values.unwrap().0.len(), 3);
    }

    #[test]
    fn empty_lists_are_false_and_empty_conditions_true() {
        assert_eq!(Sql::any_of("a", Vec::<String>::new()).statement(DbBackend::Sqlite).sql, "1 = 0");
        assert_eq!(Sql::all(vec![]).statement(DbBackend::Sqlite).sql, "1 = 1");
        assert_eq!(Sql::any(vec![]).statement(DbBackend::Sqlite).sql, "1 = 0");
    }
}
