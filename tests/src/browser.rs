//! A real Chromium that looks at pages as a person would: sizes, themes, keys, screenshots, a clean console.
//! It must not know any page.
use crate::driver::Driver;
use base64::Engine as _;
use serde_json::{Value, json};
use std::path::PathBuf;
use thirtyfour::prelude::*;

/// How a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// For names of screenshots.
    pub name: &'static str,
    /// Width and height of the viewport, CSS pixels.
    pub size: (u32, u32),
    pub dark: bool,
}

impl Look {
    /// The two sizes in the two themes.
    pub const ALL: [Self; 4] = [
        Self { name: "wide-light", size: (1280, 800), dark: false },
        Self { name: "wide-dark", size: (1280, 800), dark: true },
        Self { name: "narrow-light", size: (390, 844), dark: false },
        Self { name: "narrow-dark", size: (390, 844), dark: true },
    ];
}

/// What of a page's scripts may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// Everything.
    All,
    /// The WASM module is refused, as some organisations do.
    NoWasm,
    /// No script at all.
    None,
}

/// One browser window.
pub struct Browser {
    pub driver: WebDriver,
    _process: Driver,
}

impl Browser {
    /// Opens a browser, runs the check and closes it again, also when the check fails.
    ///
    /// # Panics
    /// With the check's own panic or error.
    pub async fn run<F>(check: F)
    where
        F: AsyncFnOnce(&Self) -> WebDriverResult<()>,
    {
        let process = Driver::start();
        let browser = Self { driver: process.open().await, _process: process };
        let outcome = check(&browser).await;
        let closed = browser.driver.clone().quit().await;
        outcome.expect("the page answers the browser");
        closed.expect("the browser closes");
    }

    /// Sets the viewport and the theme for the pages that follow.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn look(&self, look: Look) -> WebDriverResult<()> {
        let (width, height) = look.size;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        let scheme = if look.dark { "dark" } else { "light" };
        let features = json!({"features": [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Says what may run on the pages that follow.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn scripts(&self, scripts: Scripts) -> WebDriverResult<()> {
        let patterns = match scripts {
            Scripts::NoWasm => json!([{"urlPattern": "*://*:*/*.wasm", "block": true}]),
            Scripts::All | Scripts::None => json!([]),
        };
        let cdp = self.driver.cdp();
        cdp.send_raw("Network.enable", ()).await?;
        cdp.send_raw("Network.setBlockedURLs", json!({"urlPatterns": patterns})).await?;
        let off = json!({"value": scripts == Scripts::None});
        cdp.send_raw("Emulation.setScriptExecutionDisabled", off).await?;
        Ok(())
    }

    /// What the console and the network layer have complained of since the last call.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn complaints(&self) -> WebDriverResult<Vec<String>> {
        let log = self.driver.browser_log().await?;
        let loud = log.into_iter().filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"));
        Ok(loud.map(|entry| format!("{}: {}", entry.level, entry.message)).collect())
    }

    /// Saves a picture of the whole page as `target/screenshots/NAME.png`.
    ///
    /// # Errors
    /// When the browser refuses.
    ///
    /// # Panics
    /// When the file cannot be written.
    pub async fn screenshot(&self, name: &str) -> WebDriverResult<()> {
        let how = json!({"format": "png", "captureBeyondViewport": true});
        let answer = self.driver.cdp().send_raw("Page.captureScreenshot", how).await?;
        let png = base64::engine::general_purpose::STANDARD.decode(answer["data"].as_str().unwrap_or_default());
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/screenshots"));
        std::fs::create_dir_all(&folder).expect("the folder of screenshots can be made");
        std::fs::write(folder.join(format!("{name}.png")), png.expect("a picture comes as base64"))
            .expect("a screenshot can be written");
        Ok(())
    }

    /// Prints the page as `target/screenshots/NAME.pdf`, on sheets of the size that its style asks for; tells how many.
    ///
    /// # Errors
    /// When the browser refuses.
    ///
    /// # Panics
    /// When the file cannot be written.
    pub async fn print(&self, name: &str) -> WebDriverResult<usize> {
        let how = json!({"preferCSSPageSize": true, "printBackground": false});
        let answer = self.driver.cdp().send_raw("Page.printToPDF", how).await?;
        let pdf = base64::engine::general_purpose::STANDARD.decode(answer["data"].as_str().unwrap_or_default());
        let pdf = pdf.expect("a document comes as base64");
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/screenshots"));
        std::fs::create_dir_all(&folder).expect("the folder of screenshots can be made");
        std::fs::write(folder.join(format!("{name}.pdf")), &pdf).expect("a document can be written");
        // The tree of pages says how many there are; Chromium writes it in plain text.
        let text = String::from_utf8_lossy(&pdf);
        Ok(text.matches("/Type /Page").count() - text.matches("/Type /Pages").count())
    }

    /// The value of a JavaScript expression.
    ///
    /// # Errors
    /// When it throws.
    pub async fn value(&self, expression: &str) -> WebDriverResult<Value> {
        Ok(self.driver.execute(format!("return {expression};"), vec![]).await?.json().clone())
    }

    /// Whether the page can be scrolled sideways, which none should be.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn overflows(&self) -> WebDriverResult<bool> {
        let wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
        Ok(self.value(wider).await? == Value::Bool(true))
    }

    /// Presses keys as a person at the page would, wherever the focus is.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn press(&self, modifier: Option<Key>, key: char) -> WebDriverResult<()> {
        let chain = self.driver.action_chain();
        let chain = match &modifier {
            Some(held) => chain.key_down(held.clone()),
            None => chain,
        };
        let chain = chain.key_down(key).key_up(key);
        match modifier {
            Some(held) => chain.key_up(held).perform().await,
            None => chain.perform().await,
        }
    }
}
