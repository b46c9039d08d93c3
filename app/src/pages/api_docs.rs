//! Every operation of the HTTP API, out of its own description, with a link to try those that only read.
//! It must not describe an operation itself.
use crate::{
    api::get,
    components::{
        badge::Chip,
        load::loading,
        table::{TableRegion, header},
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use serde_json::Value;

/// One operation as the page shows it.
struct Operation {
    method: String,
    path: String,
    summary: String,
    description: String,
    tag: String,
    parameters: Vec<Parameter>,
}

/// One parameter of an operation.
struct Parameter {
    name: String,
    place: String,
    text: String,
    required: bool,
}

#[component]
pub fn ApiDocsPage() -> impl IntoView {
    loading(async move {
        let document = get::<Value>("/api/openapi.json".to_owned()).await?;
        let mut tags: Vec<(String, Vec<Operation>)> = Vec::new();
        for operation in operations(&document) {
            match tags.iter_mut().find(|(tag, _)| *tag == operation.tag) {
                Some((_, list)) => list.push(operation),
                None => tags.push((operation.tag.clone(), vec![operation])),
            }
        }
        let groups = tags.into_iter().map(|(tag, list)| {
            let list = list.into_iter().map(|operation| view! { <Card operation/> }).collect_view();
            view! { <section><div class="section-head"><h2>{tag}</h2></div>{list}</section> }
        });
        Ok(view! {
            <Title text="API · Waymark"/>
            <div class="page-head">
                <h1>"API"</h1>
                <p class="lead">
                    "Everything these pages show comes from here. Lists answer items, total and next; add format=csv or format=ndjson for other forms. "
                    <a href="/api/openapi.json">"OpenAPI description"</a>
                </p>
            </div>
            {groups.collect_view()}
        }
        .into_any())
    })
}

#[component]
fn Card(operation: Operation) -> impl IntoView {
    let try_it = (operation.method == "GET" && !operation.path.contains('{'))
        .then(|| view! { <p><a class="button" href=operation.path.clone()>"Try it"</a></p> });
    let rows = operation.parameters.into_iter().map(|parameter| {
        view! {
            <tr>
                <th scope="row"><code>{parameter.name}</code></th>
                <td>{parameter.place}{parameter.required.then_some(", required")}</td>
                <td>{parameter.text}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let table = (!rows.is_empty()).then(|| {
        let head = (header("Parameter"), header("In"), header("Meaning")).into_any();
        view! { <TableRegion caption=format!("Parameters of {}", operation.path) head>{rows}</TableRegion> }
    });
    view! {
        <details class="operation">
            <summary>
                <span class="method">{operation.method}</span><code>{operation.path}</code><span class="quiet">{operation.summary}</span>
            </summary>
            <div>
                {(!operation.description.is_empty()).then(|| view! { <p>{operation.description}</p> })}
                {table}
                {try_it}
                <p><Chip text=operation.tag/></p>
            </div>
        </details>
    }
}

fn operations(document: &Value) -> Vec<Operation> {
    let Some(paths) = document.get("paths").and_then(Value::as_object) else { return Vec::new() };
    let methods = ["get", "post", "put", "patch", "delete"];
    let of_path = |(path, item): (&String, &Value)| {
        let of_method = |method: &&str| item.get(*method).map(|operation| read(method, path, operation));
        methods.iter().filter_map(of_method).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

fn read(method: &str, path: &str, operation: &Value) -> Operation {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let parameter = |value: &Value| Parameter {
        name: text(value, "name"),
        place: text(value, "in"),
        text: text(value, "description"),
        required: value.get("required").and_then(Value::as_bool).unwrap_or_default(),
    };
    let parameters = operation.get("parameters").and_then(Value::as_array);
    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(operation, "summary"),
        description: text(operation, "description"),
        tag: operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or("API").to_owned(),
        parameters: parameters.map(|list| list.iter().map(parameter).collect()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_read() {
        let document = serde_json::json!({"paths": {
            "/api/v1/entities": {
                "get": {"summary": "List", "tags": ["entities"], "parameters": [{"name": "q", "in": "query"}]},
                "post": {}
            },
        }});
        let found = operations(&document);
        assert_eq!(found.iter().map(|o| o.method.as_str()).collect::<Vec<_>>(), ["GET", "POST"]);
        assert_eq!((found[0].tag.as_str(), found[0].parameters[0].name.as_str()), ("entities", "q"));
        assert_eq!(operations(&Value::Null).len(), 0);
    }
}
