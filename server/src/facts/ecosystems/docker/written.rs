//! Images as deployment files write them: with variables, templates and placeholders among the real ones.
//! It must not guess what stands behind a variable.
use super::image;
use crate::facts::{
    ecosystems::manifest,
    model::{DependencyDecl, FileFacts},
};
use shared::{Scope, Severity};
use std::collections::BTreeMap;

/// Adds the image that a file names: with the default of a variable where it gives one, without the tag where only the tag
/// is unknown. What cannot be known is a quiet problem; what a template fills in is nothing.
pub(crate) fn add_written(facts: &mut FileFacts, written: &str, scope: Scope, line: u32) {
    let written = written.trim();
    let text = written.strip_prefix("docker://").unwrap_or(written);
    // Other schemes name something to be built (`ko://`) or fetched, and no image.
    if text.is_empty() || text.contains("://") || manifest::is_templated(text) {
        return;
    }
    match read(text, scope, line) {
        Some(dependency) => add(facts, dependency),
        None => {
            let message = format!(
                "\"{}\" is no image name as it stands, and what fills it in is not known here; give the variable a \
                 default, or write the name, to have the image recognised.",
                manifest::tidy(written, 120)
            );
            facts.problems.push(manifest::problem("image-unresolved", Severity::Info, Some((line, 1)), message));
        }
    }
}

/// The same image twice in one file is one dependency, at its first line.
pub(crate) fn add(facts: &mut FileFacts, dependency: DependencyDecl) {
    let same = |known: &DependencyDecl| {
        (&known.ecosystem, &known.name, &known.requirement, &known.version)
            == (&dependency.ecosystem, &dependency.name, &dependency.requirement, &dependency.version)
    };
    if !facts.dependencies.iter().any(same) {
        facts.dependencies.push(dependency);
    }
}

fn read(text: &str, scope: Scope, line: u32) -> Option<DependencyDecl> {
    let (name, rest) = text.split_at(name_end(text));
    let none = BTreeMap::new();
    let name = image::substitute(name, &none).ok()?;
    let name = name.trim_start_matches('/');
    // Upper case is no image name but a word to be replaced, e.g. `IMAGE_NAME` or `REGISTRY/api`; hosts may have it.
    let host = |first: &&str| first.contains(['.', ':']);
    let path = name.split_once('/').filter(|(first, _)| host(first)).map_or(name, |(_, path)| path);
    if path.bytes().any(|b| b.is_ascii_uppercase()) || name.contains(['$', '(', '%', '#']) {
        return None;
    }
    let rest = image::substitute(rest, &none).ok().filter(|rest| !rest.contains(['$', '(', '<', ' ']));
    image::dependency(&format!("{name}{}", rest.unwrap_or_default().trim_end_matches(':')), scope, line)
}

/// Where the name ends and its tag or digest starts, seen past variables: the first colon after the last slash, or the `@`.
pub(super) fn name_end(text: &str) -> usize {
    let (mut depth, mut end) = (0_usize, text.len());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' | b'(' => depth += 1,
            b'}' | b')' => depth = depth.saturating_sub(1),
            b'/' if depth == 0 => end = text.len(),
            b':' if depth == 0 && end == text.len() => end = at,
            b'@' if depth == 0 => return end.min(at),
            _ => {}
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_is_filled_in() {
        for (written, found) in [
            ("ghcr.io/acme/api:1@sha256:ab", Some(("ghcr.io/acme/api", Some("1")))),
            ("localhost:5000/api", Some(("localhost:5000/api", None))),
            ("${REGISTRY:-ghcr.io}/acme/api:${TAG:-2}", Some(("ghcr.io/acme/api", Some("2")))),
            ("postgres:${TAG}", Some(("postgres", None))),
            ("${HUB:-}/postgres:1-$VARIANT", Some(("postgres", None))),
            ("docker://alpine", Some(("alpine", None))),
            ("nginx:", Some(("nginx", None))),
        ] {
            let mut facts = FileFacts::default();
            add_written(&mut facts, written, Scope::Runtime, 1);
            let name = |d: &DependencyDecl| (d.name.clone(), d.requirement.clone());
            let expected = found.map(|(name, tag)| (name.to_owned(), tag.map(str::to_owned)));
            assert_eq!(facts.dependencies.first().map(name), expected, "{written}");
            assert!(facts.problems.is_empty());
        }
        for (written, n_problems) in [
            ("${IMAGE}", 1),
            ("$(REGISTRY)/api", 1),
            ("IMAGE_NAME", 1),
            ("REGISTRY/api", 1),
            ("<your-image>", 1),
            ("{{ .Values.image }}", 0),
            ("ko://acme.dev/cmd", 0),
            ("", 0),
        ] {
            let mut facts = FileFacts::default();
            add_written(&mut facts, written, Scope::Runtime, 1);
            assert_eq!((facts.dependencies.len(), facts.problems.len()), (0, n_problems), "{written}");
        }
    }
}
