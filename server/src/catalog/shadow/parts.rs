//! The code that evidence of a homegrown offer points at: files, and the folders that globs name.
//! It must not decide who uses it.
use super::{
    ground::Ground,
    model::{EstateComponent, Part},
};
use crate::catalog::{model::Evidence, rules::file_glob};
use shared::{EntityRef, RepoName, RepoPath};

/// The part that one piece of evidence shows, when it lies in the component itself: matchers of files, symbols and imports
/// do; packages and images lie with whoever publishes them.
pub(super) fn of_evidence(ground: &Ground<'_>, component: &EstateComponent, evidence: &Evidence) -> Option<Part> {
    let (kind, text) = evidence.rule.split_once(": ")?;
    let folder = match kind {
        "files" => folder_of(text, &evidence.path, &component.root),
        "symbols" | "imports" => None,
        _ => return None,
    };
    let owner = Some(&component.reference);
    Some(match folder {
        Some(folder) => self::folder(ground, &component.repository, folder, owner),
        None => file(&component.repository, &evidence.path, owner),
    })
}

/// The folder that a glob such as `**/feature_flags/**` names around a file below the root; `None` when it names files.
fn folder_of(glob: &str, file: &RepoPath, root: &RepoPath) -> Option<RepoPath> {
    let (head, tail) = glob.rsplit_once("/**")?;
    let names_files = !tail.is_empty() && (!tail.starts_with("/*") || tail[1..].contains('/'));
    if names_files || head.trim_matches(['*', '/']).is_empty() {
        return None;
    }
    let matcher = file_glob(head).ok()?.compile_matcher();
    let mut folder = file.parent();
    let mut found = None;
    while !folder.is_root() && folder.starts_with(root) {
        if matcher.is_match(folder.as_str()) {
            found = Some(folder.clone());
        }
        folder = folder.parent();
    }
    found
}

/// A file.
pub(super) fn file(repository: &RepoName, path: &RepoPath, component: Option<&EntityRef>) -> Part {
    Part {
        repository: repository.clone(),
        path: path.clone(),
        folder: false,
        component: component.cloned(),
        except: vec![],
    }
}

/// A folder without what belongs to other components below it.
pub(super) fn folder(
    ground: &Ground<'_>,
    repository: &RepoName,
    path: RepoPath,
    component: Option<&EntityRef>,
) -> Part {
    let except = ground.nested(repository, &path, component);
    Part { repository: repository.clone(), path, folder: true, component: component.cloned(), except }
}

/// Everything below a component's root.
pub(super) fn of_component(ground: &Ground<'_>, component: &EstateComponent) -> Part {
    folder(ground, &component.repository, component.root.clone(), Some(&component.reference))
}

/// Each once, without what lies in another of them.
pub(super) fn tidy(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort();
    parts.dedup();
    let folders: Vec<Part> = parts.iter().filter(|part| part.folder).cloned().collect();
    parts.retain(|part| !folders.iter().any(|folder| folder != part && folder.holds(&part.repository, &part.path)));
    parts.dedup_by(|a, b| a.repository == b.repository && a.path == b.path && a.folder == b.folder);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(glob: &str, file: &str) -> Option<String> {
        let root = RepoPath::new("services/pay").unwrap();
        folder_of(glob, &RepoPath::new(file).unwrap(), &root).map(|folder| folder.to_string())
    }

    #[test]
    fn globs_name_folders_below_the_component() {
        let glob = "**/{feature_flags,featureflags}/**/*.{go,py}";
        assert_eq!(
            folder(glob, "services/pay/feature_flags/a/store.go").as_deref(),
            Some("services/pay/feature_flags")
        );
        assert_eq!(folder("**/auth.go", "services/pay/auth.go"), None);
        assert_eq!(folder("**/*.go", "services/pay/auth.go"), None);
        assert_eq!(folder("feature_flags/**", "services/pay/x.go"), None);
    }
}
