//! The past over HTTP: since when each usage, the catalog as of a time, series, moves, and what a number is made of.
//! It must not test how histories are judged; that is tested where it is done.
use serde_json::{Value, json};
use tests::{Folder, TestServer, estate, on_both_engines};

const BEFORE: &str = "2026-01-01T00:30:00Z";

/// The small estate, in which checkout then moves from a vendor to the golden path, an hour after its first commit.
async fn moved(server: &TestServer) -> (Folder, String, String) {
    let folder = estate::small();
    let vendor = folder.existing("shop/checkout").id("HEAD");
    let path = folder.path().join("shop/checkout/package.json");
    let golden = r#"{"name": "checkout", "dependencies": {"@acme/flags": "^2.1.0"}}"#;
    std::fs::write(path, golden).expect("the fixture can be written");
    let golden = folder.existing("shop/checkout").commit("Move to the golden path").id("HEAD");
    server.scan(folder.path()).await;
    (folder, vendor, golden)
}

async fn checkout(server: &TestServer, at: &str) -> Value {
    let path = format!("/api/v1/usages?capability=feature-flags&repository=shop/checkout{at}");
    let mut items = server.items(&path).await;
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0)
}

on_both_engines! {
    async fn usages_say_since_when_and_until_when(server: TestServer) {
        let (_folder, vendor, golden) = moved(&server).await;
        let now = checkout(&server, "").await;
        assert_eq!((&now["offer"], &now["state"]), (&json!("flagship"), &json!("golden")));
        assert_eq!((&now["from"]["commit"], &now["from"]["at"]), (&json!(golden), &json!("2026-01-01T01:00:00Z")));
        assert_eq!(now["to"], Value::Null);
        let then = checkout(&server, &format!("&at={BEFORE}")).await;
        assert_eq!((&then["offer"], &then["path"]), (&json!("launchdarkly"), &json!("vendor")));
        assert_eq!((&then["from"]["commit"], &then["to"]["commit"]), (&json!(vendor), &json!(golden)));
        assert_eq!(then["state"], "off_path");
    }

    async fn lists_and_counts_are_those_of_the_time(server: TestServer) {
        let (_folder, ..) = moved(&server).await;
        let golden = async |at: &str| {
            let name = format!("/api/v1/capabilities?q=flags{at}");
            let summary = server.items(&name).await.into_iter().find(|one| one["name"] == "feature-flags");
            let listed = format!("/api/v1/entities?kind=component&capability=feature-flags&path=golden&limit=1{at}");
            let listed = server.get(&listed).await.json();
            (summary.expect("feature flags are a capability")["counts"]["golden"].clone(), listed["total"].clone())
        };
        assert_eq!(golden("").await, (json!(2), json!(2)));
        assert_eq!(golden(&format!("&at={BEFORE}")).await, (json!(1), json!(1)));
        assert_eq!(golden("&at=2020-01-01").await, (json!(0), json!(0)));
    }

    async fn a_history_has_a_point_for_each_period(server: TestServer) {
        let (_folder, ..) = moved(&server).await;
        let path = "/api/v1/capabilities/feature-flags/history?interval=month&scope=repository";
        let history = server.get(path).await.json();
        let points = history["points"].as_array().expect("points");
        assert_eq!(points[0]["at"], "2026-01-31T23:59:59Z");
        for key in ["eligible", "golden", "tolerated", "vendor", "homegrown", "migrating"] {
            assert!(points.iter().all(|point| point[key].is_u64()), "{key}: {history}");
        }
        assert_eq!((&points[0]["golden"], &points[0]["homegrown"]), (&json!(2), &json!(1)));
        let by_day = server.get("/api/v1/capabilities/feature-flags/history?interval=day&to=2026-01-02").await.json();
        assert_eq!(by_day["points"].as_array().map(Vec::len), Some(2), "{by_day}");
        assert_eq!(server.client().get("/api/v1/capabilities/none/history").await.status.as_u16(), 404);
        let refused = server.client().get("/api/v1/capabilities/feature-flags/history?interval=week").await;
        assert_eq!(refused.status.as_u16(), 400);
        assert!(refused.text().contains("expected day, month or quarter"), "{}", refused.text());
    }

    async fn moves_tell_what_replaced_what(server: TestServer) {
        let (_folder, vendor, golden) = moved(&server).await;
        let moves = server.items("/api/v1/capabilities/feature-flags/moves?repository=shop/checkout&sort=from").await;
        let told: Vec<Value> = moves
            .iter()
            .map(|one| json!([one["offer"], one["from"]["commit"], one["to"]["commit"], one["ended"], one["replaced_by"]]))
            .collect();
        assert_eq!(
            told,
            [
                json!(["launchdarkly", vendor, golden, "left", ["flagship"]]),
                json!(["flagship", golden, null, "open", []]),
            ]
        );
        let csv = server.get("/api/v1/capabilities/feature-flags/moves?format=csv&ended=left").await.text();
        assert_eq!(csv.lines().count(), 2, "{csv}");
    }

    async fn a_number_says_what_it_is_made_of(server: TestServer) {
        let (_folder, ..) = moved(&server).await;
        let item = server.items("/api/v1/adoption?q=flags").await.remove(0);
        let explained = server.get("/api/v1/explain?metric=adoption&capability=feature-flags").await.json();
        assert_eq!(explained["numerator"], item["golden_eligible"]);
        assert_eq!(explained["denominator"], item["counts"]["eligible"]);
        let n = |key: &str| explained[key].as_array().map(Vec::len).unwrap_or_default() as u64;
        assert_eq!(Some(n("numerator_members")), explained["numerator"].as_u64());
        assert_eq!(Some(n("denominator_members")), explained["denominator"].as_u64());
        assert!(explained["rules_version"].as_str().is_some_and(|hash| !hash.is_empty()), "{explained}");
        assert!(n("commits") > 0 && n("reproduce") > 0, "{explained}");
        let unknown = server.client().get("/api/v1/explain?metric=luck").await;
        assert_eq!(unknown.status.as_u16(), 400);
    }

    async fn many_who_ask_first_are_all_answered(server: TestServer) {
        let (_folder, ..) = moved(&server).await;
        let pages = (0..16).map(|n| {
            let path = if n % 2 == 0 { "/adoption" } else { "/capabilities/feature-flags" };
            server.client().get(path)
        });
        for page in futures::future::join_all(pages).await {
            assert_eq!(page.status.as_u16(), 200, "{}", page.text());
        }
    }

    async fn nothing_is_read_twice_and_a_rewrite_is_noticed(server: TestServer) {
        let (folder, _, golden) = moved(&server).await;
        // Days of what is still open count up to the last scan.
        let stays = async || {
            let moves = server.items("/api/v1/capabilities/feature-flags/moves?sort=component").await;
            let told = moves.iter().map(|one| json!([one["component"], one["offer"], one["from"], one["to"], one["ended"]]));
            told.collect::<Vec<Value>>()
        };
        let before = stays().await;
        assert_eq!(server.scan(folder.path()).await.unchanged, 5);
        assert_eq!(stays().await, before);
        let repo = folder.existing("shop/checkout").run(&["reset", "--quiet", "--hard", "HEAD~1"]);
        let _repo = repo.file("README.md", "# Checkout, again").commit("Take another way");
        server.scan(folder.path()).await;
        assert_eq!(checkout(&server, "").await["offer"], "launchdarkly");
        let findings = server.items("/api/v1/findings?rule=history-rewritten").await;
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0]["message"].as_str().is_some_and(|text| text.contains(&golden[..8])), "{findings:?}");
    }
}
