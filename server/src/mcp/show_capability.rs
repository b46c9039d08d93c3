//! The tool `show_capability`: the golden offer, and how to start.
//! It must not name a capability that the catalog does not hold.
use super::{
    list_capabilities::brief,
    quote::{LONG, SHORT, quote, quote_html},
    tool::{Caller, Tool, arguments, schema},
};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::api::{CapabilityDetail, CapabilitySummary, OfferSummary, Page};

pub(super) const TOOL: Tool = Tool {
    name: "show_capability",
    title: "Show a capability",
    description: "Shows one capability: what it is, who owns it, its offers (use the golden one), its packages and \
                  interfaces, and the start document of the owning repository. Answers \"none: do not invent\" with the \
                  nearest names when the catalog has no such capability.",
    schema: schema::<Args>,
    run: |caller, given| Box::pin(async move { run(&caller, arguments(given)?).await }),
};

/// Which capability.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Its name, e.g. `feature-flags`.
    name: String,
}

async fn run(caller: &Caller, args: Args) -> Result<Value, String> {
    let safe = args.name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if safe && !args.name.is_empty() && !args.name.starts_with('.') {
        let path = format!("/api/v1/capabilities/{}", args.name);
        if let Some(detail) = caller.get::<CapabilityDetail>(&path, &[]).await? {
            return Ok(full(&detail));
        }
    }
    let pairs = [("q", args.name.replace(['-', '_'], " ")), ("limit", "5".to_owned())];
    let near: Option<Page<CapabilitySummary>> = caller.get("/api/v1/capabilities", &pairs).await?;
    let near: Vec<_> = near.map(|page| page.items.iter().map(brief).collect()).unwrap_or_default();
    Ok(json!({ "answer": "none: do not invent. The catalog holds no capability of this name", "nearest": near }))
}

fn full(detail: &CapabilityDetail) -> Value {
    let capability = &detail.summary;
    let written = match (&detail.repository, &detail.path) {
        (Some(repository), Some(path)) => format!("{repository}:{path}"),
        _ => "the ruleset".to_owned(),
    };
    let mut offers: Vec<_> = detail.offers.iter().collect();
    offers.sort_by_key(|offer| offer.path);
    let start = detail.start.as_ref().map(|start| {
        json!({ "document": quote_html(&start.html, &format!("{}:{}", start.repository, start.path)), "permalink": start.permalink })
    });
    json!({
        "capability": brief(capability),
        "description": quote(capability.description.as_deref(), &written, LONG),
        "advice": advice(&offers),
        "offers": offers.iter().take(50).map(|offer| self::offer(offer)).collect::<Vec<_>>(),
        "interfaces": detail.interfaces,
        "start": start,
        "page": format!("/capabilities/{}", capability.name),
    })
}

/// What to use, in one sentence of ours.
fn advice(offers: &[&OfferSummary]) -> String {
    match offers.first().filter(|offer| offer.path == shared::OfferPath::Golden) {
        Some(golden) => format!("Use the golden offer \"{}\".", golden.name),
        None => "There is no golden offer. Ask the owner before you choose one, and do not invent one.".to_owned(),
    }
}

fn offer(offer: &OfferSummary) -> Value {
    json!({
        "name": offer.name,
        "path": offer.path,
        "component": offer.component,
        "url": offer.url,
        "used_by_components": offer.components,
        "recognised_by": quote(Some(&offer.detect.join("; ")), "the ruleset", SHORT),
    })
}
