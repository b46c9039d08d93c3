//! Runs the statements of one change, with the few words that SQLite and PostgreSQL spell differently filled in.
//! It must not know any table.
use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

/// Runs each statement in order. `{text}` is text compared by bytes, `{id}` a generated 64-bit key, `{int}` a 64-bit
/// number, `{bytes}` bytes.
///
/// # Errors
/// When a statement fails; the transaction around the change then undoes the ones before it.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let (text, id, int, bytes) = match manager.get_database_backend() {
        DatabaseBackend::Postgres => {
            (r#"text COLLATE "C""#, "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "bigint", "bytea")
        }
        _ => ("text", "integer PRIMARY KEY", "bigint", "blob"),
    };
    for statement in statements {
        let sql = statement.replace("{text}", text).replace("{id}", id).replace("{int}", int);
        let sql = sql.replace("{bytes}", bytes);
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Drops tables in the order given, children first.
///
/// # Errors
/// When a table cannot be dropped.
pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables {
        manager.get_connection().execute_unprepared(&format!("DROP TABLE IF EXISTS {table}")).await?;
    }
    Ok(())
}

/// Whether the change runs on PostgreSQL.
pub(crate) fn is_postgres(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DatabaseBackend::Postgres
}
