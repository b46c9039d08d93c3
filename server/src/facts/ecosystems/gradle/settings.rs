//! What settings.gradle says: projects, their folders, included builds, and catalogs written out there.
//! It must not look for the projects.
use super::{
    super::scripts::{Kind, Script, Statement, Token, arguments, inside, path},
    argument,
    extra::{Catalog, Entry, Extra, as_accessor},
};

/// Projects of one build that are looked at.
const MAX_PROJECTS: usize = 5_000;

/// Reads a statement, when it is one of settings.
pub(super) fn read(script: &Script<'_>, statement: &Statement, extra: &mut Extra) {
    let tokens = script.of(statement);
    let Some((name, used)) = path(tokens) else { return };
    let rest = &tokens[used..];
    let texts = || rest.iter().filter(|token| token.kind == Kind::Text).map(|token| token.text);
    let settings = &mut extra.settings;
    match name.as_str() {
        "include" if settings.includes.len() < MAX_PROJECTS => {
            settings.includes.extend(texts().map(|project| project.trim_start_matches(':').to_owned()));
        }
        "rootProject.name" => settings.root_name = texts().next().map(str::to_owned),
        "project" => folder(rest, extra),
        "includeBuild" => {
            let managed = script.around(statement).any(|head| head.iter().any(|word| word.is_word("pluginManagement")));
            if managed {
                settings.plugin_builds.extend(texts().map(str::to_owned));
            }
        }
        "from" => {
            if let (Some(catalog), Some(file)) = (catalog_name(script, statement), texts().next()) {
                settings.catalog_files.insert(catalog, file.to_owned());
            }
        }
        "library" | "version" | "plugin" | "bundle" | "alias" => {
            if let Some(catalog) = catalog_name(script, statement) {
                entry(&name, rest, settings.catalogs.entry(catalog).or_default());
            }
        }
        _ => {}
    }
}

/// `project(":x").projectDir = file("y")`.
fn folder(rest: &[Token<'_>], extra: &mut Extra) {
    let sets = rest.iter().position(|token| token.is_word("projectDir"));
    let Some(at) = sets.filter(|at| rest.get(at + 1).is_some_and(|next| next.is_mark("="))) else { return };
    let text =
        |tokens: &[Token<'_>]| tokens.iter().rfind(|token| token.kind == Kind::Text).map(|token| token.text.to_owned());
    if let (Some(project), Some(folder)) = (text(&rest[..at]), text(&rest[at..])) {
        let folder = folder.replace("$rootDir/", "").replace("${rootDir}/", "");
        extra.settings.folders.insert(project.trim_start_matches(':').to_owned(), folder);
    }
}

/// The name in `versionCatalogs { create("libs") { … } }` or `versionCatalogs { libs { … } }`.
fn catalog_name(script: &Script<'_>, statement: &Statement) -> Option<String> {
    let heads: Vec<&[Token<'_>]> = script.around(statement).collect();
    let at = heads.iter().position(|head| head.first().is_some_and(|word| word.is_word("versionCatalogs")))?;
    let head = heads.get(at.checked_sub(1)?)?;
    let text = head.iter().find(|token| token.kind == Kind::Text);
    text.or_else(|| head.first()).map(|token| token.text.to_owned())
}

/// `library("alias", "g:a:v")`, `library("alias", "g", "a").versionRef("v")`, `version("v", "1")` and so on.
fn entry(kind: &str, rest: &[Token<'_>], catalog: &mut Catalog) {
    let parts = arguments(inside(rest));
    let texts: Vec<&str> = parts.iter().filter_map(|part| argument::only_text(part)).collect();
    let Some(alias) = texts.first().map(|alias| as_accessor(alias)) else { return };
    let after = |method: &str| {
        let at = rest.iter().position(|token| token.is_word(method))?;
        rest[at..].iter().find(|token| token.kind == Kind::Text).map(|token| token.text.to_owned())
    };
    let versioned = |name: &str, version: Option<&str>| Entry {
        name: name.to_owned(),
        version: version.map(str::to_owned).or_else(|| after("version")),
        version_ref: after("versionRef").map(|alias| as_accessor(&alias)),
    };
    match (kind, &texts[1..]) {
        ("version", [version]) => drop(catalog.versions.insert(alias, (*version).to_owned())),
        ("library", [group, artifact]) => {
            drop(catalog.libraries.insert(alias, versioned(&format!("{group}:{artifact}"), None)))
        }
        ("library", [written]) => {
            let mut parts = written.splitn(3, ':');
            let name = format!("{}:{}", parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            catalog.libraries.insert(alias, versioned(&name, parts.next()));
        }
        ("plugin", [id]) => drop(catalog.plugins.insert(alias, versioned(id, None))),
        ("bundle", _) => {
            let members = rest.iter().filter(|token| token.kind == Kind::Text).skip(1);
            catalog.bundles.insert(alias, members.map(|token| as_accessor(token.text)).collect());
        }
        _ => {}
    }
}
