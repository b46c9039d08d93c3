//! The harness's own promises: repeatable repositories, databases of one's own, answers read to their end.
//! It must not need the server.
use sea_orm::{ConnectionTrait, Database};
use tests::{Client, Engine, Folder};

#[test]
fn the_same_script_gives_the_same_commit() {
    let make = || {
        let folder = Folder::new();
        let repo = folder
            .repo("team/web")
            .file("a/b.txt", "1")
            .commit("One")
            .file("c.txt", "2")
            .remove("a/b.txt")
            .commit("Two");
        (repo.id("HEAD"), repo.id("HEAD^{tree}"), repo.id("HEAD~1"))
    };
    let (first, second) = (make(), make());
    assert_eq!(first, second);
    assert_ne!(first.0, first.2);
}

#[test]
fn clones_are_bare_or_shallow_as_asked() {
    let folder = Folder::new();
    let repo = folder.repo("one").file("a", "1").commit("One").commit("Two");
    assert!(folder.bare_clone("bare", &repo).path().join("HEAD").is_file());
    assert_eq!(folder.shallow_clone("shallow", &repo).id("--is-shallow-repository"), "true");
    assert_eq!(folder.sha256_repo("long").commit("One").id("HEAD").len(), 64);
}

#[tokio::test]
async fn databases_are_fresh() {
    let dir = tempfile::tempdir().unwrap();
    for engine in [Engine::Postgres, Engine::Sqlite] {
        let first = engine.fresh_database(dir.path()).await;
        let db = Database::connect(&first).await.unwrap();
        db.execute_unprepared("CREATE TABLE t (a integer)").await.unwrap();
        if engine == Engine::Postgres {
            let second = Database::connect(engine.fresh_database(dir.path()).await).await.unwrap();
            assert!(second.execute_unprepared("SELECT a FROM t").await.is_err(), "two tests share a database");
        }
    }
}

#[tokio::test]
async fn the_client_reads_answers() {
    let hello = || async { axum::Json(serde_json::json!({"a": [1, 2]})) };
    let client = Client::new(axum::Router::new().route("/hello", axum::routing::get(hello)));
    let reply = client.get("/hello?x=y").await.ok();
    assert_eq!(reply.json()["a"][1], 2);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(client.get("/gone").await.status, 404);
}

#[test]
fn a_story_is_told_by_git() {
    const ANN: tests::Who = ("Ann", "ann@acme.example");
    const BOB: tests::Who = ("Bob", "bob@acme.example");
    let folder = Folder::new();
    let work = tests::Work { who: &[ANN, BOB], days: (20, 10), commits: 4, lines: 3, folder: "src" };
    let story = tests::Story::new("acme/told", 1_790_000_000)
        .work(work)
        .merged_work(tests::Work { commits: 1, ..work }, BOB)
        .moved(5, ANN, "src/", "lib/");
    story.write_to(folder.path());
    let log = |args: &[&str]| {
        let git_dir = folder.path().join("acme/told");
        let out = std::process::Command::new("git").arg("--git-dir").arg(git_dir).args(args).output();
        String::from_utf8(out.expect("git runs").stdout).expect("git prints UTF-8")
    };
    assert_eq!(
        log(&["log", "--first-parent", "--format=%an %s", "main"]),
        "Ann Change\nBob Merge\nBob Change\nAnn Change\nBob Change\nAnn Change\n"
    );
    assert_eq!(log(&["rev-parse", "main"]).trim(), story.tip_id());
    assert_eq!(log(&["ls-tree", "-r", "--name-only", "main"]), "lib/part0.go\nlib/part1.go\nlib/part2.go\n");
    assert_eq!(log(&["show", "main^2:src/part0.go"]).lines().count(), 0, "the tip is no merge");
}
