//! What commits changed in the documents of capabilities: a rule that changes its meaning makes the same evidence mean
//! something else. It must not judge by old rules; it only says that they were others.
use super::{clock::Clock, model::RuleChange, reading::Reading};
use crate::{facts::timeline::Timeline, scan::Finding};
use serde_json::Value;
use shared::{RepoPath, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// What a document says that rules are made of.
#[derive(Debug, Clone, Default, PartialEq)]
struct Said {
    /// By name: path, detect and since.
    offers: BTreeMap<String, Offer>,
    eligible: Value,
    exempt: Value,
}

#[derive(Debug, Clone, PartialEq)]
struct Offer {
    path: String,
    since: Option<String>,
    detect: Value,
}

/// A capability's document while a span of its file lives.
struct Held<'a> {
    from: u32,
    to: Option<u32>,
    name: String,
    path: &'a RepoPath,
    said: Said,
}

/// The changes, oldest first, and a finding for each that changed a meaning. A first appearance is no change.
pub(super) fn of(timeline: &Timeline, reading: &Reading<'_>, clock: &Clock<'_>) -> (Vec<RuleChange>, Vec<Finding>) {
    let held = documents(timeline, reading);
    let positions: BTreeSet<u32> = held.iter().flat_map(|held| [Some(held.from), held.to]).flatten().collect();
    let mut known: BTreeMap<&str, &Held<'_>> = BTreeMap::new();
    let (mut changes, mut findings) = (vec![], vec![]);
    for position in positions {
        let lives = |held: &&Held<'_>| held.from <= position && held.to.is_none_or(|to| position < to);
        for now in held.iter().filter(lives) {
            let Some(before) = known.insert(&now.name, now).filter(|before| before.said != now.said) else { continue };
            let (text, meaning) = difference(&before.said, &now.said);
            let moment = clock.moment(position);
            if meaning {
                findings.push(finding(now, &text, &moment));
            }
            changes.push(RuleChange { capability: now.name.clone(), moment, text, meaning });
        }
    }
    (changes, findings)
}

fn documents<'a>(timeline: &'a Timeline, reading: &Reading<'_>) -> Vec<Held<'a>> {
    let mut out: Vec<Held<'a>> = vec![];
    for (span, read) in timeline.files.iter().zip(&reading.spans) {
        for doc in read.parsed.iter().flat_map(|(_, facts)| &facts.documents) {
            let document = &doc.document;
            let is_capability = document["kind"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("capability"));
            let Some(name) = document["metadata"]["name"].as_str().filter(|_| is_capability) else { continue };
            let said = said(&document["spec"]);
            out.push(Held { from: span.from, to: span.to, name: name.to_lowercase(), path: &span.path, said });
        }
    }
    out
}

fn said(spec: &Value) -> Said {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let offer = |value: &Value| {
        let offer = Offer {
            path: text(&value["path"]).unwrap_or_default(),
            since: text(&value["since"]),
            detect: value["detect"].clone(),
        };
        Some((text(&value["name"])?, offer))
    };
    let offers = spec["offers"].as_array().into_iter().flatten().filter_map(offer).collect();
    Said { offers, eligible: spec["eligible"].clone(), exempt: spec["exempt"].clone() }
}

/// What changed in words, and whether the same evidence means something else now.
fn difference(before: &Said, now: &Said) -> (String, bool) {
    let (mut texts, mut meaning) = (vec![], false);
    for (name, old) in &before.offers {
        match now.offers.get(name) {
            None => {
                texts.push(format!("{name} ({}) is gone", old.path));
                meaning = true;
            }
            Some(new) => {
                meaning |= old.path != new.path;
                texts.extend(offer_difference(name, old, new));
            }
        }
    }
    let new = now.offers.iter().filter(|(name, _)| !before.offers.contains_key(*name));
    texts.extend(new.map(|(name, offer)| format!("{name} is new ({})", offer.path)));
    let mut parts = if texts.is_empty() { vec![] } else { vec![format!("offers: {}", texts.join(", "))] };
    if before.eligible != now.eligible {
        parts.push("eligible: other components could use it".to_owned());
        meaning = true;
    }
    if before.exempt != now.exempt {
        parts.push("exempt: other components need not use it".to_owned());
    }
    (parts.join("; "), meaning)
}

fn offer_difference(name: &str, old: &Offer, new: &Offer) -> Vec<String> {
    let mut texts = vec![];
    if old.path != new.path {
        texts.push(format!("{name} is {}, was {}", new.path, old.path));
    }
    if old.detect != new.detect {
        texts.push(format!("{name} is recognised by other signs"));
    }
    if old.since != new.since {
        let day = |since: &Option<String>| since.clone().unwrap_or_else(|| "an unknown day".to_owned());
        texts.push(format!("{name} is offered since {}, was {}", day(&new.since), day(&old.since)));
    }
    texts
}

fn finding(now: &Held<'_>, text: &str, moment: &super::model::Moment) -> Finding {
    let commit: String = moment.commit.as_str().chars().take(12).collect();
    Finding {
        rule: "capability-rules-changed".to_owned(),
        severity: Severity::Info,
        path: Some(now.path.clone()),
        line: None,
        column: None,
        message: format!(
            "The rules of {} changed their meaning in commit {commit} ({text}). Its whole past is judged by the rules of today; figures published before that commit may differ.",
            now.name
        ),
    }
}
