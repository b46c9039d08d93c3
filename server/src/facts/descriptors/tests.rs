//! Descriptors against hostile streams and against 354 real files.
//! For tests only.
use super::*;
use crate::facts::ecosystems::test_data;
use std::{collections::BTreeMap, fs};

fn read_named(text: &str) -> FileFacts {
    Descriptors.parse("catalog-info.yaml", text.as_bytes())
}

fn rules(facts: &FileFacts) -> Vec<(&str, u32, u32)> {
    let place = |problem: &'_ Problem| (problem.line.unwrap(), problem.column.unwrap());
    facts.problems.iter().map(|problem| (problem.rule.as_str(), place(problem).0, place(problem).1)).collect()
}

#[test]
fn wants_yaml_that_could_be_a_descriptor() {
    let wants = |path: &str| Descriptors.wants(&RepoPath::new(path).unwrap());
    for path in [
        "catalog-info.yaml",
        "a/pay.catalog-info.yml",
        ".backstage/x.yaml",
        "waymark.yaml",
        "t/templates/java/template.yaml",
    ] {
        assert!(wants(path), "{path}");
    }
    for path in ["pnpm-lock.yaml", ".github/workflows/ci.yml", "charts/a/templates/deployment.yaml", "README.md"] {
        assert!(!wants(path), "{path}");
    }
}

#[test]
fn keeps_places_of_values_and_items() {
    let facts = read_named(
        "# c\n---\napiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: pay\n  tags: [a, b]\nspec:\n  owner: x\n",
    );
    let doc = &facts.documents[0];
    assert_eq!(doc.line, 3);
    assert_eq!(doc.places["spec.owner"], (9, 10));
    assert_eq!(doc.places["metadata.tags[1]"], (7, 13));
    assert_eq!(facts.problems, []);
}

#[test]
fn a_broken_document_leaves_the_others() {
    let good = "apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: {name: pay}\nspec: {owner: x}\n";
    let facts = read_named(&format!("{good}---\na: [\n---\na: 1\na: 2\n---\n{good}"));
    assert_eq!(facts.documents.iter().map(|doc| doc.line).collect::<Vec<_>>(), [1, 11]);
    let told = rules(&facts);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!((told[0].0, told[1].0, told[1].1), ("descriptor-invalid-yaml", "descriptor-invalid-yaml", 9));
}

#[test]
fn yaml_of_others_is_not_parsed_or_judged() {
    let other = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations: {backstage.io/view: x}\n";
    assert_eq!(Descriptors.parse("deployment.yaml", other.as_bytes()), FileFacts::default());
    assert_eq!(rules(&read_named(other))[0], ("descriptor-unknown-api-version", 1, 13));
}

#[test]
fn bombs_end_as_problems() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..9 {
        let alias = format!("*a{}", n - 1);
        bomb.push_str(&format!("a{n}: &a{n} [{}]\n", vec![alias; 10].join(", ")));
    }
    let deep = format!("a: {}", "[".repeat(100_000));
    let many = "- x\n".repeat(60_000);
    for text in [bomb, deep, many] {
        assert_eq!(read_named(&text).problems[0].rule, "descriptor-invalid-yaml");
    }
}

#[test]
fn nesting_is_read_up_to_its_limit() {
    let nested = |levels: usize| {
        let head = "apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: {name: pay}\nspec: {owner: x, deep: ";
        format!("{head}{}{}}}\n", "[".repeat(levels), "]".repeat(levels))
    };
    // The document and its spec are two levels.
    assert_eq!(rules(&read_named(&nested(10))), []);
    assert_eq!(rules(&read_named(&nested(62))), []);
    assert_eq!(rules(&read_named(&nested(63)))[0].0, "descriptor-invalid-yaml");
}

#[test]
fn aliases_do_not_nest_past_the_limit() {
    let mut text = format!("a0: &a0 {}x{}\n", "[".repeat(30), "]".repeat(30));
    for n in 1..20 {
        text.push_str(&format!("a{n}: &a{n} {}*a{}{}\n", "[".repeat(30), n - 1, "]".repeat(30)));
    }
    assert_eq!(read_named(&text).problems[0].rule, "descriptor-invalid-yaml");
}

#[test]
fn a_stream_of_too_many_documents_is_cut() {
    let doc = "---\napiVersion: waymark.dev/v1\nkind: Capability\nmetadata: {name: a}\nspec: {}\n";
    let facts = read_named(&doc.repeat(MAX_DOCUMENTS));
    assert_eq!((facts.documents.len(), facts.problems.len()), (MAX_DOCUMENTS, 0));
    let facts = read_named(&doc.repeat(MAX_DOCUMENTS + 1));
    assert_eq!((facts.documents.len(), rules(&facts)[0].0), (MAX_DOCUMENTS, "descriptor-too-many-documents"));
}

#[test]
fn real_descriptors_give_documents_or_problems() {
    let data = test_data();
    let index = fs::read_to_string(data.join("INDEX.tsv")).unwrap();
    let mut totals: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |key: String| *totals.entry(key).or_default() += 1;
    for row in index.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>()) {
        let (file, path, flags) = (row[0], row[3], row.get(9).copied().unwrap_or_default());
        if !file.starts_with("descriptors/") {
            continue;
        }
        let name = path.rsplit('/').next().unwrap();
        let facts = Descriptors.parse(name, &fs::read(data.join(file)).unwrap());
        let excused = ["PARSE-ERR", "templated", "cookiecutter"].iter().any(|flag| flags.contains(flag));
        let silent = facts.documents.is_empty() && facts.problems.is_empty();
        assert!(excused || !silent, "{file} ({path}) gives nothing");
        if silent {
            count("files that give nothing".to_owned());
        }
        facts.documents.iter().for_each(|doc| count(format!("document {}", doc.document["kind"].as_str().unwrap())));
        facts.problems.iter().for_each(|problem| count(format!("problem {} {}", problem.severity, problem.rule)));
    }
    insta::assert_debug_snapshot!(totals);
}
