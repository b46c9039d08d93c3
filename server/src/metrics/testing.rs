//! Small pasts made by hand, and random ones, for tests of what is computed on them.
//! It must not compute anything itself.
use super::past::{Past, PastCapability, PastComponent, PastMoment, PastOffer, PastRepository, PastUse, Scope, Time};
use proptest::prelude::*;
use shared::{Area, Confidence, End, EntityKind, EntityRef, OfferPath, RepoName, RepoPath};

pub(super) const DAY: Time = 86_400;

/// The first second of a day written as `2022-01-26`.
pub(super) fn day(text: &str) -> Time {
    text.parse::<chrono::NaiveDate>().unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp()
}

/// A moment whose commit is its time, in 40 digits.
pub(super) fn moment(at: Time) -> PastMoment {
    PastMoment { commit: format!("{at:040x}"), at }
}

pub(super) fn capability(name: &str, offers: &[(&str, OfferPath)]) -> PastCapability {
    let offer = |(name, path): &(&str, OfferPath)| PastOffer {
        name: (*name).to_owned(),
        path: *path,
        confidence: Confidence::Probable,
        since: None,
        detect: vec![format!("packages: npm:{name}")],
    };
    PastCapability {
        name: name.to_owned(),
        title: name.to_owned(),
        area: Area::DeveloperPlatform,
        owner: None,
        target: None,
        eligible: None,
        offers: offers.iter().map(offer).collect(),
        rule_changes: vec![],
    }
}

pub(super) fn repository(name: &str, first: Time, now: Time) -> PastRepository {
    PastRepository {
        name: RepoName::new(name).unwrap(),
        web_url: Some(format!("https://github.com/{name}")),
        branch: "main".to_owned(),
        first: moment(first),
        last: moment(now),
        cut_off: None,
        gaps: vec![],
        weeks: vec![],
    }
}

/// A component of the repository at this position that exists from `from` on and could use nothing yet.
pub(super) fn component(name: &str, repository: usize, from: Time) -> PastComponent {
    PastComponent {
        reference: EntityRef::new(EntityKind::Component, "default", name).unwrap(),
        repository,
        root: RepoPath::root(),
        owner: None,
        system: None,
        language: None,
        spans: vec![(moment(from), None)],
        eligible: vec![],
        exempt: vec![],
        uses: vec![],
    }
}

pub(super) fn group(name: &str) -> EntityRef {
    EntityRef::new(EntityKind::Group, "default", name).unwrap()
}

impl PastComponent {
    pub(super) fn owned_by(mut self, owner: &str) -> Self {
        self.owner = Some(group(owner));
        self
    }

    pub(super) fn can(mut self, capability: u32) -> Self {
        self.eligible.push(capability);
        self.eligible.sort_unstable();
        self
    }

    pub(super) fn exempt(mut self, capability: u32, until: Option<Time>) -> Self {
        self.exempt.push((capability, until));
        self
    }

    pub(super) fn gone(mut self, at: Time) -> Self {
        self.spans.last_mut().unwrap().1 = Some(moment(at));
        self
    }

    /// Uses the offer from `from` until `to`; whoever leaves goes on without it.
    pub(super) fn using(mut self, (past, capability, offer): (&Past, u32, u32), from: Time, to: Option<Time>) -> Self {
        self.uses.push(PastUse {
            capability,
            offer,
            path: past.capabilities[capability as usize].offers[offer as usize].path,
            from: moment(from),
            to: to.map(moment),
            end: if to.is_some() { End::Left } else { End::Open },
            exact: true,
            attempt: None,
            evidence: None,
        });
        self.uses.sort_by_key(|held| (held.capability, held.from.at));
        self
    }
}

pub(super) const ALL_PATHS: [(&str, OfferPath); 5] = [
    ("gold", OfferPath::Golden),
    ("gold-two", OfferPath::Golden),
    ("fine", OfferPath::Tolerated),
    ("bought", OfferPath::Vendor),
    ("own", OfferPath::Homegrown),
];

/// The end of every random past.
pub(super) const END: Time = 1_600_000_000;

/// Pasts of up to 10 components in 4 repositories and 3 teams, with 3 capabilities (one without a golden offer), over some
/// 1,000 days.
pub(super) fn pasts() -> impl Strategy<Value = Past> {
    prop::collection::vec(random_component(), 1..10).prop_map(|components| {
        let mut past = Past {
            now: END,
            rules_version: "r1".to_owned(),
            capabilities: vec![
                capability("flags", &ALL_PATHS),
                capability("build", &ALL_PATHS),
                capability("mail", &ALL_PATHS[2..]),
            ],
            ..Past::default()
        };
        past.repositories = (0..4).map(|at| repository(&format!("acme/r{at}"), END - 1_100 * DAY, END)).collect();
        for (at, random) in components.into_iter().enumerate() {
            let made = random.make(&past, at);
            past.components.push(made);
        }
        past
    })
}

#[derive(Debug, Clone)]
struct RandomComponent {
    repository: usize,
    owner: Option<u8>,
    span: (Time, Option<Time>),
    again: bool,
    eligible: Vec<bool>,
    exempt: Option<(u32, Option<Time>)>,
    uses: Vec<(u32, u32, Time, Option<Time>)>,
}

fn random_component() -> impl Strategy<Value = RandomComponent> {
    let ago = || (0..1_000_i64, 0..DAY).prop_map(|(days, seconds)| END - days * DAY - seconds);
    let stretch = move || (ago(), prop::option::of(1..400 * DAY));
    (
        (0..4_usize, prop::option::of(0..3_u8), stretch(), any::<bool>()),
        prop::collection::vec(any::<bool>(), 3),
        prop::option::of((0..3_u32, prop::option::of(ago()))),
        prop::collection::vec((0..3_u32, 0..5_u32, stretch()), 0..6),
    )
        .prop_map(|((repository, owner, span, again), eligible, exempt, uses)| RandomComponent {
            repository,
            owner,
            span: (span.0, span.1.map(|long| span.0 + long)),
            again,
            eligible,
            exempt,
            uses: uses.into_iter().map(|(c, o, (from, long))| (c, o, from, long.map(|long| from + long))).collect(),
        })
}

impl RandomComponent {
    fn make(self, past: &Past, at: usize) -> PastComponent {
        let mut out = component(&format!("c{at}"), self.repository, self.span.0);
        if let Some(to) = self.span.1 {
            out = out.gone(to);
            if self.again {
                out.spans.push((moment(to + 30 * DAY), None));
            }
        }
        out.owner = self.owner.map(|owner| group(&format!("t{owner}")));
        out.eligible = (0..3).filter(|at| self.eligible[*at as usize]).collect();
        out.exempt = self.exempt.into_iter().collect();
        for (capability, offer, from, to) in self.uses {
            let offer = offer % past.capabilities[capability as usize].offers.len() as u32;
            out = out.using((past, capability, offer), from, to);
        }
        out
    }
}

/// Everything.
pub(super) fn everything() -> Scope {
    Scope::default()
}
