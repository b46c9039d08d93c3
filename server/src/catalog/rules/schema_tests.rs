//! Tests that `server/rules/schema.json` and the reader of rule files say the same.
//! They must not test what a capability means.
use super::{Ruleset, capability, document, matcher::MatcherKind, offer, starter};
use serde_json::Value;
use shared::{Area, Confidence, OfferPath};
use std::collections::BTreeSet;

const SCHEMA: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/schema.json"));

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

fn keys(schema: &Value, pointer: &str) -> BTreeSet<String> {
    let object = schema.pointer(pointer).unwrap_or_else(|| panic!("no {pointer}"));
    assert_eq!(object["additionalProperties"], Value::Bool(false), "{pointer} takes any key");
    object["properties"].as_object().unwrap().keys().cloned().collect()
}

fn words(schema: &Value, pointer: &str) -> Vec<String> {
    let list = schema.pointer(pointer).unwrap_or_else(|| panic!("no {pointer}"))["enum"].as_array().unwrap();
    list.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

/// What is wrong with a value, by the part of JSON Schema that the file uses: type, const, enum, properties, required,
/// items, bounds, and references within the file. An unknown keyword fails, so that none is forgotten here.
fn violations(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (keyword, rule) in schema.as_object().unwrap() {
        let holds = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let pointer = rule.as_str().unwrap().strip_prefix('#').unwrap();
                out.extend(violations(root, root.pointer(pointer).unwrap(), value, at));
                true
            }
            "type" => match rule {
                Value::Array(any) => any.iter().any(|one| is_type(one, value)),
                one => is_type(one, value),
            },
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "required" => rule.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
            "additionalProperties" => {
                value.as_object().is_none_or(|map| map.keys().all(|key| schema["properties"].get(key).is_some()))
            }
            "properties" => {
                for (key, sub) in rule.as_object().unwrap() {
                    let inner = value.get(key);
                    out.extend(
                        inner.into_iter().flat_map(|inner| violations(root, sub, inner, &format!("{at}.{key}"))),
                    );
                }
                true
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                out.extend(items.flat_map(|(i, item)| violations(root, rule, item, &format!("{at}[{i}]"))));
                true
            }
            "minLength" => value.as_str().is_none_or(|text| text.len() as u64 >= rule.as_u64().unwrap()),
            "maxLength" => value.as_str().is_none_or(|text| text.len() as u64 <= rule.as_u64().unwrap()),
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
            "pattern" => value.as_str().is_none_or(|text| is_like(rule.as_str().unwrap(), text)),
            other => panic!("teach this test the keyword {other}"),
        };
        if !holds {
            out.push(format!("{at}: {keyword} {rule} does not hold for {value}"));
        }
    }
    out
}

fn is_type(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        other => panic!("teach this test the type {other}"),
    }
}

fn is_like(pattern: &str, text: &str) -> bool {
    match pattern {
        "^https?://" => text.starts_with("https://") || text.starts_with("http://"),
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => {
            let is_digit = |at: usize, byte: u8| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
            text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| is_digit(at, byte))
        }
        other => panic!("teach this test the pattern {other}"),
    }
}

#[test]
fn the_schema_has_the_keys_that_the_reader_takes() {
    let schema = schema();
    let detect = MatcherKind::ALL.map(MatcherKind::key);
    let objects: [(&str, &[&str]); 9] = [
        ("", &capability::ROOT_KEYS),
        ("/$defs/metadata", &capability::METADATA_KEYS),
        ("/$defs/spec", &capability::SPEC_KEYS),
        ("/$defs/eligible", &capability::ELIGIBLE_KEYS),
        ("/$defs/interface", &capability::INTERFACE_KEYS),
        ("/$defs/target", &capability::TARGET_KEYS),
        ("/$defs/exemption", &offer::EXEMPTION_KEYS),
        ("/$defs/offer", &offer::KEYS),
        ("/$defs/detect", &detect),
    ];
    for (pointer, known) in objects {
        assert_eq!(keys(&schema, pointer), known.iter().map(|key| (*key).to_owned()).collect(), "{pointer}");
    }
}

#[test]
fn the_schema_has_the_words_that_the_reader_takes() {
    let schema = schema();
    let of = |word: &str| words(&schema, word);
    let spec = "/$defs/spec/properties";
    assert_eq!(of(&format!("{spec}/area")), Area::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>());
    assert_eq!(of(&format!("{spec}/lifecycle")), capability::LIFECYCLES);
    assert_eq!(of(&format!("{spec}/extends")), capability::EXTENDS);
    let offer = "/$defs/offer/properties";
    assert_eq!(of(&format!("{offer}/path")), OfferPath::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>());
    let confidence: Vec<_> = Confidence::ALL.iter().map(|word| word.as_str()).collect();
    assert_eq!(of(&format!("{offer}/confidence")), confidence);
}

#[test]
fn every_key_is_described() {
    let schema = schema();
    let objects = ["", "/$defs/metadata", "/$defs/spec", "/$defs/eligible", "/$defs/interface", "/$defs/target"];
    for pointer in objects.into_iter().chain(["/$defs/exemption", "/$defs/offer", "/$defs/detect"]) {
        for (key, property) in schema.pointer(pointer).unwrap()["properties"].as_object().unwrap() {
            let referred = property["$ref"].as_str().and_then(|to| schema.pointer(to.trim_start_matches('#')));
            let described = |part: &Value| part["description"].as_str().is_some_and(|text| !text.is_empty());
            assert!(described(property) || referred.is_some_and(described), "{pointer}/{key}");
        }
    }
}

#[test]
fn every_starter_file_keeps_to_the_schema_and_names_it() {
    let schema = schema();
    for (name, text) in starter::FILES {
        assert_eq!(text.lines().next(), Some("# yaml-language-server: $schema=../schema.json"), "{name}");
        for doc in document::documents(text).documents {
            assert_eq!(violations(&schema, &schema, &doc.document, name), Vec::<String>::new());
        }
    }
}

#[test]
fn what_the_schema_refuses_the_reader_reports() {
    let schema = schema();
    let good = "apiVersion: waymark.dev/v1\nkind: Capability\nmetadata: {name: flags}\nspec:\n  area: data\n  offers:\n    - {name: a, path: vendor, detect: {packages: ['npm:a']}}\n  target: {adoption: 0.5, by: 2027-06-30}\n";
    let mistakes = [
        ("area: data", "area: date"),
        ("path: vendor", "path: silver"),
        ("path: vendor", "path: vendor, confidence: sure"),
        ("name: a,", ""),
        ("detect: {", "detected: {"),
        ("{packages:", "{package:"),
        ("['npm:a']", "[7]"),
        ("adoption: 0.5", "adoption: 5"),
        ("by: 2027-06-30", "by: soon"),
    ];
    let check = |text: &str| {
        let doc = document::documents(text).documents.into_iter().next().unwrap();
        let (_, findings) = Ruleset::compose(&[("flags.yaml".to_owned(), text.to_owned())], &[]);
        (violations(&schema, &schema, &doc.document, ""), findings)
    };
    assert_eq!(check(good), (vec![], vec![]));
    for (right, wrong) in mistakes {
        let (violations, findings) = check(&good.replace(right, wrong));
        assert!(!violations.is_empty(), "the schema takes {wrong}");
        assert!(!findings.is_empty(), "the reader takes {wrong}");
    }
}
