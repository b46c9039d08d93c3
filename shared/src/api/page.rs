//! What every list has in common: the page, its facets, and the problem it answers when it cannot.

/// One page of a list. `total` counts all that match, not only this page; `next` is the opaque cursor of the next page.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    pub total: u64,
    pub next: Option<String>,
}

/// One way to narrow a list, with what each value would leave under the other filters now set.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Facet {
    /// The query parameter, e.g. `language`.
    pub name: String,
    /// The facet as a heading.
    pub title: String,
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct FacetValue {
    pub value: String,
    /// The value as a person reads it; "unknown" for the empty value.
    pub label: String,
    pub count: u64,
    pub selected: bool,
}

/// RFC 9457 problem details, sent as `application/problem+json`.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct Problem {
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// What happened, where, and what to do.
    pub detail: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub instance: Option<String>,
}
