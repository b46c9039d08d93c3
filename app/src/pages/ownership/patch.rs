//! What a reader can take away from a verdict: the git command that shows the same, and the change that makes it true.
//! It must not run or apply anything.
use crate::{components::link::Place, time};
use leptos::prelude::*;
use shared::{
    OwnedPart,
    api::{OwnerPatch, OwnershipItem},
};

/// How far back the command looks: after two years work weighs a sixteenth of what it did.
const YEARS: u32 = 2;

/// The command that lists the commits behind a verdict.
#[component]
pub fn Reproduce(item: OwnershipItem) -> impl IntoView {
    let command = command(&item);
    view! {
        <details class="more">
            <summary>"See it yourself with git"</summary>
            <pre class="sample" tabindex="0"><code>{command}</code></pre>
            <p class="small quiet">"It lists bots and mass changes too, which the verdict leaves out; what is older weighs little."</p>
        </details>
    }
}

/// A change as text to select; nothing when there is none.
#[component]
pub fn PatchText(patch: Option<OwnerPatch>) -> impl IntoView {
    patch.map(|patch| {
        view! {
            <details class="more">
                <summary>"The change that would make it true"</summary>
                <p class="small">
                    "To "<Place path=Some(patch.path) line=None permalink=None/>": save it as "<code>"owner.patch"</code>
                    " in the repository and apply with "<code>"git apply owner.patch"</code>"."
                </p>
                <pre class="sample" tabindex="0"><code>{patch.diff}</code></pre>
            </details>
        }
    })
}

fn command(item: &OwnershipItem) -> String {
    let since = time::years_before(&item.judged_at, YEARS).map(|day| format!(" --since={day}")).unwrap_or_default();
    let paths = match item.part {
        OwnedPart::Component if item.path.is_empty() => vec![".".to_owned()],
        OwnedPart::Component => vec![quoted(&format!(":(literal){}", item.path))],
        OwnedPart::Path => globs(&item.path).iter().map(|glob| quoted(glob)).collect(),
    };
    format!("git log --first-parent{since} --numstat -- {}", paths.join(" "))
}

/// Where git finds the files of a CODEOWNERS pattern. Files that a later rule takes are among them.
fn globs(pattern: &str) -> Vec<String> {
    let anchored = pattern.trim_end_matches('/').contains('/');
    let inner = pattern.trim_start_matches('/');
    let base = if anchored { inner.to_owned() } else { format!("**/{inner}") };
    match base.strip_suffix('/') {
        Some(folder) => vec![format!(":(glob){folder}/**")],
        None if base.ends_with("/*") || base.ends_with("**") => vec![format!(":(glob){base}")],
        None => vec![format!(":(glob){base}"), format!(":(glob){base}/**")],
    }
}

/// One word of a command line; plain words stay as they are.
fn quoted(text: &str) -> String {
    let text =
        text.strip_prefix(":(literal)").filter(|rest| !rest.contains(['*', '?', '[', '\\', ':'])).unwrap_or(text);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '@' | '+');
    if text.chars().all(plain) && !text.starts_with('-') {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::ownership::tests::item;

    fn of(part: OwnedPart, path: &str) -> String {
        command(&OwnershipItem { part, path: path.into(), ..item("pay") })
    }

    #[test]
    fn the_command_is_of_the_files_and_safe_to_paste() {
        let shown = "git log --first-parent --since=2024-11-21 --numstat -- ";
        assert_eq!(of(OwnedPart::Component, ""), format!("{shown}."));
        assert_eq!(of(OwnedPart::Component, "services/pay"), format!("{shown}services/pay"));
        assert_eq!(of(OwnedPart::Component, "a b'; rm -rf ~"), format!("{shown}'a b'\\''; rm -rf ~'"));
        assert_eq!(of(OwnedPart::Component, "app/[id]"), format!("{shown}':(literal)app/[id]'"));
    }

    #[test]
    fn a_rule_covers_what_code_owners_means() {
        assert_eq!(globs("/pay/"), [":(glob)pay/**"]);
        assert_eq!(globs("docs/"), [":(glob)**/docs/**"]);
        assert_eq!(globs("*.rs"), [":(glob)**/*.rs", ":(glob)**/*.rs/**"]);
        assert_eq!(globs("/apps/*"), [":(glob)apps/*"]);
    }
}
