//! Gradle's lock files (<https://docs.gradle.org/current/userguide/dependency_locking.html>).
//! It must not judge which configurations matter.
use super::{super::manifest, line};
use crate::facts::model::{DependencyDecl, FileFacts};
use shared::{DependencyKind, Scope, Severity};

/// Reads `gradle.lockfile`, `buildscript-gradle.lockfile`, and the old files of one configuration each.
pub(super) fn read(text: &str, file_name: &str) -> FileFacts {
    let mut facts = FileFacts::default();
    let of_build = file_name.starts_with("buildscript");
    let old = file_name.strip_suffix(".lockfile").filter(|name| !name.ends_with("gradle")).unwrap_or("compile");
    let lines = text.lines().zip(1_u32..).map(|(line, number)| (line.trim(), number));
    for (written, number) in lines.filter(|(line, _)| !line.is_empty() && !line.starts_with('#')) {
        let (coordinates, configurations) = written.split_once('=').unwrap_or((written, old));
        if coordinates == "empty" {
            continue;
        }
        let scope = if of_build { Scope::Build } else { strongest(configurations) };
        match line::declared(coordinates, scope, number).filter(|locked| locked.requirement.is_some()) {
            Some(locked) => facts.dependencies.push(DependencyDecl {
                version: locked.requirement.clone(),
                requirement: None,
                kind: DependencyKind::Resolved,
                ..locked
            }),
            None if facts.problems.len() < manifest::MAX_SYNTAX_PROBLEMS => {
                let shown = manifest::tidy(written, 80);
                let message =
                    format!("\"{shown}\" is not group:artifact:version=configurations; write the lock file anew.");
                facts.problems.push(manifest::problem(
                    "lock-invalid-line",
                    Severity::Warning,
                    Some((number, 1)),
                    message,
                ));
            }
            None => {}
        }
    }
    manifest::settle(facts)
}

/// What a module is for when several configurations hold it: running before building before testing.
fn strongest(configurations: &str) -> Scope {
    let rank = |scope: &Scope| match scope {
        Scope::Runtime => 0,
        Scope::Build => 1,
        Scope::Dev => 2,
        _ => 3,
    };
    configurations.split(',').map(|name| of_configuration(name.trim())).min_by_key(rank).unwrap_or(Scope::Runtime)
}

/// Lock files name resolvable configurations: `runtimeClasspath`, `testCompileClasspath`, `kapt`.
fn of_configuration(name: &str) -> Scope {
    match name {
        _ if name.to_ascii_lowercase().ends_with("runtimeclasspath") => {
            line::scope_of(&name.replace("RuntimeClasspath", "Runtime").replace("runtimeClasspath", "runtime"), false)
        }
        "compileClasspath" => Scope::Build,
        _ => line::scope_of(&name.replace("CompileClasspath", "CompileOnly"), false),
    }
}
