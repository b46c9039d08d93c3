//! The keys of the whole page, and what they do to it.
//! It must not act while somebody types, or with a modifier that the browser uses.
use leptos::{
    ev, html,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};

/// What `j` and `k` walk over; the first link of each takes the focus.
const ROWS: &str = "main tbody tr, main .results .card, main .finding, main .hit";
/// What `/` puts the cursor into: the page's own filter, else the top bar's.
const FILTERS: [&str; 2] = ["[data-filter]", ".find input"];

/// Listens to the keys of the window until the page goes.
pub(super) fn listen(palette: NodeRef<html::Dialog>, sheet: NodeRef<html::Dialog>) {
    let after_g = StoredValue::new(false);
    let handle = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key() == "k" {
            event.prevent_default();
            return show(palette);
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || typing(&event) {
            return;
        }
        let was_g = after_g.get_value();
        after_g.set_value(event.key() == "g");
        match (was_g, event.key().as_str()) {
            (true, key) => go(key),
            (_, "j") => walk(1),
            (_, "k") => walk(-1),
            (_, "?") => show(sheet),
            (_, "/") => {
                event.prevent_default();
                focus(FILTERS.iter().find_map(|filter| document().query_selector(filter).ok().flatten()));
            }
            _ => {}
        }
    });
    on_cleanup(move || handle.remove());
}

/// Opens a page of this site; anything else is not opened.
pub(super) fn open(page: Option<&str>) {
    if let Some(page) = page.filter(|page| page.starts_with('/') && !page.starts_with("//")) {
        // The browser refuses only while it is leaving the page anyway.
        let _ = window().location().set_href(page);
    }
}

/// A text made safe for a query.
pub(super) fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(byte as char),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.extend(['%', HEX[usize::from(byte >> 4)] as char, HEX[usize::from(byte & 15)] as char]);
            }
        }
        out
    })
}

fn show(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
        // An already open dialog is the only reason to refuse.
        let _ = dialog.show_modal();
    }
}

fn go(key: &str) {
    open(match key {
        "h" => Some("/"),
        "a" => Some("/adoption"),
        "b" => Some("/shadow"),
        "r" => Some("/reports/shadow"),
        "p" => Some("/capabilities"),
        "c" => Some("/catalog"),
        "o" => Some("/ownership"),
        "t" => Some("/teams"),
        "d" => Some("/dependencies"),
        "f" => Some("/findings"),
        "s" => Some("/sources"),
        _ => None,
    });
}

fn typing(event: &ev::KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.closest("dialog").ok().flatten().is_some()
    })
}

fn walk(by: i32) {
    let Ok(rows) = document().query_selector_all(ROWS) else { return };
    let links: Vec<Element> =
        (0..rows.length()).filter_map(|i| rows.get(i)?.dyn_into::<Element>().ok()?.query_selector("a").ok()?).collect();
    let active = document().active_element();
    let now = active.and_then(|active| links.iter().position(|link| *link == active));
    let next = match now {
        Some(now) => now.saturating_add_signed(by as isize).min(links.len().saturating_sub(1)),
        None => 0,
    };
    focus(links.get(next).cloned());
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Focus fails on no element that can be found by these selectors.
        let _ = element.focus();
    }
}
