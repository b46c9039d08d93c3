//! The day a page is about, when it is not today: a strip that says so, and the field to choose it.
//! It must not check the day; the API says what is wrong with it.
use crate::{time, url::PageUrl};
use leptos::prelude::*;

/// Says which day the page is about, and leads back to now; nothing when it is about now.
#[component]
pub fn AsOf(url: PageUrl) -> impl IntoView {
    let at = url.get("at").filter(|at| !at.is_empty())?.to_owned();
    let day = time::day(&at);
    let now = url.with("at", None).href();
    Some(view! {
        <p class="as-of" role="note">
            <span>"As of "<time datetime=at>{day}</time></span>
            <span class="quiet">"judged by the rules of today"</span>
            <a href=now>"Back to now"</a>
        </p>
    })
}

/// The day as a field of a form that the page's address answers to.
#[component]
pub fn AsOfField(url: PageUrl) -> impl IntoView {
    // The field takes days; of a time of day it shows the day.
    let day: String = url.get("at").unwrap_or_default().chars().take(10).collect();
    view! { <label class="dated"><span>"As of"</span><input class="field" type="date" name="at" value=day/></label> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_another_day_says_so_and_leads_back() {
        let html = |url: &str| Owner::new().with(|| view! { <AsOf url=PageUrl::parse(url)/> }.to_html());
        let past = html("/catalog?q=pay&at=2025-03-01&cursor=x");
        assert!(past.contains("As of <time datetime=\"2025-03-01\">1 March 2025</time>"), "{past}");
        assert!(past.contains("href=\"/catalog?q=pay\""), "{past}");
        assert!(!html("/catalog?at=").contains("As of"));
    }
}
