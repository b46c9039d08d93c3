//! The tools as an agent sees them, over HTTP and a small stored catalog.
//! It must not call a tool but through the protocol.
use crate::api::{
    self, Local,
    testing::{Reply, Stored, send},
};
use axum::{Router, body::Body, http::Request};
use serde_json::{Value, json};

fn tools(stored: &Stored) -> Router {
    super::router(Local::new(api::router(stored.state.clone())), &stored.state.hosts)
}

fn request(method: &str, params: Value) -> axum::http::request::Builder {
    let _ = (method, params);
    Request::post("/mcp")
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("host", "localhost:7878")
}

async fn ask(app: &Router, method: &str, params: Value) -> Reply {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
    send(app, request(method, params).body(Body::from(body)).unwrap()).await
}

/// The answer of a tool: its text, read as JSON.
async fn call(app: &Router, tool: &str, arguments: Value) -> Value {
    let reply = ask(app, "tools/call", json!({ "name": tool, "arguments": arguments })).await;
    let answer = reply.json();
    assert_eq!(answer["result"]["isError"], false, "{answer}");
    let text = answer["result"]["content"][0]["text"].as_str().unwrap();
    assert!(text.len() <= super::MAX_ANSWER);
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn every_tool_is_listed_with_words_and_a_schema() {
    let stored = Stored::new().await;
    let app = tools(&stored);
    let listed = ask(&app, "tools/list", json!({})).await.json();
    let tools = listed["result"]["tools"].as_array().unwrap();
    let names: Vec<_> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, super::TOOLS.iter().map(|tool| tool.name).collect::<Vec<_>>());
    for tool in tools {
        assert!(tool["description"].as_str().unwrap().len() > 60, "{tool}");
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(tool["inputSchema"]["type"], "object", "{tool}");
    }
}

#[tokio::test]
async fn an_agent_finds_the_golden_offer_in_two_calls() {
    let stored = Stored::new().await;
    let app = tools(&stored);
    let hits = call(&app, "search_catalog", json!({ "query": "flag" })).await;
    assert!(hits["hits"].as_array().unwrap().iter().any(|hit| hit["kind"] == "capability"), "{hits}");
    let shown = call(&app, "show_capability", json!({ "name": "feature-flags" })).await;
    assert_eq!(shown["advice"], "Use the golden offer \"flagship\".");
    let start = &shown["start"]["document"];
    assert!(start["quoted"].as_str().unwrap().contains("Add the package @acme/flags."), "{shown}");
    assert_eq!(start["from"], "acme/billing:docs/start.md");
    let listed = call(&app, "list_capabilities", json!({ "area": "developer-platform" })).await;
    assert_eq!(listed["capabilities"][0]["components"]["golden"], 1, "{listed}");
}

#[tokio::test]
async fn nothing_found_is_said_and_not_invented() {
    let stored = Stored::new().await;
    let app = tools(&stored);
    for (tool, arguments) in [
        ("show_capability", json!({ "name": "teleport" })),
        ("show_capability", json!({ "name": "../entities" })),
        ("show_entity", json!({ "ref": "component:default/nobody" })),
        ("search_catalog", json!({ "query": "zzzzzz" })),
        ("list_capabilities", json!({ "query": "zzzzzz" })),
    ] {
        let answer = call(&app, tool, arguments).await;
        assert!(answer["answer"].as_str().unwrap().starts_with("none"), "{tool}: {answer}");
    }
}

#[tokio::test]
async fn repository_text_is_quoted_with_its_source() {
    let stored = Stored::new().await;
    let app = tools(&stored);
    let shown = call(&app, "show_entity", json!({ "ref": "component:billing" })).await;
    assert_eq!(shown["description"], json!({ "quoted": "=1+1 sends invoices", "from": "acme/billing" }));
    assert!(shown["readme"]["quoted"].as_str().unwrap().contains("Sends invoices."), "{shown}");
    assert_eq!(shown["owner"], "group:default/payments");
}

#[tokio::test]
async fn mistakes_and_foreign_pages_are_refused() {
    let stored = Stored::new().await;
    let app = tools(&stored);
    let unknown = ask(&app, "tools/call", json!({ "name": "drop_catalog", "arguments": {} })).await.json();
    assert!(unknown["error"]["message"].as_str().unwrap().contains("search_catalog"), "{unknown}");
    let wrong = ask(&app, "tools/call", json!({ "name": "show_entity", "arguments": { "name": "x" } })).await.json();
    assert_eq!(wrong["result"]["isError"], true, "{wrong}");
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {} }).to_string();
    let foreign = request("tools/list", json!({})).header("origin", "https://evil.example");
    let foreign = send(&app, foreign.body(Body::from(body)).unwrap()).await;
    assert_eq!(foreign.status.as_u16(), 403, "{}", foreign.text);
}
