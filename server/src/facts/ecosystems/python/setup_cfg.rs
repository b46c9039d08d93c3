//! `setup.cfg` as setuptools and pbr read it (<https://setuptools.pypa.io/en/latest/userguide/declarative_config.html>).
//! It must not follow `file:` and `attr:`, which other files answer.
use super::{
    super::manifest::{self, hint},
    ini::{self, Entry},
    project, requirement,
};
use crate::facts::model::{FileFacts, PackageDecl};
use shared::{Ecosystem, Scope};

/// Names that a marker begins with; a lone line may part requirements with `;`, so these are none.
const MARKERS: [&str; 8] =
    ["python_version", "python_full_version", "sys_platform", "platform_", "os_name", "implementation_", "extra", "("];

/// Reads a configuration; one without `[metadata]` or `[options]` says nothing.
pub(super) fn read(text: &str) -> FileFacts {
    let entries = ini::read(text);
    let mut facts = FileFacts::default();
    for entry in &entries {
        let scope = match (entry.section, entry.key.as_str()) {
            ("options", "install_requires") => Scope::Runtime,
            ("options", "setup_requires") => Scope::Build,
            ("options", "tests_require") => Scope::Test,
            ("options.extras_require", "") => Scope::Runtime,
            ("options.extras_require", _) => Scope::Optional,
            _ => continue,
        };
        requirements(entry, scope, &mut facts);
    }
    facts.packages.extend(package(&entries, &mut facts.problems));
    let commands = entries.iter().any(|entry| {
        matches!(entry.section, "options.entry_points" | "entry_points")
            && matches!(entry.key.as_str(), "console_scripts" | "gui_scripts")
            && !entry.values.is_empty()
    });
    let mut hints = project::framework_hints("setup.cfg", &facts);
    if commands {
        hints.insert(0, hint("cli", 45, "setup.cfg installs a command"));
        hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    }
    facts.packages.iter_mut().for_each(|package| package.hints.clone_from(&hints));
    project::drop_own(&mut facts);
    facts
}

/// One requirement a line; on a lone line they may be parted by `;`.
fn requirements(entry: &Entry<'_>, scope: Scope, facts: &mut FileFacts) {
    let parted = |text: &str| -> Vec<String> {
        match entry.values.len() {
            1 => text.split(';').map(str::to_owned).collect(),
            _ => vec![text.to_owned()],
        }
    };
    for (line, text) in &entry.values {
        let text = text.split(" #").next().unwrap_or_default().trim();
        // `file:` names another file, `%(name)s` another key.
        if text.starts_with("file:") || text.starts_with("attr:") || text.starts_with("%(") {
            continue;
        }
        for piece in parted(text) {
            let piece = piece.trim();
            if !piece.is_empty() && !MARKERS.iter().any(|marker| piece.starts_with(marker)) {
                project::specifier(piece, scope, (*line, 1), facts);
            }
        }
    }
}

fn package(entries: &[Entry<'_>], problems: &mut Vec<crate::facts::model::Problem>) -> Option<PackageDecl> {
    let field = |key: &str| {
        let entry = entries.iter().find(|entry| entry.section == "metadata" && entry.key == key)?;
        let (line, text) = entry.values.first()?;
        (!text.starts_with("attr:") && !text.starts_with("file:")).then_some((*line, text.as_str()))
    };
    let text = |key| field(key).map(|(_, text)| text);
    let (line, name) = match field("name") {
        Some((line, name)) if manifest::is_name(name) => (line, requirement::normalise(name)),
        Some((line, name)) => {
            problems.push(manifest::bad_name(name, (line, 1)));
            return None;
        }
        // setup.py may give the name; without one, the folder does.
        None => (
            entries.iter().find(|entry| entry.section == "options" && entry.key == "install_requires")?.line,
            String::new(),
        ),
    };
    let mut classifiers =
        entries.iter().filter(|entry| entry.section == "metadata" && entry.key.starts_with("classifier"));
    let private = classifiers.any(|entry| entry.values.iter().any(|(_, text)| text.starts_with("Private ::")));
    Some(PackageDecl {
        ecosystem: Ecosystem::known("pypi"),
        name,
        version: text("version").and_then(manifest::requirement),
        description: text("description").or_else(|| text("summary")).and_then(manifest::description),
        hints: vec![],
        published: !private,
        line: Some(line),
    })
}
