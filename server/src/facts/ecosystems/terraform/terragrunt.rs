//! Sources of Terragrunt units and stacks (<https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/>).
//! It must not evaluate anything but the file's own plain locals, nor follow an include.
use super::source;
use crate::facts::{
    ecosystems::{docker, manifest},
    model::FileFacts,
    positions::Lines,
};
use hcl_edit::{
    Span,
    expr::{Expression, TraversalOperator},
    structure::{Attribute, Block, Body},
    template::Element,
};
use memchr::memmem;
use shared::Severity;
use std::collections::BTreeMap;

/// What stands for a value that only Terragrunt knows; no name holds it.
const UNKNOWN: char = '\0';

/// Any `.hcl` that no other tool claims by its name: shared parts of units have names of their own.
pub(super) fn is_name(name: &str) -> bool {
    name.ends_with(".hcl")
        && !name.starts_with('.')
        && ![".pkr.hcl", ".nomad.hcl", "docker-bake.hcl", ".tftest.hcl"].iter().any(|ending| name.ends_with(ending))
}

/// A cheap look before any parsing: a source, in one of the blocks that have one.
pub(super) fn may_be_one(bytes: &[u8]) -> bool {
    let has = |word: &[u8]| memmem::find(bytes, word).is_some();
    has(b"source") && [b"terraform".as_slice(), b"unit", b"stack"].into_iter().any(has)
}

/// The modules that the file's `terraform`, `unit` and `stack` blocks name.
pub(super) fn read(body: &Body, lines: &Lines<'_>) -> FileFacts {
    let mut facts = FileFacts::default();
    let locals = locals(body);
    for block in body.blocks().filter(|block| has_source(block)) {
        if let Some(attribute) = block.body.get_attribute("source") {
            module(attribute, &locals, lines, &mut facts);
        }
    }
    facts
}

fn has_source(block: &Block) -> bool {
    match block.ident.as_str() {
        "terraform" => block.labels.is_empty(),
        "unit" | "stack" => block.labels.len() == 1,
        _ => false,
    }
}

/// Locals that are plain text, or made of such before them.
fn locals(body: &Body) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    for attribute in body.get_blocks("locals").flat_map(|block| block.body.attributes()) {
        if let Some(text) = text(&attribute.value, &known).filter(|text| !text.contains(UNKNOWN)) {
            known.insert(attribute.key.as_str().to_owned(), text);
        }
    }
    known
}

fn module(attribute: &Attribute, locals: &BTreeMap<String, String>, lines: &Lines<'_>, facts: &mut FileFacts) {
    let place = lines.place(attribute.key.span().map_or(0, |span| span.start));
    let Some(written) = text(&attribute.value, locals) else { return };
    let Some((name, reference)) = source::module(&written) else { return };
    let reference = reference.filter(|reference| !reference.contains(UNKNOWN));
    if !name.contains(UNKNOWN) && manifest::is_name(&name) {
        docker::add(facts, super::provider(&name, reference.as_deref(), place.0));
        return;
    }
    // What starts with another file's value is told where that file gives it.
    if !written.starts_with(UNKNOWN) {
        let message =
            "The source is computed, so it cannot be known which module this is; write its address as plain text.";
        facts.problems.push(manifest::problem("module-source-computed", Severity::Info, Some(place), message));
    }
}

/// A text with its known locals filled in; `None` for anything else.
fn text(expression: &Expression, locals: &BTreeMap<String, String>) -> Option<String> {
    if let Some(text) = expression.as_str() {
        return Some(text.replace(UNKNOWN, ""));
    }
    match expression {
        Expression::StringTemplate(template) => Some(
            template
                .iter()
                .map(|element| match element {
                    Element::Literal(literal) => literal.value().replace(UNKNOWN, ""),
                    Element::Interpolation(inside) => text(&inside.expr, locals).unwrap_or_else(|| UNKNOWN.into()),
                    Element::Directive(_) => UNKNOWN.into(),
                })
                .collect(),
        ),
        Expression::Traversal(traversal) => {
            let local = traversal.expr.as_variable().is_some_and(|name| name.as_str() == "local");
            match traversal.operators.as_slice() {
                [operator] if local => match operator.value() {
                    TraversalOperator::GetAttr(name) => locals.get(name.as_str()).cloned(),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}
