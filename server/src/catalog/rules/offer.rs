//! Reads one offer and one exemption of a Capability document.
//! It must not look at the other offers.
use super::{
    capability,
    draft::DraftOffer,
    examples::Example,
    reader::{Node, Reader, Words},
};
use crate::catalog::model::{Exemption, Offer};
use shared::{Confidence, EntityKind, OfferPath, Severity};

pub(super) const KEYS: [&str; 9] =
    ["name", "path", "component", "since", "url", "confidence", "detect", "examples", "counterexamples"];
pub(super) const EXEMPTION_KEYS: [&str; 3] = ["component", "reason", "until"];

/// Reads an offer; `None`, with a finding, when it has no name or no path.
pub(crate) fn offer<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<DraftOffer> {
    reader.only_keys(node, &KEYS);
    let name = reader.text(node, "name").map(str::to_owned);
    let paths: Vec<&str> = OfferPath::ALL.iter().map(|path| path.as_str()).collect();
    let path = reader.word(node, "path", Words { rule: "offer-unknown-path", what: "path", words: &paths });
    if name.is_none() {
        let message = "The offer has no name and is left out; write e.g. name: launchdarkly.".to_owned();
        reader.report("offer-missing-name", Severity::Error, &node.at, message);
    }
    if path.is_none() && !node.map.contains_key("path") {
        let message = format!("The offer has no path and is left out; write path: one of {}.", paths.join(", "));
        reader.report("offer-missing-path", Severity::Error, &node.at, message);
    }
    let (name, path) = (name?, path?);
    let detect = reader.node(node, "detect").map(|node| capability::detect(reader, &node)).unwrap_or_default();
    let component = reader.reference(node, "component", EntityKind::Component);
    if component.is_none() && detect.matchers().next().is_none() {
        let message = format!(
            "Nothing tells when \"{name}\" is used; give it detect: {{packages: [\"npm:…\"]}} or a component: that publishes packages."
        );
        reader.report("offer-undetectable", Severity::Warning, &node.at, message);
    }
    let (since, url) = (reader.day(node, "since"), web_address(reader, node));
    let offer = Offer { name, path, component, since, url, confidence: Confidence::Probable, detect };
    let confidence = confidence(reader, node);
    let examples = examples(reader, node, "examples");
    let counterexamples = self::examples(reader, node, "counterexamples");
    Some(DraftOffer { at: node.at.clone(), offer, confidence, examples, counterexamples })
}

fn confidence<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Confidence> {
    let words: Vec<&str> = Confidence::ALL.iter().map(|word| word.as_str()).collect();
    reader.word(node, "confidence", Words { rule: "offer-unknown-confidence", what: "confidence", words: &words })
}

fn examples<'a>(reader: &mut Reader<'a>, node: &Node<'a>, key: &str) -> Vec<(String, Example)> {
    let mut out = Vec::new();
    for (at, text) in reader.texts(node, key) {
        match Example::new(text) {
            Some(example) => out.push((at, example)),
            None => {
                let message = format!(
                    "\"{text}\" is not an example; write what is observed, e.g. npm:left-pad, image:redis:7, file:tools/x.mk."
                );
                reader.report("example-invalid", Severity::Error, &at, message);
            }
        }
    }
    out
}

/// Reads an exemption; `None`, with a finding, when it lacks its component or its reason.
pub(crate) fn exemption<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Exemption> {
    reader.only_keys(node, &EXEMPTION_KEYS);
    let component = reader.reference(node, "component", EntityKind::Component);
    let reason = reader.text(node, "reason").map(str::to_owned);
    let has_until = node.map.get("until").is_some_and(|until| !until.is_null());
    let until = reader.day(node, "until");
    if component.is_none() || reason.is_none() {
        let message = "An exemption needs a component and a reason; it is left out until it has both.".to_owned();
        reader.report("exemption-incomplete", Severity::Error, &node.at, message);
    }
    // An unreadable last day must not make an exemption eternal.
    if has_until && until.is_none() {
        return None;
    }
    Some(Exemption { component: component?, reason: reason?, until })
}

/// The `url` of a node; only addresses that a browser may open without harm.
pub(crate) fn web_address<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<String> {
    let url = reader.text(node, "url")?;
    if url.starts_with("https://") || url.starts_with("http://") {
        return Some(url.to_owned());
    }
    let message = format!("\"{url}\" is not a web address; write it with https://.");
    reader.report("capability-invalid-url", Severity::Warning, &node.child("url"), message);
    None
}
