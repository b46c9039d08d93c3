//! Links to entities, repositories and lines of files.
//! A missing target is said, never hidden.
use super::icon::{Icon, icon};
use crate::url::{PageUrl, encoded};
use leptos::prelude::*;
use shared::{
    EntityRef, RepoName, RepoPath,
    api::{EntityQuery, FindingQuery},
};

/// An entity by its short name; unknown stays "unknown".
#[component]
pub fn EntityLink(entity: Option<EntityRef>, #[prop(default = true)] exists: bool) -> impl IntoView {
    let Some(entity) = entity else { return view! { <span class="quiet">"unknown"</span> }.into_any() };
    let drawing = icon(Icon::of(entity.kind().as_str()));
    let full = entity.to_string();
    if exists {
        view! { <a class="entity" href=entity.page() title=full>{drawing}{entity.short()}</a> }.into_any()
    } else {
        view! {
            <span class="entity missing" title=full>{drawing}{entity.short()}<span class="quiet">" (not in the catalog)"</span></span>
        }
        .into_any()
    }
}

/// A repository, opening what the catalog read from it.
#[component]
pub fn RepositoryLink(name: RepoName) -> impl IntoView {
    let query = EntityQuery { repository: vec![name.to_string()], ..Default::default() };
    let href = PageUrl::new("/catalog", query.pairs()).href();
    view! { <a class="entity" href=href>{icon(Icon::Repository)}{name.to_string()}</a> }
}

/// Findings of one repository.
pub fn findings_of(repository: &RepoName) -> String {
    let query = FindingQuery { repository: vec![repository.to_string()], ..Default::default() };
    PageUrl::new("/findings", query.pairs()).href()
}

/// The page of a capability.
pub fn capability_page(name: &str) -> String {
    format!("/capabilities/{}", encoded(name))
}

/// `path:line`, opening the file at the scanned commit where that is possible.
#[component]
pub fn Place(path: Option<RepoPath>, line: Option<u32>, permalink: Option<String>) -> impl IntoView {
    let path = path.map(|path| if path.is_root() { "repository root".to_owned() } else { path.to_string() });
    let Some(path) = path else { return ().into_any() };
    let text = line.map(|line| format!("{path}:{line}")).unwrap_or(path);
    match permalink.filter(|link| link.starts_with("https://") || link.starts_with("http://")) {
        Some(link) => view! { <a class="place" href=link rel="noreferrer">{text}{icon(Icon::External)}</a> }.into_any(),
        None => view! { <code class="place">{text}</code> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(view: impl FnOnce() -> AnyView) -> String {
        Owner::new().with(|| view().to_html())
    }

    #[test]
    fn repository_text_is_escaped_and_links_stay_on_the_web() {
        let path = RepoPath::new("<img src=x onerror=alert(1)>.md").ok();
        let out = html(|| view! { <Place path line=Some(3) permalink=Some("javascript:alert(1)".into())/> }.into_any());
        assert!(!out.contains("<img") && !out.contains("javascript:"), "{out}");
        assert!(out.contains("&lt;img"), "{out}");
    }

    #[test]
    fn a_missing_entity_is_said() {
        let entity = "group:default/ghosts".parse().ok();
        let out = html(|| view! { <EntityLink entity exists=false/> }.into_any());
        assert!(out.contains("not in the catalog") && !out.contains("href"), "{out}");
    }
}
