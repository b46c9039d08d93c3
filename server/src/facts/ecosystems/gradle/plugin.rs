//! Plugins that a script declares, applies or registers.
//! It must not know what a plugin does.
use super::{
    super::scripts::{Kind, Script, Statement, Token, inside, path},
    argument,
    extra::{Extra, Plugin},
};

/// Reads a statement, when it is about plugins.
pub(super) fn read(script: &Script<'_>, statement: &Statement, extra: &mut Extra) {
    let tokens = script.of(statement);
    let mut around = script.around(statement);
    let block = around.next().unwrap_or_default();
    let below = script.around(statement).any(is_for_projects_below);
    if let [only] = block
        && only.is_word("plugins")
        && !script.around(statement).any(|head| head.first().is_some_and(|word| word.is_word("gradlePlugin")))
    {
        let managed =
            script.around(statement).any(|head| head.first().is_some_and(|word| word.is_word("pluginManagement")));
        if let Some(plugin) = declared(script, tokens) {
            add(extra, plugin, managed);
        }
        return;
    }
    if let Some((id, token)) = applied(tokens) {
        let line = script.line(token);
        extra.plugins.push(Plugin { id, version: None, applied: true, below, line });
    }
    registered(script, statement, extra);
}

/// Whether a block holds what is applied to the projects below this one.
fn is_for_projects_below(head: &[Token<'_>]) -> bool {
    head.iter().any(|token| matches!(token.text, "subprojects" | "allprojects"))
}

fn add(extra: &mut Extra, plugin: Plugin, managed: bool) {
    match (managed, &plugin.version) {
        (true, Some(version)) => {
            extra.managed_plugins.insert(plugin.id, version.clone());
        }
        (true, None) => {}
        (false, _) => extra.plugins.push(plugin),
    }
}

/// A line of a `plugins` block.
fn declared(script: &Script<'_>, tokens: &[Token<'_>]) -> Option<Plugin> {
    let first = tokens.first().filter(|first| first.kind == Kind::Word)?;
    let named = match tokens.get(1) {
        Some(open) if open.is_mark("(") => inside(&tokens[1..]),
        _ => &tokens[1..],
    };
    let id = match first.text {
        "id" | "alias" => id(named)?,
        "kotlin" => format!("org.jetbrains.kotlin.{}", named.first().filter(|name| name.kind == Kind::Text)?.text),
        "version" | "apply" => return None,
        core => core.to_owned(),
    };
    let after = |word: &str| tokens.iter().position(|token| token.is_word(word)).map(|at| &tokens[at + 1..]);
    let version = after("version").and_then(|rest| match rest.first() {
        Some(open) if open.is_mark("(") => argument::text(inside(rest)),
        _ => argument::text(rest),
    });
    let not_applied = after("apply").is_some_and(|rest| rest.iter().take(2).any(|token| token.is_word("false")));
    Some(Plugin { id, version, applied: !not_applied, below: false, line: script.line(first) })
}

/// An id as written, or `=accessor`.
fn id(named: &[Token<'_>]) -> Option<String> {
    let first = named.first()?;
    if let Some(found) = argument::found_in_catalog(named) {
        return Some(format!("={found}"));
    }
    if first.kind == Kind::Text {
        return Some(first.text.to_owned());
    }
    let (path, _) = path(named)?;
    Some(format!("={}", path.trim_end_matches(".get")))
}

/// `apply plugin: 'x'`, `apply(plugin = "x")`, `pluginManager.apply("x")`.
fn applied<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(String, &'t Token<'a>)> {
    let (path, used) = path(tokens)?;
    if path != "apply" && !path.ends_with(".apply") {
        return None;
    }
    let rest = match tokens.get(used)? {
        open if open.is_mark("(") => inside(&tokens[used..]),
        _ => &tokens[used..],
    };
    match rest {
        [plugin, mark, value @ ..] if plugin.is_word("plugin") && (mark.is_mark(":") || mark.is_mark("=")) => {
            Some((id(value)?, value.first()?))
        }
        [text] if text.kind == Kind::Text => Some((text.text.to_owned(), text)),
        [first, ..] => argument::found_in_catalog(rest).map(|found| (format!("={found}"), first)),
        [] => None,
    }
}

/// `id = "x"` and `implementationClass = "X"` of one block inside `gradlePlugin { plugins { … } }`.
fn registered(script: &Script<'_>, statement: &Statement, extra: &mut Extra) {
    let tokens = script.of(statement);
    let [key, equals, value @ ..] = tokens else { return };
    if !equals.is_mark("=") || !matches!(key.text, "id" | "implementationClass") {
        return;
    }
    if !script.around(statement).any(|head| head.first().is_some_and(|word| word.is_word("gradlePlugin"))) {
        return;
    }
    if key.text == "id" {
        if let Some(id) = id(value) {
            extra.own_plugins.push((id.replace(".get", ""), String::new()));
        }
    } else if let (Some(class), Some(last)) = (argument::only_text(value), extra.own_plugins.last_mut()) {
        last.1 = class.rsplit('.').next().unwrap_or_default().to_owned();
    }
}
