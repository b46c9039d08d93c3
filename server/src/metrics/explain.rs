//! What a number is made of: its members, the commits it was judged at, and how to see the same with git alone.
//! It must not compute a number in another way than the metric does.
use super::{
    METRICS, Metric,
    defection::defection,
    explain_members::{Sets, by_standing, counted, new_components},
    judged_at::commits,
    past::{Past, PastOffer, Scope, Time, timestamp},
    reproduce::commands,
    share,
    standing_at::Is,
    stickiness::stickiness,
};
use shared::{OfferPath, Unit, api::Explanation};

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
