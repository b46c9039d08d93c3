//! Used, unused and undeclared dependencies of small repositories. Must not test the tables.
use crate::{
    catalog::{Ruleset, build, model::RepositoryCatalog},
    facts::{FACTS, PARSERS, Parser, assemble, testing},
};
use shared::{DependencyKind, RepoPath, Rung};
use std::collections::BTreeMap;

const RULES: &str = "
apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: feature-flags}
spec:
  area: developer-platform
  offers:
    - {name: flagship, path: golden, detect: {packages: ['npm:@acme/flags', 'go:acme.dev/flags', 'pypi:acme-flags']}}
    - {name: direct, path: vendor, detect: {imports: ['acme_direct.client', 'com.acme.direct']}}
";

fn catalog(contents: &[(&str, &str)]) -> RepositoryCatalog {
    let contents: BTreeMap<_, _> =
        contents.iter().map(|(path, text)| (RepoPath::new(*path).unwrap(), text.as_bytes().to_vec())).collect();
    let parsers: Vec<&dyn Parser> = PARSERS.iter().chain(FACTS).copied().collect();
    let facts = assemble(&testing::from_contents(&contents, &parsers), &parsers, vec![], false);
    let (rules, _) = Ruleset::compose(&[("rules.yaml".to_owned(), RULES.to_owned())], &[]);
    build(&facts, &rules, "2026-11-21")
}

/// `name use path:line` of each declared dependency, and `+name path:line` of each undeclared one.
fn uses(contents: &[(&str, &str)]) -> Vec<String> {
    let shown = |owned: &crate::catalog::model::OwnedDependency| {
        let place = owned.imported_at.as_ref().map(|(path, line)| format!(" {path}:{line}")).unwrap_or_default();
        let name = &owned.dependency.decl.name;
        match owned.dependency.decl.kind {
            DependencyKind::Imported => format!("+{name}{place}"),
            DependencyKind::Resolved => format!("={name} {}", owned.source_use),
            DependencyKind::Declared => format!("{name} {}{place}", owned.source_use),
        }
    };
    catalog(contents).dependencies.iter().map(shown).collect()
}

#[test]
fn npm_packages_are_used_unused_or_undeclared() {
    let manifest = r#"{"name": "shop", "dependencies": {"express": "4", "left-pad": "1", "react-dom": "18", "@acme/flags": "1"},
        "devDependencies": {"@types/estree": "1", "eslint": "9", "chalk": "5"}, "peerDependencies": {"vue": "3"}}"#;
    let lock = r#"{"lockfileVersion": 3, "packages": {"": {}, "node_modules/ms": {"version": "2.0.0"},
        "node_modules/utils": {"version": "1.0.0"}}}"#;
    let source = "import express from 'express'\nimport type { Node } from 'estree'\nimport ms from 'ms'\nimport fs from 'fs'\n\
        import a from '@/a'\nimport b from 'unheard-of'\nimport { c } from 'utils/c'\nimport f from '@acme/flags/react'\n";
    let files = [
        ("package.json", manifest),
        ("package-lock.json", lock),
        ("src/index.ts", source),
        ("src/utils/c.ts", "a()\n"),
    ];
    let mut got = uses(&files);
    got.retain(|line| !line.starts_with('='));
    got.sort();
    let wanted = [
        "+ms src/index.ts:3",
        "@acme/flags imported src/index.ts:8",
        "@types/estree imported src/index.ts:2",
        "chalk unknown",
        "eslint unknown",
        "express imported src/index.ts:1",
        "left-pad not_seen",
        "react-dom unknown",
        "vue unknown",
    ];
    assert_eq!(got, wanted);
}

#[test]
fn what_lock_files_hold_stays_unknown() {
    let lock = r#"{"lockfileVersion": 3, "packages": {"": {}, "node_modules/ms": {"version": "2.0.0"}}}"#;
    let files = [("package.json", r#"{"name": "a"}"#), ("package-lock.json", lock), ("a.js", "require('b')\n")];
    assert_eq!(uses(&files), ["=ms unknown"]);
}

#[test]
fn a_workspace_root_declares_for_its_members_and_members_are_no_packages_of_others() {
    let got = uses(&[
        (
            "package.json",
            r#"{"name": "root", "private": true, "workspaces": ["packages/*"], "dependencies": {"lodash": "4"}}"#,
        ),
        ("packages/a/package.json", r#"{"name": "@acme/a", "version": "1.0.0"}"#),
        ("packages/a/index.js", "const fp = require('lodash/fp'), b = require('@acme/b')\n"),
        ("packages/b/package.json", r#"{"name": "@acme/b", "version": "1.0.0"}"#),
    ]);
    assert_eq!(got, ["lodash imported packages/a/index.js:1"]);
}

#[test]
fn python_modules_meet_distributions_of_other_names() {
    let project = "[project]\nname = \"pay\"\nversion = \"1\"\ndependencies = [\"PyYAML\", \"requests\", \"acme-odd\", \"gunicorn\"]\n";
    let source = "import os\nimport yaml\nimport bs4\nimport unheard\nimport pay.b\nfrom own import x\ntry:\n    import jwt\nexcept ImportError:\n    pass\n";
    let files = [
        ("pyproject.toml", project),
        ("pay/a.py", source),
        ("pay/own.py", "a = 1\n"),
        ("tests/test_a.py", "import attr\n"),
    ];
    let wanted = [
        "pyyaml imported pay/a.py:2",
        "requests not_seen",
        "acme-odd unknown",
        "gunicorn unknown",
        "+beautifulsoup4 pay/a.py:3",
    ];
    assert_eq!(uses(&files), wanted);
}

#[test]
fn nothing_is_undeclared_beside_a_manifest_that_nobody_reads() {
    let files =
        [("setup.py", "setup(install_requires=[])\n"), ("requirements-dev.txt", "black\n"), ("a.py", "import yaml\n")];
    assert_eq!(uses(&files), ["black unknown"]);
}

#[test]
fn go_packages_are_of_the_longest_module() {
    let module =
        "module acme.dev/pay\n\nrequire (\n\tacme.dev/a v1.0.0\n\tacme.dev/a/b v1.0.0\n\tacme.dev/c v1.0.0\n)\n";
    let source = "package pay\n\nimport (\n\t\"fmt\"\n\t\"acme.dev/a/b/x\"\n\t\"acme.dev/pay/own\"\n)\n";
    let wanted = ["acme.dev/a not_seen", "acme.dev/a/b imported pay.go:5", "acme.dev/c not_seen"];
    assert_eq!(uses(&[("go.mod", module), ("pay.go", source)]), wanted);
    let generated = ("x.pb.go", "package pay\nimport \"acme.dev/c\"\n");
    let wanted = ["acme.dev/a unknown", "acme.dev/a/b imported pay.go:5", "acme.dev/c imported x.pb.go:2"];
    assert_eq!(uses(&[("go.mod", module), ("pay.go", source), generated])[1], wanted[1]);
    let by_header = ("x.go", "// Code generated by x. DO NOT EDIT.\npackage pay\nimport \"acme.dev/c\"\n");
    assert_eq!(uses(&[("go.mod", module), ("pay.go", source), by_header])[2], "acme.dev/c imported x.go:3");
}

#[test]
fn crates_are_used_by_paths_too() {
    let manifest = "[package]\nname = \"pay\"\n[dependencies]\nanyhow = \"1\"\nserde_json = \"1\"\nlog = \"0.4\"\nacme-flags = \"1\"\n";
    let source = "use acme_flags::Client;\nfn a() -> anyhow::Result<()> { serde_json::from_str(\"log::info\") }\n";
    let wanted = [
        "anyhow imported src/lib.rs:2",
        "serde_json imported src/lib.rs:2",
        "log not_seen",
        "acme-flags imported src/lib.rs:1",
    ];
    assert_eq!(uses(&[("Cargo.toml", manifest), ("src/lib.rs", source)]), wanted);
}

#[test]
fn maven_artifacts_are_told_by_group_only_when_it_has_one() {
    let dependency = |group: &str, artifact: &str| {
        format!(
            "<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>1</version></dependency>"
        )
    };
    let pom = format!(
        "<project><groupId>com.acme</groupId><artifactId>pay</artifactId><dependencies>{}{}{}{}</dependencies></project>",
        dependency("com.acme.flags", "client"),
        dependency("org.two", "a"),
        dependency("org.two", "b"),
        dependency("com.google.guava", "guava"),
    );
    let source = "import com.acme.flags.Client;\nimport org.two.b.X;\nimport org.two.Y;\nimport com.google.common.base.Joiner;\n";
    let wanted = [
        "com.acme.flags:client imported src/main/java/A.java:1",
        "org.two:a unknown",
        "org.two:b imported src/main/java/A.java:2",
        "com.google.guava:guava imported src/main/java/A.java:4",
    ];
    assert_eq!(uses(&[("pom.xml", &pom), ("src/main/java/A.java", source)]), wanted);
}

/// `offer rung path` of each usage's weakest evidence.
fn weakest(contents: &[(&str, &str)]) -> Vec<(String, Rung, String)> {
    let of = |usage: &crate::catalog::model::Usage| {
        let last = usage.evidence.last().unwrap();
        (usage.offer.clone(), last.rung, last.rule.clone())
    };
    catalog(contents).usages.iter().map(of).collect()
}

#[test]
fn an_import_is_evidence_of_the_third_rung() {
    let import = ("flagship".to_owned(), Rung::Import, "packages: npm:@acme/flags".to_owned());
    let manifest = ("package.json", r#"{"name": "shop", "dependencies": {"@acme/flags": "1"}}"#);
    let source = ("src/a.ts", "import { f } from '@acme/flags/react'\n");
    assert_eq!(weakest(&[manifest, source]), std::slice::from_ref(&import));
    assert_eq!(weakest(&[("package.json", r#"{"name": "shop"}"#), source]), [import]);
    let maker = ("package.json", r#"{"name": "@acme/flags", "version": "1.0.0"}"#);
    assert_eq!(weakest(&[maker, source]), [], "whoever publishes is no user");
    assert_eq!(weakest(&[maker, ("src/a.ts", "// import { f } from '@acme/flags'\n")]), []);
}

#[test]
fn rules_name_modules_too() {
    let direct = |rule: &str| vec![("direct".to_owned(), Rung::Import, format!("imports: {rule}"))];
    assert_eq!(weakest(&[("a.py", "from acme_direct.client.x import y\n")]), direct("acme_direct.client"));
    assert_eq!(weakest(&[("A.kt", "import com.acme.direct.Client as C\n")]), direct("com.acme.direct"));
    assert_eq!(weakest(&[("a.py", "import acme_direct.clients\n"), ("A.java", "import com.acme.directly.B;\n")]), []);
}
