//! The switch between the system's theme, light and dark. Without it the page follows the system.
//! It must not be shown before it works.
use leptos::prelude::*;

/// Where the choice is kept; the shell reads it before the first paint.
pub const KEY: &str = "waymark-theme";

#[island]
pub fn ThemeSwitch() -> impl IntoView {
    let theme = RwSignal::new(None::<&'static str>);
    Effect::new(move |first: Option<()>| {
        if first.is_none() {
            theme.set(Some(chosen()));
        }
    });
    let press = move |_| {
        let next = match theme.get_untracked() {
            Some("light") => "dark",
            Some("dark") => "auto",
            _ => "light",
        };
        choose(next);
        theme.set(Some(next));
    };
    let say = move || format!("Theme: {}", theme.get().unwrap_or("auto"));
    view! {
        <button class="theme" type="button" hidden=move || theme.get().is_none() aria-label=say title=say on:click=press>
            <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11Zm0 0v11M8 5h4.500M8 8h5.400M8 11h4.500"/>
            </svg>
        </button>
    }
}

fn chosen() -> &'static str {
    let kept = storage().and_then(|kept| kept.get_item(KEY).ok().flatten());
    match kept.as_deref() {
        Some("light") => "light",
        Some("dark") => "dark",
        _ => "auto",
    }
}

/// A browser that keeps nothing still changes this page.
fn choose(theme: &str) {
    if let Some(kept) = storage() {
        let _ = kept.set_item(KEY, theme);
    }
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
