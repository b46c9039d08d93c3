//! The keyboard: the palette, the filter, rows, the sheet of keys, the skip link.
//! It must not use the mouse.
use super::serve;
use tests::{Browser, Look};
use thirtyfour::prelude::*;

/// Set by the islands once they listen; a key pressed before would be lost.
async fn press_until(browser: &Browser, modifier: Option<Key>, key: char, shown: By) -> WebDriverResult<WebElement> {
    for _ in 0..50 {
        browser.press(modifier.clone(), key).await?;
        let query = browser.driver.query(shown.clone()).and_displayed();
        if let Ok(found) =
            query.wait(std::time::Duration::from_millis(300), std::time::Duration::from_millis(30)).first().await
        {
            return Ok(found);
        }
    }
    panic!("{shown} never showed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_opens_searches_and_goes() {
    let (base, _server, _folder) = serve().await;
    Browser::run(async |browser| {
        browser.look(Look::ALL[0]).await?;
        browser.driver.goto(format!("{base}/catalog")).await?;
        let field = press_until(browser, Some(Key::Control), 'k', By::Css("dialog.palette[open] input")).await?;
        field.send_keys("feature fl").await?;
        let hit = By::XPath("//dialog[@open]//li[@aria-selected='true'][contains(., 'Feature flags')]");
        browser.driver.query(hit).first().await?;
        browser.screenshot("palette-wide-light").await?;
        assert_eq!(browser.barriers().await?, Vec::<String>::new());
        field.send_keys(Key::Enter).await?;
        browser.driver.query(By::XPath("//h1[contains(., 'Feature flags')]")).first().await?;
        assert_eq!(browser.complaints().await?, Vec::<String>::new());
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_walk_and_show_their_sheet() {
    let (base, _server, _folder) = serve().await;
    Browser::run(async |browser| {
        browser.look(Look::ALL[0]).await?;
        browser.driver.goto(format!("{base}/catalog?view=table")).await?;
        press_until(browser, None, '?', By::Css("dialog.sheet[open]")).await?;
        browser.press(None, Key::Escape.value()).await?;
        browser.driver.query(By::Css("dialog.sheet[open]")).not_exists().await?;
        browser.press(None, 'j').await?;
        assert_eq!(browser.value("!!document.activeElement.closest('tbody tr')").await?, true);
        browser.press(None, '/').await?;
        assert_eq!(browser.value("document.activeElement.matches('input[type=search]')").await?, true);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_tab_stop_skips_to_the_content() {
    let (base, _server, _folder) = serve().await;
    Browser::run(async |browser| {
        browser.look(Look::ALL[0]).await?;
        browser.driver.goto(format!("{base}/")).await?;
        browser.press(None, Key::Tab.value()).await?;
        assert_eq!(browser.value("document.activeElement.getAttribute('href')").await?, "#main");
        browser.press(None, Key::Enter.value()).await?;
        assert_eq!(browser.value("document.activeElement.id").await?, "main");
        Ok(())
    })
    .await;
}
