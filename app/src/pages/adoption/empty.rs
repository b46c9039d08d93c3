//! What the adoption page says when there is nothing to show, and how much of the past it rests on.
//! It must not say that something is zero when it is unknown.
use crate::{components::ago::Ago, time, words};
use leptos::prelude::*;
use shared::api::AdoptionSummary;

/// The least that makes a golden path.
const EXAMPLE: &str = "apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: feature-flags, title: Feature flags}
spec:
  area: developer-platform
  eligible: {types: [service]}
  offers:
    - name: our-flags
      path: golden
      detect: {packages: [\"npm:@acme/flags\"]}";

/// No capability has an offer that its owner calls golden.
pub(super) fn no_golden_path() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>"No golden path yet"</h2>
            <p>
                "Adoption is the share of those who could use a golden path and do. No capability says yet which of its offers is "
                "golden. Write a file like this into any scanned repository and scan again; "<code>"docs/capabilities.md"</code>
                " describes every key."
            </p>
            <pre class="sample" tabindex="0"><code>{EXAMPLE}</code></pre>
            <p class="row"><a class="button" href="/capabilities?used=true">"Capabilities in use"</a><a href="/sources">"Scan again"</a></p>
        </div>
    }
}

/// How far back the numbers go, and what is missing from them.
pub(super) fn what_is_known(summary: &AdoptionSummary) -> impl IntoView + use<> {
    let Some(since) = summary.since.clone() else {
        return view! {
            <p class="notice" role="note">
                "The history of the repositories has not been read yet: shares are those of the last scan, and what changed is unknown. "
                <a href="/sources">"Scan again to read it"</a>
            </p>
        }
        .into_any();
    };
    let repositories = words::counted(summary.repositories, "repository", "repositories");
    let missing = (summary.incomplete > 0).then(|| {
        let have = if summary.incomplete == 1 { "has a history that is" } else { "have histories that are" };
        view! { " "<a href="/findings">{words::grouped(summary.incomplete)}</a>{format!(" of them {have} cut off or have gaps.")} }
    });
    let rules: String = summary.rules_version.chars().take(12).collect();
    view! {
        <p class="quiet small known">
            "Read from the history of "<a href="/sources">{repositories}</a>" since "
            <time datetime=since.to_string()>{time::day(since.as_str())}</time>"."{missing}
            " All of it is judged by the rules of today ("<code>{rules}</code>"), as of "<Ago time=Some(summary.at.clone())/>"."
        </p>
    }
    .into_any()
}
