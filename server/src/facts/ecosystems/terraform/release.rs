//! Charts that a configuration installs through `helm_release`
//! (<https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release>).
//! It must not take a chart whose name is computed.
use crate::facts::{
    ecosystems::{helm, manifest},
    model::DependencyDecl,
    positions::Lines,
};
use hcl_edit::{Span, structure::Block};
use shared::{DependencyKind, Ecosystem, Scope};

/// The chart with its repository, or alone where the repository is computed; `None` for a folder.
pub(super) fn chart(block: &Block, lines: &Lines<'_>) -> Option<DependencyDecl> {
    let attribute = block.body.get_attribute("chart")?;
    let text = |key: &str| block.body.get_attribute(key).and_then(|attribute| attribute.value.as_str());
    let written = attribute.value.as_str()?;
    let name = match (written.split_once("://"), text("repository")) {
        (Some(("oci", place)), _) => place.to_owned(),
        (Some(_), _) => return None,
        (None, Some(repository)) => helm::full_name(Some(repository), written)?,
        (None, None) if block.body.has_attribute("repository") => written.to_owned(),
        // `stable/name` of the second version, or a folder.
        (None, None) => return None,
    };
    let valid = manifest::is_name(&name) && !written.starts_with(['.', '/']);
    valid.then(|| DependencyDecl {
        ecosystem: Ecosystem::known("helm"),
        name,
        requirement: text("version").and_then(manifest::requirement),
        version: None,
        scope: Scope::Runtime,
        kind: DependencyKind::Declared,
        line: Some(lines.line(attribute.key.span().map_or(0, |span| span.start))),
    })
}
