//! The tool `show_entity`: one component, API, team or other entity.
//! It must not show the README in full: it quotes its beginning.
use super::{
    quote::{LONG, SHORT, quote, quote_html},
    tool::{Caller, Tool, arguments, schema},
};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::api::{EntityDetail, Standing};

pub(super) const TOOL: Tool = Tool {
    name: "show_entity",
    title: "Show an entity",
    description: "Shows one entity (component, api, system, group …): what it is, who owns it, where its code is, which \
                  capabilities it uses and how, and its relations. Takes a reference such as component:default/billing.",
    schema: schema::<Args>,
    run: |caller, given| Box::pin(async move { run(&caller, arguments(given)?).await }),
};

/// Which entity.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// The reference, `kind:namespace/name`; the namespace is `default` unless told.
    #[serde(rename = "ref")]
    entity: String,
}

async fn run(caller: &Caller, args: Args) -> Result<Value, String> {
    let found: Option<EntityDetail> = caller.get("/api/v1/entities/by-ref", &[("ref", args.entity)]).await?;
    Ok(match found {
        Some(detail) => full(&detail),
        None => {
            json!({ "answer": "none: do not invent. The catalog holds no entity of this reference; search_catalog finds by words" })
        }
    })
}

fn full(detail: &EntityDetail) -> Value {
    let entity = &detail.summary;
    let source = entity.repository.as_ref().map_or_else(|| "catalog".to_owned(), ToString::to_string);
    let relations = detail.relations.iter().take(50);
    let relations = relations.map(|r| json!({ "from": r.from, "type": r.kind, "to": r.to, "origin": r.origin }));
    json!({
        "ref": entity.entity,
        "title": quote(entity.title.as_deref(), &source, SHORT),
        "description": quote(entity.description.as_deref(), &source, LONG),
        "type": quote(entity.subtype.as_deref(), &source, SHORT),
        "lifecycle": quote(entity.lifecycle.as_deref(), &source, SHORT),
        "owner": entity.owner,
        "owner_exists": entity.owner_exists,
        "system": entity.system,
        "origin": entity.origin,
        "repository": entity.repository,
        "path": entity.path,
        "language": entity.language,
        "commit": detail.commit,
        "web_url": detail.web_url,
        "capabilities": detail.standings.iter().take(50).map(standing).collect::<Vec<_>>(),
        "relations": relations.collect::<Vec<_>>(),
        "dependencies": detail.dependencies,
        "dependents": detail.dependents,
        "readme": detail.readme_html.as_deref().map(|html| quote_html(html, &source)),
        "page": entity.entity.page(),
    })
}

fn standing(standing: &Standing) -> Value {
    let offers = standing.offers.iter().map(|offer| json!({ "offer": offer.offer, "path": offer.path }));
    json!({ "capability": standing.capability, "state": standing.state, "offers": offers.collect::<Vec<_>>() })
}
