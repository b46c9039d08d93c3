//! Counts every unit's standing towards every capability at each of a row of times, in one sweep over what changed.
//! It must not divide.
use super::{
    past::{Past, Scope, Time},
    standing_at::{Is, N_FACETS, Pair, StandingAt},
    units::{Members, units},
};
use shared::{Unit, api::CapabilityCounts};

/// How many units are what, for one capability at one time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally([i64; N_FACETS]);

impl Tally {
    /// Units of which it is true.
    pub fn of(&self, what: Is) -> u64 {
        u64::try_from(self.0[what as usize]).expect("what left had come before")
    }

    /// The counts as lists of capabilities give them.
    pub fn counts(&self) -> CapabilityCounts {
        CapabilityCounts {
            components: self.of(Is::Using),
            golden: self.of(Is::Golden),
            tolerated: self.of(Is::Tolerated),
            vendor: self.of(Is::Vendor),
            homegrown: self.of(Is::Homegrown),
            migrating: self.of(Is::Migrating),
            off_path: self.of(Is::OffPath),
            none: self.of(Is::None),
            exempt: self.of(Is::Exempt),
            eligible: self.of(Is::Eligible),
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own += other);
    }

    fn turn(&mut self, before: StandingAt, after: StandingAt) {
        let mut changed = before.bits() ^ after.bits();
        while changed != 0 {
            let at = changed.trailing_zeros() as usize;
            self.0[at] += if after.bits() & (1 << at) == 0 { -1 } else { 1 };
            changed &= changed - 1;
        }
    }
}

/// What to count: one capability or all, at these times (in order), by which unit, of whom.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub capability: Option<usize>,
    pub points: &'a [Time],
    pub unit: Unit,
    pub scope: &'a Scope,
}

/// By capability of the past (or the one asked about), the tally at each point.
pub fn tallies(past: &Past, question: &Question) -> Vec<Vec<Tally>> {
    let n = if question.capability.is_some() { 1 } else { past.capabilities.len() };
    let mut sweep =
        Sweep { question, tallies: vec![vec![Tally::default(); question.points.len()]; n], ..Sweep::new(question) };
    for members in units(past, question.unit, question.scope) {
        sweep.add(&members);
    }
    for row in &mut sweep.tallies {
        for at in 1..row.len() {
            let before = row[at - 1];
            row[at].add(&before);
        }
    }
    sweep.tallies
}

/// One member's change at one time.
struct Turn {
    capability: usize,
    at: Time,
    before: StandingAt,
    after: StandingAt,
}

struct Sweep<'a> {
    question: &'a Question<'a>,
    /// Differences to the point before, summed up at the end.
    tallies: Vec<Vec<Tally>>,
    turns: Vec<Turn>,
    times: Vec<Time>,
    capabilities: Vec<usize>,
}

impl<'a> Sweep<'a> {
    fn new(question: &'a Question<'a>) -> Self {
        Self { question, tallies: vec![], turns: vec![], times: vec![], capabilities: vec![] }
    }

    fn add(&mut self, members: &Members) {
        self.turns.clear();
        for component in &members.0 {
            match self.question.capability {
                Some(capability) => {
                    self.capabilities.clear();
                    self.capabilities.push(capability);
                }
                None => component.capabilities(&mut self.capabilities),
            }
            for at in 0..self.capabilities.len() {
                self.changes(&Pair::new(component, self.capabilities[at]));
            }
        }
        if members.0.len() == 1 {
            let turns = std::mem::take(&mut self.turns);
            turns.iter().for_each(|turn| self.turn(turn.capability, turn.at, (turn.before, turn.after)));
            self.turns = turns;
        } else {
            self.join();
        }
    }

    fn changes(&mut self, pair: &Pair) {
        pair.turns(&mut self.times);
        let mut before = StandingAt::default();
        for at in &self.times {
            let after = pair.at(*at);
            if after != before {
                self.turns.push(Turn { capability: pair.capability, at: *at, before, after });
            }
            before = after;
        }
    }

    /// The turns of a group: it is what any member is.
    fn join(&mut self) {
        let mut turns = std::mem::take(&mut self.turns);
        turns.sort_by_key(|turn| (turn.capability, turn.at));
        for of_one in turns.chunk_by(|a, b| a.capability == b.capability) {
            let mut held = Tally::default();
            let mut before = StandingAt::default();
            for at_once in of_one.chunk_by(|a, b| a.at == b.at) {
                at_once.iter().for_each(|turn| held.turn(turn.before, turn.after));
                let bits = (0..N_FACETS).filter(|at| held.0[*at] > 0).fold(0, |bits, at| bits | (1 << at));
                let after = StandingAt::settled(bits);
                self.turn(at_once[0].capability, at_once[0].at, (before, after));
                before = after;
            }
        }
        self.turns = turns;
    }

    fn turn(&mut self, capability: usize, at: Time, (before, after): (StandingAt, StandingAt)) {
        let point = self.question.points.partition_point(|point| *point < at);
        let row = if self.question.capability.is_some() { 0 } else { capability };
        if let Some(tally) = self.tallies[row].get_mut(point) {
            tally.turn(before, after);
        }
    }
}
