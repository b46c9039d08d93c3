//! What a rule file says and whether its own examples hold: the work behind `waymark rules test`.
//! It must not lay the file over the starter ruleset, nor look at any repository.
use super::{
    compose, document,
    draft::{Draft, DraftOffer},
    examples,
    reader::{Reader, place_of},
};
use crate::{facts::model::DescriptorDoc, scan::Finding};
use serde::Serialize;
use shared::{RepoPath, Severity};

/// What trying one rule file gave.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FileReport {
    /// Everything wrong with the file, by line. Errors fail the test, the rest are only told.
    pub findings: Vec<Finding>,
    /// Matchers that no example proves.
    pub unproven: Vec<Unproven>,
    pub n_capabilities: usize,
    pub n_offers: usize,
    pub n_matchers: usize,
    pub n_examples: usize,
    pub n_counterexamples: usize,
}

/// A matcher that no example of its offer meets: nothing shows that it recognises what it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unproven {
    pub capability: String,
    pub offer: String,
    /// As in evidence, e.g. `packages: npm:@acme/flags`.
    pub matcher: String,
    /// The line of the offer.
    pub line: u32,
}

impl FileReport {
    /// The findings that fail the test.
    pub fn failures(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error)
    }
}

/// Reads the YAML text of a rule file and tries the examples and counterexamples of every offer in it.
pub fn check_file(text: &str) -> FileReport {
    let facts = document::documents(text);
    let mut report = FileReport::default();
    report.findings.extend(facts.problems.iter().map(|problem| {
        let mut finding = problem.at(&RepoPath::root());
        finding.path = None;
        finding
    }));
    for doc in &facts.documents {
        let mut reader = Reader::of_text(doc);
        let draft = compose::read_capability(&mut reader);
        report.findings.append(&mut reader.findings);
        if let Some(draft) = draft {
            report.add(doc, &draft);
        }
    }
    if report.n_capabilities == 0 {
        let message = "No capability was read; write kind: Capability and a metadata.name.".to_owned();
        let (rule, path) = ("capability-absent".to_owned(), None);
        let finding = Finding { rule, severity: Severity::Error, path, line: Some(1), column: None, message };
        report.findings.push(finding);
    }
    report.findings.sort_by_key(|finding| finding.line);
    report
}

impl FileReport {
    fn add(&mut self, doc: &DescriptorDoc, draft: &Draft) {
        self.n_capabilities += 1;
        for offer in &draft.offers {
            self.n_offers += 1;
            self.n_matchers += offer.offer.detect.matchers().count();
            self.n_examples += offer.examples.len();
            self.n_counterexamples += offer.counterexamples.len();
            self.unproven.extend(unproven(doc, draft, offer));
        }
    }
}

fn unproven<'a>(
    doc: &'a DescriptorDoc,
    draft: &'a Draft,
    offer: &'a DraftOffer,
) -> impl Iterator<Item = Unproven> + use<'a> {
    let matchers = examples::verify(offer).unproven.into_iter();
    matchers.map(|matcher| Unproven {
        capability: draft.reference.name().to_owned(),
        offer: offer.offer.name.clone(),
        matcher,
        line: place_of(doc, &offer.at).0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAGS: &str = "apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: flags}
spec:
  area: developer-platform
  offers:
    - name: flagship
      path: golden
      detect:
        packages: ['npm:@acme/flags', 'npm:@acme/flags-*']
      examples: ['npm:@acme/flags', 'npm:@acme/toggles']
      counterexamples: ['npm:@acme/flags-docs']
";

    #[test]
    fn failures_have_a_line_and_unproven_matchers_are_notes() {
        let report = check_file(FLAGS);
        let failures: Vec<_> = report.failures().map(|f| (f.rule.as_str(), f.line)).collect();
        assert_eq!(failures, [("example-unmatched", Some(11)), ("example-mistaken", Some(12))]);
        assert_eq!(report.findings.len(), 2);
        let unproven: Vec<_> = report.unproven.iter().map(|u| (u.matcher.as_str(), u.line)).collect();
        assert_eq!(unproven, [("packages: npm:@acme/flags-*", 7)]);
        assert_eq!((report.n_capabilities, report.n_offers, report.n_matchers), (1, 1, 2));
        assert_eq!((report.n_examples, report.n_counterexamples), (2, 1));
    }

    #[test]
    fn a_file_without_a_capability_fails() {
        for text in ["", "kind: Component\napiVersion: backstage.io/v1alpha1\nmetadata: {name: x}\n", "a: [", "- 1\n"] {
            assert!(check_file(text).failures().any(|finding| finding.rule == "capability-absent"), "{text:?}");
        }
    }

    #[test]
    fn a_good_file_has_nothing_to_tell() {
        let good =
            FLAGS.replace("'npm:@acme/toggles'", "'npm:@acme/flags-react'").replace("@acme/flags-docs", "@acme/x");
        assert_eq!(check_file(&good).findings, []);
        assert_eq!(check_file(&good).unproven, []);
    }
}
