//! Joins the starter ruleset, files named by configuration and scanned documents into one list of capabilities.
//! It must not match anything against facts.
use super::{
    capability, document,
    draft::{Draft, Written},
    examples,
    reader::Reader,
    starter,
};
use crate::{catalog::model::Capability, facts::model::Descriptor, scan::Finding};
use shared::{EntityKind, RepoName, RepoPath, RuleSource, Severity};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

type Findings = Vec<(Option<RepoName>, Finding)>;

/// Capability and offer names that come from the starter ruleset.
type Inherited = BTreeSet<(String, String)>;

/// See `Ruleset::compose`.
pub(crate) fn compose(
    files: &[(String, String)],
    scanned: &[(RepoName, Descriptor)],
) -> (Vec<Capability>, Inherited, Findings) {
    let mut findings = Findings::new();
    let starters = starter_capabilities();
    let mut held = starters.clone();
    let mut inherited = Inherited::new();
    // Later ones win, so that the strongest is laid last and of equals the smallest name.
    for written in drafts_of_files(files, &mut findings).into_iter().chain(drafts_of_scanned(scanned, &mut findings)) {
        let (draft, place) = written;
        let name = draft.reference.name().to_owned();
        let starter = starters.get(&name);
        inherited.retain(|(capability, _)| *capability != name);
        inherited.extend(inherited_offers(&draft, starter));
        if let Some(capability) = draft.over(starter, place) {
            held.insert(name, capability);
        }
    }
    (held.into_values().collect(), inherited, findings)
}

/// The starter ruleset, by name. Its files are proven by tests, so whatever they would find is not shown to users.
/// It never changes while the program runs, so that it is read once.
fn starter_capabilities() -> &'static BTreeMap<String, Capability> {
    static STARTER: OnceLock<BTreeMap<String, Capability>> = OnceLock::new();
    STARTER.get_or_init(read_starter_capabilities)
}

fn read_starter_capabilities() -> BTreeMap<String, Capability> {
    let drafts = starter_drafts(&mut Findings::new());
    let written = Written { source: RuleSource::Starter, repository: None, path: None, line: None };
    let read = drafts.into_iter().filter_map(|draft| draft.over(None, written.clone()));
    read.map(|capability| (capability.reference.name().to_owned(), capability)).collect()
}

/// The drafts of the embedded files.
pub(crate) fn starter_drafts(findings: &mut Findings) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (name, text) in starter::FILES {
        drafts.extend(drafts_of_file(name, text, findings).into_iter().map(|(draft, _)| draft));
    }
    drafts
}

fn inherited_offers(draft: &Draft, starter: Option<&Capability>) -> Inherited {
    let Some(starter) = starter.filter(|_| !draft.extends_nothing) else { return Inherited::new() };
    let own: BTreeSet<&str> = draft.offers.iter().map(|own| own.offer.name.as_str()).collect();
    let names = starter.offers.iter().map(|offer| offer.name.as_str()).filter(|name| !own.contains(name));
    names.map(|name| (draft.reference.name().to_owned(), name.to_owned())).collect()
}

/// Drafts of files named by configuration, the first-named laid last.
fn drafts_of_files(files: &[(String, String)], findings: &mut Findings) -> Vec<(Draft, Written)> {
    let mut drafts: Vec<_> = files.iter().flat_map(|(name, text)| drafts_of_file(name, text, findings)).collect();
    report_doubles(&drafts, findings);
    drafts.reverse();
    drafts
}

fn drafts_of_file(name: &str, text: &str, findings: &mut Findings) -> Vec<(Draft, Written)> {
    let facts = document::documents(text);
    for problem in &facts.problems {
        let mut finding = problem.at(&RepoPath::root());
        finding.path = None;
        finding.message = format!("{name}: {}", finding.message);
        findings.push((None, finding));
    }
    let mut drafts = Vec::new();
    for doc in &facts.documents {
        let mut reader = Reader::of_file(doc, name);
        let draft = read_capability(&mut reader);
        findings.extend(reader.findings.into_iter().map(|finding| (None, finding)));
        let place = Written { source: RuleSource::Organisation, repository: None, path: None, line: Some(doc.line) };
        drafts.extend(draft.map(|draft| (draft, place)));
    }
    drafts
}

/// Drafts of scanned documents, the smallest repository name and path laid last.
fn drafts_of_scanned(scanned: &[(RepoName, Descriptor)], findings: &mut Findings) -> Vec<(Draft, Written)> {
    let mut sorted: Vec<_> = scanned.iter().filter(|(_, held)| is_capability(&held.doc.document)).collect();
    sorted.sort_by_key(|(repository, held)| (repository, &held.path, held.doc.line));
    let mut drafts = Vec::new();
    for (repository, held) in sorted {
        let mut reader = Reader::of_repository(&held.doc, &held.path);
        let draft = read_capability(&mut reader);
        findings.extend(reader.findings.into_iter().map(|finding| (Some(repository.clone()), finding)));
        let place = Written {
            source: RuleSource::Organisation,
            repository: Some(repository.clone()),
            path: Some(held.path.clone()),
            line: Some(held.doc.line),
        };
        drafts.extend(draft.map(|draft| (draft, place)));
    }
    report_doubles(&drafts, findings);
    drafts.reverse();
    drafts
}

/// Reads a document of kind Capability and tries its examples.
pub(crate) fn read_capability(reader: &mut Reader<'_>) -> Option<Draft> {
    let root = reader.root()?;
    if !root.map.get("kind").and_then(|kind| kind.as_str()).is_some_and(|kind| kind.eq_ignore_ascii_case("capability"))
    {
        let message = "Only documents of kind Capability are read here; this one is left out.".to_owned();
        reader.report("capability-wrong-kind", Severity::Warning, "kind", message);
        return None;
    }
    let draft = capability::read(reader)?;
    let known = starter::FILES.iter().any(|(name, _)| starter::name_of(name) == draft.reference.name());
    if draft.area.is_none() && !known {
        let message = "The capability names no area and is left out; write e.g. area: developer-platform.".to_owned();
        reader.report("capability-missing-area", Severity::Error, "spec", message);
    }
    report_examples(reader, &draft);
    Some(draft)
}

fn report_examples(reader: &mut Reader<'_>, draft: &Draft) {
    for offer in draft.offers.iter().filter(|offer| !offer.examples.is_empty() || !offer.counterexamples.is_empty()) {
        let verdict = examples::verify(offer);
        for at in &verdict.unmatched {
            let message =
                format!("No matcher of \"{}\" recognises this example; mend one of the two.", offer.offer.name);
            reader.report("example-unmatched", Severity::Error, at, message);
        }
        for at in &verdict.mistaken {
            let message = format!("\"{}\" matches this counterexample; narrow its matchers.", offer.offer.name);
            reader.report("example-mistaken", Severity::Error, at, message);
        }
    }
}

/// A capability that two places write: the first wins, the others are told.
fn report_doubles(drafts: &[(Draft, Written)], findings: &mut Findings) {
    let mut first: BTreeMap<&str, &Written> = BTreeMap::new();
    for (draft, place) in drafts {
        let Some(winner) = first.get(draft.reference.name()) else {
            first.insert(draft.reference.name(), place);
            continue;
        };
        let at = match (&winner.repository, &winner.path) {
            (Some(repository), Some(path)) => format!("{repository}, {path}"),
            _ => "a file named earlier".to_owned(),
        };
        let message = format!(
            "The capability \"{}\" is also written in {at}, which wins; keep one of the two.",
            draft.reference.name()
        );
        let finding = Finding {
            rule: "capability-conflict".to_owned(),
            severity: Severity::Warning,
            path: place.path.clone(),
            line: place.line,
            column: None,
            message,
        };
        findings.push((place.repository.clone(), finding));
    }
}

fn is_capability(document: &serde_json::Value) -> bool {
    let kind = document.get("kind").and_then(|kind| kind.as_str()).unwrap_or_default();
    kind.eq_ignore_ascii_case(EntityKind::Capability.descriptor_kind())
}
