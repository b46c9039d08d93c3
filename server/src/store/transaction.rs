//! Transactions and plain statements on the store's connections, and the catalog's generation.
//! It must not know what is written.
use super::{Store, StoreError, sql::Sql};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, FromQueryResult, IsolationLevel, QueryResult,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::sync::atomic::Ordering;

/// Begins a write. On SQLite it takes the write lock at once: a read that turns into a write would fail with BUSY.
///
/// # Errors
/// When the database cannot be reached or stays locked.
pub(super) async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, StoreError> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(db.begin_with_options(options).await?)
}

/// Runs a statement and gives how many rows it changed.
///
/// # Errors
/// When the database refuses it.
pub(super) async fn run(db: &impl ConnectionTrait, sql: Sql) -> Result<u64, StoreError> {
    Ok(db.execute_raw(sql.statement(db.get_database_backend())).await?.rows_affected())
}

/// Every row of a query.
///
/// # Errors
/// When the database refuses it.
pub(super) async fn rows(db: &impl ConnectionTrait, sql: Sql) -> Result<Vec<QueryResult>, StoreError> {
    Ok(db.query_all_raw(sql.statement(db.get_database_backend())).await?)
}

/// Every row of a query, read into a type.
///
/// # Errors
/// When the database refuses it or a column is not of the type.
pub(super) async fn all<T: FromQueryResult>(db: &impl ConnectionTrait, sql: Sql) -> Result<Vec<T>, StoreError> {
    rows(db, sql).await?.iter().map(|row| Ok(T::from_query_result(row, "")?)).collect()
}

/// The first row of a query, read into a type.
///
/// # Errors
/// When the database refuses it or a column is not of the type.
pub(super) async fn one<T: FromQueryResult>(db: &impl ConnectionTrait, sql: Sql) -> Result<Option<T>, StoreError> {
    let row = db.query_one_raw(sql.statement(db.get_database_backend())).await?;
    Ok(row.map(|row| T::from_query_result(&row, "")).transpose()?)
}

/// The single number that a query gives in the column `n`.
///
/// # Errors
/// When the database refuses it or gives no row.
pub(super) async fn number(db: &impl ConnectionTrait, sql: Sql) -> Result<i64, StoreError> {
    let row = db.query_one_raw(sql.statement(db.get_database_backend())).await?;
    let row = row.ok_or_else(|| sea_orm::DbErr::RecordNotFound("a number".to_owned()))?;
    Ok(row.try_get("", "n")?)
}

impl Store {
    /// Begins a write on the one writer.
    pub(super) async fn write(&self) -> Result<DatabaseTransaction, StoreError> {
        begin(self.writer()).await
    }

    /// Begins a read that sees one state of the catalog, whatever is written meanwhile.
    pub(super) async fn snapshot(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = match self.backend() {
            sea_orm::DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions::default(),
        };
        Ok(self.reader().begin_with_options(options).await?)
    }

    /// Commits a change of catalog data and raises the generation with it.
    pub(super) async fn commit(&self, tx: DatabaseTransaction) -> Result<(), StoreError> {
        // Last before the commit, so that writers of other repositories wait for this row as briefly as possible.
        run(&tx, Sql::new("UPDATE catalog_state SET generation = generation + 1 WHERE id = 1")).await?;
        let generation = number(&tx, generation_sql()).await?;
        tx.commit().await?;
        self.known_generation().fetch_max(generation.unsigned_abs(), Ordering::AcqRel);
        Ok(())
    }

    /// The catalog's generation: it rises with every committed change of catalog data, also by another process. Read
    /// from one row by its key; the last known one when the database does not answer.
    pub async fn generation(&self) -> u64 {
        let known = self.known_generation();
        match number(self.reader(), generation_sql()).await {
            Ok(generation) => {
                known.fetch_max(generation.unsigned_abs(), Ordering::AcqRel).max(generation.unsigned_abs())
            }
            Err(_) => known.load(Ordering::Acquire),
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        number(self.reader(), generation_sql()).await.map(drop)
    }
}

fn generation_sql() -> Sql {
    Sql::new("SELECT generation AS n FROM catalog_state WHERE id = 1")
}
