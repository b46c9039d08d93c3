//! The tip has the last word: what it shows is open, what it does not show is not, and history says only since when.
//! It must not add anything that the tip does not show.
use super::{intervals::Intervals, lineage::Lineage, sweep::Sweep};
use crate::{
    catalog::model::{Entity, RepositoryCatalog, Usage},
    facts::timeline::{FileSpan, Timeline},
};
use shared::{RepoPath, Rung};
use std::collections::{BTreeMap, BTreeSet};

/// Makes the end of the line agree with the tip's catalog.
pub(super) fn settle(
    timeline: &Timeline,
    (lineage, intervals): (&mut Lineage, &mut Intervals<'_>),
    tip: &RepositoryCatalog,
    sweep: &Sweep<'_>,
) {
    let Some(last) = u32::try_from(timeline.line.len()).ok().and_then(|n| n.checked_sub(1)) else { return };
    let n_known = lineage.len();
    let published = tip.packages.iter().filter(|owned| owned.package.decl.published);
    let published: Vec<_> = published
        .map(|o| (o.component.clone(), format!("{}:{}", o.package.decl.ecosystem, o.package.decl.name)))
        .collect();
    let placed = lineage.follow(last, (tip.entities.clone(), &published), sweep);
    for entity in &tip.entities {
        let number = placed[&entity.reference];
        if number >= n_known || lineage.track(number).since() == last {
            let since = places(entity).filter_map(|path| present_since(timeline, path)).min();
            lineage.begin_earlier(number, since.unwrap_or(last));
        }
    }
    let mut shown: BTreeMap<_, &Usage> = BTreeMap::new();
    for usage in &tip.usages {
        let Some(number) = placed.get(&usage.component) else { continue };
        shown.insert((*number, usage.capability.clone(), usage.offer.clone()), usage);
    }
    intervals.close(last, lineage, &tip.usages, |key| shown.contains_key(key));
    for (key, usage) in shown {
        if intervals.open_stretch(&key).is_some() {
            continue;
        }
        let paths = usage.evidence.iter().map(|evidence| &evidence.path);
        let since = paths.filter_map(|path| present_since(timeline, path)).min().unwrap_or(last);
        let earliest = lineage.track(key.0).since().max(intervals.ended(&key).unwrap_or(0));
        intervals.open(key, since.max(earliest), usage, false);
    }
}

/// The files that show an entity.
fn places(entity: &Entity) -> impl Iterator<Item = &RepoPath> {
    let descriptor = entity.descriptor.iter().map(|(path, _)| path);
    let definition = entity.definition.iter().map(|definition| &definition.path);
    descriptor.chain(definition).chain(entity.because.iter().filter_map(|reason| reason.path.as_ref()))
}

/// The position since which a file is there without a break; `None` when it is not there at the tip.
fn present_since(timeline: &Timeline, path: &RepoPath) -> Option<u32> {
    let start = timeline.files.partition_point(|span| path_of(span) < path);
    let mut since = None;
    let mut end = 0;
    for span in timeline.files[start..].iter().take_while(|span| path_of(span) == path) {
        if since.is_none() || span.from != end {
            since = Some(span.from);
        }
        match span.to {
            Some(to) => end = to,
            None => return since,
        }
    }
    None
}

fn path_of(span: &FileSpan) -> &RepoPath {
    &span.path
}

/// The source files that alone show a usage of the tip: history follows no source, so that these must be followed by name.
pub fn source_only(tip: &RepositoryCatalog) -> Vec<RepoPath> {
    let only_source =
        |usage: &&Usage| usage.evidence.iter().all(|evidence| matches!(evidence.rung, Rung::Import | Rung::Resolved));
    let paths: BTreeSet<RepoPath> = tip
        .usages
        .iter()
        .filter(only_source)
        .flat_map(|usage| usage.evidence.iter().filter(|evidence| evidence.rung == Rung::Import))
        .map(|evidence| evidence.path.clone())
        .collect();
    paths.into_iter().collect()
}
