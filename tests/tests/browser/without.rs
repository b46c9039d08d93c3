//! Every page without WASM, and without any script: it reads the same, and its forms work.
//! It must not test what only scripts can do.
use super::{PAGES, serve};
use tests::{Browser, Look, browser::Scripts};
use thirtyfour::prelude::*;

async fn read_all(scripts: Scripts) {
    let (base, _server, _folder) = serve().await;
    Browser::run(async |browser| {
        browser.look(Look::ALL[0]).await?;
        browser.scripts(scripts).await?;
        for (_, path, words) in PAGES {
            browser.driver.goto(format!("{base}{path}")).await?;
            let text = browser.driver.find(By::Tag("main")).await?.text().await?;
            assert!(text.contains(words), "{path} without scripts does not say \"{words}\":\n{text}");
        }
        browser.driver.goto(format!("{base}/")).await?;
        let field = browser.driver.find(By::Css(".ask input[name=q]")).await?;
        field.send_keys("flags").await?;
        field.send_keys(Key::Enter).await?;
        let hit = browser.driver.query(By::LinkText("Feature flags")).first().await?;
        hit.click().await?;
        let title = browser.driver.query(By::XPath("//h1[contains(., 'Feature flags')]")).first().await?;
        assert!(title.is_displayed().await?);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wasm() {
    read_all(Scripts::NoWasm).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts() {
    read_all(Scripts::None).await;
}
