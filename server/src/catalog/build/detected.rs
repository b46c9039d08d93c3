//! Detected components as the catalog takes them: tooling in hidden folders belongs to the folder above.
//! It must not look at descriptors.
use crate::facts::model::{DetectedComponent, RepositoryFacts};
use shared::RepoPath;
use std::collections::BTreeMap;

/// The detected components by root. A package root in a hidden folder (`.sage`, `.github/actions/x`) is tooling of the
/// folder that holds the hidden one: it joins the component there, or stands for it when there is none.
pub(super) fn by_root(facts: &RepositoryFacts) -> BTreeMap<RepoPath, DetectedComponent> {
    let mut sorted: Vec<&DetectedComponent> = facts.components.iter().collect();
    sorted.sort_by(|a, b| is_hidden(&a.root).cmp(&is_hidden(&b.root)).then_with(|| a.root.cmp(&b.root)));
    let mut out: BTreeMap<RepoPath, DetectedComponent> = BTreeMap::new();
    for component in sorted {
        let root = visible(&component.root);
        let above = if is_hidden(&component.root) { deepest_above(&mut out, &root) } else { None };
        match above {
            Some(above) => add_lines(above, component),
            None => {
                out.insert(root.clone(), DetectedComponent { root, ..component.clone() });
            }
        }
    }
    out
}

fn deepest_above<'a>(
    components: &'a mut BTreeMap<RepoPath, DetectedComponent>,
    root: &RepoPath,
) -> Option<&'a mut DetectedComponent> {
    let above = components.iter_mut().filter(|(above, _)| root.starts_with(above));
    above.max_by_key(|(above, _)| above.as_str().len()).map(|(_, component)| component)
}

fn add_lines(above: &mut DetectedComponent, tooling: &DetectedComponent) {
    for (language, lines) in &tooling.languages {
        *above.languages.entry(language.clone()).or_default() += lines;
    }
}

/// The path up to its first hidden segment.
pub(super) fn visible(path: &RepoPath) -> RepoPath {
    let segments: Vec<&str> = path.as_str().split('/').take_while(|segment| !segment.starts_with('.')).collect();
    RepoPath::root().join(&segments.join("/")).unwrap_or_else(RepoPath::root)
}

fn is_hidden(path: &RepoPath) -> bool {
    path.as_str().split('/').any(|segment| segment.starts_with('.'))
}
