//! Histories for tests, put together piece by piece, and a large generated one.
//! It must not use a clock or real randomness.
use super::{CAPABILITIES, Dice, blob, component, name, path};
use crate::{
    catalog::{
        history::model::{Attempt, Interval, Moment, PastGap, RepositoryHistory, RuleChange, Span, Traits, Week},
        model::Evidence,
    },
    scan::HistoryStart,
    store::{HistoryKey, Store},
};
use shared::{CommitId, End, EntityRef, OfferPath, Rung};

/// The first second of 2025 in UTC, and the days after it.
pub(crate) fn day(n: i64) -> i64 {
    1_735_689_600 + n * 86_400
}

/// A commit on a day of 2025, named by it.
pub(crate) fn moment(n: i64) -> Moment {
    Moment { commit: CommitId::new(format!("{n:040x}")).unwrap(), at: day(n) }
}

pub(crate) fn history_key() -> HistoryKey {
    HistoryKey { tip: moment(300).commit, reading: "v1".into(), rules_hash: "r1".into(), scanner_version: 1 }
}

/// The past of one repository, from the first day of 2025 to its three hundredth.
pub(crate) struct HistoryBuilder(pub(crate) RepositoryHistory);

impl HistoryBuilder {
    pub(crate) fn new(repository: &str) -> Self {
        Self(RepositoryHistory {
            repository: name(repository),
            tip: moment(300),
            first: moment(0),
            start: HistoryStart::Root,
            n_commits: 301,
            spans: vec![],
            intervals: vec![],
            rule_changes: vec![],
            gaps: vec![],
            weeks: vec![],
            findings: vec![],
        })
    }

    pub(crate) fn span(&mut self, of: &EntityRef, from: i64, to: Option<i64>) -> &mut Traits {
        self.0.spans.push(Span {
            entity: of.clone(),
            from: moment(from),
            to: to.map(moment),
            root: path(of.name()),
            traits: Traits::default(),
        });
        &mut self.0.spans.last_mut().unwrap().traits
    }

    pub(crate) fn uses(&mut self, of: &str, capability: &str, offer: &str, days: (i64, Option<i64>)) -> &mut Interval {
        let by = match offer {
            "flagship" => OfferPath::Golden,
            "launchdarkly" => OfferPath::Vendor,
            "own" => OfferPath::Homegrown,
            _ => OfferPath::Tolerated,
        };
        let evidence = Evidence {
            rule: format!("packages: npm:{offer}"),
            rung: Rung::Declared,
            path: path(&format!("{of}/package.json")),
            line: Some(7),
            blob: blob(),
            commit: moment(days.0).commit,
        };
        self.0.intervals.push(Interval {
            component: component(of),
            capability: capability.into(),
            offer: offer.into(),
            path: by,
            from: moment(days.0),
            to: days.1.map(moment),
            end: if days.1.is_some() { End::Left } else { End::Open },
            evidence,
            exact: true,
            attempt: None,
        });
        self.0.intervals.last_mut().unwrap()
    }

    /// One of everything that is kept beside spans and intervals.
    pub(crate) fn with_marks(&mut self) -> &mut Self {
        self.0.start = HistoryStart::Shallow;
        self.0.rule_changes.push(RuleChange {
            capability: "ci".into(),
            moment: moment(20),
            text: "offers: unleash is tolerated, was vendor".into(),
            meaning: true,
        });
        self.0.gaps.push(PastGap { from: moment(5), to: moment(9), reason: "a tree is missing".into() });
        self.0.weeks.push(Week { monday: 20_000, merges: 3, authors: 2, lead_days: vec![0.5] });
        if let Some(last) = self.0.intervals.last_mut() {
            let commit = moment(1).commit;
            last.attempt = Some(Attempt { commit, at: last.from.at - 3_600, author_days: 4, branch: true });
        }
        self
    }

    pub(crate) async fn save(&self, store: &Store) {
        store.save_history(&self.0.repository, &self.0, &history_key(), b"\x00timeline\xff").await.unwrap();
    }
}

/// As many intervals as a repository of twenty components and sixty capabilities has, each with what came before it.
pub(crate) fn long_history(repository: usize, n_components: usize, capabilities: &[String]) -> HistoryBuilder {
    let mut dice = Dice(repository as u64);
    let mut builder = HistoryBuilder::new(&format!("acme/repo-{repository}"));
    for c in 0..n_components {
        let short = format!("part-{}", repository * n_components + c);
        builder.span(&component(&short), 1, None).languages = vec!["go".into()];
        for capability in capabilities {
            let offer = dice.pick(&["flagship", "launchdarkly", "own", "unleash"]).to_owned();
            let from = 2 + dice.roll(200) as i64;
            let to = (dice.roll(2) == 0).then(|| from + 30);
            builder.uses(&short, capability, &offer, (from, to));
        }
    }
    builder
}

/// The past of an estate as `fill` saves it: what is used today has been used since some day of 2025.
pub(crate) async fn fill_past(store: &Store, estate: &[super::CatalogBuilder]) {
    let mut dice = Dice(11);
    for builder in estate {
        let mut history = HistoryBuilder::new(builder.0.repository.as_str());
        for entity in &builder.0.entities {
            let traits = history.span(&entity.reference, dice.roll(100) as i64, None);
            traits.subtype.clone_from(&entity.subtype);
            traits.lifecycle.clone_from(&entity.lifecycle);
            traits.owner.clone_from(&entity.owner);
            traits.tags.clone_from(&entity.tags);
        }
        for usage in &builder.0.usages {
            let from = 100 + dice.roll(200) as i64;
            history.uses(usage.component.name(), &usage.capability, &usage.offer, (from, None));
        }
        // What is gone today: a component of before, with a use of every capability.
        let gone = format!("gone-{}", builder.0.repository.as_str().len() + dice.roll(1_000_000));
        let traits = history.span(&component(&gone), 10, Some(250));
        traits.subtype = Some("service".into());
        traits.languages = vec!["go".into()];
        for capability in CAPABILITIES {
            history.uses(&gone, capability, "own", (10, Some(250))).end = End::Removed;
        }
        history.save(store).await;
    }
}
