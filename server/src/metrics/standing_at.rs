//! How a component stands to a capability at any time: the rule of `catalog::build::standings`, asked of intervals.
//! It must not count.
use super::past::{PastComponent, PastUse, Time};
use shared::OfferPath;

/// Seconds of a day.
pub(super) const DAY: Time = 86_400;

/// What can be true of one unit (a component, or a group of them) that is there, and one capability, at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// It could use the capability, and need not be excused.
    Eligible,
    /// It uses an offer of this path.
    Golden,
    Tolerated,
    Vendor,
    Homegrown,
    GoldenEligible,
    /// By state: no golden offer but one off the path; nothing though eligible; excused.
    OffPath,
    None,
    Exempt,
    /// It uses any offer.
    Using,
    /// A golden offer and one off the path.
    Migrating,
    GoldenHomegrown,
    /// Eligible, golden, and nothing off the path.
    Conformant,
}

/// How many things can be true.
pub(super) const N_FACETS: usize = Is::Conformant as usize + 1;

/// A set of `Is`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StandingAt(u16);

impl StandingAt {
    /// Whether it is so.
    pub fn is(self, what: Is) -> bool {
        self.0 & (1 << what as u16) != 0
    }

    /// The facets as bits, `Is` being their positions.
    pub(super) fn bits(self) -> u16 {
        self.0
    }

    fn with(self, what: Is, so: bool) -> Self {
        let bit = 1 << what as u16;
        if so { Self(self.0 | bit) } else { Self(self.0 & !bit) }
    }

    /// What follows from the rest. For a group, `bits` are those of any member: golden evidence outranks what is off the
    /// path, which outranks nothing, which outranks an excuse.
    pub(super) fn settled(bits: u16) -> Self {
        let all = Self(bits);
        let golden = all.is(Is::Golden);
        let off = all.is(Is::Vendor) || all.is(Is::Homegrown);
        let off_path = all.is(Is::OffPath) && !golden;
        let none = all.is(Is::None) && !golden && !off_path;
        all.with(Is::OffPath, off_path)
            .with(Is::None, none)
            .with(Is::Exempt, all.is(Is::Exempt) && !golden && !off_path && !none)
            .with(Is::Using, golden || off || all.is(Is::Tolerated))
            .with(Is::Migrating, golden && off)
            .with(Is::GoldenHomegrown, golden && all.is(Is::Homegrown))
            .with(Is::GoldenEligible, golden && all.is(Is::Eligible))
            .with(Is::Conformant, golden && all.is(Is::Eligible) && !off)
    }
}

impl PastComponent {
    /// Whether it is there: a span holds the time. A span ends before its last moment, the first commit without it.
    pub fn exists_at(&self, at: Time) -> bool {
        self.spans.iter().any(|(from, to)| from.at <= at && to.as_ref().is_none_or(|to| to.at > at))
    }

    /// When it first came; absent without spans.
    pub fn created(&self) -> Option<Time> {
        self.spans.first().map(|(from, _)| from.at)
    }

    /// Its uses of one capability, by start.
    pub fn uses_of(&self, capability: usize) -> &[PastUse] {
        let from = self.uses.partition_point(|held| (held.capability as usize) < capability);
        let to = self.uses.partition_point(|held| held.capability as usize <= capability);
        &self.uses[from..to]
    }

    /// Positions of the capabilities that it uses, could use or is excused from at any time, in order.
    pub(super) fn capabilities(&self, out: &mut Vec<usize>) {
        out.clear();
        out.extend(self.eligible.iter().map(|at| *at as usize));
        out.extend(self.uses.iter().map(|held| held.capability as usize));
        out.extend(self.exempt.iter().map(|(at, _)| *at as usize));
        out.sort_unstable();
        out.dedup();
    }
}

impl PastUse {
    /// Whether it goes on at this time.
    pub fn holds(&self, at: Time) -> bool {
        self.from.at <= at && self.to.as_ref().is_none_or(|to| to.at > at)
    }
}

/// A component and a capability.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    pub component: &'a PastComponent,
    pub capability: usize,
    pub uses: &'a [PastUse],
    /// Whether the selector holds.
    pub(super) can: bool,
}

impl<'a> Pair<'a> {
    pub fn new(component: &'a PastComponent, capability: usize) -> Self {
        let can = component.eligible.binary_search_by(|at| (*at as usize).cmp(&capability)).is_ok();
        Self { component, capability, uses: component.uses_of(capability), can }
    }

    /// The standing at a time; empty when the component is not there.
    pub fn at(&self, at: Time) -> StandingAt {
        if !self.component.exists_at(at) {
            return StandingAt::default();
        }
        let uses = self.uses.iter().filter(|held| held.holds(at));
        let mut out = uses.fold(StandingAt::default(), |out, held| out.with(facet(held.path), true));
        let golden = out.is(Is::Golden);
        let off = out.is(Is::Vendor) || out.is(Is::Homegrown);
        let exempt = !golden && self.is_exempt(at);
        let eligible = self.can && !exempt;
        out = out
            .with(Is::Eligible, eligible)
            .with(Is::GoldenEligible, eligible && golden)
            .with(Is::OffPath, off && !golden && !exempt)
            .with(Is::None, eligible && out.0 == 0)
            .with(Is::Exempt, exempt || (!golden && !off && out.is(Is::Tolerated)));
        StandingAt::settled(out.bits())
    }

    /// The times at which the standing may change, in order.
    pub(super) fn turns(&self, out: &mut Vec<Time>) {
        out.clear();
        for (from, to) in &self.component.spans {
            out.push(from.at);
            out.extend(to.as_ref().map(|to| to.at));
        }
        for held in self.uses {
            out.push(held.from.at);
            out.extend(held.to.as_ref().map(|to| to.at));
        }
        out.extend(self.exemptions().filter_map(|until| until.map(end_of)));
        out.sort_unstable();
        out.dedup();
    }

    fn exemptions(&self) -> impl Iterator<Item = Option<Time>> {
        let own = self.component.exempt.iter().filter(|(of, _)| *of as usize == self.capability);
        own.map(|(_, until)| *until)
    }

    /// Whether an exemption holds at the time, whatever the component uses.
    pub(super) fn is_exempt(&self, at: Time) -> bool {
        self.exemptions().any(|until| until.is_none_or(|until| at < end_of(until)))
    }
}

/// An exemption is written with its last day, whichever second of that day stands for it.
fn end_of(until: Time) -> Time {
    (until.div_euclid(DAY) + 1) * DAY
}

fn facet(path: OfferPath) -> Is {
    match path {
        OfferPath::Golden => Is::Golden,
        OfferPath::Tolerated => Is::Tolerated,
        OfferPath::Vendor => Is::Vendor,
        OfferPath::Homegrown => Is::Homegrown,
    }
}
