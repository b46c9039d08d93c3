//! The command palette and the sheet of keys: search as you type, arrows, Enter.
//! It must not hold anything that a link or form on the page does not also give.
use super::keys;
use crate::api::get;
use leptos::{ev, html, prelude::*, task::spawn_local};
use shared::api::{Page, SearchHit};

/// Where the palette goes before anything is typed.
const PLACES: [(&str, &str); 14] = [
    ("Home", "/"),
    ("Capabilities", "/capabilities"),
    ("Adoption", "/adoption"),
    ("Shadow platforms", "/shadow"),
    ("Code found twice", "/clusters"),
    ("Shadow report", "/reports/shadow"),
    ("Frozen reports", "/reports"),
    ("Catalog", "/catalog"),
    ("Ownership", "/ownership"),
    ("Teams", "/teams"),
    ("Usages", "/usages"),
    ("Dependencies", "/dependencies"),
    ("Findings", "/findings"),
    ("Sources and scans", "/sources"),
];

/// What every key does.
const KEYS: [(&str, &str); 13] = [
    ("Ctrl K", "search everything"),
    ("/", "focus the filter"),
    ("j  k", "next and previous row"),
    ("Enter", "open the row"),
    ("g c", "catalog"),
    ("g a", "adoption"),
    ("g p", "capabilities"),
    ("g o", "ownership"),
    ("g t", "teams"),
    ("g b", "shadow platforms: built twice"),
    ("g r", "shadow report"),
    ("g f", "findings"),
    ("?", "this sheet"),
];

/// What the palette lists now, and which line is chosen.
#[derive(Clone, Copy)]
struct Hits {
    list: RwSignal<Vec<SearchHit>>,
    at: RwSignal<usize>,
    /// Counts what was typed, so that a late answer to an earlier text is dropped.
    asked: StoredValue<u32>,
}

#[island]
pub fn CommandPalette() -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let sheet = NodeRef::<html::Dialog>::new();
    let hits = Hits { list: RwSignal::new(places()), at: RwSignal::new(0), asked: StoredValue::new(0) };
    Effect::new(move |_| keys::listen(dialog, sheet));
    let keydown = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => step(&event, hits, 1),
        "ArrowUp" => step(&event, hits, -1),
        "Enter" => {
            event.prevent_default();
            let hit = hits.list.with_untracked(|list| list.get(hits.at.get_untracked()).map(|hit| hit.page.clone()));
            keys::open(hit.as_deref());
        }
        _ => {}
    };
    let keys_listed = KEYS.map(|(key, what)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> });
    view! {
        <dialog class="palette" node_ref=dialog aria-label="Search everything">
            <input
                type="search" role="combobox" aria-expanded="true" aria-controls="palette-hits" aria-autocomplete="list"
                aria-activedescendant=move || format!("hit-{}", hits.at.get())
                aria-label="Search everything" placeholder="Search or go to…" autocomplete="off"
                on:input=move |event| ask(event_target_value(&event), hits)
                on:keydown=keydown
            />
            <ul id="palette-hits" role="listbox" aria-label="Found">{move || lines(hits)}</ul>
        </dialog>
        <dialog class="palette sheet" node_ref=sheet aria-label="Keys">
            <h2>"Keys"</h2>
            <dl>{keys_listed.into_iter().collect_view()}</dl>
            <form method="dialog"><button class="button">"Close"</button></form>
        </dialog>
    }
}

fn places() -> Vec<SearchHit> {
    let place = |(title, page): (&str, &str)| SearchHit {
        kind: "page".to_owned(),
        id: page.to_owned(),
        title: title.to_owned(),
        description: None,
        page: page.to_owned(),
    };
    PLACES.map(place).into()
}

fn lines(hits: Hits) -> impl IntoView {
    let line = |(i, hit): (usize, SearchHit)| {
        let page = hit.page.clone();
        view! {
            <li
                id=format!("hit-{i}") role="option" aria-selected=move || (hits.at.get() == i).to_string()
                on:click=move |_| keys::open(Some(&page))
            >
                <span class="hit-title">{hit.title}</span>
                <span class="hit-text">{hit.description}</span>
                <span class="chip">{hit.kind}</span>
            </li>
        }
    };
    hits.list.get().into_iter().enumerate().map(line).collect_view()
}

fn step(event: &ev::KeyboardEvent, hits: Hits, by: isize) {
    event.prevent_default();
    let n = hits.list.with_untracked(Vec::len).max(1);
    hits.at.update(|at| *at = at.saturating_add_signed(by).min(n - 1));
}

fn ask(text: String, hits: Hits) {
    hits.asked.update_value(|n| *n += 1);
    let mine = hits.asked.get_value();
    hits.at.set(0);
    if text.trim().is_empty() {
        return hits.list.set(places());
    }
    spawn_local(async move {
        let path = format!("/api/v1/search?limit=12&q={}", keys::encode(&text));
        if let Ok(found) = get::<Page<SearchHit>>(path).await
            && hits.asked.get_value() == mine
        {
            hits.list.set(found.items);
        }
    });
}
