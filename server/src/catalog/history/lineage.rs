//! Which entity of one judged commit is which of the one before: names and roots change, what it is does not.
//! It must not look at usages.
use super::{
    clock::Clock,
    model::{Span, Traits},
    sweep::Sweep,
};
use crate::catalog::{build::traits_of, model::Entity};
use shared::{EntityKind, EntityRef, RepoPath};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One entity over time, under its latest name.
pub(super) struct Track {
    pub(super) reference: EntityRef,
    root: RepoPath,
    traits: Traits,
    /// Packages it publishes, as `ecosystem:name`.
    packages: BTreeSet<String>,
    /// Positions from and to; the last is open while it lives.
    spans: Vec<(u32, Option<u32>)>,
}

impl Track {
    pub(super) fn is_alive(&self) -> bool {
        self.spans.last().is_some_and(|(_, to)| to.is_none())
    }

    /// The position since which it is there, of its last stretch.
    pub(super) fn since(&self) -> u32 {
        self.spans.last().map_or(0, |(from, _)| *from)
    }

    fn is_component(&self) -> bool {
        self.reference.kind() == EntityKind::Component
    }
}

/// All entities so far, by number.
#[derive(Default)]
pub(super) struct Lineage {
    tracks: Vec<Track>,
}

/// The number of each entity of one state.
pub(super) type Placed = HashMap<EntityRef, usize>;

impl Lineage {
    /// Takes the entities of the next judged position: those that are known go on, others begin, and who is absent ends.
    pub(super) fn follow(
        &mut self,
        position: u32,
        (entities, published): (Vec<Entity>, &[(EntityRef, String)]),
        sweep: &Sweep<'_>,
    ) -> Placed {
        let mut packages: HashMap<&EntityRef, BTreeSet<String>> = HashMap::new();
        for (component, name) in published {
            packages.entry(component).or_default().insert(name.clone());
        }
        let mut matching = Matching::new(&self.tracks, &entities, &packages);
        matching.by_reference(true);
        matching.by_root(true);
        matching.by_package();
        matching.by_content(sweep);
        matching.by_reference(false);
        matching.by_root(false);
        let found = matching.found;
        let mut placed = Placed::new();
        for (at, entity) in entities.into_iter().enumerate() {
            let packages = packages.remove(&entity.reference).unwrap_or_default();
            let number = found.get(&at).copied().unwrap_or(self.tracks.len());
            placed.insert(entity.reference.clone(), number);
            self.place(position, number, entity, packages);
        }
        let living: BTreeSet<usize> = placed.values().copied().collect();
        for (_, track) in self.tracks.iter_mut().enumerate().filter(|(at, _)| !living.contains(at)) {
            if let Some((_, to @ None)) = track.spans.last_mut() {
                *to = Some(position);
            }
        }
        placed
    }

    fn place(&mut self, position: u32, number: usize, entity: Entity, packages: BTreeSet<String>) {
        let traits = traits_of(&entity);
        match self.tracks.get_mut(number) {
            Some(track) => {
                if !track.is_alive() {
                    track.spans.push((position, None));
                }
                (track.reference, track.root, track.traits) = (entity.reference, entity.root, traits);
                track.packages = packages;
            }
            None => self.tracks.push(Track {
                reference: entity.reference,
                root: entity.root,
                traits,
                packages,
                spans: vec![(position, None)],
            }),
        }
    }

    pub(super) fn track(&self, number: usize) -> &Track {
        &self.tracks[number]
    }

    pub(super) fn len(&self) -> usize {
        self.tracks.len()
    }

    /// Lets what begins at the last position begin earlier: files of it are older than what shows it.
    pub(super) fn begin_earlier(&mut self, number: usize, position: u32) {
        if let Some((from, None)) = self.tracks[number].spans.last_mut() {
            *from = position.min(*from);
        }
    }

    /// The spans by entity, then by start. What two tracks of one name say is joined.
    pub(super) fn spans(&self, clock: &Clock<'_>) -> Vec<Span> {
        let mut by_name: BTreeMap<&EntityRef, Vec<Stretch<'_>>> = BTreeMap::new();
        for track in &self.tracks {
            let held = track.spans.iter().filter(|(from, to)| to.is_none_or(|to| to > *from));
            by_name.entry(&track.reference).or_default().extend(held.map(|(from, to)| (*from, *to, track)));
        }
        let mut out = vec![];
        for (entity, mut stretches) in by_name {
            stretches.sort_by_key(|(from, to, _)| (*from, to.unwrap_or(u32::MAX)));
            for (from, to, track) in joined(stretches) {
                out.push(Span {
                    entity: entity.clone(),
                    from: clock.moment(from),
                    to: to.map(|to| clock.moment(to)),
                    root: track.root.clone(),
                    traits: track.traits.clone(),
                });
            }
        }
        out
    }
}

/// Positions from and to, and what was there.
type Stretch<'t> = (u32, Option<u32>, &'t Track);

/// Stretches that overlap or touch are one; the later track describes it.
fn joined(sorted: Vec<Stretch<'_>>) -> Vec<Stretch<'_>> {
    let mut out: Vec<Stretch<'_>> = vec![];
    for (from, to, track) in sorted {
        match out.last_mut() {
            Some((_, end, held)) if end.is_none_or(|end| end >= from) => {
                if end.is_some_and(|end| to.is_none_or(|to| to >= end)) {
                    (*end, *held) = (to, track);
                }
            }
            _ => out.push((from, to, track)),
        }
    }
    out
}

/// Finds the track of each entity, step by step; each has one at most.
struct Matching<'a> {
    tracks: &'a [Track],
    entities: &'a [Entity],
    packages: &'a HashMap<&'a EntityRef, BTreeSet<String>>,
    /// Track by entity.
    found: BTreeMap<usize, usize>,
    taken: BTreeSet<usize>,
}

impl<'a> Matching<'a> {
    fn new(
        tracks: &'a [Track],
        entities: &'a [Entity],
        packages: &'a HashMap<&'a EntityRef, BTreeSet<String>>,
    ) -> Self {
        Self { tracks, entities, packages, found: BTreeMap::new(), taken: BTreeSet::new() }
    }

    fn pair(&mut self, entity: usize, track: usize) {
        self.found.insert(entity, track);
        self.taken.insert(track);
    }

    fn free_tracks(&self, alive: bool) -> impl Iterator<Item = (usize, &'a Track)> + use<'a, '_> {
        let tracks = self.tracks.iter().enumerate();
        tracks.filter(move |(at, track)| track.is_alive() == alive && !self.taken.contains(at))
    }

    fn free_components(&self) -> Vec<(usize, &'a Entity)> {
        let entities = self.entities.iter().enumerate();
        let components = entities.filter(|(_, entity)| entity.reference.kind() == EntityKind::Component);
        components.filter(|(at, _)| !self.found.contains_key(at)).collect()
    }

    fn by_reference(&mut self, alive: bool) {
        // Of several that ended under one name the latest goes on.
        let tracks: HashMap<&EntityRef, usize> =
            self.free_tracks(alive).map(|(at, track)| (&track.reference, at)).collect();
        for (at, entity) in self.entities.iter().enumerate() {
            if self.found.contains_key(&at) {
                continue;
            }
            if let Some(track) = tracks.get(&entity.reference) {
                self.pair(at, *track);
            }
        }
    }

    /// A component and a track that are the only free ones at one root.
    fn by_root(&mut self, alive: bool) {
        let free = self.free_components();
        if free.is_empty() {
            return;
        }
        let mut tracks: HashMap<&RepoPath, Vec<usize>> = HashMap::new();
        for (at, track) in self.free_tracks(alive).filter(|(_, track)| track.is_component()) {
            tracks.entry(&track.root).or_default().push(at);
        }
        for (at, entity) in &free {
            let alone = free.iter().filter(|(_, other)| other.root == entity.root).count() == 1;
            if let (true, Some([track])) = (alone, tracks.get(&entity.root).map(Vec::as_slice)) {
                self.pair(*at, *track);
            }
        }
    }

    fn by_package(&mut self) {
        for (at, entity) in self.free_components() {
            let Some(own) = self.packages.get(&entity.reference) else { continue };
            let shares = |(_, track): &(usize, &Track)| track.is_component() && !track.packages.is_disjoint(own);
            let track = self.free_tracks(true).find(shares).map(|(track, _)| track);
            if let Some(track) = track {
                self.pair(at, track);
            }
        }
    }

    fn by_content(&mut self, sweep: &Sweep<'_>) {
        for (at, entity) in self.free_components() {
            let moved = |(_, track): &(usize, &Track)| {
                track.is_component() && track.root != entity.root && sweep.moved(&track.root, &entity.root)
            };
            let track = self.free_tracks(true).find(moved).map(|(track, _)| track);
            if let Some(track) = track {
                self.pair(at, track);
            }
        }
    }
}
