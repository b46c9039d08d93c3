//! The pages of owners, copies and the report over an estate in which they have something to say, and the report on paper.
//! It must not test what is judged.
use tests::{Browser, Engine, Look, TestServer, copied::Copied};
use thirtyfour::prelude::*;

/// A server over it: its address, a frozen report's id, and what must stay as long as it is used.
async fn serve() -> (String, Vec<(&'static str, String, &'static str)>, TestServer, Copied) {
    let estate = Copied::new();
    let server = TestServer::with(Engine::Sqlite, &estate.folder).await;
    let made = server.client().post("/api/v1/reports/shadow", &serde_json::json!({})).await.json();
    let report = made["id"].as_str().expect("a frozen report has an id").to_owned();
    let id = async |list: &str| {
        let items = server.items(list).await;
        items[0]["id"].as_str().expect("it has an id").to_owned()
    };
    let (shadow, cluster) = (id("/api/v1/shadow").await, id("/api/v1/clusters").await);
    let pages = vec![
        ("ownership", "/ownership".to_owned(), "declared owners are confirmed"),
        ("ownership-rules", "/ownership?part=path".to_owned(), "Ownership"),
        ("verdict", "/catalog/component/default/shop-api".to_owned(), "Commits that weigh most"),
        ("teams", "/teams".to_owned(), "Payments"),
        ("team", "/teams/default/shop".to_owned(), "What it works on"),
        ("shadow-one", format!("/shadow/{shadow}"), "Ready to retire?"),
        ("cluster", format!("/clusters/{cluster}"), "Copies, oldest first"),
        ("report-frozen", format!("/reports/{report}"), "Frozen on"),
        ("report-live", "/reports/shadow".to_owned(), "Freeze this report"),
        ("report-compared", format!("/reports/compare?from={report}&to=live"), "Two reports compared"),
    ];
    (server.listen().await, pages, server, estate)
}

async fn look_at_all(looks: &[Look]) {
    let (base, pages, _server, _estate) = serve().await;
    let mut wrong = Vec::new();
    Browser::run(async |browser| {
        for look in looks {
            browser.look(*look).await?;
            for (name, path, words) in &pages {
                browser.driver.goto(format!("{base}{path}")).await?;
                browser.screenshot(&format!("{name}-{}", look.name)).await?;
                let text = browser.driver.find(By::Tag("main")).await?.text().await?;
                let mut note = |what: String| wrong.push(format!("{path} {}: {what}", look.name));
                if !text.contains(words) {
                    note(format!("\"{words}\" is not on the page"));
                }
                if text.contains("Ann") || text.contains("Ben") {
                    note("names a person".to_owned());
                }
                browser.complaints().await?.into_iter().for_each(&mut note);
                browser.barriers().await?.into_iter().for_each(&mut note);
                if browser.overflows().await? {
                    note("can be scrolled sideways".to_owned());
                }
            }
        }
        Ok(())
    })
    .await;
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn light() {
    look_at_all(&[Look::ALL[0], Look::ALL[2]]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dark() {
    look_at_all(&[Look::ALL[1], Look::ALL[3]]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_prints_on_two_sheets() {
    let (base, pages, _server, _estate) = serve().await;
    let frozen = &pages.iter().find(|(name, ..)| *name == "report-frozen").expect("it is in the list").1;
    Browser::run(async |browser| {
        browser.driver.goto(format!("{base}{frozen}")).await?;
        let sheets = browser.print("report-frozen").await?;
        assert!((1..=2).contains(&sheets), "{sheets} sheets");
        Ok(())
    })
    .await;
}
