//! The page for an address that is none.
//! It must not guess what was meant.
use crate::{PageStatus, api::ApiError, components::problem::Failure};
use leptos::prelude::*;
use shared::api::Problem;

#[component]
pub fn NotFoundPage() -> impl IntoView {
    if let Some(status) = use_context::<PageStatus>() {
        status.set(404);
    }
    let problem = Problem {
        kind: "about:blank".to_owned(),
        title: "No such page".to_owned(),
        status: 404,
        detail: "There is no page at this address. Search for what you need, or start from the catalog.".to_owned(),
        instance: None,
    };
    view! { <Failure error=ApiError::Problem(problem)/> }
}
