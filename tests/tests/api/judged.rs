//! What is judged over all repositories, over HTTP: owners, clusters, shadow platforms, reports.
//! It must not test how it is judged; that is tested where it is done.
use serde_json::{Value, json};
use tests::{TestServer, copied::Copied, on_both_engines};

fn has(item: &Value, keys: &[&str]) {
    for key in keys {
        assert!(item.get(key).is_some(), "{key} is not in {item}");
    }
}

async fn scanned(server: &TestServer) -> Copied {
    let estate = Copied::new();
    server.scan(estate.folder.path()).await;
    estate
}

fn of<'a>(items: &'a [Value], key: &str, value: &str) -> &'a Value {
    items.iter().find(|item| item[key] == value).unwrap_or_else(|| panic!("no {key} {value} in {items:?}"))
}

on_both_engines! {
    async fn owners_are_judged_with_their_evidence(server: TestServer) {
        let _estate = scanned(&server).await;
        let items = server.items("/api/v1/ownership").await;
        let shop = of(&items, "entity", "component:default/shop-api");
        has(shop, &["entity", "repository", "path", "declared", "verdict", "score", "observed", "evidence"]);
        assert_eq!((&shop["verdict"], &shop["declared"]), (&json!("stale"), &json!("group:default/pay")));
        assert_eq!(shop["guess"], "group:default/shop");
        assert_eq!(shop["observed"][0]["team"], "group:default/shop");
        assert!(shop["observed"][0]["share"].as_f64().is_some_and(|share| share > 0.5), "{shop}");
        let diff = shop["patch"]["diff"].as_str().unwrap_or_default();
        assert!(diff.contains("-  owner: pay\n+  owner: shop\n"), "{diff}");
        assert_eq!(of(&items, "entity", "component:default/pay-api")["verdict"], "confirmed");
        let text = server.get("/api/v1/ownership?limit=200").await.text();
        assert!(!text.contains("Ann") && !text.contains("Ben") && !text.contains("acme.example>"), "{text}");
        let summary = server.get("/api/v1/ownership/summary").await.json();
        assert_eq!(summary["verdicts"]["stale"], 1);
        let stale = server.items("/api/v1/ownership?verdict=stale").await;
        assert_eq!(stale.len(), 1);
        let csv = server.get("/api/v1/ownership?format=csv").await.text();
        assert_eq!(csv.lines().count(), items.len() + 1, "{csv}");
    }

    async fn teams_show_what_is_theirs(server: TestServer) {
        let _estate = scanned(&server).await;
        let teams = server.items("/api/v1/teams").await;
        let pay = of(&teams, "team", "group:default/pay");
        assert_eq!((&pay["members"], &pay["parent"]), (&json!(1), &json!("group:default/commerce")));
        let shop = server.get("/api/v1/teams/default/shop").await.json();
        assert_eq!(shop["works_on"][0]["entity"], "component:default/shop-api");
        let builds = shop["builds"].as_array().expect("a list");
        assert!(builds.iter().all(|one| one["name"] == "own-flags"), "{builds:?}");
        let missing = server.client().get("/api/v1/teams/default/nobody").await;
        assert_eq!(missing.status.as_u16(), 404);
    }

    async fn equal_code_is_found_with_its_origin(server: TestServer) {
        let _estate = scanned(&server).await;
        let clusters = server.items("/api/v1/clusters").await;
        assert_eq!(clusters.len(), 1, "{clusters:?}");
        let cluster = &clusters[0];
        has(cluster, &["id", "kind", "files", "first", "capability"]);
        has(&cluster["files"][0], &["repository", "path", "blob", "from_line", "to_line"]);
        has(&cluster["first"], &["repository", "commit", "at"]);
        assert_eq!((&cluster["kind"], &cluster["first"]["repository"]), (&json!("region"), &json!("acme/pay-api")));
        assert_eq!((&cluster["capability"], &cluster["n_files"]), (&json!("feature-flags"), &json!(3)));
        assert_eq!(cluster["files"][1]["added_by"], "group:default/shop");
        let one = server.get(&format!("/api/v1/clusters/{}", cluster["id"].as_str().expect("an id"))).await.json();
        assert_eq!(one["id"], cluster["id"]);
        assert!(!server.get("/api/v1/clusters/left-out").await.json().as_array().expect("a list").is_empty());
    }

    async fn shadow_platforms_have_effort_and_readiness(server: TestServer) {
        let _estate = scanned(&server).await;
        let items = server.items("/api/v1/shadow").await;
        let own = of(&items, "name", "own-flags");
        has(own, &["name", "capability", "teams", "consumers", "growth_90d", "author_days", "cost", "confidence"]);
        assert_eq!((&own["capability"], &own["consumers"], &own["kind"]), (&json!("feature-flags"), &json!(3), &json!("offer")));
        // Two commits on the code in each of three repositories, two of which one person made on the same day.
        assert_eq!((&own["author_days"], &own["cost"]), (&json!(5), &Value::Null));
        let detail = server.get(&format!("/api/v1/shadow/{}", own["id"].as_str().expect("an id"))).await.json();
        assert_eq!(detail["readiness"]["successor"], "component:default/flagship");
        assert_eq!(detail["readiness"]["remaining"], 3);
        let days: u64 = detail["ledger"].as_array().expect("a list").iter().filter_map(|row| row["author_days"].as_u64()).sum();
        assert_eq!(days, 5);
    }

    async fn a_new_copy_raises_an_alarm(server: TestServer) {
        let estate = scanned(&server).await;
        let alarms = "/api/v1/findings?rule=shadow-new-copy&rule=shadow-new-user";
        assert_eq!(server.items(alarms).await.len(), 0, "nothing is new in what is seen first");
        estate.another();
        server.scan(estate.folder.path()).await;
        let found = server.items(alarms).await;
        assert!(!found.is_empty());
        assert!(found.iter().all(|finding| finding["repository"] == "acme/cart-api"), "{found:?}");
        let message = found[0]["message"].as_str().unwrap_or_default();
        assert!(message.contains("docs/quickstart.md"), "{message}");
    }

    async fn a_frozen_report_stays_as_it_was(server: TestServer) {
        let estate = scanned(&server).await;
        let live = server.get("/api/v1/reports/shadow").await.json();
        assert!(live["body"]["headline"].as_str().is_some_and(|text| text.contains("1 homegrown platform")), "{live}");
        let made = server.client().post("/api/v1/reports/shadow", &json!({})).await;
        assert_eq!(made.status.as_u16(), 201, "{}", made.text());
        let id = made.json()["id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/reports/{id}");
        let before = server.get(&path).await.json();
        estate.another();
        server.scan(estate.folder.path()).await;
        assert_eq!(server.get(&path).await.json(), before);
        let now = server.get("/api/v1/reports/shadow").await.json();
        assert_ne!(now["digest"], before["digest"]);
        let compared = server.get(&format!("/api/v1/reports/compare?from={id}&to=live")).await.json();
        assert!(!compared["changes"].as_array().expect("a list").is_empty());
        for (format, begins) in [("md", "# "), ("html", "<!"), ("pdf", "%PDF"), ("csv", "")] {
            let body = server.get(&format!("{path}?format={format}")).await;
            assert!(body.body.starts_with(begins.as_bytes()), "{format}");
        }
    }
}
