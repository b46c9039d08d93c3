//! Judges a page's accessibility by axe-core, put into the page from npm's copy.
//! It must not leave a rule out: an exception would be named here, with its reason.
use crate::Browser;
use serde_json::Value;
use thirtyfour::prelude::*;

/// Runs in the page; its last argument takes the answer.
const RUN: &str = "const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] })
  .then(result => done(result.violations), error => done([{ id: 'axe-failed', impact: 'critical', help: String(error), nodes: [] }]));";

impl Browser {
    /// What axe-core calls critical or serious on the open page: rule, sentence and up to three places each.
    ///
    /// # Errors
    /// When the browser refuses.
    ///
    /// # Panics
    /// When `AXE_CORE` names no readable file.
    pub async fn barriers(&self) -> WebDriverResult<Vec<String>> {
        let path = crate::from_xtask("AXE_CORE");
        let axe = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        self.driver.execute(axe, vec![]).await?;
        let violations = self.driver.execute_async(RUN, vec![]).await?.json().clone();
        let violations = violations.as_array().cloned().unwrap_or_default();
        Ok(violations.iter().filter(|violation| grave(violation)).map(describe).collect())
    }
}

fn grave(violation: &Value) -> bool {
    matches!(violation["impact"].as_str(), Some("critical" | "serious"))
}

fn describe(violation: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
    let places: Vec<String> = nodes
        .iter()
        .take(3)
        .map(|node| format!("{} [{}]", text(&node["html"]), text(&node["any"][0]["message"])))
        .collect();
    format!("{} ({}): {}: {}", text(&violation["id"]), nodes.len(), text(&violation["help"]), places.join(" | "))
}
