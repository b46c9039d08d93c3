//! What teams built beside a capability: its shadow platforms and possible duplicates.
//! It must not show the section's absence as "none" when it could not be asked.
use crate::{
    api::{ApiError, get},
    components::problem::Unread,
    pages::shadow::table,
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::api::{Page, ShadowItem, ShadowQuery};

/// Rows shown; the rest is one link away.
const ROWS: u32 = 5;

/// The address of the list of those that rival a capability.
fn list(capability: &str) -> PageUrl {
    let query = ShadowQuery { capability: vec![capability.to_owned()], ..Default::default() };
    PageUrl::new("/shadow", query.pairs())
}

/// Asks for the first rows.
pub(super) async fn ask(capability: &str) -> Result<Page<ShadowItem>, ApiError> {
    get::<Page<ShadowItem>>(list(capability).at("/api/v1/shadow", &[]).with("limit", Some(&ROWS.to_string())).href())
        .await
}

#[component]
pub fn Beside(capability: String, found: Result<Page<ShadowItem>, ApiError>) -> impl IntoView {
    let url = list(&capability);
    let (all, body) = match found {
        Ok(page) if page.items.is_empty() => (
            None,
            view! { <p class="quiet">"Nothing homegrown beside it that two or more teams share was found."</p> }
                .into_any(),
        ),
        Ok(page) => {
            let n = words::counted(page.total, "candidate", "candidates");
            (Some(view! { <a href=url.href()>{n}</a> }), table(&url, page.items).into_any())
        }
        Err(error) => (None, view! { <Unread error/> }.into_any()),
    };
    view! {
        <section id="beside" aria-labelledby="beside-head">
            <div class="section-head"><h2 id="beside-head">"Built beside it"</h2>{all}</div>
            {body}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::shadow::samples::items;

    fn html(found: Result<Page<ShadowItem>, ApiError>) -> String {
        Owner::new().with(|| view! { <Beside capability="feature-flags".to_owned() found/> }.to_html())
    }

    #[test]
    fn the_count_opens_the_list_and_a_failure_is_no_none() {
        let page = html(Ok(Page { items: items(), total: 7, next: None }));
        assert!(page.contains("href=\"/shadow?capability=feature-flags\">7 candidates</a>"), "{page}");
        assert!(page.contains("href=\"/shadow?capability=feature-flags&amp;sort=name\""), "{page}");
        assert!(html(Ok(Page { items: vec![], total: 0, next: None })).contains("Nothing homegrown beside it"));
        let failed = html(Err(ApiError::Unavailable("no answer".into())));
        assert!(failed.contains("role=\"alert\"") && !failed.contains("Nothing homegrown"), "{failed}");
    }
}
