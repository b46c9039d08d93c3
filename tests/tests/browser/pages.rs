//! Every page in two sizes and two themes: it says what it should, the console is clean, nobody is shut out.
//! It must not test keys or scripts.
use super::{PAGES, serve};
use tests::{Browser, Look};
use thirtyfour::prelude::*;

async fn look_at_all(look: Look) {
    let (base, _server, _folder) = serve().await;
    let mut wrong = Vec::new();
    Browser::run(async |browser| {
        browser.look(look).await?;
        for (name, path, words) in PAGES {
            browser.driver.goto(format!("{base}{path}")).await?;
            browser.screenshot(&format!("{name}-{}", look.name)).await?;
            let text = browser.driver.find(By::Tag("main")).await?.text().await?;
            let mut note = |what: String| wrong.push(format!("{path}: {what}"));
            if !text.contains(words) {
                note(format!("\"{words}\" is not on the page"));
            }
            browser.complaints().await?.into_iter().for_each(&mut note);
            browser.barriers().await?.into_iter().for_each(&mut note);
            if browser.overflows().await? {
                note("can be scrolled sideways".to_owned());
            }
        }
        Ok(())
    })
    .await;
    assert!(wrong.is_empty(), "{}: {} faults\n{}", look.name, wrong.len(), wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn wide_light() {
    look_at_all(Look::ALL[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wide_dark() {
    look_at_all(Look::ALL[1]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn narrow_light() {
    look_at_all(Look::ALL[2]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn narrow_dark() {
    look_at_all(Look::ALL[3]).await;
}
