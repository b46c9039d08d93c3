//! The envelope of a descriptor document: enough to name the entity, and what Backstage would refuse or miss.
//! The full rules of each kind are not here; it must not look at another document.
use super::problem;
use crate::facts::model::{DescriptorDoc, Problem};
use serde_json::Value;
use shared::{EntityKind, EntityRef, Severity};

/// What the check found.
pub(super) struct Checked {
    /// Whether the document names an entity.
    pub nameable: bool,
    pub problems: Vec<Problem>,
}

const API_VERSIONS: [&str; 5] = [
    "backstage.io/v1alpha1",
    "backstage.io/v1beta1",
    "scaffolder.backstage.io/v1beta2",
    "scaffolder.backstage.io/v1beta3",
    "waymark.dev/v1",
];

/// The fields of `spec` without which Backstage's own processors refuse an entity of the kind
/// (<https://backstage.io/docs/features/software-catalog/descriptor-format>).
const fn required(kind: EntityKind) -> &'static [&'static str] {
    match kind {
        EntityKind::Component => &["type", "lifecycle", "owner"],
        EntityKind::Api => &["type", "lifecycle", "owner", "definition"],
        EntityKind::Resource => &["type", "owner"],
        EntityKind::System | EntityKind::Domain => &["owner"],
        EntityKind::Group => &["type", "children"],
        EntityKind::Template => &["type", "steps"],
        EntityKind::User | EntityKind::Location | EntityKind::Capability => &[],
    }
}

/// Where the document is filled in by a scaffolder; a Template's own spec holds such marks by right.
pub(super) fn templated_at(doc: &DescriptorDoc) -> Option<(u32, u32)> {
    const ALWAYS: [&str; 4] = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];
    const ENTITIES: [&str; 4] = ["spec.owner", "spec.type", "spec.lifecycle", "spec.system"];
    let template = doc.document["kind"] == "Template";
    let paths = ALWAYS.iter().chain(if template { &[] } else { &ENTITIES[..] });
    let marked = |path: &&&str| match at(doc, path) {
        Some(Value::String(text)) => ["{{", "{%", "<%"].iter().any(|mark| text.contains(mark)),
        // `name: {{ x }}` without quotes is a mapping with a mapping for its key.
        _ => false,
    };
    paths.into_iter().find(marked).map(|path| place(doc, path))
}

/// Whether the document's apiVersion is Backstage's or ours, of whichever version.
pub(super) fn is_ours(doc: &DescriptorDoc) -> bool {
    let group = doc.document["apiVersion"].as_str().and_then(|version| version.split_once('/'));
    group
        .is_some_and(|(group, _)| group == "backstage.io" || group.ends_with(".backstage.io") || group == "waymark.dev")
}

/// Checks one document.
pub(super) fn check(doc: &DescriptorDoc) -> Checked {
    let mut check = Check { doc, problems: vec![] };
    let nameable = check.api_version() & check.kind().is_some() & check.name();
    if let (true, Some(kind)) = (nameable, kind_of(doc)) {
        check.namespace();
        check.pairing(kind);
        check.spec(kind);
        check.texts("metadata.labels", "label");
        check.texts("metadata.annotations", "annotation");
        check.tags();
    }
    let nameable = nameable && check.problems.iter().all(|problem| problem.rule != "descriptor-invalid-namespace");
    Checked { nameable, problems: check.problems }
}

fn kind_of(doc: &DescriptorDoc) -> Option<EntityKind> {
    let kind = doc.document["kind"].as_str()?;
    EntityKind::ALL.iter().copied().find(|known| known.descriptor_kind() == kind)
}

fn at<'d>(doc: &'d DescriptorDoc, path: &str) -> Option<&'d Value> {
    path.split('.').try_fold(&doc.document, |value, key| value.get(key))
}

/// The place of a value, or of the nearest value around it.
fn place(doc: &DescriptorDoc, path: &str) -> (u32, u32) {
    let mut path = path;
    loop {
        match (doc.places.get(path), path.rsplit_once('.')) {
            (Some(place), _) => return *place,
            (None, Some((around, _))) => path = around,
            (None, None) => return (doc.line, 1),
        }
    }
}

/// A value as it may stand in a message.
fn shown(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

struct Check<'d> {
    doc: &'d DescriptorDoc,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn error(&mut self, rule: &str, path: &str, message: &str) {
        self.problems.push(problem(rule, place(self.doc, path), message));
    }

    fn warn(&mut self, rule: &str, path: &str, message: &str) {
        let problem = problem(rule, place(self.doc, path), message);
        self.problems.push(Problem { severity: Severity::Warning, ..problem });
    }

    fn api_version(&mut self) -> bool {
        let versions = API_VERSIONS.join(", ");
        match self.doc.document.get("apiVersion") {
            None | Some(Value::Null) => {
                let message = format!("apiVersion is missing; add one of {versions}.");
                self.error("descriptor-missing-api-version", "apiVersion", &message);
                false
            }
            Some(Value::String(version)) if API_VERSIONS.contains(&version.as_str()) => true,
            Some(other) => {
                let message = format!("The apiVersion \"{}\" is not read; write one of {versions}.", shown(other));
                self.warn("descriptor-unknown-api-version", "apiVersion", &message);
                false
            }
        }
    }

    fn kind(&mut self) -> Option<EntityKind> {
        let known = kind_of(self.doc);
        if known.is_some() {
            return known;
        }
        match self.doc.document.get("kind") {
            None | Some(Value::Null) => {
                let message = "kind is missing; add one, e.g. kind: Component.";
                self.error("descriptor-missing-kind", "kind", message);
            }
            Some(other) => {
                let kind = shown(other);
                let message = format!("The kind \"{kind}\" is unknown; did you mean {}?", nearest(&kind));
                self.error("descriptor-unknown-kind", "kind", &message);
            }
        }
        None
    }

    fn name(&mut self) -> bool {
        let rule = "1 to 63 letters, digits, \"-\", \"_\" and \".\", with a letter or digit at both ends";
        match at(self.doc, "metadata.name") {
            None | Some(Value::Null) => {
                let message = "metadata.name is missing; add the entity's name.";
                self.error("descriptor-missing-name", "metadata.name", message);
                false
            }
            Some(Value::String(name)) if EntityRef::new(EntityKind::Component, "default", name).is_ok() => true,
            Some(Value::String(name)) => {
                let name = shown(&Value::String(name.clone()));
                let message = format!("\"{name}\" is no entity name; use {rule}.");
                self.error("descriptor-invalid-name", "metadata.name", &message);
                false
            }
            Some(other) => {
                let message = format!("metadata.name is {}, not a text; put it in quotes.", shown(other));
                self.error("descriptor-invalid-name", "metadata.name", &message);
                false
            }
        }
    }

    /// Backstage wants a DNS label; only what cannot stand in a reference at all keeps the document out.
    fn namespace(&mut self) {
        let (namespace, valid) = match at(self.doc, "metadata.namespace") {
            None | Some(Value::Null) => return,
            Some(Value::String(namespace)) => (namespace.clone(), is_dns_label(namespace)),
            Some(other) => (shown(other), false),
        };
        let usable = at(self.doc, "metadata.namespace").is_some_and(Value::is_string)
            && EntityRef::new(EntityKind::Component, &namespace, "x").is_ok();
        let shown = shown(&Value::String(namespace));
        let message = format!("\"{shown}\" is no namespace; use 1 to 63 lower-case letters, digits and single \"-\".");
        match (valid, usable) {
            (true, _) => {}
            (false, true) => self.warn("descriptor-unusual-namespace", "metadata.namespace", &message),
            (false, false) => self.error("descriptor-invalid-namespace", "metadata.namespace", &message),
        }
    }

    /// Templates and capabilities have an apiVersion of their own.
    fn pairing(&mut self, kind: EntityKind) {
        let version = self.doc.document["apiVersion"].as_str().unwrap_or_default();
        let (fits, wanted) = match kind {
            EntityKind::Template => (version.starts_with("scaffolder."), "scaffolder.backstage.io/v1beta3"),
            EntityKind::Capability => (version.starts_with("waymark.dev/"), "waymark.dev/v1"),
            _ => (!version.starts_with("scaffolder."), "backstage.io/v1alpha1"),
        };
        if !fits {
            let message = format!("A {} has the apiVersion {wanted}; change it here.", kind.descriptor_kind());
            self.warn("descriptor-api-version-mismatch", "apiVersion", &message);
        }
    }

    fn spec(&mut self, kind: EntityKind) {
        let kind_name = kind.descriptor_kind();
        let Some(spec) = self.doc.document.get("spec").and_then(Value::as_object) else {
            if kind != EntityKind::User {
                let message = format!("A {kind_name} needs a spec with keys and values; add it.");
                self.warn("descriptor-missing-spec", "spec", &message);
            }
            return;
        };
        for field in required(kind) {
            let path = format!("spec.{field}");
            let told = match spec.get(*field) {
                None | Some(Value::Null) => {
                    Some(("descriptor-missing-field", format!("{path} is missing; a {kind_name} needs it. Add it.")))
                }
                Some(value) => wrong_shape(field, value).map(|wanted| {
                    ("descriptor-invalid-field", format!("{path} must be {wanted}; change what stands here."))
                }),
            };
            if let Some((rule, message)) = told {
                self.warn(rule, &path, &message);
            }
        }
    }

    /// Labels and annotations map texts to texts.
    fn texts(&mut self, path: &str, what: &str) {
        let map = match at(self.doc, path) {
            None | Some(Value::Null) => return,
            Some(Value::Object(map)) => map,
            Some(_) => {
                let message = format!("{path} holds names with one text each; write name: value lines.");
                self.warn(&format!("descriptor-invalid-{what}"), path, &message);
                return;
            }
        };
        for (key, value) in map {
            if !value.is_string() {
                let key_shown = shown(&Value::String(key.clone()));
                let message = format!("The {what} \"{key_shown}\" is no text; put its value in quotes.");
                self.warn(&format!("descriptor-invalid-{what}"), &format!("{path}.{key}"), &message);
            }
        }
    }

    fn tags(&mut self) {
        let tags = match at(self.doc, "metadata.tags") {
            None | Some(Value::Null) => return,
            Some(Value::Array(tags)) => tags,
            Some(_) => {
                self.warn(
                    "descriptor-invalid-tag",
                    "metadata.tags",
                    "metadata.tags is a list; write one \"- tag\" a line.",
                );
                return;
            }
        };
        for (index, tag) in tags.iter().enumerate() {
            if !tag.as_str().is_some_and(is_tag) {
                let message = format!(
                    "\"{}\" is no tag; use 1 to 63 lower-case letters, digits, \"+\" and \"#\", with single \"-\" or \":\" between.",
                    shown(tag)
                );
                self.warn("descriptor-invalid-tag", &format!("metadata.tags[{index}]"), &message);
            }
        }
    }
}

/// What a field should be, when it is something else. `definition` may be a `$text` placeholder, kept as it is.
fn wrong_shape(field: &str, value: &Value) -> Option<&'static str> {
    let placeholder = value.as_object().is_some_and(|map| map.keys().any(|key| key.starts_with('$')));
    match field {
        "children" | "steps" => (!value.is_array() && !placeholder).then_some("a list"),
        "definition" => None,
        _ => (value.as_str().is_none_or(|text| text.trim().is_empty()) && !placeholder)
            .then_some("a text that is not empty"),
    }
}

fn nearest(kind: &str) -> &'static str {
    let distance =
        |known: &EntityKind| strsim::damerau_levenshtein(&kind.to_lowercase(), &known.descriptor_kind().to_lowercase());
    let nearest = EntityKind::ALL.iter().min_by_key(|known| distance(known));
    nearest.copied().unwrap_or(EntityKind::Component).descriptor_kind()
}

/// `isValidNamespace` of `@backstage/catalog-model`.
fn is_dns_label(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    (1..=63).contains(&text.len()) && text.split('-').all(part)
}

/// `isValidTag` of `@backstage/catalog-model`.
fn is_tag(text: &str) -> bool {
    let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'+' | b'#');
    let part = |part: &str| !part.is_empty() && part.bytes().all(good);
    (1..=63).contains(&text.len()) && text.split(['-', ':']).all(part)
}
