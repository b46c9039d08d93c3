//! The tool `list_capabilities`: what the platform offers, in brief.
//! It must not show offers or evidence; `show_capability` does.
use super::{
    quote::{SHORT, quote},
    tool::{Caller, Tool, arguments, schema},
};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::{
    Area,
    api::{CapabilitySummary, Page},
};

pub(super) const TOOL: Tool = Tool {
    name: "list_capabilities",
    title: "List capabilities",
    description: "Lists what this organisation's platform offers (feature flags, auth, CI, storage …), with how many \
                  components use the golden path, a vendor or something homegrown. Narrow it by area or words.",
    schema: schema::<Args>,
    run: |caller, given| Box::pin(async move { run(&caller, arguments(given)?).await }),
};

/// Which capabilities.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// One of the five kinds of platform.
    area: Option<Area>,
    /// Words in the name, title or description.
    query: Option<String>,
    /// The `next` of an earlier answer.
    cursor: Option<String>,
}

async fn run(caller: &Caller, args: Args) -> Result<Value, String> {
    let mut pairs = vec![("limit", "50".to_owned())];
    pairs.extend(args.area.map(|area| ("area", area.to_string())));
    pairs.extend(args.query.map(|query| ("q", query)));
    pairs.extend(args.cursor.map(|cursor| ("cursor", cursor)));
    let page: Option<Page<CapabilitySummary>> = caller.get("/api/v1/capabilities", &pairs).await?;
    let Some(page) = page.filter(|page| !page.items.is_empty()) else {
        return Ok(
            json!({ "capabilities": [], "answer": "none: the platform offers no such capability; do not invent one" }),
        );
    };
    let items: Vec<_> = page.items.iter().map(brief).collect();
    Ok(json!({ "total": page.total, "capabilities": items, "next": page.next }))
}

/// One capability in one line.
pub(super) fn brief(capability: &CapabilitySummary) -> Value {
    let counts = &capability.counts;
    json!({
        "name": capability.name,
        "title": quote(Some(&capability.title), &capability.name, SHORT),
        "area": capability.area,
        "lifecycle": capability.lifecycle,
        "owner": capability.owner,
        "components": { "golden": counts.golden, "tolerated": counts.tolerated, "vendor": counts.vendor, "homegrown": counts.homegrown },
        "adoption": capability.adoption,
    })
}
