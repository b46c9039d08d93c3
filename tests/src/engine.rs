//! The two databases that every API test runs on.
//! It must not know what is stored.
use sea_orm::{ConnectionTrait, Database};
use std::{
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

/// A database engine that Waymark runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The URL of a database that holds nothing yet and that no other test uses.
    ///
    /// # Panics
    /// When `TEST_POSTGRES_URL` is not set, or the server it names refuses.
    pub async fn fresh_database(self, dir: &Path) -> String {
        match self {
            Self::Sqlite => format!("sqlite://{}?mode=rwc", dir.join("waymark.db").display()),
            Self::Postgres => fresh_postgres(&crate::from_xtask("TEST_POSTGRES_URL")).await,
        }
    }
}

/// The databases stay: the server they are in lives for one test run.
async fn fresh_postgres(url: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = Database::connect(url).await.expect("TEST_POSTGRES_URL names a running PostgreSQL");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("the test user may create databases");
    admin.close().await.expect("the connection is idle");
    let (server, _) = url.rsplit_once('/').expect("a PostgreSQL URL ends in /DATABASE");
    format!("{server}/{name}")
}

/// Writes one test per engine for each function: `name::sqlite` and `name::postgres`.
///
/// ```text
/// on_both_engines! {
///     async fn lists_nothing_at_first(server: TestServer) { … }
/// }
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($(async fn $name:ident($server:ident: TestServer) $body:block)+) => {
        $(mod $name {
            use super::*;

            async fn check($server: $crate::TestServer) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                check($crate::TestServer::start($crate::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                check($crate::TestServer::start($crate::Engine::Postgres).await).await;
            }
        })+
    };
}
