//! The ways to narrow a list, with what each would leave; a value that would leave nothing cannot be chosen.
//! It must not count anything itself.
use crate::{url::PageUrl, words};
use leptos::prelude::*;
use shared::api::{Facet, FacetValue};

/// Values shown before the rest folds.
const SHOWN: usize = 8;

/// All facets of a list beside it; on a narrow screen they fold.
#[component]
pub fn Facets(url: PageUrl, facets: Vec<Facet>) -> impl IntoView {
    let n = facets.iter().flat_map(|f| &f.values).filter(|v| v.selected).count();
    let label = if n == 0 { "Filters".to_owned() } else { format!("Filters ({n} set)") };
    view! {
        <nav class="facets" aria-label="Filters">
            <details class="fold">
                <summary>{label}</summary>
                <FacetGroups url facets/>
            </details>
        </nav>
    }
}

/// The facets without a frame, each under its heading.
#[component]
pub fn FacetGroups(url: PageUrl, facets: Vec<Facet>) -> impl IntoView {
    facets.into_iter().filter(|f| !f.values.is_empty()).map(|f| group(&url, f)).collect_view()
}

fn group(url: &PageUrl, facet: Facet) -> impl IntoView + use<> {
    let name = facet.name;
    let (mut shown, mut rest) = (Vec::new(), Vec::new());
    for (i, value) in facet.values.into_iter().enumerate() {
        if i < SHOWN || value.selected { shown.push(value) } else { rest.push(value) }
    }
    let items = |values: Vec<FacetValue>| values.into_iter().map(|v| choice(url, &name, v)).collect_view();
    let n = rest.len();
    let more = (n > 0).then(|| {
        view! { <details class="more"><summary>{format!("{n} more")}</summary><ul>{items(rest)}</ul></details> }
    });
    view! {
        <section>
            <h2>{facet.title}</h2>
            <ul>{items(shown)}</ul>
            {more}
        </section>
    }
}

fn choice(url: &PageUrl, name: &str, value: FacetValue) -> impl IntoView + use<> {
    let count = view! { <span class="n">{words::grouped(value.count)}</span> };
    let label = view! { <span class="label">{value.label}</span> };
    let body = if value.count == 0 && !value.selected {
        view! { <span class="choice off" aria-disabled="true">{label}{count}</span> }.into_any()
    } else {
        let href = url.toggled(name, &value.value).href();
        let current = value.selected.then_some("true");
        view! { <a class="choice" href=href aria-current=current>{label}{count}</a> }.into_any()
    };
    view! { <li>{body}</li> }
}

/// The filters now set, each with its way off.
#[component]
pub fn ActiveFilters(url: PageUrl, facets: Vec<Facet>, extra: Vec<&'static str>) -> impl IntoView {
    let mut chips = Vec::new();
    for facet in &facets {
        for value in facet.values.iter().filter(|v| v.selected) {
            let text = format!("{}: {}", facet.title, value.label);
            chips.push((text, url.toggled(&facet.name, &value.value).href()));
        }
    }
    for (key, value) in &url.pairs {
        let known = facets.iter().any(|f| f.name == *key && f.values.iter().any(|v| v.selected && v.value == *value));
        if !known && (extra.contains(&key.as_str()) || key == "q") && !value.is_empty() {
            chips.push((format!("{}: {value}", key.replace('_', " ")), url.toggled(key, value).href()));
        }
    }
    let clear = (chips.len() > 1).then(|| view! { <li><a class="clear" href=url.path>"Clear all"</a></li> });
    let items = chips.into_iter().map(|(text, href)| {
        view! { <li><a class="filter" href=href title="Remove this filter">{text}<span aria-hidden="true">"×"</span><span class="sr">" (remove)"</span></a></li> }
    });
    view! { <ul class="filters" aria-label="Filters set">{items.collect_view()}{clear}</ul> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facet() -> Facet {
        let value =
            |value: &str, count, selected| FacetValue { value: value.into(), label: value.into(), count, selected };
        Facet {
            name: "kind".into(),
            title: "Kind".into(),
            values: vec![value("api", 4, true), value("group", 0, false)],
        }
    }

    #[test]
    fn a_value_that_leaves_nothing_cannot_be_chosen() {
        let url = PageUrl::parse("/catalog?q=pay&kind=api");
        let html = Owner::new().with(|| view! { <Facets url facets=vec![facet()]/> }.to_html());
        assert!(html.contains("href=\"/catalog?q=pay\""), "{html}");
        assert!(html.contains("aria-disabled=\"true\""), "{html}");
        assert!(!html.contains("kind=group"), "{html}");
    }

    #[test]
    fn hostile_filters_are_text() {
        let url = PageUrl::parse("/catalog?q=%3Cscript%3Ealert(1)%3C/script%3E");
        let html = Owner::new().with(|| view! { <ActiveFilters url facets=vec![facet()] extra=vec![]/> }.to_html());
        assert!(html.contains("q: &lt;script&gt;") && !html.contains("<script"), "{html}");
    }
}
