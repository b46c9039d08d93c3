//! Clusters of equal code that two or more teams hold.
//! It must not compare code: what is equal was decided before.
use super::{
    ground::{Ground, Holder, n_teams, successor},
    group::{Joined, Place, by_folder, places},
    identity::id,
    model::{Candidate, Part, User},
    parts, proposed,
    rival::{Rival, rival},
    subject::Subject,
};
use shared::{CloneKind, Confidence, EntityRef, RepoName, RepoPath, ShadowClaim, ShadowKind, api::ClusterItem};
use std::collections::{BTreeMap, BTreeSet};

/// Duplicated lines below which equal code is no platform.
const LEAST_LINES: u64 = 30;
/// Lines below which a cluster is no sign of anything.
const LEAST_CLUSTER: u64 = 6;

/// Clusters side by side, with what they rival.
struct Group<'a> {
    clusters: Vec<&'a ClusterItem>,
    places: BTreeSet<Place>,
    rival: Option<Rival<'a>>,
}

/// One candidate for each group of clusters. Those that lie in the code of a candidate found before are its own.
pub(super) fn copies(ground: &Ground<'_>, before: &mut [Candidate]) -> Vec<Candidate> {
    let mut clusters: Vec<&ClusterItem> = ground.estate.clusters.iter().filter(|cluster| counts(cluster)).collect();
    clusters.sort_by(|a, b| a.id.cmp(&b.id));
    clusters.dedup_by(|a, b| a.id == b.id);
    let code = code_of(before);
    clusters.retain(|cluster| !taken(cluster, &code, before));
    let groups = by_folder(&clusters).into_iter().map(|set| set.into_iter().map(|at| clusters[at]).collect());
    let groups: Vec<Group<'_>> = groups.map(|clusters| Group::new(ground, clusters)).collect();
    let mut ids = BTreeSet::new();
    let mut found = Vec::new();
    for group in joined(ground, groups) {
        found.extend(group.candidate(ground, &mut ids));
    }
    found
}

fn counts(cluster: &ClusterItem) -> bool {
    let least = if cluster.kind == CloneKind::Region { LEAST_LINES } else { LEAST_CLUSTER };
    cluster.repositories >= 2 && cluster.duplicated_lines >= least
}

/// The code of candidates found before, by repository.
type Code = BTreeMap<RepoName, Vec<(usize, Part)>>;

fn code_of(candidates: &[Candidate]) -> Code {
    let mut code = Code::new();
    for (at, candidate) in candidates.iter().enumerate() {
        for part in &candidate.parts {
            code.entry(part.repository.clone()).or_default().push((at, part.clone()));
        }
    }
    code
}

/// Gives the cluster to the candidates in whose code at least half of its copies lie, and says whether there was one. Of a
/// package it must be more: half of two copies is a copy of the package, or the package a copy of something.
fn taken(cluster: &ClusterItem, code: &Code, before: &mut [Candidate]) -> bool {
    let mut inside: BTreeMap<usize, usize> = BTreeMap::new();
    for file in &cluster.files {
        let near = code.get(&file.repository).into_iter().flatten();
        let held: BTreeSet<usize> =
            near.filter(|(_, part)| part.holds(&file.repository, &file.path)).map(|(at, _)| *at).collect();
        held.into_iter().for_each(|at| *inside.entry(at).or_default() += 1);
    }
    let enough = |kind: ShadowKind, n: usize| match kind {
        ShadowKind::Package => n * 2 > cluster.files.len(),
        ShadowKind::Offer | ShadowKind::Cluster => n * 2 >= cluster.files.len(),
    };
    inside.retain(|at, n| enough(before[*at].kind, *n));
    inside.keys().for_each(|at| before[*at].clusters.push(cluster.id.clone()));
    !inside.is_empty()
}

/// Groups that rival the same capability and share a place are one; so are those that rival none and lie in the very same
/// places.
fn joined<'a>(ground: &Ground<'a>, groups: Vec<Group<'a>>) -> Vec<Group<'a>> {
    let mut sets = Joined::new(groups.len());
    let mut seen: BTreeMap<(&str, Vec<&Place>), usize> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        let keys: Vec<(&str, Vec<&Place>)> = match &group.rival {
            Some(rival) => group.places.iter().map(|place| (rival.capability.reference.name(), vec![place])).collect(),
            None => vec![("", group.places.iter().collect())],
        };
        for key in keys {
            let first = *seen.entry(key).or_insert(at);
            sets.join(first, at);
        }
    }
    let sets = sets.sets();
    let mut open: Vec<Option<Group<'a>>> = groups.into_iter().map(Some).collect();
    let whole = |set: Vec<usize>| {
        let mut of_set: Vec<Group<'a>> = set.into_iter().filter_map(|at| open[at].take()).collect();
        if of_set.len() == 1 {
            return of_set.remove(0);
        }
        let mut clusters: Vec<&ClusterItem> = of_set.iter().flat_map(|group| group.clusters.clone()).collect();
        clusters.sort_by(|a, b| a.id.cmp(&b.id));
        let best = of_set.into_iter().filter_map(|group| group.rival).max_by(|a, b| a.score.total_cmp(&b.score));
        Group {
            places: all_places(&clusters),
            rival: best.or_else(|| Group::new(ground, clusters.clone()).rival),
            clusters,
        }
    };
    sets.into_iter().map(whole).collect()
}

fn all_places(clusters: &[&ClusterItem]) -> BTreeSet<Place> {
    clusters.iter().flat_map(|cluster| places(cluster)).collect()
}

impl<'a> Group<'a> {
    fn new(ground: &Ground<'a>, clusters: Vec<&'a ClusterItem>) -> Self {
        let subject = Subject::of_clusters(ground, &clusters, &parts_of(ground, &clusters));
        Self { places: all_places(&clusters), rival: rival(ground, &subject), clusters }
    }

    fn candidate(self, ground: &Ground<'_>, ids: &mut BTreeSet<String>) -> Option<Candidate> {
        let served = self.served(ground);
        let lines: u64 = self.clusters.iter().map(|cluster| cluster.duplicated_lines).sum();
        if served.len() < 2 || lines < LEAST_LINES {
            return None;
        }
        let (repository, folder) = self.origin();
        let id = self.id(ids, &repository, &folder);
        let parts = parts_of(ground, &self.clusters);
        let subject = Subject::of_clusters(ground, &self.clusters, &parts);
        let capability = self.rival.as_ref().map(|rival| rival.capability);
        let named = capability.map(|held| held.reference.name());
        Some(Candidate {
            id,
            kind: ShadowKind::Cluster,
            name: self.name(&folder),
            proposed: if capability.is_none() { proposed::name(ground, &subject) } else { None },
            why: self.why(lines, &served),
            confidence: self.confidence(&served),
            users: users(ground, &self.clusters, named),
            clusters: self.clusters.iter().map(|cluster| cluster.id.clone()).collect(),
            successor: capability.and_then(|held| successor(ground.estate, held)),
            capability: named.map(str::to_owned),
            parts,
        })
    }

    /// Teams, and repositories of nobody.
    fn served(&self, ground: &Ground<'_>) -> BTreeSet<Holder> {
        let files = self.clusters.iter().flat_map(|cluster| &cluster.files);
        let holder = |owner: &Option<EntityRef>, component: &Option<EntityRef>, repository: &RepoName| match owner {
            Some(team) => Holder::Team(team.clone()),
            None => match component.as_ref().and_then(|reference| ground.component(reference)) {
                Some(component) => ground.holder(component),
                None => Holder::Nobody(repository.clone()),
            },
        };
        files.map(|file| holder(&file.owner, &file.component, &file.repository)).collect()
    }

    /// The folder of the oldest copies: the one repository and folder that most clusters began in. It stays what it is when
    /// copies are added.
    fn origin(&self) -> (RepoName, RepoPath) {
        let mut origins: BTreeMap<(&RepoName, RepoPath), u64> = BTreeMap::new();
        for cluster in &self.clusters {
            let first = cluster.first.as_ref().map(|first| &first.repository);
            let oldest = cluster.files.iter().filter(|file| first.is_none_or(|first| file.repository == *first));
            let file = oldest.min_by_key(|file| (&file.repository, &file.path)).or(cluster.files.first());
            let Some(file) = file else { continue };
            *origins.entry((&file.repository, file.path.parent())).or_default() += cluster.lines.max(1);
        }
        let most = origins.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        let ((repository, folder), _) = most.expect("a group has clusters, and a cluster copies in two repositories");
        (repository.clone(), folder)
    }

    /// Of the folder alone; where two groups began in one, of the clusters too.
    fn id(&self, ids: &mut BTreeSet<String>, repository: &RepoName, folder: &RepoPath) -> String {
        let mut id = id(&["cluster", repository.as_str(), folder.as_str()]);
        for cluster in &self.clusters {
            if ids.insert(id.clone()) {
                return id;
            }
            id = self::id(&["cluster", repository.as_str(), folder.as_str(), &cluster.id]);
        }
        ids.insert(id.clone());
        id
    }

    /// The folder's own name where several clusters share it, else that of the largest cluster.
    fn name(&self, folder: &RepoPath) -> String {
        let plain =
            ["src", "lib", "pkg", "internal", "cmd", "app", "main", "test", "tests", ""].contains(&folder.file_name());
        let largest =
            self.clusters.iter().max_by_key(|cluster| (cluster.duplicated_lines, std::cmp::Reverse(&cluster.id)));
        match largest {
            Some(largest) if plain || self.clusters.len() == 1 => largest.name.clone(),
            _ => folder.file_name().to_owned(),
        }
    }

    fn why(&self, lines: u64, served: &BTreeSet<Holder>) -> String {
        let repositories: BTreeSet<&RepoName> = self.places.iter().map(|(repository, _)| repository).collect();
        let joined = self.rival.as_ref().map_or_else(
            || "No capability speaks of what it is for.".to_owned(),
            |rival| format!("It rivals {}: {}.", rival.capability.title, rival.reason),
        );
        let teams = teams_in_words(served);
        format!(
            "{teams} hold copies of the same code in {} repositories, {lines} lines more than once. {joined}",
            repositories.len()
        )
    }

    /// Probable when most of the code is surely copied and the teams are known.
    fn confidence(&self, served: &BTreeSet<Holder>) -> Confidence {
        let lines = |sure: bool| -> u64 {
            let of = self.clusters.iter().filter(|cluster| (cluster.claim == ShadowClaim::Shadow) == sure);
            of.map(|cluster| cluster.duplicated_lines).sum()
        };
        if n_teams(served) >= 2 && lines(true) > lines(false) { Confidence::Probable } else { Confidence::Possible }
    }
}

/// e.g. "3 teams", "2 repositories without an owner", "1 team and 1 repository without an owner".
pub(super) fn teams_in_words(served: &BTreeSet<Holder>) -> String {
    let (known, nobody) = (n_teams(served), served.len() - n_teams(served));
    let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let teams = plural(known, "team", "teams");
    let others = plural(nobody, "repository without an owner", "repositories without an owner");
    match (known, nobody) {
        (_, 0) => teams,
        (0, _) => others,
        _ => format!("{teams} and {others}"),
    }
}

/// The files that are copies. A file of which most lines are its own is none: work on it is not work on what is shared.
fn parts_of(ground: &Ground<'_>, clusters: &[&ClusterItem]) -> Vec<Part> {
    let mut found = Vec::new();
    for cluster in clusters {
        for file in &cluster.files {
            let key = (file.repository.clone(), file.path.clone());
            let whole = ground.estate.code.get(&key).map_or(0, |names| u64::from(names.lines));
            let shared = u64::from(file.to_line.saturating_sub(file.from_line)) + 1;
            if cluster.kind != CloneKind::Region || shared * 2 >= whole {
                found.push(parts::file(&file.repository, &file.path, file.component.as_ref()));
            }
        }
    }
    parts::tidy(found)
}

/// The components that hold copies, each at its first.
fn users(ground: &Ground<'_>, clusters: &[&ClusterItem], capability: Option<&str>) -> Vec<User> {
    let mut held: BTreeMap<&EntityRef, (&RepoPath, u32)> = BTreeMap::new();
    for file in clusters.iter().flat_map(|cluster| &cluster.files) {
        let Some(component) = &file.component else { continue };
        let place = (&file.path, file.from_line);
        let first = held.entry(component).or_insert(place);
        *first = place.min(*first);
    }
    let user = |(component, (path, line)): (&EntityRef, (&RepoPath, u32))| User {
        component: component.clone(),
        path: Some(path.clone()),
        line: Some(line),
        migrating: ground.uses_golden(capability, component),
    };
    held.into_iter().map(user).collect()
}
