//! The browser harness's own promises, on pages that are known to be good or bad.
//! It must not need the server.
use axum::{Router, response::Html, routing::get};
use serde_json::json;
use tests::{Browser, Look, browser::Scripts};
use thirtyfour::prelude::*;

const GOOD: &str = "<!DOCTYPE html><html lang=en><title>Good</title><meta name=viewport content='width=device-width'><link rel=icon href='data:,'>
<style>:root{color-scheme:light dark}</style><main><h1>Good</h1><p id=out>server</p></main>
<script>document.getElementById('out').textContent='script';
addEventListener('keydown',e=>{if(e.ctrlKey&&e.key==='k'){e.preventDefault();document.getElementById('out').textContent='palette'}});
</script></html>";
const BAD: &str = "<!DOCTYPE html><html><link rel=icon href='data:,'><main><img src='/gone.png'>
<div style='width:2000px'>x</div></main><script>console.error('broken')</script></html>";

async fn serve() -> String {
    let router = Router::new().route("/good", get(|| async { Html(GOOD) })).route("/bad", get(|| async { Html(BAD) }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_page_passes() {
    let base = serve().await;
    Browser::run(async |browser| {
        for look in Look::ALL {
            browser.look(look).await?;
            browser.driver.goto(format!("{base}/good")).await?;
            assert_eq!(browser.value("[innerWidth, innerHeight]").await?, json!([look.size.0, look.size.1]));
            assert_eq!(browser.value("matchMedia('(prefers-color-scheme: dark)').matches").await?, json!(look.dark));
            assert!(!browser.overflows().await?);
        }
        assert_eq!(browser.complaints().await?, Vec::<String>::new());
        assert_eq!(browser.barriers().await?, Vec::<String>::new());
        assert_eq!(browser.driver.find(By::Id("out")).await?.text().await?, "script");
        browser.press(Some(Key::Control), 'k').await?;
        assert_eq!(browser.driver.find(By::Id("out")).await?.text().await?, "palette");
        browser.screenshot("harness-good").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_page_is_caught() {
    let base = serve().await;
    Browser::run(async |browser| {
        browser.look(Look::ALL[2]).await?;
        browser.driver.goto(format!("{base}/bad")).await?;
        let complaints = browser.complaints().await?.join("\n");
        assert!(complaints.contains("broken") && complaints.contains("gone.png"), "{complaints}");
        let barriers = browser.barriers().await?.join("\n");
        assert!(barriers.contains("image-alt") && barriers.contains("html-has-lang"), "{barriers}");
        assert!(browser.overflows().await?);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_can_be_taken_away() {
    let base = serve().await;
    Browser::run(async |browser| {
        browser.scripts(Scripts::None).await?;
        browser.driver.goto(format!("{base}/good")).await?;
        assert_eq!(browser.driver.find(By::Id("out")).await?.text().await?, "server");
        browser.scripts(Scripts::NoWasm).await?;
        browser.driver.goto(format!("{base}/good")).await?;
        assert_eq!(browser.driver.find(By::Id("out")).await?.text().await?, "script");
        let fetched = browser.driver.execute_async(
            "const done = arguments[0]; Promise.all(['/app_bg.wasm', '/app.js'].map(u => fetch(u).then(() => true, () => false))).then(done);",
            vec![],
        );
        assert_eq!(*fetched.await?.json(), json!([false, true]));
        Ok(())
    })
    .await;
}
