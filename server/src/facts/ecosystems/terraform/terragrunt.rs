//! Sources of Terragrunt units and stacks (<https://terragrunt.gruntwork.io/docs/reference/hcl/blocks/>).
//! It must not evaluate anything but the file's own plain locals, nor follow an include beyond the repository.
use super::source;
use crate::facts::{
    ecosystems::{docker, manifest},
    model::{Dependency, FileFacts, RepositoryFiles},
    parser::Resolved,
    positions::Lines,
};
use hcl_edit::{
    Span,
    expr::{Expression, TraversalOperator},
    structure::{Attribute, Block, Body},
    template::Element,
};
use memchr::memmem;
use serde::{Deserialize, Serialize};
use shared::{BlobId, RepoPath, Severity};
use std::collections::BTreeMap;

/// What only the whole repository can join: `source = "${include.common.locals.base}?ref=v1"`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Extra {
    /// Locals that are addresses of modules.
    locals: BTreeMap<String, String>,
    pending: Vec<Pending>,
}

/// A source that starts with a local of an included file.
#[derive(Debug, Serialize, Deserialize)]
struct Pending {
    /// The end of the included file's path, as far as it is plain text.
    path_end: String,
    local: String,
    /// What follows the local, e.g. `?ref=v1`.
    rest: String,
    line: u32,
}

/// What stands for a value that only Terragrunt knows; no name holds it.
const UNKNOWN: char = '\0';

/// Any `.hcl` that no other tool claims by its name: shared parts of units have names of their own.
pub(super) fn is_name(name: &str) -> bool {
    name.ends_with(".hcl")
        && !name.starts_with('.')
        && ![".pkr.hcl", ".nomad.hcl", "docker-bake.hcl", ".tftest.hcl"].iter().any(|ending| name.ends_with(ending))
}

/// A cheap look before any parsing: a source, in one of the blocks that have one or for another file to use.
pub(super) fn may_be_one(bytes: &[u8]) -> bool {
    let has = |word: &[u8]| memmem::find(bytes, word).is_some();
    has(b"source") && [b"terraform".as_slice(), b"unit", b"stack", b"git::", b"tfr://"].into_iter().any(has)
}

/// The modules that the file's `terraform`, `unit` and `stack` blocks name.
pub(super) fn read(body: &Body, lines: &Lines<'_>) -> FileFacts {
    let mut facts = FileFacts::default();
    let locals = locals(body);
    let mut extra = Extra::default();
    for block in body.blocks().filter(|block| has_source(block)) {
        if let Some(attribute) = block.body.get_attribute("source") {
            module(attribute, &locals, lines, &mut facts);
            extra.pending.extend(pending(attribute, body, &locals, lines));
        }
    }
    extra.locals = locals.into_iter().filter(|(_, text)| is_address(text)).collect();
    if !(extra.locals.is_empty() && extra.pending.is_empty()) {
        facts.extra = serde_json::to_value(&extra).unwrap_or_default();
    }
    facts
}

fn is_address(text: &str) -> bool {
    ["git::", "tfr:", "git@", "github.com/", "s3::"].iter().any(|start| text.starts_with(start))
}

/// `${include.NAME.locals.LOCAL}` with the end of what the block `include "NAME"` names.
fn pending(
    attribute: &Attribute,
    body: &Body,
    locals: &BTreeMap<String, String>,
    lines: &Lines<'_>,
) -> Option<Pending> {
    let inside = match &attribute.value {
        Expression::StringTemplate(template) => match template.iter().next()? {
            Element::Interpolation(inside) => &inside.expr,
            _ => return None,
        },
        plain => plain,
    };
    let Expression::Traversal(traversal) = inside else { return None };
    if traversal.expr.as_variable()?.as_str() != "include" {
        return None;
    }
    let name = |operator: &TraversalOperator| match operator {
        TraversalOperator::GetAttr(name) => Some(name.as_str().to_owned()),
        _ => None,
    };
    let names: Vec<String> = traversal.operators.iter().filter_map(|operator| name(operator.value())).collect();
    let [include, kind, local] = names.as_slice() else { return None };
    let block = body.get_blocks("include").find(|block| block.labels.first().is_some_and(|l| l.as_str() == include))?;
    let path = text(&block.body.get_attribute("path")?.value, locals)?;
    let path_end = path.rsplit(UNKNOWN).next()?.trim_start_matches('/').to_owned();
    let rest = text(&attribute.value, locals).unwrap_or_default().trim_start_matches(UNKNOWN).to_owned();
    let line = lines.line(attribute.key.span().map_or(0, |span| span.start));
    (kind == "locals" && !path_end.is_empty()).then(|| Pending { path_end, local: local.clone(), rest, line })
}

/// Joins pending sources with the locals of the files they include; one that could be of several files is left out.
pub(super) fn join(files: &RepositoryFiles, resolved: &mut Resolved) {
    let read = |facts: &FileFacts| Extra::deserialize(&facts.extra).ok();
    let all: Vec<(&RepoPath, &BlobId, Extra)> = files
        .of_parser("terraform")
        .filter(|(path, _, facts)| is_name(path.file_name()) && !facts.extra.is_null())
        .filter_map(|(path, blob, facts)| Some((path, blob, read(facts)?)))
        .collect();
    for (path, blob, extra) in &all {
        for pending in &extra.pending {
            let ends = |included: &RepoPath| {
                let before = included.as_str().strip_suffix(pending.path_end.as_str());
                before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
            };
            let mut bases = all.iter().filter(|(included, _, _)| ends(included));
            let (Some((_, _, base)), None) = (bases.next(), bases.next()) else { continue };
            let Some(base) = base.locals.get(&pending.local) else { continue };
            let Some((name, reference)) = source::module(&format!("{base}{}", pending.rest)) else { continue };
            if manifest::is_name(&name) {
                let reference = reference.filter(|reference| !reference.contains(UNKNOWN));
                let decl = super::provider(&name, reference.as_deref(), pending.line);
                resolved.dependencies.push(Dependency { decl, path: (*path).clone(), blob: (*blob).clone() });
            }
        }
    }
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
