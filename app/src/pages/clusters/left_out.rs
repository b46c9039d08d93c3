//! What was dropped before code was compared, so that nobody takes silence for absence.
//! It must not hide a reason that it does not know.
use crate::{
    components::table::{TableRegion, header, header_number},
    words,
};
use leptos::prelude::*;
use shared::api::LeftOut;

/// The reasons in words.
const REASONS: [(&str, &str); 12] = [
    ("vendored", "copied in from outside the organisation"),
    ("generated", "written by a tool"),
    ("fixture", "data of tests"),
    ("licence", "licence texts"),
    ("policy", "policies and codes of conduct"),
    ("ci_template", "CI files and templates"),
    ("lock", "lock files"),
    ("minified", "minified bundles"),
    ("data", "data, not code"),
    ("too_large", "too large to compare"),
    ("too_short", "too short to mean anything"),
    ("common", "so common that equal code means nothing"),
];

#[component]
pub fn NotCompared(left_out: Option<Vec<LeftOut>>) -> impl IntoView {
    let Some(left_out) = left_out else {
        return view! { <p class="quiet small known">"What was left out before code was compared could not be read."</p> }.into_any();
    };
    if left_out.is_empty() {
        return ().into_any();
    }
    let files = left_out.iter().map(|row| row.files).sum::<u64>();
    let rows = left_out.into_iter().map(|row| {
        let words = REASONS.iter().find(|(key, _)| *key == row.reason).map(|(_, words)| (*words).to_owned());
        let words = words.unwrap_or_else(|| row.reason.replace('_', " "));
        view! {
            <tr>
                <th scope="row">{words}</th>
                <td class="number">{words::grouped(row.files)}</td>
                <td>{row.example.map(|example| view! { <code class="place">{example}</code> })}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head = (header("Reason"), header_number("Files"), header("For example"));
    view! {
        <details class="more known">
            <summary>{format!("What was not compared: {}", words::counted(files, "file", "files"))}</summary>
            <TableRegion caption="Files left out before code was compared" head=head.into_any()>{rows}</TableRegion>
        </details>
    }
    .into_any()
}
