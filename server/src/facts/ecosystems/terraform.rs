//! Modules and providers of Terraform and OpenTofu configurations (<https://developer.hashicorp.com/terraform/language>),
//! their lock files, and Terragrunt.
//! It must not evaluate an expression; a source that is one is left out with a quiet problem.
mod lock;
mod release;
mod source;
mod terragrunt;

use super::{manifest, stack::on_deep_stack};
use crate::facts::{
    model::{DependencyDecl, FileFacts, RepositoryFiles},
    parser::{Parser, Resolved},
    positions::Lines,
};
use hcl_edit::{
    Span,
    expr::Expression,
    structure::{Attribute, Block, Body},
};
use serde::{Deserialize, Serialize};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope, Severity};
use std::collections::BTreeSet;

/// The lock file's name.
const LOCK: &str = ".terraform.lock.hcl";

/// The parser of Terraform files.
pub(super) struct Terraform;

/// What a file says of providers without their sources.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Extra {
    /// Local names in `required_providers`.
    required: Vec<String>,
    /// Names and lines of `provider` blocks.
    used: Vec<(String, u32)>,
}

impl Parser for Terraform {
    fn key(&self) -> &'static str {
        "terraform"
    }

    fn version(&self) -> u32 {
        2
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        let configuration = (name.ends_with(".tf") || name.ends_with(".tofu")) && !name.starts_with('.');
        configuration || name == LOCK || terragrunt::is_name(name)
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        path.file_name() != LOCK
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        if terragrunt::is_name(file_name) && !terragrunt::may_be_one(bytes) {
            return FileFacts::default();
        }
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        if !nests_deep(text) {
            return read(file_name, text);
        }
        on_deep_stack(|| read(file_name, text)).unwrap_or_else(|| {
            let message = "The file nests too deep to be read just now; make it flatter.";
            let problem = manifest::problem("manifest-invalid-hcl", Severity::Warning, Some((1, 1)), message);
            FileFacts { problems: vec![problem], ..FileFacts::default() }
        })
    }

    /// A provider block stands for its provider only where no file of the folder requires that provider.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut resolved = Resolved::of_each_file(self.key(), files);
        terragrunt::join(files, &mut resolved);
        let extras: Vec<_> =
            files.of_parser(self.key()).map(|(path, blob, facts)| (path, blob, extra_of(facts))).collect();
        let mut known: BTreeSet<(RepoPath, String)> = BTreeSet::new();
        for (path, _, extra) in &extras {
            known.extend(extra.required.iter().map(|name| (path.parent(), name.clone())));
        }
        for (path, blob, extra) in extras {
            for (name, line) in extra.used {
                if known.insert((path.parent(), name.clone())) {
                    let decl = provider(&format!("hashicorp/{name}"), None, line);
                    let (path, blob) = (path.clone(), blob.clone());
                    resolved.dependencies.push(crate::facts::model::Dependency { decl, path, blob });
                }
            }
        }
        resolved
    }
}

fn read(file_name: &str, text: &str) -> FileFacts {
    match hcl_edit::parser::parse_body(text) {
        Ok(body) if file_name == LOCK => lock::read(&body, &Lines::new(text)),
        Ok(body) if terragrunt::is_name(file_name) => terragrunt::read(&body, &Lines::new(text)),
        // Any tool may call its files `.hcl`.
        Err(_) if terragrunt::is_name(file_name) && !file_name.starts_with("terragrunt") => FileFacts::default(),
        Ok(body) => {
            Reader { lines: Lines::new(text), facts: FileFacts::default(), extra: Extra::default() }.read(&body)
        }
        Err(error) => {
            let number = |n: usize| u32::try_from(n.max(1)).unwrap_or(u32::MAX);
            let n_lines = memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1;
            let at = error.location();
            let place = (number(at.line().min(n_lines)), number(at.column()));
            FileFacts {
                problems: vec![manifest::unreadable("HCL", text, place, error.message())],
                ..FileFacts::default()
            }
        }
    }
}

/// Whether the text may need more stack than callers have: the parser allows 64 levels of brackets, of signs and of
/// conditions, each some 30 KiB of stack in a debug build.
fn nests_deep(text: &str) -> bool {
    let (mut depth, mut deepest, mut n_conditions) = (0_usize, 0, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'?' => n_conditions += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest > 10 || n_conditions > 8 || text.contains("!!") || text.contains("--")
}

fn extra_of(facts: &FileFacts) -> Extra {
    Extra::deserialize(&facts.extra).unwrap_or_default()
}

fn provider(name: &str, requirement: Option<&str>, line: u32) -> DependencyDecl {
    DependencyDecl {
        ecosystem: Ecosystem::known("terraform"),
        name: name.to_owned(),
        requirement: requirement.and_then(manifest::requirement),
        version: None,
        scope: Scope::Runtime,
        kind: DependencyKind::Declared,
        line: Some(line),
    }
}

struct Reader<'a> {
    lines: Lines<'a>,
    facts: FileFacts,
    extra: Extra,
}

impl Reader<'_> {
    fn read(mut self, body: &Body) -> FileFacts {
        for block in body.blocks() {
            match block.ident.as_str() {
                "module" => self.module(block),
                "provider" => self.provider_block(block),
                "resource" if block.labels.first().is_some_and(|label| label.as_str() == "helm_release") => {
                    self.facts.dependencies.extend(release::chart(block, &self.lines));
                }
                "terraform" => {
                    for required in block.body.get_blocks("required_providers") {
                        required.body.attributes().for_each(|attribute| self.required_provider(attribute));
                    }
                }
                _ => {}
            }
        }
        if !(self.extra.required.is_empty() && self.extra.used.is_empty()) {
            self.facts.extra = serde_json::to_value(&self.extra).unwrap_or_default();
        }
        self.facts
    }

    fn place(&self, attribute: &Attribute) -> (u32, u32) {
        self.lines.place(attribute.key.span().map_or(0, |span| span.start))
    }

    fn module(&mut self, block: &Block) {
        let Some(attribute) = block.body.get_attribute("source") else { return };
        let place = self.place(attribute);
        let Some(text) = attribute.value.as_str() else {
            let message =
                "The module's source is computed, so it cannot be known which module this is; write it as plain text.";
            let problem = manifest::problem("module-source-computed", Severity::Info, Some(place), message);
            self.facts.problems.push(problem);
            return;
        };
        let version = block.body.get_attribute("version").and_then(|version| version.value.as_str());
        let Some((name, reference)) = source::module(text) else { return };
        if !manifest::is_name(&name) {
            self.facts.problems.push(manifest::bad_name(&name, place));
            return;
        }
        let requirement = version.map(str::to_owned).or(reference);
        self.facts.dependencies.push(provider(&name, requirement.as_deref(), place.0));
    }

    /// `aws = { source = "hashicorp/aws", version = "~> 5" }`, or the older `aws = "~> 5"`.
    fn required_provider(&mut self, attribute: &Attribute) {
        let local = attribute.key.as_str();
        let (mut written, mut version) = (None, attribute.value.as_str());
        if let Expression::Object(object) = &attribute.value {
            for (key, value) in object.iter() {
                let name = key.as_ident().map(|ident| ident.as_str()).or_else(|| key.as_expr()?.as_str());
                match name {
                    Some("source") => written = value.expr().as_str(),
                    Some("version") => version = value.expr().as_str(),
                    _ => {}
                }
            }
        }
        self.extra.required.push(local.to_owned());
        let place = self.place(attribute);
        let name = source::provider(written, local);
        if manifest::is_name(&name) {
            self.facts.dependencies.push(provider(&name, version, place.0));
        } else {
            self.facts.problems.push(manifest::bad_name(&name, place));
        }
    }

    fn provider_block(&mut self, block: &Block) {
        let Some(name) = block.labels.first().map(|label| label.as_str()) else { return };
        let line = self.lines.line(block.ident.span().map_or(0, |span| span.start));
        // The built-in provider comes with Terraform.
        if manifest::is_name(name) && name != "terraform" {
            self.extra.used.push((name.to_owned(), line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_files_do_not_overflow_the_stack() {
        for deep in [
            "!".repeat(20_000),
            "-".repeat(20_000),
            "(".repeat(20_000),
            "b ? c : ".repeat(20_000),
            "\"${".repeat(20_000),
        ] {
            assert!(!Terraform.parse("main.tf", format!("a = {deep}1\n").as_bytes()).problems.is_empty());
        }
        let nested =
            format!("module \"x\" {{\n  a = {}1{}\n  source = \"a/b/c\"\n}}\n", "[".repeat(40), "]".repeat(40));
        assert_eq!(Terraform.parse("main.tf", nested.as_bytes()).dependencies.len(), 1);
    }
}
