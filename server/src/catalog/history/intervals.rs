//! From when to when each component used each offer, as judged commits show it.
//! It must not know why a component uses an offer.
use super::{
    clock::Clock,
    lineage::{Lineage, Placed},
    model::Interval,
};
use crate::catalog::model::{Evidence, Usage};
use shared::{End, OfferPath, RepoPath, Rung};
use std::collections::BTreeMap;

/// Number of the component, capability, offer.
pub(super) type Key = (usize, String, String);

/// One stretch, in positions.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    pub(super) from: u32,
    to: Option<(u32, End)>,
    path: OfferPath,
    evidence: Evidence,
    /// The file that shows it best as far as it was judged.
    latest: RepoPath,
    exact: bool,
}

fn open_of(stretches: &mut [Stretch]) -> Option<&mut Stretch> {
    stretches.last_mut().filter(|stretch| stretch.to.is_none())
}

/// All stretches so far.
pub(super) struct Intervals<'c> {
    clock: &'c Clock<'c>,
    by_key: BTreeMap<Key, Vec<Stretch>>,
}

impl<'c> Intervals<'c> {
    pub(super) fn new(clock: &'c Clock<'c>) -> Self {
        Self { clock, by_key: BTreeMap::new() }
    }

    /// Takes the usages of the next judged position.
    pub(super) fn follow(&mut self, position: u32, usages: &[Usage], placed: &Placed, lineage: &Lineage) {
        let mut seen: BTreeMap<Key, &Usage> = BTreeMap::new();
        for usage in usages {
            let Some(number) = placed.get(&usage.component) else { continue };
            seen.insert((*number, usage.capability.clone(), usage.offer.clone()), usage);
        }
        self.close(position, lineage, usages, |key| seen.contains_key(key));
        for (key, usage) in seen {
            if let Some(open) = self.by_key.get_mut(&key).and_then(|stretches| open_of(stretches)) {
                if let Some(shown) = usage.evidence.first().filter(|shown| shown.path != open.latest) {
                    open.latest = shown.path.clone();
                }
                continue;
            }
            // What source alone shows may have been shown before by files that are gone.
            let by_source = usage.evidence.iter().all(|evidence| evidence.rung == Rung::Import);
            let exact = !self.clock.is_cut_off(position) && !by_source;
            self.open(key, position, usage, exact);
        }
    }

    /// Closes what is not shown any more. Nobody left what the same file shows of another component now: a component that
    /// appeared around it took it over.
    pub(super) fn close(&mut self, position: u32, lineage: &Lineage, usages: &[Usage], shown: impl Fn(&Key) -> bool) {
        for (key, stretches) in &mut self.by_key {
            let Some(open) = open_of(stretches).filter(|_| !shown(key)) else { continue };
            let same = |usage: &&Usage| usage.capability == key.1 && usage.offer == key.2;
            let taken_over =
                usages.iter().filter(same).flat_map(|usage| &usage.evidence).any(|e| e.path == open.latest);
            let left = lineage.track(key.0).is_alive() && !taken_over;
            open.to = Some((position, if left { End::Left } else { End::Removed }));
        }
    }

    pub(super) fn open(&mut self, key: Key, from: u32, usage: &Usage, exact: bool) {
        let Some(strongest) = usage.evidence.first() else { return };
        let evidence = Evidence { commit: self.clock.moment(from).commit, ..strongest.clone() };
        let latest = evidence.path.clone();
        let stretch = Stretch { from, to: None, path: usage.path, evidence, latest, exact };
        self.by_key.entry(key).or_default().push(stretch);
    }

    pub(super) fn open_stretch(&self, key: &Key) -> Option<&Stretch> {
        self.by_key.get(key)?.last().filter(|stretch| stretch.to.is_none())
    }

    /// The position of the last end, when there is one.
    pub(super) fn ended(&self, key: &Key) -> Option<u32> {
        self.by_key.get(key)?.last()?.to.map(|(to, _)| to)
    }

    /// By component, capability, offer and start. Stretches of no length are left out.
    pub(super) fn finish(self, lineage: &Lineage, clock: &Clock<'_>) -> Vec<Interval> {
        let mut out = vec![];
        for ((number, capability, offer), stretches) in self.by_key {
            let lasting = stretches.into_iter().filter(|s| s.to.is_none_or(|(to, _)| to > s.from));
            out.extend(lasting.map(|stretch| Interval {
                component: lineage.track(number).reference.clone(),
                capability: capability.clone(),
                offer: offer.clone(),
                path: stretch.path,
                from: clock.moment(stretch.from),
                to: stretch.to.map(|(to, _)| clock.moment(to)),
                end: stretch.to.map_or(End::Open, |(_, end)| end),
                evidence: stretch.evidence,
                exact: stretch.exact,
                attempt: None,
            }));
        }
        out.sort_by(|a, b| {
            (&a.component, &a.capability, &a.offer, a.from.at).cmp(&(&b.component, &b.capability, &b.offer, b.from.at))
        });
        out
    }
}
