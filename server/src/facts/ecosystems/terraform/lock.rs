//! Locked providers (<https://developer.hashicorp.com/terraform/language/files/dependency-lock>).
//! It must not judge whether a lock is out of date.
use super::source;
use crate::facts::{
    ecosystems::manifest,
    model::{DependencyDecl, FileFacts},
    positions::Lines,
};
use hcl_edit::{
    Span,
    structure::{Block, Body},
};
use shared::DependencyKind;

/// Every provider with its exact version.
pub(super) fn read(body: &Body, lines: &Lines<'_>) -> FileFacts {
    let dependencies = body.get_blocks("provider").filter_map(|block| locked(block, lines)).collect();
    FileFacts { dependencies, ..FileFacts::default() }
}

fn locked(block: &Block, lines: &Lines<'_>) -> Option<DependencyDecl> {
    let label = block.labels.first()?.as_str();
    let line = lines.line(block.ident.span().map_or(0, |span| span.start));
    let name = source::provider(Some(label), label);
    let version = block.body.get_attribute("version")?.value.as_str()?;
    let found = super::provider(&name, None, line);
    let version = manifest::requirement(version);
    manifest::is_name(&name).then_some(DependencyDecl { version, kind: DependencyKind::Resolved, ..found })
}
