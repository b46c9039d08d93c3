//! Opening, settings, and the way up, down and up again.
//! It must not test what a query gives.
use crate::store::{Store, StoreError, migrate, sql::Sql, testing::with_postgres, transaction};
use sea_orm::ConnectionTrait;

async fn tables(store: &Store) -> Vec<String> {
    let sql = match store.backend() {
        sea_orm::DbBackend::Postgres => {
            "SELECT CAST(relname AS text) AS value FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')"
        }
        _ => "SELECT name AS value FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
    };
    let rows = transaction::rows(store.writer(), Sql::new(sql)).await.unwrap();
    let mut out: Vec<String> = rows.iter().map(|row| row.try_get("", "value").unwrap()).collect();
    out.retain(|name| !name.starts_with("seaql_migrations"));
    out.sort();
    out
}

async fn goes_up_and_down(store: Store) {
    let up = tables(&store).await;
    assert!(up.iter().any(|t| t == "entity") && up.len() > 20, "{up:?}");
    migrate::down(store.writer()).await.unwrap();
    assert_eq!(tables(&store).await, Vec::<String>::new());
    migrate::up(store.writer()).await.unwrap();
    assert_eq!(tables(&store).await, up);
}

async fn refuses_a_newer_database(store: Store, reopen: impl AsyncFn() -> Result<Store, StoreError>) {
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000001_future', 0)";
    store.writer().execute_unprepared(newer).await.unwrap();
    let refused = reopen().await.unwrap_err();
    assert!(matches!(&refused, StoreError::NewerDatabase { found } if found == "m29990101_000001_future"), "{refused}");
}

#[tokio::test]
async fn sqlite_goes_up_down_and_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("catalog.db");
    goes_up_and_down(Store::open_sqlite(&file).await.unwrap()).await;
    let store = Store::open(&format!("sqlite://{}", file.display())).await.unwrap();
    refuses_a_newer_database(store, async || Store::open_sqlite(&file).await).await;
}

#[tokio::test]
async fn postgres_goes_up_down_and_up_again() {
    with_postgres(async |url| {
        goes_up_and_down(Store::open(&url).await.unwrap()).await;
        let store = Store::open(&url).await.unwrap();
        refuses_a_newer_database(store, async || Store::open(&url).await).await;
    })
    .await;
}

#[tokio::test]
async fn many_open_an_empty_postgres_at_once() {
    with_postgres(async |url| {
        let opened = futures::future::join_all((0..6).map(|_| Store::open(&url))).await;
        assert!(opened.iter().all(Result::is_ok), "{opened:?}");
    })
    .await;
}

#[tokio::test]
async fn an_unusable_address_says_why_and_hides_the_password() {
    let error = Store::open("mysql://root:secret@host/db").await.unwrap_err().to_string();
    assert!(error.contains("postgres://") && !error.contains("secret"), "{error}");
    let error = Store::open("postgres://u:secret@127.0.0.1:1/db").await.unwrap_err().to_string();
    assert!(error.contains("127.0.0.1") && !error.contains("secret"), "{error}");
    let folder = tempfile::tempdir().unwrap();
    let error = Store::open_sqlite(&folder.path().join("absent/catalog.db")).await.unwrap_err();
    assert!(matches!(error, StoreError::Unusable { .. }), "{error}");
}
