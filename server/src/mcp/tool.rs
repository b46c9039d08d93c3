//! What a tool is, and how it asks the API.
//! It must not know any single tool.
use crate::api::Local;
use axum::http::HeaderMap;
use futures::future::BoxFuture;
use rmcp::{
    handler::server::tool::schema_for_type,
    model::{JsonObject, Tool as Described, ToolAnnotations},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::api::Problem;
use std::sync::Arc;

/// One tool. All of them only read.
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    /// When to use it and what it answers, for the agent.
    pub(super) description: &'static str,
    /// The JSON schema of its arguments.
    pub(super) schema: fn() -> Arc<JsonObject>,
    /// The answer, or what is wrong and what to do.
    pub(super) run: fn(Caller, JsonObject) -> BoxFuture<'static, Result<Value, String>>,
}

impl Tool {
    /// The tool as the protocol lists it.
    pub(super) fn describe(&self) -> Described {
        let mut reads = ToolAnnotations::default();
        reads.read_only_hint = Some(true);
        reads.open_world_hint = Some(false);
        Described::new(self.name, self.description, (self.schema)()).with_title(self.title).with_annotations(reads)
    }
}

/// The schema of an argument type.
pub(super) fn schema<T: schemars::JsonSchema + 'static>() -> Arc<JsonObject> {
    schema_for_type::<T>()
}

/// Reads the arguments, or says which is wrong.
pub(super) fn arguments<T: DeserializeOwned>(given: JsonObject) -> Result<T, String> {
    serde_json::from_value(Value::Object(given))
        .map_err(|error| format!("The arguments are not as the schema says: {error}."))
}

/// The API, asked on behalf of the agent's user.
pub(super) struct Caller {
    pub(super) api: Local,
    pub(super) headers: HeaderMap,
}

impl Caller {
    /// What the API answers at `path` with `pairs` as its query; `None` when there is no such thing.
    ///
    /// # Errors
    /// The API's own words when it refuses.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        pairs: &[(&str, String)],
    ) -> Result<Option<T>, String> {
        let query = serde_html_form::to_string(pairs).map_err(|error| error.to_string())?;
        let answer = self.api.get(&format!("{path}?{query}"), &self.headers).await;
        match answer.status {
            200 => serde_json::from_slice(&answer.body).map(Some).map_err(|error| {
                tracing::error!(%error, path, "the API answered in an unexpected shape");
                "The catalog's answer could not be read; its log says why.".to_owned()
            }),
            404 => Ok(None),
            status => Err(serde_json::from_slice::<Problem>(&answer.body)
                .map_or_else(|_| format!("The catalog answered with status {status}."), |problem| problem.detail)),
        }
    }
}
