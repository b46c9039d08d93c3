//! What every table has: a region of its own to scroll in, a caption, headers that sort by a link.
//! It must not know what is in the rows.
use crate::url::PageUrl;
use leptos::prelude::*;

/// A table in a region that scrolls by itself on a narrow screen.
#[component]
pub fn TableRegion(#[prop(into)] caption: String, head: AnyView, children: Children) -> impl IntoView {
    let label = caption.clone();
    view! {
        <div class="region" role="region" aria-label=label tabindex="0">
            <table>
                <caption class="sr">{caption}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// A plain header.
pub fn header(label: &'static str) -> AnyView {
    view! { <th scope="col">{label}</th> }.into_any()
}

/// A header of numbers.
pub fn header_number(label: &'static str) -> AnyView {
    view! { <th scope="col" class="number">{label}</th> }.into_any()
}

/// A header that sorts: first ascending, then descending. `default` is the list's own order.
pub fn sortable(url: &PageUrl, key: &'static str, label: &'static str, default: &str) -> AnyView {
    let now = url.get("sort").unwrap_or(default);
    let (aria, arrow, next) = match now.strip_prefix('-').unwrap_or(now) == key {
        true if now.starts_with('-') => ("descending", "↓", key.to_owned()),
        true => ("ascending", "↑", format!("-{key}")),
        false => ("none", "", key.to_owned()),
    };
    let href = url.with("sort", Some(&next)).href();
    view! {
        <th scope="col" aria-sort=aria>
            <a class="sort" href=href>{label}<span aria-hidden="true">{arrow}</span></a>
        </th>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_keeps_the_query() {
        let url = PageUrl::parse("/catalog?q=pay&kind=component&sort=name&cursor=x");
        let html = Owner::new().with(|| sortable(&url, "name", "Name", "name").to_html());
        assert!(html.contains("href=\"/catalog?q=pay&amp;kind=component&amp;sort=-name\""), "{html}");
        assert!(html.contains("aria-sort=\"ascending\""), "{html}");
    }
}
