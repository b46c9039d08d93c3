//! Tests of what marks a definition, and of definitions in public repositories.
//! They must not write files.
use super::*;
use crate::facts::ecosystems::test_data;
use std::{fmt::Write, fs};

#[test]
fn a_format_is_told_by_a_key_of_the_top_level() {
    for text in [
        "openapi: 3.0.0",
        "---\nopenapi: 3.1.0",
        "'swagger' : '2.0'",
        "\u{feff}openapi: 3.0.0",
        "{\"a\": 1, \n  \"openapi\": \"3\"}",
    ] {
        assert!(matches!(Format::of(text.as_bytes()), Some(Format::OpenApi)), "{text}");
    }
    for text in
        ["a:\n  openapi: 3.0.0", "my-openapi: 1", "openapi", "openapi_url: x", "# openapi: 3", "\"openapi: 3", ""]
    {
        assert!(Format::of(text.as_bytes()).is_none(), "{text}");
    }
}

#[test]
fn only_json_that_speaks_of_an_api_is_wanted() {
    let wants = |path: &str| Definitions.wants(&RepoPath::new(path).unwrap());
    for path in
        ["openapi.json", "docs/swagger-v2.json", "api/orders.json", "specs/x.json", "a/flags.flagd.json", "a/b.yml"]
    {
        assert!(wants(path), "{path}");
    }
    for path in
        ["package.json", "api/package.json", "apps/api/tsconfig.build.json", "data/x.json", "pnpm-lock.yaml", "a.md"]
    {
        assert!(!wants(path), "{path}");
    }
}

#[test]
fn real_definitions_are_read() {
    let mut out = String::new();
    for kind in ["asyncapi", "openapi"] {
        let mut files: Vec<_> =
            fs::read_dir(test_data().join("manifests").join(kind)).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        for file in files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let facts = Definitions.parse(&name, &fs::read(&file).unwrap());
            write!(out, "{name}:").unwrap();
            for found in &facts.definitions {
                let version = found.version.as_deref().unwrap_or("-");
                write!(out, " {} {:?} {version}, {} entries", found.format, found.name, found.n_entries).unwrap();
                let (first, last) = (found.entries.first().unwrap(), found.entries.last().unwrap());
                write!(out, ", {}:{} to {}:{}", first.name, first.line.unwrap(), last.name, last.line.unwrap())
                    .unwrap();
            }
            for problem in &facts.problems {
                write!(out, " {} {}", problem.severity, problem.message).unwrap();
            }
            out.push('\n');
        }
    }
    insta::assert_snapshot!(out);
}
