//! The components that metrics over durations look at: what each used of one capability, as known at one time.
//! It must not compute a metric.
use super::{
    link::moment,
    past::{Past, PastComponent, PastMoment, PastRepository, PastUse, Scope, Time},
    standing_at::{DAY, Pair},
};
use shared::{End, OfferPath, api::Moment};

/// The components in scope that existed at or before a time, as known then.
#[derive(Debug, Clone)]
pub struct Lives<'a> {
    pub(super) past: &'a Past,
    /// Position in `Past::capabilities`.
    pub(super) capability: usize,
    /// At most `Past::now`.
    pub(super) at: Time,
    pub(super) scope: &'a Scope,
    pub(super) all: Vec<Life<'a>>,
}

/// One component and its use of the capability.
#[derive(Debug, Clone)]
pub(super) struct Life<'a> {
    pub(super) component: &'a PastComponent,
    pub(super) repository: &'a PastRepository,
    /// Its first commit.
    pub(super) created: &'a PastMoment,
    /// The first commit without it, when it is gone.
    pub(super) gone: Option<&'a PastMoment>,
    /// By start.
    pub(super) uses: Vec<Stretch<'a>>,
}

/// One use of an offer as known at a time: what ended later is still open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'a> {
    pub(super) usage: &'a PastUse,
    pub(super) to: Option<&'a PastMoment>,
    pub(super) end: End,
}

/// Golden uses one after the other, taken for one.
#[derive(Debug, Clone)]
pub(super) struct Stay<'a> {
    /// The use that began it.
    pub(super) first: &'a PastUse,
    /// The earliest of the attempts that led to it: when, and by what.
    pub(super) sign: &'a PastUse,
    pub(super) to: Option<&'a PastMoment>,
    pub(super) end: End,
    /// Whether its beginning is known.
    pub(super) exact: bool,
}

impl<'a> Lives<'a> {
    /// The components of `scope` and their use of the capability at position `capability`, as known at `at`.
    pub fn new(past: &'a Past, capability: usize, at: Time, scope: &'a Scope) -> Self {
        let at = at.min(past.now);
        let in_scope = past.components.iter().filter(|component| scope.holds(past, component));
        let all = in_scope.filter_map(|component| Life::new(past, component, capability, at)).collect();
        Self { past, capability, at, scope, all }
    }

    /// Until when a component was seen: its end, or the time asked about.
    pub(super) fn last_seen(&self, life: &Life) -> Time {
        life.gone.map_or(self.at, |gone| gone.at)
    }

    /// Whether the component counts as one that could use the capability. An exemption takes it out unless it uses a
    /// golden offer after all.
    pub(super) fn eligible(&self, life: &Life) -> bool {
        // A component that is gone is asked of its last second.
        let at = life.gone.map_or(self.at, |gone| gone.at - 1);
        let pair = Pair::new(life.component, self.capability);
        pair.can && (!pair.is_exempt(at) || life.golden_at(at))
    }

    /// The name of the offer of a use.
    pub(super) fn offer(&self, usage: &PastUse) -> String {
        let capability = self.past.capabilities.get(self.capability);
        let offer = capability.and_then(|capability| capability.offers.get(usage.offer as usize));
        offer.map(|offer| offer.name.clone()).unwrap_or_default()
    }
}

impl<'a> Life<'a> {
    fn new(past: &'a Past, component: &'a PastComponent, capability: usize, at: Time) -> Option<Self> {
        let (created, _) = component.spans.first().filter(|(from, _)| from.at <= at)?;
        let last = component.spans.iter().rfind(|(from, _)| from.at <= at);
        let gone = last.and_then(|(_, to)| to.as_ref()).filter(|to| to.at <= at);
        let uses = component.uses_of(capability).iter().filter(|usage| usage.from.at <= at);
        let mut uses: Vec<Stretch> = uses.map(|usage| Stretch::new(usage, at)).collect();
        uses.sort_by_key(|stretch| (stretch.usage.from.at, stretch.usage.offer));
        Some(Self { component, repository: past.repositories.get(component.repository)?, created, gone, uses })
    }

    /// Whether the first commit is the component's first: where history is cut off, what is there at its start may be
    /// older.
    pub(super) fn age_is_known(&self) -> bool {
        self.repository.cut_off.is_none() || self.created.at > self.repository.first.at
    }

    /// Whether a golden offer is used at the time.
    pub(super) fn golden_at(&self, at: Time) -> bool {
        self.golden().any(|stretch| stretch.holds(at))
    }

    /// Golden uses, by start.
    pub(super) fn golden(&self) -> impl Iterator<Item = &Stretch<'a>> {
        self.uses.iter().filter(|stretch| stretch.usage.path == OfferPath::Golden)
    }

    /// Golden uses joined into stays: two belong together when they overlap or the second begins at most `patience`
    /// seconds after the first ended.
    pub(super) fn stays(&self, patience: Time) -> Vec<Stay<'a>> {
        let mut stays: Vec<Stay<'a>> = Vec::new();
        for stretch in self.golden() {
            match stays.last_mut() {
                Some(stay) if stay.reaches(stretch, patience) => stay.join(stretch),
                _ => stays.push(Stay::new(stretch)),
            }
        }
        stays
    }

    /// A commit of the component's repository as the API gives it.
    pub(super) fn moment(&self, at: &PastMoment) -> Moment {
        moment(self.repository, at)
    }
}

impl<'a> Stretch<'a> {
    fn new(usage: &'a PastUse, at: Time) -> Self {
        let to = usage.to.as_ref().filter(|to| to.at <= at);
        Self { usage, to, end: if to.is_some() { usage.end } else { End::Open } }
    }

    /// Whether the offer is used at the time: the first commit without it no longer counts.
    pub(super) fn holds(&self, at: Time) -> bool {
        self.usage.from.at <= at && self.to.is_none_or(|to| to.at > at)
    }
}

impl<'a> Stay<'a> {
    fn new(stretch: &Stretch<'a>) -> Self {
        let usage = stretch.usage;
        Self { first: usage, sign: usage, to: stretch.to, end: stretch.end, exact: usage.exact }
    }

    fn reaches(&self, next: &Stretch, patience: Time) -> bool {
        self.to.is_none_or(|to| next.usage.from.at - to.at <= patience)
    }

    fn join(&mut self, next: &Stretch<'a>) {
        if next.usage.from.at == self.first.from.at {
            self.exact &= next.usage.exact;
            if sign(next.usage).at < sign(self.sign).at {
                self.sign = next.usage;
            }
        }
        let longer = match (self.to, next.to) {
            (Some(to), Some(next)) => next.at >= to.at,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if longer {
            (self.to, self.end) = (next.to, next.end);
        }
    }

    /// For how many seconds it lasted, as far as known.
    pub(super) fn length(&self, at: Time) -> Time {
        self.to.map_or(at, |to| to.at) - self.first.from.at
    }
}

/// The first sign of a use: the commit and time of its attempt, or of the use itself.
pub(super) fn sign(usage: &PastUse) -> &PastMoment {
    let attempt = usage.attempt.as_ref().map(|attempt| &attempt.moment);
    attempt.filter(|moment| moment.at <= usage.from.at).unwrap_or(&usage.from)
}

/// Days between two times; 0 when the second is earlier.
pub(super) fn days(from: Time, to: Time) -> f64 {
    (to - from).max(0) as f64 / DAY as f64
}

/// A share with the components it is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counted<'a> {
    /// Those counted above the line, a part of `whole`.
    pub part: Vec<&'a PastComponent>,
    pub whole: Vec<&'a PastComponent>,
}

impl Counted<'_> {
    /// `|part| / |whole|`; absent when there is no whole.
    pub fn share(&self) -> Option<f64> {
        super::share(self.part.len() as u64, self.whole.len() as u64)
    }
}
