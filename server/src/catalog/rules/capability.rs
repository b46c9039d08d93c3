//! Reads a Capability document (DESIGN section 4; docs/capabilities.md) into a draft, every mistake a finding.
//! It must not know other capabilities: laying one over another is `draft`'s work.
use super::{
    draft::{Draft, DraftOffer},
    matcher::{self, MatcherKind},
    offer,
    reader::{Node, Reader, Words},
};
use shared::{
    Area, EntityKind, EntityRef, Reach, RepoPath, Severity,
    api::{Eligible, Interface, Target},
};

pub(super) const LIFECYCLES: [&str; 4] = ["proposed", "beta", "ga", "deprecated"];
pub(super) const ROOT_KEYS: [&str; 6] = ["apiVersion", "kind", "metadata", "spec", "relations", "status"];
pub(super) const METADATA_KEYS: [&str; 10] =
    ["name", "namespace", "title", "description", "labels", "annotations", "tags", "links", "uid", "etag"];
pub(super) const SPEC_KEYS: [&str; 11] =
    ["area", "owner", "lifecycle", "extends", "reach", "eligible", "exempt", "offers", "interfaces", "start", "target"];
pub(super) const EXTENDS: [&str; 2] = ["starter", "none"];
pub(super) const ELIGIBLE_KEYS: [&str; 4] = ["types", "languages", "lifecycles", "tags"];
pub(super) const INTERFACE_KEYS: [&str; 3] = ["type", "api", "url"];
pub(super) const TARGET_KEYS: [&str; 2] = ["adoption", "by"];

/// Reads the document; `None` when it has no usable name, which is a finding.
pub(crate) fn read(reader: &mut Reader<'_>) -> Option<Draft> {
    let root = reader.root()?;
    reader.only_keys(&root, &ROOT_KEYS);
    let Some(metadata) = reader.node(&root, "metadata") else {
        let message = "A capability needs metadata with a name, e.g. metadata: {name: feature-flags}.".to_owned();
        reader.report("capability-missing-name", Severity::Error, "metadata", message);
        return None;
    };
    reader.only_keys(&metadata, &METADATA_KEYS);
    let reference = reference(reader, &metadata)?;
    let title = reader.text(&metadata, "title").map(str::to_owned);
    let description = reader.text(&metadata, "description").map(str::to_owned);
    let mut draft = Draft { title, description, ..Draft::named(reference) };
    match reader.node(&root, "spec") {
        Some(spec) => read_spec(reader, &spec, &mut draft),
        None => {
            let message = "The capability has no spec; give it at least an area and one offer.".to_owned();
            reader.report("capability-missing-spec", Severity::Error, "spec", message);
        }
    }
    Some(draft)
}

fn reference<'a>(reader: &mut Reader<'a>, metadata: &Node<'a>) -> Option<EntityRef> {
    let namespace = reader.text(metadata, "namespace").unwrap_or("default").to_owned();
    let name = reader.text(metadata, "name");
    match EntityRef::new(EntityKind::Capability, &namespace, name.unwrap_or_default()) {
        Ok(reference) => Some(reference),
        Err(error) => {
            let message = format!("The capability has no usable name: {error}.");
            reader.report("capability-missing-name", Severity::Error, "metadata.name", message);
            None
        }
    }
}

fn read_spec<'a>(reader: &mut Reader<'a>, spec: &Node<'a>, draft: &mut Draft) {
    reader.only_keys(spec, &SPEC_KEYS);
    let areas: Vec<&str> = Area::ALL.iter().map(|area| area.as_str()).collect();
    draft.area = reader.word(spec, "area", Words { rule: "capability-unknown-area", what: "area", words: &areas });
    draft.owner = reader.reference(spec, "owner", EntityKind::Group);
    let lifecycles = Words { rule: "capability-unknown-lifecycle", what: "lifecycle", words: &LIFECYCLES };
    draft.lifecycle = reader.word::<Lifecycle>(spec, "lifecycle", lifecycles).map(|word| word.0);
    let extends = Words { rule: "capability-unknown-extends", what: "value of extends", words: &EXTENDS };
    draft.extends_nothing = reader.word::<Extends>(spec, "extends", extends).is_some_and(|word| word == Extends::None);
    let reaches: Vec<&str> = Reach::ALL.iter().map(|reach| reach.as_str()).collect();
    draft.reach =
        reader.word(spec, "reach", Words { rule: "capability-unknown-reach", what: "reach", words: &reaches });
    draft.eligible = reader.node(spec, "eligible").map(|node| eligible(reader, &node));
    draft.exempt = reader.nodes(spec, "exempt").iter().filter_map(|node| offer::exemption(reader, node)).collect();
    draft.offers = offers(reader, spec);
    draft.interfaces = reader.nodes(spec, "interfaces").iter().filter_map(|node| interface(reader, node)).collect();
    draft.start = start(reader, spec);
    draft.target = reader.node(spec, "target").and_then(|node| target(reader, &node));
}

fn eligible<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Eligible {
    reader.only_keys(node, &ELIGIBLE_KEYS);
    let mut list = |key: &str| reader.texts(node, key).into_iter().map(|(_, text)| text.to_lowercase()).collect();
    Eligible { types: list("types"), languages: list("languages"), lifecycles: list("lifecycles"), tags: list("tags") }
}

fn offers<'a>(reader: &mut Reader<'a>, spec: &Node<'a>) -> Vec<DraftOffer> {
    let mut out: Vec<DraftOffer> = Vec::new();
    for node in reader.nodes(spec, "offers") {
        let Some(read) = offer::offer(reader, &node) else { continue };
        if out.iter().any(|other| other.offer.name == read.offer.name) {
            let message =
                format!("The offer \"{}\" is written twice; this one is left out. Join the two.", read.offer.name);
            reader.report("offer-duplicate-name", Severity::Error, &node.child("name"), message);
            continue;
        }
        out.push(read);
    }
    out
}

fn interface<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Interface> {
    reader.only_keys(node, &INTERFACE_KEYS);
    let Some(kind) = reader.text(node, "type") else {
        let message = "The interface has no type; write e.g. type: library, rest, grpc, cli or mcp.".to_owned();
        reader.report("interface-missing-type", Severity::Error, &node.at, message);
        return None;
    };
    let api = reader.reference(node, "api", EntityKind::Api).map(|api| api.to_string());
    Some(Interface { kind: kind.to_owned(), api, url: offer::web_address(reader, node) })
}

fn start<'a>(reader: &mut Reader<'a>, spec: &Node<'a>) -> Option<RepoPath> {
    let text = reader.text(spec, "start")?;
    let path = RepoPath::root().join(text.trim_start_matches('/'));
    if path.as_ref().is_none_or(RepoPath::is_root) {
        let message = format!("\"{text}\" is not a path in this repository; write e.g. docs/quickstart.md.");
        reader.report("capability-invalid-start", Severity::Error, "spec.start", message);
        return None;
    }
    path
}

fn target<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Target> {
    reader.only_keys(node, &TARGET_KEYS);
    let by = reader.day(node, "by");
    match node.map.get("adoption").and_then(serde_json::Value::as_f64) {
        Some(adoption) if (0.0..=1.0).contains(&adoption) => Some(Target { adoption, by }),
        _ => {
            let message = "target.adoption must be a number from 0 to 1, e.g. 0.8.".to_owned();
            reader.report("target-out-of-range", Severity::Error, &node.child("adoption"), message);
            None
        }
    }
}

/// A word of `LIFECYCLES`.
struct Lifecycle(String);

impl std::str::FromStr for Lifecycle {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        if LIFECYCLES.contains(&word) { Ok(Self(word.to_owned())) } else { Err(()) }
    }
}

#[derive(PartialEq)]
enum Extends {
    Starter,
    None,
}

impl std::str::FromStr for Extends {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "starter" => Ok(Self::Starter),
            "none" => Ok(Self::None),
            _ => Err(()),
        }
    }
}

/// The matchers under `detect`, each tried before it is kept.
pub(crate) fn detect<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> crate::catalog::model::Detect {
    reader.only_keys(node, &MatcherKind::ALL.map(MatcherKind::key));
    let mut detect = crate::catalog::model::Detect::default();
    for kind in MatcherKind::ALL {
        for (at, text) in reader.texts(node, kind.key()) {
            match matcher::check(kind, text) {
                Ok(()) => detect.of_mut(kind).push(text.trim().to_owned()),
                Err(message) => reader.report("matcher-invalid", Severity::Error, &at, message),
            }
        }
    }
    detect
}
