//! What of detection's quality can be checked without the repositories: the committed tables fit the rules, and on the
//! shared data our names and owners agree with what the oracles said. `cargo xtask quality` measures the rest.
use server::catalog::Ruleset;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use tests::quality::{
    clones, code_owners,
    compare::{compare, kind_of},
    folder,
    oracle::Answers,
    root, shared_data, tables,
};

#[test]
fn labels_name_listed_repositories_and_offers_that_exist() {
    let listed: BTreeSet<String> =
        tables::repositories(&folder()).unwrap().into_iter().map(|repository| repository.name).collect();
    assert!(listed.len() >= 60, "{} repositories", listed.len());
    let (rules, _) = Ruleset::compose(&[], &[]);
    let offers: BTreeMap<&str, BTreeSet<&str>> = rules
        .capabilities
        .iter()
        .map(|one| (one.reference.name(), one.offers.iter().map(|offer| offer.name.as_str()).collect()))
        .collect();
    let labels = tables::labels(&folder()).unwrap();
    let mut pairs = BTreeSet::new();
    for label in &labels {
        assert!(listed.contains(&label.repository), "{} is not in repositories.tsv", label.repository);
        let known =
            offers.get(label.capability.as_str()).unwrap_or_else(|| panic!("no capability {}", label.capability));
        for offer in &label.expected {
            assert!(known.contains(offer.as_str()), "{} has no offer {offer}", label.capability);
        }
        assert!(
            pairs.insert((&label.repository, &label.capability)),
            "{} {} twice",
            label.repository,
            label.capability
        );
    }
    assert!(pairs.len() >= 200, "{} pairs", pairs.len());
    assert!(labels.iter().filter(|label| label.expected.is_empty()).count() >= 70);
    assert!(labels.iter().filter(|label| label.homegrown.is_some()).count() >= 40);
}

#[test]
fn every_judgement_is_read() {
    for judgement in tables::judgements(&folder()).unwrap() {
        assert!(!judgement.path.is_empty() && !judgement.name.is_empty(), "{judgement:?}");
    }
}

#[test]
fn names_on_the_shared_data_are_those_of_the_oracles() {
    let mut theirs = Answers::default();
    theirs.take(&fs::read_to_string(folder().join("expected/names.jsonl")).unwrap()).unwrap();
    let judgements = tables::judgements(&folder()).unwrap();
    let found = compare(&shared_data::ours().unwrap(), &theirs, &judgements);
    assert!(found.kinds.len() >= 10, "{:?}", found.kinds.keys());
    for (kind, score) in &found.kinds {
        let open: Vec<_> = found
            .disagreements
            .iter()
            .filter(|one| one.verdict.is_none() && kind_of(&one.path) == *kind)
            .take(20)
            .collect();
        assert!(score.f1().1 >= 0.98, "{kind}: {score:?}\n{open:#?}");
    }
}

#[test]
fn owners_on_the_shared_data_are_those_of_the_package() {
    let lines = fs::read_to_string(folder().join("expected/code_owners.jsonl")).unwrap();
    let answers = code_owners::answers(&lines).unwrap();
    let judgements = tables::judgements(&folder()).unwrap();
    let agreement = code_owners::compare(&code_owners::shared_questions().unwrap(), &answers, &judgements).unwrap();
    assert!(agreement.pairs >= 1000, "{} pairs", agreement.pairs);
    let open: Vec<_> = agreement.differences.iter().filter(|one| one.verdict.is_none()).collect();
    assert_eq!(agreement.right(), agreement.pairs, "{open:#?}");
}

#[test]
fn labelled_clones_lie_in_listed_repositories_and_the_page_has_room_for_them() {
    let listed: BTreeSet<String> =
        clones::tables::repositories(&folder().join("clones")).unwrap().into_iter().map(|one| one.name).collect();
    let pairs = clones::tables::labels(&folder().join("clones")).unwrap();
    for pair in &pairs {
        let (a, b) = (&pair.a.file.0, &pair.b.file.0);
        assert!(a != b && listed.contains(a) && listed.contains(b), "{a} {b}");
    }
    assert!(pairs.iter().filter(|pair| pair.is_clone).count() >= 200, "{} pairs", pairs.len());
    let page = fs::read_to_string(root().join("docs/clone-quality.md")).unwrap();
    for block in ["corpus", "precision", "recall", "speed"] {
        clones::page::replace(&page, block, "").unwrap();
    }
}
