//! A running scan, live: k of n, what is being read, errors, time left.
//! It must not keep numbers of its own; every one comes from the server's events.
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, closure::Closure},
};
use shared::{ScanStatus, api::ScanEvent};
use web_sys::{EventSource, MessageEvent};

/// Starts from what the server knew, then follows the events; when the scan ends, the page is read again.
#[island]
pub fn ScanProgress(start: ScanEvent) -> impl IntoView {
    let id = start.scan;
    let event = RwSignal::new(start);
    Effect::new(move |_| follow(id, event));
    let done = move || event.with(|e| e.done + e.past);
    let most = move || event.with(|e| (2 * e.repositories).max(1));
    let past = move || {
        event.with(|e| {
            (e.done == e.repositories && e.past > 0).then(|| format!("history of {} of {}", e.past, e.repositories))
        })
    };
    view! {
        <div class="progress">
            <progress max=most value=done aria-label="Repositories read"></progress>
            <p class="progress-line">
                <b>{move || event.with(|e| format!("{} of {}", e.done, e.repositories))}</b>
                <span>{past}</span>
                <span>{move || event.with(|e| e.current.as_ref().map(|name| format!("reading {name}")))}</span>
                <span>{move || event.with(|e| format!("{} failed", e.failed))}</span>
                <span>{move || event.with(|e| format!("{} errors", e.errors))}</span>
                <span>{move || event.with(|e| e.seconds_left.map(|s| format!("about {s} s left")))}</span>
            </p>
        </div>
    }
}

fn follow(id: i64, signal: RwSignal<ScanEvent>) {
    let Ok(source) = EventSource::new(&format!("/api/v1/scans/{id}/events")) else { return };
    let of_source = source.clone();
    let on_event = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let Some(event) = message.data().as_string().and_then(|text| serde_json::from_str::<ScanEvent>(&text).ok())
        else {
            return;
        };
        if matches!(event.status, ScanStatus::Done | ScanStatus::Failed) {
            of_source.close();
            // The browser refuses only while it is leaving the page anyway.
            let _ = window().location().reload();
        }
        signal.set(event);
    });
    // Without the listener the page stays as the server rendered it.
    let _ = source.add_event_listener_with_callback("progress", on_event.as_ref().unchecked_ref());
    on_event.forget();
}
