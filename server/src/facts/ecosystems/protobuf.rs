//! Protobuf files (<https://protobuf.dev/reference/protobuf/proto3-spec/>): package, services and their methods, and imports
//! of modules that everybody gets from one place. It must not read messages nor follow an import.
use super::{
    manifest,
    tokens::{self, Syntax, Token, What},
};
use crate::facts::{
    model::{DefinitionDecl, DefinitionKind, DependencyDecl, FileFacts, RepositoryFiles},
    parser::{Parser, Resolved},
};
use serde_json::json;
use shared::{DependencyKind, Ecosystem, RepoPath, Scope, api::DefinitionEntry};
use std::collections::BTreeSet;

/// The parser of protobuf files.
pub(super) struct Protobuf;

/// Folders of imports and the one module of the Buf registry that holds them.
const MODULES: &[(&str, &str)] = &[
    ("google/api/", "buf.build/googleapis/googleapis"),
    ("google/rpc/", "buf.build/googleapis/googleapis"),
    ("google/type/", "buf.build/googleapis/googleapis"),
    ("google/longrunning/", "buf.build/googleapis/googleapis"),
    ("google/iam/", "buf.build/googleapis/googleapis"),
    ("buf/validate/", "buf.build/bufbuild/protovalidate"),
    ("protoc-gen-openapiv2/options/", "buf.build/grpc-ecosystem/grpc-gateway"),
    ("validate/validate.proto", "buf.build/envoyproxy/protoc-gen-validate"),
    ("gnostic/openapi/v3/", "buf.build/gnostic/gnostic"),
];

/// Packages that repositories carry as copies, to serve them beside their own.
const COPIES: &[&str] = &["grpc.health.", "grpc.reflection.", "google.protobuf"];

impl Parser for Protobuf {
    fn key(&self) -> &'static str {
        "protobuf"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        path.file_name().ends_with(".proto")
    }

    fn in_history(&self, _path: &RepoPath) -> bool {
        false
    }

    fn max_bytes(&self) -> u64 {
        2 << 20
    }

    fn parse(&self, _: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let mut reader = Reader::default();
        reader.read(&tokens::tokens(text, Syntax::Protobuf));
        let dependencies = reader.imports.iter().filter_map(|(path, line)| module(path, *line)).collect();
        let extra = if reader.imports.is_empty() { serde_json::Value::Null } else { json!(reader.imports) };
        FileFacts {
            definitions: reader.definition().into_iter().collect(),
            dependencies,
            extra,
            ..FileFacts::default()
        }
    }

    /// Files that the repository holds itself are no dependency, and one import in a folder says as much as all of them.
    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let mut resolved = Resolved::of_each_file(self.key(), files);
        let own: BTreeSet<&str> = files.of_parser(self.key()).map(|(path, ..)| path.as_str()).collect();
        let held = |module: &str| {
            let folders = MODULES.iter().filter(|(_, name)| *name == module).map(|(folder, _)| format!("/{folder}"));
            let folders: Vec<String> = folders.collect();
            own.iter().any(|path| folders.iter().any(|folder| format!("/{path}").contains(folder)))
        };
        let names: BTreeSet<String> = resolved.dependencies.iter().map(|d| d.decl.name.clone()).collect();
        let held: BTreeSet<String> = names.into_iter().filter(|name| held(name)).collect();
        let mut seen = BTreeSet::new();
        resolved.dependencies.retain(|dependency| {
            let name = &dependency.decl.name;
            !held.contains(name) && seen.insert((dependency.path.parent(), name.clone()))
        });
        resolved
    }
}

fn module(import: &str, line: u32) -> Option<DependencyDecl> {
    let (_, name) = MODULES.iter().find(|(folder, _)| import.starts_with(folder))?;
    Some(DependencyDecl {
        ecosystem: Ecosystem::known("buf"),
        name: (*name).to_owned(),
        requirement: None,
        version: None,
        scope: Scope::Runtime,
        kind: DependencyKind::Declared,
        line: Some(line),
    })
}

#[derive(Default)]
struct Reader {
    package: Option<String>,
    imports: Vec<(String, u32)>,
    methods: Vec<DefinitionEntry>,
    /// Line and description of the first service.
    first: Option<(u32, Option<String>)>,
}

/// Where in the nesting a token stands.
#[derive(Default)]
struct At<'a> {
    depth: usize,
    /// The service whose body, of the depth beside it, is being read.
    service: Option<(&'a str, usize)>,
    /// Text of the comments right before, with the line on which the last one stands.
    comment: String,
}

impl Reader {
    fn read(&mut self, tokens: &[Token<'_>]) {
        let mut at = At::default();
        for (index, token) in tokens.iter().enumerate() {
            let next = |ahead: usize| tokens.get(index + ahead).map(|token| &token.what);
            match &token.what {
                What::Comment(text) => {
                    at.comment.push('\n');
                    at.comment.push_str(text);
                    continue;
                }
                What::Mark('{') => at.depth += 1,
                What::Mark('}') => {
                    at.depth = at.depth.saturating_sub(1);
                    at.service = at.service.filter(|(_, depth)| at.depth >= *depth);
                }
                What::Word("package") if at.depth == 0 => {
                    if let Some(What::Word(name)) = next(1) {
                        self.package.get_or_insert_with(|| (*name).trim_matches('.').to_owned());
                    }
                }
                What::Word("import") if at.depth == 0 => {
                    let path = [next(1), next(2)].into_iter().flatten().find_map(as_text);
                    self.imports.extend(path.map(|path| (manifest::tidy(path, 300), token.line)));
                }
                What::Word("service") if at.depth == 0 && next(2) == Some(&What::Mark('{')) => {
                    if let Some(What::Word(name)) = next(1) {
                        at.service = Some((name, 1));
                        self.first.get_or_insert((token.line, tokens::prose(&at.comment)));
                    }
                }
                What::Word("rpc") if at.service.is_some() && at.depth == 1 && next(2) == Some(&What::Mark('(')) => {
                    if let (Some((service, _)), Some(What::Word(name))) = (at.service, next(1)) {
                        self.method(service, name, tokens::prose(&at.comment), token.line);
                    }
                }
                _ => {}
            }
            at.comment.clear();
        }
    }

    fn method(&mut self, service: &str, name: &str, description: Option<String>, line: u32) {
        let package = self.package.as_deref().map(|package| format!("{package}.")).unwrap_or_default();
        let name = manifest::tidy(&format!("{package}{service}/{name}"), 300);
        self.methods.push(DefinitionEntry { name, description, line: Some(line) });
    }

    /// The API of the package, as far as this file defines it.
    fn definition(self) -> Option<DefinitionDecl> {
        let (line, description) = self.first?;
        let package = manifest::tidy(&self.package.unwrap_or_default(), 200);
        if COPIES.iter().any(|copy| package.starts_with(copy)) {
            return None;
        }
        let mut found = DefinitionDecl::new(DefinitionKind::Api, "grpc", &package, line);
        found.version = package.rsplit('.').next().filter(|last| is_version(last)).map(str::to_owned);
        found.description = description;
        self.methods.into_iter().for_each(|method| found.push(method));
        Some(found)
    }
}

fn as_text<'a>(what: &What<'a>) -> Option<&'a str> {
    if let What::Text(text) = what { Some(text) } else { None }
}

/// `v1`, `v1beta2`
fn is_version(text: &str) -> bool {
    text.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
