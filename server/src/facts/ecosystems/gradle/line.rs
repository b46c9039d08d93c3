//! Dependency lines of a script: a configuration and what it names.
//! It must not take a line outside `dependencies { … }` for one.
use super::{
    super::{
        manifest,
        scripts::{Kind, Script, Statement, Token, arguments, inside},
    },
    argument::{Target, targets},
    ecosystem,
    extra::{Extra, Use},
};
use crate::facts::model::{DependencyDecl, FileFacts};
use shared::{DependencyKind, Ecosystem, Scope};

/// Words that start a line of a dependencies block and are no configuration.
const NO_CONFIGURATION: &[&str] = &[
    "exclude",
    "constraints",
    "modules",
    "components",
    "because",
    "attributes",
    "artifact",
    "capabilities",
    "if",
    "else",
    "for",
    "while",
    "when",
    "val",
    "var",
    "def",
    "return",
    "println",
    "version",
    "strictly",
    "require",
    "prefer",
    "reject",
    "transitive",
    "isTransitive",
    "changing",
    "isChanging",
    "force",
    "isForce",
    "import",
    "apply",
    "project",
    "registerTransform",
    "artifactTypes",
    "dependency",
    "dependencySet",
    "targetConfiguration",
    "fun",
    "throw",
    "rule",
    "sync",
    "println",
    "logger",
];

/// Reads a statement, when it is a dependency line.
pub(super) fn read(script: &Script<'_>, statement: &Statement, (facts, extra): (&mut FileFacts, &mut Extra)) {
    let tokens = script.of(statement);
    let Some((configuration, named)) = line(tokens) else { return };
    let bom = configuration == "mavenBom";
    if !bom && !in_dependencies(script, statement) {
        return;
    }
    let only = arguments(named).len() == 1;
    let is_bom = bom || only && named.iter().take(3).any(|token| matches!(token.text, "platform" | "enforcedPlatform"));
    let in_test = script.around(statement).flatten().any(|token| is_test(token.text));
    let scope = if is_bom { Scope::Build } else { scope_of(configuration, in_test) };
    for (target, token) in targets(named) {
        let line = script.line(token);
        match target {
            Target::Accessor(accessor) if manifest::is_name(&accessor) => {
                extra.uses.push(Use { accessor, scope, line })
            }
            Target::Accessor(_) => {}
            Target::Coordinates(written) => facts.dependencies.extend(declared(&written, scope, line)),
            Target::Npm(name, requirement) => {
                let requirement = requirement.and_then(|written| manifest::requirement(&written));
                let npm = DependencyDecl { ecosystem: Ecosystem::known("npm"), ..decl(name, requirement, scope, line) };
                facts.dependencies.extend(Some(npm).filter(|npm| manifest::is_name(&npm.name)));
            }
        }
    }
}

/// The configuration and the tokens of what it is given.
fn line<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(&'a str, &'t [Token<'a>])> {
    match tokens {
        [add, open, configuration, comma, rest @ ..]
            if add.is_word("add") && open.is_mark("(") && comma.is_mark(",") && configuration.kind == Kind::Text =>
        {
            Some((configuration.text, rest.strip_suffix(&tokens[tokens.len() - 1..]).unwrap_or(rest)))
        }
        [configuration, open, ..] if open.is_mark("(") && configuration.kind != Kind::Mark => {
            (!NO_CONFIGURATION.contains(&configuration.text)).then(|| (configuration.text, inside(&tokens[1..])))
        }
        [configuration, first, ..]
            if configuration.kind == Kind::Word && (first.kind != Kind::Mark || first.is_mark("[")) =>
        {
            (!NO_CONFIGURATION.contains(&configuration.text)).then(|| (configuration.text, &tokens[1..]))
        }
        _ => None,
    }
}

/// Whether the innermost block that is no condition or loop is `dependencies`, and not that of managed versions.
fn in_dependencies(script: &Script<'_>, statement: &Statement) -> bool {
    let mut heads = script.around(statement).skip_while(|head| is_transparent(head));
    let is_dependencies = heads.next().and_then(<[Token<'_>]>::last).is_some_and(|last| last.is_word("dependencies"));
    is_dependencies && !heads.any(|head| head.iter().any(|token| token.is_word("dependencyManagement")))
}

fn is_transparent(head: &[Token<'_>]) -> bool {
    let first = head.first().map(|token| token.text).unwrap_or_default();
    let last = head.last().map(|token| token.text).unwrap_or_default();
    matches!(first, "if" | "else" | "for") || matches!(last, "each" | "forEach" | "all")
}

/// `group:artifact[:version[:classifier]][@type]` as a dependency; nothing for a project's path or a folder.
pub(super) fn declared(written: &str, scope: Scope, line: u32) -> Option<DependencyDecl> {
    let (name, rest) = split(written)?;
    let rest = rest.split('@').next().unwrap_or_default();
    let version = split_outside(rest, ':').0;
    let dependency = decl(name, manifest::requirement(version), scope, line);
    manifest::is_name(&dependency.name.replace(['{', '}'], "")).then_some(dependency)
}

fn split(written: &str) -> Option<(String, &str)> {
    let (group, rest) = split_outside(written, ':');
    let (artifact, rest) = split_outside(rest?, ':');
    let artifact = artifact.split('@').next().unwrap_or_default();
    let whole = |part: &str| !part.is_empty() && !part.contains('/');
    (whole(group) && whole(artifact)).then(|| (format!("{group}:{artifact}"), rest.unwrap_or_default()))
}

/// The text before a character that stands outside `${…}`, and after it.
fn split_outside(text: &str, what: char) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if c == what && depth == 0 => return (&text[..at], Some(&text[at + 1..])),
            _ => {}
        }
    }
    (text, None)
}

pub(super) fn decl(name: String, requirement: Option<String>, scope: Scope, line: u32) -> DependencyDecl {
    DependencyDecl {
        ecosystem: ecosystem(),
        name,
        requirement,
        version: None,
        scope,
        kind: DependencyKind::Declared,
        line: Some(line),
    }
}

fn is_test(name: &str) -> bool {
    let lower = name.strip_prefix("test").is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_lowercase()));
    lower || name.contains("Test")
}

/// What a configuration is for, by the endings that Java, Kotlin and Android plugins give to theirs.
pub(super) fn scope_of(configuration: &str, in_test: bool) -> Scope {
    let ends = |ending: &str| configuration.to_ascii_lowercase().ends_with(ending);
    match configuration {
        _ if in_test || is_test(configuration) => Scope::Test,
        "developmentOnly" | "testAndDevelopmentOnly" | "jmh" => Scope::Dev,
        _ if configuration.starts_with("debug") || configuration.starts_with("jmh") => Scope::Dev,
        _ if ends("compileonly") || ends("compileonlyapi") => Scope::Build,
        _ if ["implementation", "api", "runtimeonly", "compile", "runtime"].into_iter().any(ends) => Scope::Runtime,
        "coreLibraryDesugaring" | "shadow" | "include" | "modImplementation" | "bundle" => Scope::Runtime,
        _ => Scope::Build,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_lose_classifier_and_type() {
        let of = |written| declared(written, Scope::Runtime, 1).map(|found| (found.name, found.requirement));
        assert_eq!(of("g:a:1:all@zip"), Some(("g:a".to_owned(), Some("1".to_owned()))));
        assert_eq!(of("g:a:${v['x:y']}"), Some(("g:a".to_owned(), Some("${v['x:y']}".to_owned()))));
        assert_eq!(of("g:a@aar"), Some(("g:a".to_owned(), None)));
        assert_eq!(of(":project:path"), None);
        assert_eq!(of("libs/a.jar"), None);
    }

    #[test]
    fn configurations_have_scopes() {
        for (configuration, scope) in [
            ("androidTestImplementation", Scope::Test),
            ("testFixturesApi", Scope::Test),
            ("latestImplementation", Scope::Runtime),
            ("commonMainApi", Scope::Runtime),
            ("kapt", Scope::Build),
            ("compileOnly", Scope::Build),
            ("debugImplementation", Scope::Dev),
        ] {
            assert_eq!(scope_of(configuration, false), scope, "{configuration}");
        }
    }
}
