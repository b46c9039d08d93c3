//! What a person sees, in a real Chromium.
//! It must not reach behind the pages.

mod harness;
mod judged;
mod keys;
mod pages;
mod without;

use tests::{Engine, Folder, TestServer, estate};

/// Every page over the small estate: a name for its screenshots, its address, and words that must be on it.
const PAGES: [(&str, &str, &str); 25] = [
    ("home", "/", "What do you need?"),
    ("search", "/search?q=flags", "Feature flags"),
    ("capabilities", "/capabilities", "Feature flags"),
    ("capability", "/capabilities/feature-flags", "flagship"),
    ("moves", "/capabilities/feature-flags/moves", "launchdarkly"),
    ("adoption", "/adoption", "Feature flags"),
    ("adoption-teams", "/adoption/teams", "Feature flags"),
    ("owners", "/ownership", "Ownership"),
    ("groups", "/teams", "Teams"),
    ("shadow", "/shadow", "Shadow platforms"),
    ("clusters", "/clusters", "Code found twice"),
    ("report", "/reports/shadow", "Shadow report"),
    ("reports", "/reports", "No report is frozen yet"),
    ("compared", "/reports/compare", "Two reports compared"),
    ("explain", "/explain?metric=adoption&capability=feature-flags", "Formula"),
    ("catalog", "/catalog", "checkout"),
    ("catalog-then", "/catalog?at=2030-01-01", "As of"),
    ("catalog-table", "/catalog?view=table", "checkout"),
    ("entity", "/catalog/component/default/web", "web"),
    ("usages", "/usages?capability=feature-flags", "launchdarkly"),
    ("dependencies", "/dependencies", "react"),
    ("findings", "/findings", "catalog-info.yaml"),
    ("sources", "/sources", "shop/web"),
    ("scan", "/scans/1", "5"),
    ("api", "/docs/api", "/api/v1/usages"),
];

/// A server over the small estate: its address, and what must stay as long as it is used.
async fn serve() -> (String, TestServer, Folder) {
    let folder = estate::small();
    let server = TestServer::with(Engine::Sqlite, &folder).await;
    (server.listen().await, server, folder)
}
