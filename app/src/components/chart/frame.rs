//! What stands around every chart: heading, answer in words, drawing, the same numbers as a table.
//! It must not know what is drawn.
use super::ChartWords;
use leptos::prelude::*;

/// A figure with its caption; the table folds and is the way of the keyboard and of those who cannot see the drawing.
#[component]
pub fn ChartFrame(
    words: ChartWords,
    #[prop(optional_no_strip)] table: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let why = words.why.map(|href| view! { <a class="chart-why" href=href>"Why this number?"</a> });
    let table = table.map(|table| view! { <details class="more"><summary>"As a table"</summary>{table}</details> });
    view! {
        <figure class="chart">
            <figcaption>
                <h3>{words.title}</h3>
                <p>{words.sentence}" "{why}</p>
            </figcaption>
            {children()}
            {table}
        </figure>
    }
}

/// A chart without anything to draw, which says why.
pub(super) fn nothing(words: ChartWords, why: impl Into<String>) -> AnyView {
    let why = why.into();
    view! { <ChartFrame words><p class="quiet small">{why}</p></ChartFrame> }.into_any()
}

/// A number that opens the list it counts; without an address only the number.
pub(super) fn linked(href: String, number: String) -> AnyView {
    if href.is_empty() { number.into_any() } else { view! { <a href=href>{number}</a> }.into_any() }
}
