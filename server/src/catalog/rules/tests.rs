//! Tests of reading, composing and hashing rules, and of the starter ruleset's own examples.
//! They must not need a repository.
use super::{compose, draft::Draft, examples, starter, *};
use shared::{Area, Confidence, OfferPath, RepoPath, Severity};
use std::collections::BTreeMap;

const FLAGS: &str = "
apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: feature-flags, title: Flags}
spec:
  area: developer-platform
  owner: platform
  offers:
    - {name: flagship, path: golden, component: flagship, detect: {packages: ['npm:@acme/flags']}}
    - {name: bad, path: silver}
    - {name: own-flags, path: homegrown, detect: {files: ['**/flags/**'], symbols: [Flagger]}}
";

fn file(text: &str) -> Vec<(String, String)> {
    vec![("caps.yaml".to_owned(), text.to_owned())]
}

fn scanned(repository: &str, path: &str, text: &str) -> (RepoName, Descriptor) {
    let facts = document::documents(text);
    let doc = facts.documents.into_iter().next().unwrap();
    let blob = shared::BlobId::new("a".repeat(40)).unwrap();
    (RepoName::new(repository).unwrap(), Descriptor { doc, path: RepoPath::new(path).unwrap(), blob })
}

fn capability<'a>(rules: &'a Ruleset, name: &str) -> &'a Capability {
    rules.capabilities.iter().find(|capability| capability.reference.name() == name).unwrap()
}

fn rules_of(findings: &[(Option<RepoName>, Finding)]) -> Vec<&str> {
    findings.iter().map(|(_, finding)| finding.rule.as_str()).collect()
}

#[test]
fn an_organisation_adds_to_the_starter_offers_unless_it_says_otherwise() {
    let (rules, findings) = Ruleset::compose(&file(FLAGS), &[]);
    assert_eq!(rules_of(&findings), ["offer-unknown-path"], "{findings:?}");
    assert!(findings[0].1.message.starts_with("caps.yaml: \"silver\" is no path; write one of golden, tolerated"));
    let flags = capability(&rules, "feature-flags");
    let offers: Vec<_> = flags.offers.iter().map(|offer| (offer.name.as_str(), offer.path)).collect();
    assert_eq!(offers[..2], [("flagship", OfferPath::Golden), ("own-flags", OfferPath::Homegrown)]);
    assert!(offers.contains(&("launchdarkly", OfferPath::Vendor)), "starter offers are kept: {offers:?}");
    assert_eq!(
        flags.offers.iter().filter(|offer| offer.name == "own-flags").count(),
        1,
        "by name the organisation wins"
    );
    assert_eq!((flags.title.as_str(), flags.source), ("Flags", RuleSource::Organisation));
    assert!(flags.eligible.is_some(), "what the organisation leaves out comes from the starter capability");

    let alone = FLAGS.replace("area: developer-platform", "area: developer-platform\n  extends: none");
    let (rules, _) = Ruleset::compose(&file(&alone), &[]);
    let flags = capability(&rules, "feature-flags");
    assert_eq!(flags.offers.len(), 2);
    assert!(flags.eligible.is_none());
}

#[test]
fn scanned_documents_beat_files_and_the_smaller_repository_beats_the_larger() {
    let of = |title: &str| FLAGS.replace("title: Flags", &format!("title: {title}"));
    let both = [scanned("zeta", "b.yaml", &of("Zeta")), scanned("alpha", "a.yaml", &of("Alpha"))];
    let (rules, findings) = Ruleset::compose(&file(FLAGS), &both);
    assert_eq!(capability(&rules, "feature-flags").title, "Alpha");
    assert_eq!(capability(&rules, "feature-flags").repository.as_ref().map(RepoName::as_str), Some("alpha"));
    let conflict = findings.iter().find(|(_, finding)| finding.rule == "capability-conflict").unwrap();
    assert_eq!(conflict.0.as_ref().map(RepoName::as_str), Some("zeta"));
    let turned = [both[1].clone(), both[0].clone()];
    let (again, same) = Ruleset::compose(&file(FLAGS), &turned);
    assert_eq!((again.capabilities, again.hash, same), (rules.capabilities, rules.hash, findings));
}

#[test]
fn mistakes_are_findings_and_take_nothing_with_them() {
    let text = "
apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: shiny}
spec:
  area: dat
  eligable: {types: [service]}
  target: {adoption: 80}
  exempt: [{component: old, reason: 5}, {component: older, reason: frozen, until: tomorrow}]
  offers:
    - {name: a, path: vendor, detect: {packages: ['nmp:left-pad', 'npm:left-pad', '*'], file: [x]}, url: 'javascript:x'}
    - {path: vendor}
    - {name: a, path: vendor, detect: {packages: ['npm:other']}}
    - {name: b, path: golden, detect: {packages: ['npm:b-*']}, examples: ['npm:c'], counterexamples: ['npm:b-x']}
";
    let (rules, findings) = Ruleset::compose(&file(text), &[]);
    assert!(!rules.capabilities.iter().any(|capability| capability.reference.name() == "shiny"), "it has no area");
    let (rules, more) = Ruleset::compose(&file(&text.replace("area: dat\n", "area: data\n")), &[]);
    let shiny = capability(&rules, "shiny");
    assert_eq!(shiny.area, Area::Data);
    assert_eq!(shiny.offers.len(), 2, "{:?}", shiny.offers);
    assert_eq!(shiny.offers[0].detect.packages, ["npm:left-pad"]);
    assert_eq!(shiny.offers[0].url, None);
    assert!(shiny.exempt.is_empty(), "an exemption with an unreadable end is no eternal one");
    let mut met = rules_of(&more);
    met.sort_unstable();
    met.dedup();
    let wanted = [
        "capability-invalid-date",
        "capability-invalid-url",
        "capability-unknown-key",
        "capability-wrong-type",
        "example-mistaken",
        "example-unmatched",
        "exemption-incomplete",
        "matcher-invalid",
        "offer-duplicate-name",
        "offer-missing-name",
        "target-out-of-range",
    ];
    assert_eq!(met, wanted, "{more:?}");
    assert!(rules_of(&findings).contains(&"capability-unknown-area"));
    let message = |rule: &str| more.iter().find(|(_, f)| f.rule == rule).unwrap().1.message.clone();
    assert!(
        message("capability-unknown-key").contains("Did you mean \"eligible\"?"),
        "{}",
        message("capability-unknown-key")
    );
    assert!(message("matcher-invalid").contains("Did you mean \"npm\"?"));
    assert!(more.iter().all(|(_, f)| f.severity != Severity::Info));
}

#[test]
fn published_packages_become_matchers_and_change_the_hash_once() {
    let (rules, _) = Ruleset::compose(&file(FLAGS), &[]);
    let package = |component: &str, name: &str| LinkPackage {
        ecosystem: "npm".to_owned(),
        name: name.to_owned(),
        component: component.parse().unwrap(),
        repository: RepoName::new("flagship").unwrap(),
    };
    let known = rules.with_published(&[package("component:default/flagship", "@acme/flags")]);
    assert_eq!(known.hash, rules.hash, "the rules name that package already");
    let more = rules.with_published(&[
        package("component:default/flagship", "@acme/flags-react"),
        package("component:default/other", "@acme/other"),
    ]);
    assert_ne!(more.hash, rules.hash);
    let golden = &capability(&more, "feature-flags").offers[0];
    assert_eq!(golden.detect.packages, ["npm:@acme/flags", "npm:@acme/flags-react"]);
}

#[test]
fn prose_does_not_change_the_hash_and_matchers_do() {
    let hash = |text: &str| Ruleset::compose(&file(text), &[]).0.hash;
    assert_eq!(hash(FLAGS), hash(&FLAGS.replace("title: Flags", "title: Toggles")));
    assert_ne!(hash(FLAGS), hash(&FLAGS.replace("@acme/flags", "@acme/flag")));
    assert_eq!(hash(FLAGS).len(), 64);
}

#[test]
fn needles_are_sorted_and_single() {
    let (rules, _) = Ruleset::compose(&file(FLAGS), &[]);
    let needles = rules.needles();
    assert!(needles.contains(&Needle::Symbol("Flagger".to_owned())));
    assert!(needles.is_sorted() && needles.windows(2).all(|pair| pair[0] != pair[1]));
}

fn starter_drafts() -> Vec<Draft> {
    let mut findings = vec![];
    let drafts = compose::starter_drafts(&mut findings);
    assert!(findings.is_empty(), "{findings:#?}");
    drafts
}

#[test]
fn every_starter_matcher_is_proven_by_its_own_example() {
    let mut wrong = vec![];
    for draft in starter_drafts() {
        for offer in &draft.offers {
            let verdict = examples::verify(offer);
            if verdict != examples::Verdict::default() {
                wrong.push((draft.reference.to_string(), offer.offer.name.clone(), verdict));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_starter_observation_belongs_to_two_offers_of_one_capability() {
    let (rules, _) = Ruleset::compose(&[], &[]);
    let mut doubled = vec![];
    for draft in starter_drafts() {
        for (_, example) in draft.offers.iter().flat_map(|offer| &offer.examples) {
            let met = rules.index().matches(example.kind, &example.observed);
            let own = met.iter().map(|matcher| rules.offer_of(matcher));
            let offers: BTreeSet<&str> =
                own.filter(|(c, _)| c.reference == draft.reference).map(|(_, offer)| offer.name.as_str()).collect();
            if offers.len() != 1 {
                doubled.push((draft.reference.to_string(), example.observed.clone(), format!("{offers:?}")));
            }
        }
    }
    assert!(doubled.is_empty(), "{doubled:#?}");
}

#[test]
fn the_starter_ruleset_is_whole() {
    let drafts = starter_drafts();
    assert_eq!(drafts.len(), starter::FILES.len());
    let mut areas: BTreeMap<Area, usize> = BTreeMap::new();
    let mut n_matchers = 0;
    for (draft, (file, _)) in drafts.iter().zip(starter::FILES) {
        let area = draft.area.unwrap();
        assert_eq!(*file, format!("{area}/{}.yaml", draft.reference.name()));
        assert!(draft.description.is_some() && draft.title.is_some(), "{file}");
        *areas.entry(area).or_default() += 1;
        for offer in draft.offers.iter().map(|draft| &draft.offer) {
            n_matchers += offer.detect.matchers().count();
            assert!(matches!(offer.path, OfferPath::Vendor | OfferPath::Homegrown), "nobody declared a golden path");
            assert!(offer.url.is_some() || offer.path == OfferPath::Homegrown, "{file}: {} has no link", offer.name);
        }
    }
    assert_eq!(areas.len(), Area::ALL.len());
    assert!(drafts.len() >= 80 && n_matchers >= 1200, "{} capabilities, {n_matchers} matchers", drafts.len());
    let is_homegrown = |draft: &&Draft| draft.offers.iter().any(|offer| offer.offer.path == OfferPath::Homegrown);
    assert!(drafts.iter().filter(is_homegrown).count() >= 45, "too few homegrown heuristics");
}

#[test]
fn the_list_of_starter_files_is_the_folder() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut found = vec![];
    for area in std::fs::read_dir(&root).unwrap() {
        let area = area.unwrap();
        if !area.file_type().unwrap().is_dir() {
            continue;
        }
        for rule in std::fs::read_dir(area.path()).unwrap() {
            let name = rule.unwrap().file_name();
            found.push(format!("{}/{}", area.file_name().to_string_lossy(), name.to_string_lossy()));
        }
    }
    found.sort();
    let listed: Vec<_> = starter::FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(listed, found);
}

#[test]
fn a_starter_heuristic_is_only_possible_unless_it_says_otherwise() {
    let (rules, _) = Ruleset::compose(&file(FLAGS), &[]);
    for capability in rules.capabilities.iter().filter(|held| held.source == RuleSource::Starter) {
        for offer in &capability.offers {
            let usual = if offer.path == OfferPath::Homegrown { Confidence::Possible } else { Confidence::Probable };
            assert_eq!(offer.confidence, usual, "{} {}", capability.reference, offer.name);
        }
    }
    let own = capability(&rules, "feature-flags").offers.iter().find(|offer| offer.name == "own-flags").unwrap();
    assert_eq!(own.confidence, Confidence::Probable, "the organisation knows its own code");
    let unsure = FLAGS.replace("path: homegrown,", "path: homegrown, confidence: possible,");
    let (rules, findings) = Ruleset::compose(&file(&unsure), &[]);
    assert_eq!(rules_of(&findings), ["offer-unknown-path"]);
    let own = capability(&rules, "feature-flags").offers.iter().find(|offer| offer.name == "own-flags").unwrap();
    assert_eq!(own.confidence, Confidence::Possible);
}
