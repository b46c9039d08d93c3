//! The fields that scripts rely on: usages with evidence, dependencies, findings, counts of a scan.
//! It must not test how lists are filtered; that is in `lists`.
use serde_json::{Value, json};
use tests::{estate, on_both_engines};

on_both_engines! {
    async fn usages_carry_their_evidence(server: TestServer) {
        let folder = estate::small();
        server.scan(folder.path()).await;
        let mut usages = server.items("/api/v1/usages?capability=feature-flags").await;
        usages.sort_by_key(|usage| usage["component"].to_string());
        let told: Vec<Value> = usages
            .iter()
            .map(|usage| json!([usage["component"], usage["repository"], usage["offer"], usage["path"], usage["state"]]))
            .collect();
        assert_eq!(
            told,
            [
                json!(["component:default/checkout", "shop/checkout", "launchdarkly", "vendor", "off_path"]),
                json!(["component:default/ledger", "bank/ledger", "own-flags", "homegrown", "off_path"]),
                json!(["component:default/web", "shop/web", "flagship", "golden", "golden"]),
            ]
        );
        let evidence = &usages[0]["evidence"][0];
        assert_eq!(evidence["path"], "package.json");
        assert_eq!(evidence["rung"], 2);
        assert_eq!(evidence["line"], 1);
        for id in ["blob", "commit"] {
            assert_eq!(evidence[id].as_str().map(str::len), Some(40), "{evidence}");
        }
        assert!(evidence["rule"].as_str().is_some_and(|rule| rule.contains("launchdarkly")), "{evidence}");
    }

    async fn dependencies_have_a_place(server: TestServer) {
        let folder = estate::small();
        server.scan(folder.path()).await;
        let items = server.items("/api/v1/dependencies?repository=shop/web").await;
        let react = items.iter().find(|item| item["name"] == "react").expect("react is a dependency");
        assert_eq!(react["ecosystem"], "npm");
        assert_eq!(react["requirement"], "^19.0.0");
        assert_eq!(react["version"], Value::Null);
        assert_eq!(react["kind"], "declared");
        assert_eq!((&react["path"], &react["line"]), (&json!("package.json"), &json!(1)));
    }

    async fn a_broken_file_is_a_finding_and_nothing_else_is_lost(server: TestServer) {
        let folder = estate::small();
        let scan = server.scan(folder.path()).await;
        assert_eq!((scan.repositories, scan.failed), (5, 0));
        let findings = server.items("/api/v1/findings?repository=labs/broken").await;
        let finding = findings.iter().find(|finding| finding["path"] == "catalog-info.yaml").expect("a finding");
        assert_eq!(finding["severity"], "error");
        assert!(finding["line"].is_u64() && finding["rule"].is_string() && finding["message"].is_string(), "{finding}");
        let components = server.items("/api/v1/entities?kind=component").await;
        assert!(components.len() >= 4, "{components:?}");
    }

    async fn a_rescan_changes_nothing(server: TestServer) {
        let folder = estate::small();
        server.scan(folder.path()).await;
        let paths = ["/api/v1/usages?limit=200", "/api/v1/entities?limit=200", "/api/v1/findings?limit=200"];
        let mut before = Vec::new();
        for path in paths {
            before.push(server.items(path).await);
        }
        server.scan(folder.path()).await;
        for (path, before) in paths.into_iter().zip(before) {
            assert_eq!(server.items(path).await, before, "{path}");
        }
    }

    async fn a_new_commit_replaces_what_was_there(server: TestServer) {
        let folder = estate::small();
        server.scan(folder.path()).await;
        let moved = r#"{"name": "checkout", "dependencies": {"@acme/flags": "^2.1.0"}}"#;
        let path = folder.path().join("shop/checkout");
        std::fs::write(path.join("package.json"), moved).expect("the fixture can be written");
        let _repo = folder.existing("shop/checkout").commit("Move to the golden path");
        server.scan(folder.path()).await;
        let usages = server.items("/api/v1/usages?capability=feature-flags&component=component:default/checkout").await;
        let offers: Vec<&Value> = usages.iter().map(|usage| &usage["offer"]).collect();
        assert_eq!(offers, [&json!("flagship")]);
    }
}
