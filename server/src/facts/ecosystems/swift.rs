//! Swift packages: Package.resolved, and Package.swift read as text
//! (<https://docs.swift.org/package-manager/PackageDescription/PackageDescription.html>). It must not run a manifest.
use super::{
    json_file::{JsonFile, Node},
    manifest::{self, hint},
    scripts::{Dialect, Kind, Token, arguments, inside, tokens},
};
use crate::facts::{
    model::{DependencyDecl, FileFacts, PackageDecl},
    parser::Parser,
    positions::Lines,
};
use shared::{DependencyKind, Ecosystem, RepoPath, Scope};

/// The parser of Swift's package files.
pub(super) struct Swift;

impl Parser for Swift {
    fn key(&self) -> &'static str {
        "swift"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        matches!(path.file_name(), "Package.swift" | "Package.resolved")
    }

    fn in_history(&self, path: &RepoPath) -> bool {
        path.file_name() != "Package.resolved"
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Err(facts) => *facts,
            Ok(text) if file_name == "Package.resolved" => manifest::settle(resolved(text)),
            Ok(text) => manifest::settle(declared(text)),
        }
    }
}

fn decl(name: String, requirement: Option<String>, kind: DependencyKind, line: u32) -> DependencyDecl {
    let ecosystem = Ecosystem::known("swift");
    DependencyDecl { ecosystem, name, requirement, version: None, scope: Scope::Runtime, kind, line: Some(line) }
}

/// Versions 1 (`object.pins`), 2 and 3 (`pins`).
fn resolved(text: &str) -> FileFacts {
    let mut file = JsonFile::read(text);
    let mut facts = FileFacts { problems: std::mem::take(&mut file.problems), ..FileFacts::default() };
    let pins = file.root.get("pins").or_else(|| file.root.get("object").and_then(|object| object.get("pins")));
    for pin in pins.map(Node::items).unwrap_or_default() {
        let location = ["location", "repositoryURL"].into_iter().find_map(|key| pin.get(key));
        let registry = pin.text_at("kind") == Some("registry");
        let node = if registry { pin.get("identity") } else { location };
        let Some((node, written)) = node.and_then(|node| Some((node, node.text()?))) else { continue };
        let name =
            if registry { Some(written.to_owned()).filter(|name| manifest::is_name(name)) } else { name_of(written) };
        let state = pin.get("state");
        let version = ["version", "revision"].into_iter().find_map(|key| state?.text_at(key));
        if let Some(name) = name {
            let found = decl(name, None, DependencyKind::Resolved, file.place(node).0);
            facts.dependencies.push(DependencyDecl { version: version.and_then(manifest::requirement), ..found });
        }
    }
    facts
}

/// `host/path` of a URL; `None` for a path on disk.
fn name_of(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = match url.split_once("://") {
        Some((_, rest)) => {
            rest.rsplit_once('@').filter(|(user, _)| !user.contains('/')).map_or(rest, |(_, rest)| rest).to_owned()
        }
        None => url.strip_prefix("git@")?.replacen(':', "/", 1),
    };
    let name = rest.trim_end_matches('/').trim_end_matches(".git").to_owned();
    let (host, path) = name.split_once('/')?;
    let host = host.to_lowercase();
    (host.contains('.') && !path.is_empty() && manifest::is_name(&name) && !name.contains('('))
        .then(|| format!("{host}/{path}"))
}

fn declared(text: &str) -> FileFacts {
    let tokens = tokens(text, Dialect::SWIFT);
    let lines = Lines::new(text);
    let mut facts = FileFacts::default();
    for (at, token) in tokens.iter().enumerate() {
        let Some(open) = tokens.get(at + 1).filter(|open| open.is_mark("(")) else { continue };
        let after_dot = at > 0 && tokens[at - 1].is_mark(".");
        if token.is_word("package") && after_dot {
            facts.dependencies.extend(dependency(&bounded(&tokens[at + 1..]), &lines));
        } else if token.is_word("Package") && facts.packages.is_empty() {
            let line = lines.line(open.offset);
            facts.packages.extend(package(&tokens[at + 1..], &tokens, line));
        }
    }
    facts
}

/// A dependency takes a line or some; a bracket that is never closed must not cost a pass over the file each time.
fn bounded<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    tokens[..tokens.len().min(60)].to_vec()
}

/// The value of `label: "text"` in an argument list.
fn labelled<'a>(parts: &[&[Token<'a>]], label: &str) -> Option<Token<'a>> {
    parts.iter().find_map(|part| match part {
        [name, colon, text, ..] if name.is_word(label) && colon.is_mark(":") && text.kind == Kind::Text => Some(*text),
        _ => None,
    })
}

fn dependency(call: &[Token<'_>], lines: &Lines<'_>) -> Option<DependencyDecl> {
    let parts = arguments(inside(call));
    let registry = labelled(&parts, "id");
    let (name, token) = match (labelled(&parts, "url"), registry) {
        (Some(url), _) => (name_of(url.text)?, url),
        (None, Some(id)) => (Some(id.text.to_owned()).filter(|name| manifest::is_name(name))?, id),
        _ => return None,
    };
    let requirement: Vec<String> = parts
        .iter()
        .filter(|part| {
            !part[0].is_word("url") && !part[0].is_word("id") && !part[0].is_word("name") && !part[0].is_word("traits")
        })
        .map(|part| shown(part))
        .collect();
    Some(decl(name, manifest::requirement(&requirement.join(", ")), DependencyKind::Declared, lines.line(token.offset)))
}

/// A requirement as it reads in the manifest: `from: 1.2.0`, `.upToNextMajor(from: 1.0.0)`, `1.0.0..<2.0.0`.
fn shown(part: &[Token<'_>]) -> String {
    let mut out = String::new();
    for token in part {
        out.push_str(token.text);
        if token.is_mark(":") {
            out.push(' ');
        }
    }
    out
}

fn package(call: &[Token<'_>], all: &[Token<'_>], line: u32) -> Option<PackageDecl> {
    let parts = arguments(inside(call));
    let name = labelled(&parts, "name").filter(|name| manifest::is_name(name.text))?;
    let has = |product: &str| all.windows(2).any(|pair| pair[0].is_mark(".") && pair[1].is_word(product));
    let server = ["vapor", "hummingbird"].into_iter().find(|server| {
        all.iter().any(|token| {
            token.kind == Kind::Text
                && token.text.to_lowercase().trim_end_matches(".git").ends_with(&format!("/{server}"))
        })
    });
    let mut hints = vec![];
    match server {
        Some(server) if has("executableTarget") => {
            hints.push(hint("service", 55, format!("a program that depends on {server}")))
        }
        _ => {}
    }
    if has("library") {
        hints.push(hint("library", 50, "Package.swift has a library product"));
    }
    if has("executable") || has("executableTarget") {
        hints.push(hint("cli", 40, "Package.swift has a program"));
    }
    hints.push(hint("library", 10, "it is a Swift package"));
    Some(PackageDecl {
        ecosystem: Ecosystem::known("swift"),
        name: name.text.to_owned(),
        version: None,
        description: None,
        hints,
        published: has("library"),
        line: Some(line),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_become_names() {
        for url in [
            "https://github.com/acme/flags.git",
            "git@github.com:acme/flags.git",
            "https://user@GitHub.com/acme/flags/",
        ] {
            assert_eq!(name_of(url).as_deref(), Some("github.com/acme/flags"), "{url}");
        }
        assert_eq!(name_of("../flags"), None);
        assert_eq!(name_of("file:///tmp/flags"), None);
        assert_eq!(name_of("https://github.com/\\(name)/x"), None);
    }
}
