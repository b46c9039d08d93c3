//! Opens the database, sets what durability and speed need, and checks that it took.
//! It must not run a query about the catalog.
use super::{
    StoreError,
    cache::{Cache, Newest},
    migrate,
    sql::Sql,
    transaction,
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use std::{
    path::Path,
    sync::{Arc, atomic::AtomicU64},
    time::Duration,
};

const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// A read that takes longer is stopped; scans write in far shorter statements.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

/// The catalog's database. Cheap to clone; every clone speaks to the same connections.
#[derive(Debug, Clone)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    reader: DatabaseConnection,
    /// SQLite has one writer; on PostgreSQL this is the reader.
    writer: DatabaseConnection,
    generation: AtomicU64,
    cache: Cache,
    /// The past alone: it costs too much to be dropped because of many small answers.
    past: Cache,
    /// What is judged over all repositories: it changes far less often than the catalog.
    judged: Newest,
    /// Held while it is read.
    judging: tokio::sync::Mutex<()>,
    /// Held while facet columns or the past are read.
    loading: tokio::sync::Mutex<()>,
}

impl Store {
    /// Opens `sqlite:///absolute/file.db` (made when absent) or `postgres://…` and brings its schema up to date.
    ///
    /// # Errors
    /// `Unusable` when it cannot be opened or does not take the settings, `NewerDatabase` when a later Waymark wrote it.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return Self::open_sqlite(Path::new(path.split('?').next().unwrap_or_default())).await;
        }
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(unusable(url, "its address begins with neither sqlite:// nor postgres://"));
        }
        let mut options = ConnectOptions::new(url);
        options.sqlx_logging(false).max_connections(POSTGRES_CONNECTIONS).statement_timeout(STATEMENT_TIMEOUT);
        let pool = Database::connect(options).await.map_err(|e| unusable(url, &e.to_string()))?;
        migrate::up(&pool).await?;
        Self::ready(pool.clone(), pool).await
    }

    /// Opens a SQLite file, made when absent.
    ///
    /// # Errors
    /// As `open`.
    pub async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        let writer = connect_sqlite(path, 1).await?;
        assert_settings(&writer, path).await?;
        migrate::up(&writer).await?;
        let reader = connect_sqlite(path, SQLITE_READERS).await?;
        assert_settings(&reader, path).await?;
        Self::ready(reader, writer).await
    }

    async fn ready(reader: DatabaseConnection, writer: DatabaseConnection) -> Result<Self, StoreError> {
        let store = Self(Arc::new(Inner {
            reader,
            writer,
            generation: AtomicU64::new(0),
            cache: Cache::default(),
            past: Cache::default(),
            judged: Newest::default(),
            judging: tokio::sync::Mutex::default(),
            loading: tokio::sync::Mutex::default(),
        }));
        store.ping().await?;
        store.generation().await;
        Ok(store)
    }

    pub(super) fn reader(&self) -> &DatabaseConnection {
        &self.0.reader
    }

    pub(super) fn writer(&self) -> &DatabaseConnection {
        &self.0.writer
    }

    pub(super) fn backend(&self) -> DbBackend {
        self.0.reader.get_database_backend()
    }

    pub(super) fn known_generation(&self) -> &AtomicU64 {
        &self.0.generation
    }

    pub(super) fn loading(&self) -> &tokio::sync::Mutex<()> {
        &self.0.loading
    }

    pub(super) fn cache(&self) -> &Cache {
        &self.0.cache
    }

    pub(super) fn newest_judged(&self) -> &Newest {
        &self.0.judged
    }

    pub(super) fn judging(&self) -> &tokio::sync::Mutex<()> {
        &self.0.judging
    }

    pub(super) fn cache_of_past(&self) -> &Cache {
        &self.0.past
    }
}

async fn connect_sqlite(path: &Path, connections: u32) -> Result<DatabaseConnection, StoreError> {
    let file = path.to_owned();
    let mut options = ConnectOptions::new("sqlite://");
    options.sqlx_logging(false).max_connections(connections).map_sqlx_sqlite_opts(move |o| {
        // `filename` takes any path; a path inside a URL would have to be escaped.
        o.filename(&file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            .pragma("cache_size", "-16384")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "memory")
    });
    Database::connect(options).await.map_err(|e| unusable(&path.display().to_string(), &e.to_string()))
}

/// sqlx hands the settings over without looking at the answer; a file system without shared memory refuses WAL silently.
async fn assert_settings(db: &DatabaseConnection, path: &Path) -> Result<(), StoreError> {
    let location = path.display().to_string();
    let row = db.query_one_raw(Sql::new("PRAGMA journal_mode").statement(DbBackend::Sqlite)).await?;
    let mode: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    if mode.as_deref() != Some("wal") {
        return Err(unusable(&location, "its file system does not allow write-ahead logging; use a local disk"));
    }
    for (pragma, wanted) in [("synchronous", 2), ("foreign_keys", 1), ("timeout", 10_000)] {
        let name = if pragma == "timeout" { "busy_timeout" } else { pragma };
        let sql = Sql::new(format!("SELECT {pragma} AS n FROM pragma_{name}"));
        if transaction::number(db, sql).await? != wanted {
            return Err(unusable(&location, &format!("it does not take the setting {name} = {wanted}")));
        }
    }
    Ok(())
}

/// The reason names no password: everything before the host is left out.
fn unusable(location: &str, reason: &str) -> StoreError {
    let shown = match (location.split_once("://"), location.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://{host}"),
        _ => location.to_owned(),
    };
    StoreError::Unusable { location: shown, reason: reason.to_owned() }
}
