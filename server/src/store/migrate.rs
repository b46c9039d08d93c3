//! Brings the schema to this binary's version, alone, or refuses a database that is ahead of it.
//! It must not touch catalog data.
use super::{StoreError, transaction};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// Any number that no other program on the same PostgreSQL is likely to use.
const LOCK: i64 = 0x7761_796d_6172_6b31;

/// Applies what is missing, in one transaction that keeps every other process out.
///
/// # Errors
/// `NewerDatabase` when the database knows changes that this binary does not.
pub(super) async fn up(db: &DatabaseConnection) -> Result<(), StoreError> {
    let tx = locked(db).await?;
    let known: Vec<String> = Migrator::migrations().iter().map(|m| m.name().to_owned()).collect();
    let applied = Migrator::get_migration_models(&tx).await?;
    if let Some(newer) = applied.into_iter().find(|m| !known.contains(&m.version)) {
        return Err(StoreError::NewerDatabase { found: newer.version });
    }
    Migrator::up(&tx, None).await?;
    Ok(tx.commit().await?)
}

/// Undoes every change, newest first.
///
/// # Errors
/// When a change cannot be undone; nothing is undone then.
#[cfg(test)]
pub(super) async fn down(db: &DatabaseConnection) -> Result<(), StoreError> {
    let tx = locked(db).await?;
    Migrator::down(&tx, None).await?;
    Ok(tx.commit().await?)
}

/// SQLite's IMMEDIATE transaction is the lock; PostgreSQL's is taken by number and ends with the transaction.
async fn locked(db: &DatabaseConnection) -> Result<sea_orm::DatabaseTransaction, StoreError> {
    let tx = transaction::begin(db).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SET LOCAL statement_timeout = 0").await?;
        let lock = Statement::from_string(DbBackend::Postgres, format!("SELECT pg_advisory_xact_lock({LOCK})"));
        tx.query_one_raw(lock).await?;
    }
    Ok(tx)
}
