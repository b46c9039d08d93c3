//! Images of a chart's values, by the shapes that charts agree on without a standard: `image: {registry, repository, tag}`
//! and `image: name:tag`. It must not guess from anything but a key named `image` or ending so.
use crate::facts::{
    ecosystems::{
        docker,
        yaml_file::{self, Node},
    },
    model::FileFacts,
};
use shared::Scope;

/// `values.yaml`, `values-production.yaml`, `values.dev.yml`.
pub(super) fn is_values(name: &str) -> bool {
    let rest = name.strip_prefix("values").filter(|rest| rest.ends_with(".yaml") || rest.ends_with(".yml"));
    rest.is_some_and(|rest| rest.starts_with(['.', '-', '_']))
}

/// The images of a values file. Whether it belongs to a chart is not known here, so nothing in it is a problem.
pub(super) fn read(text: &str) -> FileFacts {
    let mut facts = FileFacts::default();
    if let Ok(root) = yaml_file::read(text) {
        images(&root, &mut facts);
        facts.problems.clear();
    }
    facts
}

/// Adds the images at any depth of a tree of values.
pub(in crate::facts::ecosystems) fn images(values: &Node, facts: &mut FileFacts) {
    for (key, value) in values.entries() {
        if key == "image" || key.ends_with("Image") || key.ends_with("_image") {
            match value.text() {
                Some(text) => plain(text, values, value.line, facts),
                None => parts(value, facts),
            }
        }
        images(value, facts);
    }
    values.items().iter().for_each(|item| images(item, facts));
}

/// `image: name:tag`, or `image: owner/name` with a `tag` beside it.
fn plain(text: &str, siblings: &Node, line: u32, facts: &mut FileFacts) {
    let split = ["repository", "registry", "hub"].iter().any(|key| siblings.get(key).is_some());
    let picture = [".png", ".svg", ".jpg", ".jpeg", ".gif", ".ico", ".iso", ".qcow2", ".img", ".webp"];
    let told = text.contains([':', '/', '@']) && !text.starts_with(['/', '.']);
    if split || !told || picture.iter().any(|ending| text.ends_with(ending)) {
        return;
    }
    let tagged = text.rsplit('/').next().is_some_and(|last| last.contains([':', '@']));
    let tag = siblings.text_of("tag").filter(|tag| !tagged && !tag.is_empty());
    let image = tag.map_or_else(|| text.to_owned(), |tag| format!("{text}:{tag}"));
    docker::add_written(facts, &image, Scope::Runtime, line);
}

fn parts(image: &Node, facts: &mut FileFacts) {
    let Some(repository) = image.get("repository") else { return };
    let Some(name) = repository.text().filter(|name| !name.is_empty()) else { return };
    let part = |key: &str| image.text_of(key).filter(|text| !text.is_empty());
    let registry = part("registry").map(|registry| format!("{}/", registry.trim_end_matches('/')));
    let registry = registry.filter(|registry| !name.starts_with(registry.as_str())).unwrap_or_default();
    let tag = part("tag").map(|tag| format!(":{tag}")).unwrap_or_default();
    let digest = part("digest")
        .or_else(|| part("sha"))
        .map(|digest| if digest.contains(':') { format!("@{digest}") } else { format!("@sha256:{digest}") });
    // Some write the tag with the repository, or the digest with the tag.
    let digest = digest.filter(|_| !tag.contains('@')).unwrap_or_default();
    docker::add_written(facts, &format!("{registry}{name}{tag}{digest}"), Scope::Runtime, repository.line);
}
