//! The tool `search_catalog`: anything in the catalog by words.
//! It must not show a hit in full; the tools of the nouns do.
use super::{
    quote::{SHORT, quote},
    tool::{Caller, Tool, arguments, schema},
};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::api::{Page, SearchHit};

pub(super) const TOOL: Tool = Tool {
    name: "search_catalog",
    title: "Search the catalog",
    description: "Finds capabilities, components, APIs, teams, repositories and packages of this organisation by words \
                  or parts of words, best first. Use it first when you do not know the exact name. Then show_capability \
                  or show_entity for one hit.",
    schema: schema::<Args>,
    run: |caller, given| Box::pin(async move { run(&caller, arguments(given)?).await }),
};

/// What to look for.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The words, e.g. `feature flags`.
    query: String,
    /// Hits at most: 10 unless told, 50 at most.
    #[schemars(range(min = 1, max = 50))]
    limit: Option<u32>,
}

async fn run(caller: &Caller, args: Args) -> Result<Value, String> {
    let limit = args.limit.unwrap_or(10).clamp(1, 50);
    let pairs = [("q", args.query), ("limit", limit.to_string())];
    let page: Option<Page<SearchHit>> = caller.get("/api/v1/search", &pairs).await?;
    let hits = page.map(|page| page.items).unwrap_or_default();
    if hits.is_empty() {
        return Ok(json!({ "hits": [], "answer": "none: nothing in the catalog matches; do not invent it" }));
    }
    Ok(json!({ "hits": hits.iter().map(hit).collect::<Vec<_>>() }))
}

fn hit(hit: &SearchHit) -> Value {
    json!({
        "kind": hit.kind,
        "id": quote(Some(&hit.id), "catalog", SHORT)["quoted"],
        "title": quote(Some(&hit.title), &hit.id, SHORT),
        "description": quote(hit.description.as_deref(), &hit.id, SHORT),
        "page": hit.page,
    })
}
