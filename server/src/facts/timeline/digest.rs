//! Tells whether two contents of a file could change a usage or a component: a digest of what parsers read, without
//! versions, lines and words for people. It must not know a rule: whatever a rule could ask stays in.
//!
//! Left out: versions and requirements of packages and dependencies, lines and columns, problems, descriptions, the
//! reasons of type hints, the text of documents' places, lines of code, and weak or doubled imports' places. In `extra`
//! only values that are called a version, a requirement or a line are left out, as a property of any other name may be
//! part of a package's name.
use crate::facts::model::{DependencyDecl, FileFacts, PackageDecl};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Equal for contents that give the same facts as far as the past is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(u128);

impl Digest {
    /// One digest of several, in their order.
    pub fn join(parts: impl IntoIterator<Item = (usize, Self)>) -> Self {
        let mut hash = Sha256::new();
        for (parser, part) in parts {
            hash.update(parser.to_le_bytes());
            hash.update(part.0.to_le_bytes());
        }
        Self::end(hash)
    }

    fn end(hash: Sha256) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        Self(u128::from_le_bytes(bytes))
    }
}

/// The digest of what one parser read.
pub fn digest(facts: &FileFacts) -> Digest {
    let mut print = Print::default();
    if *facts != FileFacts::default() {
        print.packages(&facts.packages);
        print.dependencies(&facts.dependencies);
        print.list(facts.documents.len());
        facts.documents.iter().for_each(|doc| print.value(&doc.document, &|_, _| false));
        print.value(&facts.extra, &is_passing);
        print.text(&rare(facts));
    }
    Digest::end(Sha256::new_with_prefix(print.0))
}

/// What few files hold.
fn rare(facts: &FileFacts) -> String {
    let definitions: Vec<_> = facts.definitions.iter().map(|found| (found.kind, &found.format, &found.name)).collect();
    let claims: Vec<_> =
        facts.claims.iter().map(|claim| (&claim.source, &claim.subject, &claim.field, &claim.value)).collect();
    let owners: Vec<_> = facts.code_owners.iter().map(|rule| (&rule.pattern, &rule.owners, &rule.section)).collect();
    let hits: Vec<_> = facts.hits.iter().map(|hit| &hit.needle).collect();
    json!([definitions, claims, owners, hits, imports(facts), facts.text]).to_string()
}

/// Bytes that are equal for equal facts only: every text and list has its length in front of it.
#[derive(Default)]
struct Print(Vec<u8>);

impl Print {
    fn list(&mut self, length: usize) {
        self.0.extend_from_slice(&length.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.list(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn packages(&mut self, packages: &[PackageDecl]) {
        let keys = sorted(packages.iter().map(|package| {
            let hints: Vec<_> = package.hints.iter().map(|hint| (hint.subtype.as_str(), hint.weight)).collect();
            (package.ecosystem.as_str(), package.name.as_str(), package.published, hints)
        }));
        self.list(keys.len());
        for (ecosystem, name, published, hints) in keys {
            self.text(ecosystem);
            self.text(name);
            self.0.push(u8::from(published));
            self.list(hints.len());
            for (subtype, weight) in hints {
                self.text(subtype);
                self.0.push(weight);
            }
        }
    }

    fn dependencies(&mut self, dependencies: &[DependencyDecl]) {
        let keys = sorted(dependencies.iter().map(|dependency| {
            let DependencyDecl { ecosystem, name, scope, kind, .. } = dependency;
            [ecosystem.as_str(), name.as_str(), scope.as_str(), kind.as_str()]
        }));
        self.list(keys.len());
        keys.iter().flatten().for_each(|text| self.text(text));
    }

    /// A value without the fields that are left out.
    fn value(&mut self, value: &Value, left_out: &dyn Fn(&str, &Value) -> bool) {
        match value {
            Value::Null => self.0.push(b'0'),
            Value::Bool(yes) => self.0.extend_from_slice(&[b'b', u8::from(*yes)]),
            Value::Number(number) => {
                self.0.push(b'n');
                self.text(&number.to_string());
            }
            Value::String(text) => {
                self.0.push(b's');
                self.text(text);
            }
            Value::Array(items) => {
                self.0.push(b'[');
                self.list(items.len());
                items.iter().for_each(|item| self.value(item, left_out));
            }
            Value::Object(fields) => {
                self.0.push(b'{');
                for (name, value) in fields.iter().filter(|(name, value)| !left_out(name, value)) {
                    self.0.push(b',');
                    self.text(name);
                    self.value(value, left_out);
                }
                self.0.push(b'}');
            }
        }
    }
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// The modules of a watched source file, with what decides whether they count.
fn imports(facts: &FileFacts) -> Value {
    let Some(source) = &facts.source else { return Value::Null };
    let modules = sorted(source.imports.iter().map(|import| format!("{} {}", import.weak, import.module)));
    json!([source.language, source.generated.is_some(), modules])
}

/// What is certainly a version or a line.
fn is_passing(name: &str, value: &Value) -> bool {
    match name {
        "line" | "column" => value.is_number() || value.is_null(),
        "version" | "requirement" => value.is_string() || value.is_null(),
        "versions" => value.is_object(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{PARSERS, Parser};
    use shared::RepoPath;

    fn parser_of(path: &RepoPath) -> &'static dyn Parser {
        *PARSERS.iter().find(|parser| parser.wants(path)).unwrap()
    }

    fn of(path: &str, text: &str) -> Digest {
        let path = RepoPath::new(path).unwrap();
        digest(&parser_of(&path).parse(path.file_name(), text.as_bytes()))
    }

    #[test]
    fn versions_lines_order_and_descriptions_are_no_difference() {
        assert_eq!(
            of(
                "go.mod",
                "module acme.dev/a\n\ngo 1.22\n\nrequire acme.dev/flags v1.0.0\nrequire acme.dev/auth v1.0.0\n"
            ),
            of(
                "go.mod",
                "// text\nmodule acme.dev/a\n\ngo 1.23\nrequire acme.dev/auth v2.3.4\nrequire acme.dev/flags v1.9.0\n"
            ),
        );
        assert_eq!(
            of("package.json", r#"{"name":"a","version":"1.0.0","dependencies":{"@acme/flags":"^1"}}"#),
            of(
                "package.json",
                "{\"name\":\"a\",\n\"description\":\"x\",\"version\":\"2.0.0\",\n\"dependencies\":{\"@acme/flags\":\"~2\"}}"
            ),
        );
        assert_eq!(
            of("pom.xml", "<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version></project>"),
            of("pom.xml", "<project><groupId>a</groupId><artifactId>b</artifactId><version>2</version></project>"),
        );
    }

    #[test]
    fn names_scopes_and_kinds_are() {
        let base = of("package.json", r#"{"name":"a","dependencies":{"@acme/flags":"1"}}"#);
        for other in [
            r#"{"name":"b","dependencies":{"@acme/flags":"1"}}"#,
            r#"{"name":"a","dependencies":{"@acme/other":"1"}}"#,
            r#"{"name":"a","devDependencies":{"@acme/flags":"1"}}"#,
            r#"{"name":"a","private":true,"dependencies":{"@acme/flags":"1"}}"#,
            r#"{"name":"a","workspaces":["packages/*"],"dependencies":{"@acme/flags":"1"}}"#,
            r#"{"name":"a"}"#,
        ] {
            assert_ne!(of("package.json", other), base, "{other}");
        }
        assert_ne!(
            of("go.mod", "module a.dev/a\nrequire a.dev/b v1.0.0 // indirect\n"),
            of("go.mod", "module a.dev/a\nrequire a.dev/b v1.0.0\n"),
        );
    }

    #[test]
    fn documents_count_whole() {
        let text = |owner: &str| {
            format!(
                "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{name: a}}\nspec: {{type: service, owner: {owner}, lifecycle: production}}\n"
            )
        };
        let of = |text: &str| {
            let parser = PARSERS.iter().find(|parser| parser.key() == "descriptor").unwrap();
            digest(&parser.parse("catalog-info.yaml", text.as_bytes()))
        };
        assert_ne!(of(&text("team-a")), of(&text("team-b")));
        assert_eq!(of(&text("team-a")), of(&format!("# a comment\n{}", text("team-a"))));
    }

    #[test]
    fn what_a_parser_keeps_for_itself_counts_but_for_versions_and_lines() {
        let of = |extra: Value| digest(&FileFacts { extra, ..FileFacts::default() });
        let base = of(json!({"modules": [{"name": "a", "line": 3, "version": "1"}], "versions": {"a": "1"}}));
        assert_eq!(of(json!({"modules": [{"name": "a", "line": 9, "version": "2"}], "versions": {"a": "2"}})), base);
        assert_ne!(of(json!({"modules": [{"name": "b", "line": 3, "version": "1"}], "versions": {"a": "1"}})), base);
        assert_ne!(of(json!({"line": "x"})), of(json!({"line": "y"})));
    }
}
