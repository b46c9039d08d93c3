//! What of each capability may keep teams from its golden path, and who went off it, for the shadow report.
//! It must not say what is a gap.
use super::{
    past::{Past, PastComponent, Time, timestamp},
    report::{GoldenOffer, OffPath, ReportCapability, StartPage},
    standing_at::{Is, Pair},
};
use crate::catalog::model::{Capability, Offer};
use shared::{EntityRef, OfferPath, RepoName, RepoPath};
use std::collections::{BTreeMap, BTreeSet};

/// What the catalog holds beside the past.
#[derive(Debug, Clone, Default)]
pub struct ReportFacts {
    /// Ecosystems of the packages that components publish.
    pub packages: BTreeMap<EntityRef, BTreeSet<String>>,
    /// Documents that exist.
    pub documents: BTreeSet<(RepoName, RepoPath)>,
}

/// The capabilities of the ruleset as of the end of the last scan.
pub fn report_capabilities(past: &Past, rules: &[Capability], facts: &ReportFacts) -> Vec<ReportCapability> {
    let there: Vec<&PastComponent> = past.components.iter().filter(|component| component.exists_at(past.now)).collect();
    let position = |name: &str| past.capabilities.iter().position(|held| held.name == name);
    rules
        .iter()
        .map(|rule| ReportCapability {
            name: rule.reference.name().to_owned(),
            title: rule.title.clone(),
            owner: rule.owner.clone(),
            lifecycle: rule.lifecycle.clone(),
            golden: golden(past, rule, facts),
            start: start(rule, facts),
            off_path: position(rule.reference.name()).map(|at| off_path(&there, at, past.now)).unwrap_or_default(),
        })
        .collect()
}

fn off_path(there: &[&PastComponent], capability: usize, now: Time) -> Vec<OffPath> {
    let standing = |component: &&PastComponent| {
        let standing = Pair::new(component, capability).at(now);
        let homegrown = standing.is(Is::Homegrown);
        (homegrown || standing.is(Is::Vendor)).then_some(homegrown)
    };
    let each = there.iter().filter_map(|component| {
        let homegrown = standing(component)?;
        Some(OffPath { language: component.language.clone(), owner: component.owner.clone(), homegrown })
    });
    each.collect()
}

fn start(rule: &Capability, facts: &ReportFacts) -> StartPage {
    match (&rule.start, &rule.repository) {
        (None, _) => StartPage::Unnamed,
        // Of a file that configuration names, nobody can say where its document lies.
        (Some(_), None) => StartPage::There,
        (Some(path), Some(repository)) if facts.documents.contains(&(repository.clone(), path.clone())) => {
            StartPage::There
        }
        _ => StartPage::Missing,
    }
}

fn golden(past: &Past, rule: &Capability, facts: &ReportFacts) -> Vec<GoldenOffer> {
    let offers = rule.offers.iter().filter(|offer| offer.path == OfferPath::Golden);
    offers.map(|offer| golden_offer(past, offer, facts)).collect()
}

fn golden_offer(past: &Past, offer: &Offer, facts: &ReportFacts) -> GoldenOffer {
    let detect = &offer.detect;
    let named = detect.packages.iter().filter_map(|package| Some(package.split_once(':')?.0.to_owned()));
    let published = offer.component.as_ref().and_then(|component| facts.packages.get(component));
    let component = offer.component.as_ref().and_then(|component| {
        past.components.iter().find(|held| held.reference == *component && held.exists_at(past.now))
    });
    let last = component.and_then(|component| past.repositories.get(component.repository)).map(|held| held.last.at);
    let others = [&detect.images, &detect.actions, &detect.charts, &detect.modules, &detect.resources, &detect.files];
    GoldenOffer {
        name: offer.name.clone(),
        ecosystems: named.chain(published.into_iter().flatten().cloned()).collect(),
        language: component.and_then(|component| component.language.clone()),
        any_language: others.iter().any(|matchers| !matchers.is_empty()),
        last_commit: last.map(timestamp),
    }
}
