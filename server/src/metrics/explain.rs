//! What a number is made of: its members, the commits it was judged at, and how to see the same with git alone.
//! It must not compute a number in another way than the metric does.
use super::{
    METRICS, Metric,
    defection::defection,
    link::{commit_id, commit_link},
    lives::{Counted, Lives},
    new_component_share::{is_new, started_golden},
    past::{Past, PastMoment, PastOffer, Scope, Time, timestamp},
    reproduce::commands,
    share,
    standing_at::{Is, Pair, StandingAt},
    stickiness::stickiness,
    units::{Members, units},
};
use shared::{
    OfferPath, Unit,
    api::{ExplainedCommit, Explanation},
};
use std::collections::{BTreeMap, BTreeSet};

/// Which number.
#[derive(Debug, Clone)]
pub struct ExplainQuestion<'a> {
    /// Key of a metric.
    pub metric: &'a str,
    /// Position in `Past::capabilities`. Absent: all with a golden offer together, whose members are pairs.
    pub capability: Option<usize>,
    pub at: Time,
    pub unit: Unit,
    pub scope: &'a Scope,
}

/// How one metric is explained. A metric of another file joins by one line in `EXPLAINED`.
pub(super) struct Explained {
    key: &'static str,
    /// Collects numerator and denominator.
    sets: fn(&Past, &ExplainQuestion) -> Sets,
    /// The sentence around the figures: `{n}`, `{d}`, `{units}`, `{title}`.
    sentence: &'static str,
    /// The paths of the offers that it looks at.
    paths: &'static [OfferPath],
}

const EXPLAINED: &[Explained] = &[
    Explained {
        key: "adoption",
        sets: |past, question| by_standing(past, question, |is| (is.is(Is::GoldenEligible), is.is(Is::Eligible))),
        sentence: "{n} of the {d} {units} that could use {title} use a golden offer.",
        paths: &[OfferPath::Golden],
    },
    Explained {
        key: "conformance",
        sets: |past, question| by_standing(past, question, |is| (is.is(Is::Conformant), is.is(Is::Eligible))),
        sentence: "{n} of the {d} {units} that could use {title} use a golden offer and nothing off the path.",
        paths: &[OfferPath::Golden, OfferPath::Vendor, OfferPath::Homegrown],
    },
    Explained {
        key: "reuse_rate",
        sets: |past, question| {
            by_standing(past, question, |is| {
                let (golden, homegrown) = (is.is(Is::Golden), is.is(Is::Homegrown));
                (golden && !homegrown, golden || homegrown)
            })
        },
        sentence: "{n} of the {d} {units} that use a golden or a homegrown offer of {title} use no homegrown one.",
        paths: &[OfferPath::Golden, OfferPath::Homegrown],
    },
    Explained {
        key: "homegrown_ratio",
        sets: |past, question| by_standing(past, question, |is| (is.is(Is::Golden), is.is(Is::Homegrown))),
        sentence: "Of {title}, {n} {units} use a golden offer and {d} a homegrown one.",
        paths: &[OfferPath::Golden, OfferPath::Homegrown],
    },
    Explained {
        key: "new_component_share",
        sets: new_components,
        sentence: "{n} of the {d} {units} created in the year before that chose an offer of {title} started golden.",
        paths: OfferPath::ALL,
    },
    Explained {
        key: "stickiness",
        sets: |past, question| counted(past, question, stickiness),
        sentence: "{n} of the {d} {units} that came to a golden offer of {title} at least 90 days before use one.",
        paths: &[OfferPath::Golden],
    },
    Explained {
        key: "defection",
        sets: |past, question| counted(past, question, defection),
        sentence: "{n} of the {d} {units} that ever used a golden offer of {title} left it while they went on existing.",
        paths: &[OfferPath::Golden],
    },
];

/// Metrics that have no unit but the component.
const OF_COMPONENTS: [&str; 3] = ["new_component_share", "stickiness", "defection"];

/// Members of a number by name, and the repositories they lie in.
#[derive(Debug, Default)]
pub(super) struct Sets {
    pub(super) numerator: Vec<String>,
    pub(super) denominator: Vec<String>,
    /// Positions in `Past::repositories`.
    pub(super) repositories: BTreeSet<usize>,
}

/// The explanation; absent when the metric or the capability is unknown, or nothing explains the metric.
pub fn explain(past: &Past, question: &ExplainQuestion) -> Option<Explanation> {
    let metric = METRICS.iter().find(|metric| metric.key == question.metric)?;
    let explained = EXPLAINED.iter().find(|explained| explained.key == question.metric)?;
    let capability = match question.capability {
        Some(at) => Some(past.capabilities.get(at)?),
        None => None,
    };
    let question = ExplainQuestion {
        at: question.at.min(past.now),
        // Where a component started, and whether it stayed, is asked of components alone.
        unit: if OF_COMPONENTS.contains(&metric.key) { Unit::Component } else { question.unit },
        ..question.clone()
    };
    let sets = (explained.sets)(past, &question);
    let needs_golden = matches!(metric.key, "adoption" | "conformance") || OF_COMPONENTS.contains(&metric.key);
    let meant = !needs_golden || capability.is_none_or(|capability| capability.has_golden());
    let offers = capability.iter().flat_map(|capability| &capability.offers);
    let offers: Vec<&PastOffer> = offers.filter(|offer| explained.paths.contains(&offer.path)).collect();
    Some(explanation(past, &question, (metric, explained.sentence), (sets, &offers, meant)))
}

fn explanation(
    past: &Past,
    question: &ExplainQuestion,
    (metric, sentence): (&Metric, &str),
    (sets, offers, meant): (Sets, &[&PastOffer], bool),
) -> Explanation {
    let (numerator, denominator) = (sets.numerator.len() as u64, sets.denominator.len() as u64);
    Explanation {
        metric: metric.key.to_owned(),
        title: metric.title.to_owned(),
        formula: metric.formula.to_owned(),
        sentence: told(past, question, sentence, (numerator, denominator)),
        capability: question.capability.map(|at| past.capabilities[at].name.clone()),
        scope: question.unit,
        at: timestamp(question.at),
        value: share(numerator, denominator).filter(|_| meant),
        numerator,
        denominator,
        numerator_members: sets.numerator,
        denominator_members: sets.denominator,
        rules_version: past.rules_version.clone(),
        commits: commits(past, &sets.repositories, question.at),
        reproduce: commands(past, &sets.repositories, offers, question.at),
    }
}

fn told(past: &Past, question: &ExplainQuestion, sentence: &str, (n, d): (u64, u64)) -> String {
    let unit = match question.unit {
        Unit::Component => "components",
        Unit::Repository => "repositories",
        Unit::Team => "teams",
    };
    let (units, title) = match question.capability {
        Some(at) => (unit.to_owned(), past.capabilities[at].title.clone()),
        None => (format!("{unit} (counted once a capability)"), "what has a golden path".to_owned()),
    };
    // The title comes last, so that nothing in it is taken for a place to fill.
    sentence
        .replace("{n}", &n.to_string())
        .replace("{d}", &d.to_string())
        .replace("{units}", &units)
        .replace("{title}", &title)
}

/// Capabilities asked about.
fn capabilities(past: &Past, question: &ExplainQuestion) -> Vec<usize> {
    let golden = (0..past.capabilities.len()).filter(|at| past.capabilities[*at].has_golden());
    question.capability.map_or_else(|| golden.collect(), |one| vec![one])
}

fn by_standing(past: &Past, question: &ExplainQuestion, of: fn(StandingAt) -> (bool, bool)) -> Sets {
    let mut sets = Sets::default();
    let capabilities = capabilities(past, question);
    for members in units(past, question.unit, question.scope) {
        for capability in &capabilities {
            sets.add(past, question, (&members, *capability), of(members.at(*capability, question.at)));
        }
    }
    sets
}

fn new_components(past: &Past, question: &ExplainQuestion) -> Sets {
    let mut sets = Sets::default();
    let capabilities = capabilities(past, question);
    for members in units(past, Unit::Component, question.scope) {
        if !is_new(past, members.0[0], question.at) {
            continue;
        }
        for capability in &capabilities {
            if let Some(golden) = started_golden(&Pair::new(members.0[0], *capability), question.at) {
                sets.add(past, question, (&members, *capability), (golden, true));
            }
        }
    }
    sets
}

fn counted(past: &Past, question: &ExplainQuestion, of: for<'a> fn(&Lives<'a>) -> Counted<'a>) -> Sets {
    let mut sets = Sets::default();
    for capability in capabilities(past, question) {
        let counted = of(&Lives::new(past, capability, question.at, question.scope));
        let part: BTreeSet<_> = counted.part.iter().map(|component| &component.reference).collect();
        for component in counted.whole {
            let numerator = part.contains(&component.reference);
            sets.add(past, question, (&Members(vec![component]), capability), (numerator, true));
        }
    }
    sets
}

impl Sets {
    fn add(
        &mut self,
        past: &Past,
        question: &ExplainQuestion,
        (members, capability): (&Members, usize),
        (numerator, denominator): (bool, bool),
    ) {
        if !numerator && !denominator {
            return;
        }
        let mut name = members.name(past, question.unit);
        if question.capability.is_none() {
            name = format!("{name} {}", past.capabilities[capability].name);
        }
        let there = members.0.iter().filter(|component| component.exists_at(question.at));
        self.repositories.extend(there.map(|component| component.repository));
        if numerator {
            self.numerator.push(name.clone());
        }
        if denominator {
            self.denominator.push(name);
        }
    }
}

/// The newest commit of each repository at or before `at` of those that changed what is known of it: nothing that counts
/// changed from it to `at`.
fn commits(past: &Past, repositories: &BTreeSet<usize>, at: Time) -> Vec<ExplainedCommit> {
    let own = repositories.iter().flat_map(|held| {
        let repository = &past.repositories[*held];
        [(*held, &repository.first), (*held, &repository.last)]
    });
    let components = past.components.iter().filter(|component| repositories.contains(&component.repository));
    let shown = components.flat_map(|component| {
        let spans = component.spans.iter().map(|(from, to)| (from, to));
        let uses = component.uses.iter().map(|held| (&held.from, &held.to));
        let moments = spans.chain(uses).flat_map(|(from, to)| std::iter::once(from).chain(to));
        moments.map(|moment| (component.repository, moment))
    });
    let mut newest: BTreeMap<usize, &PastMoment> = BTreeMap::new();
    for (repository, moment) in shown.chain(own).filter(|(_, moment)| moment.at <= at) {
        let held = newest.entry(repository).or_insert(moment);
        // Of several commits of one second the tip comes last.
        if held.at <= moment.at {
            *held = moment;
        }
    }
    let mut out: Vec<ExplainedCommit> =
        newest.into_iter().map(|(held, moment)| explained(past, held, moment)).collect();
    out.sort_by(|a, b| a.repository.cmp(&b.repository));
    out
}

fn explained(past: &Past, repository: usize, moment: &PastMoment) -> ExplainedCommit {
    let repository = &past.repositories[repository];
    ExplainedCommit {
        repository: repository.name.clone(),
        commit: commit_id(&moment.commit),
        at: timestamp(moment.at),
        permalink: commit_link(repository, &moment.commit),
    }
}
