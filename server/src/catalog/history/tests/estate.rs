//! A repository's past made by hand, and what is judged of it as text. It must not hold a test.
use crate::{
    catalog::{Ruleset, build, history, history::model::RepositoryHistory, model::RepositoryCatalog},
    facts::{
        FACTS, PARSERS, Parser, SymbolParser, assemble,
        model::BlobKey,
        testing::{blob_id, from_contents},
        timeline::{Timeline, TimelineFacts},
    },
    scan::{HistoryStart, Line},
};
use shared::{BlobId, RepoPath};
use std::{collections::BTreeMap, sync::Arc};

pub(super) const DAY: i64 = 86_400;
/// A Wednesday: the day of the first commit.
pub(super) const FIRST: i64 = 19_018 * DAY;

/// Two offers of one capability, one of the files of a kit, and one by a symbol.
pub(super) const RULES: &str = "
apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: feature-flags}
spec:
  area: developer-platform
  extends: none
  eligible: {types: [service, library], languages: [go]}
  offers:
    - {name: flagship, path: golden, detect: {packages: ['go:acme.dev/flags', 'npm:@acme/flags']}}
    - {name: unleash, path: vendor, detect: {packages: ['npm:unleash-client', 'go:unleash.dev/client']}}
    - {name: kit, path: homegrown, detect: {files: ['tools/**/flags.mk'], symbols: [FlagKit]}}
";

/// What one commit does: paths with their new content, or none.
pub(super) type Commit<'a> = &'a [(&'a str, Option<&'a str>)];

/// A past as it was made.
pub(super) struct Past {
    pub(super) timeline: Timeline,
    pub(super) dates: Vec<i64>,
    pub(super) facts: TimelineFacts,
    pub(super) tip: RepositoryCatalog,
    pub(super) rules: Ruleset,
}

pub(super) fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

/// Files whose content a history follows: no source, no lock files, no prose.
fn is_followed(parser: &dyn Parser, at: &RepoPath, watched: &[&str]) -> bool {
    if watched.contains(&at.as_str()) {
        return parser.wants(at);
    }
    parser.wants(at) && !matches!(parser.key(), "source" | "symbols" | "text") && at.file_name() != "package-lock.json"
}

impl Past {
    /// One commit a day. Files of `watched` are read although they are source.
    pub(super) fn watching(watched: &[&str], commits: &[Commit<'_>]) -> Self {
        let (rules, findings) = Ruleset::compose(&[("rules.yaml".to_owned(), RULES.to_owned())], &[]);
        assert!(findings.is_empty(), "{findings:?}");
        let symbols = SymbolParser::new(&rules.needles());
        let parsers: Vec<&dyn Parser> = PARSERS.iter().chain(FACTS).copied().chain([&symbols as &dyn Parser]).collect();
        let ids: Vec<u8> = (0..commits.len()).flat_map(|at| [u8::try_from(at).unwrap(); 20]).collect();
        let line = Line::new(20, ids, HistoryStart::Root);
        let mut timeline = testing::timeline(line, FIRST, DAY);
        let (mut facts, mut spans) = (TimelineFacts::new(), BTreeMap::<RepoPath, Vec<Held>>::new());
        let mut contents: BTreeMap<RepoPath, Vec<u8>> = BTreeMap::new();
        for (position, (name, content)) in (0..).zip(commits).flat_map(|(at, c)| c.iter().map(move |c| (at, c))) {
            let at = path(name);
            let held = spans.entry(at.clone()).or_default();
            if let Some((_, to @ None, _)) = held.last_mut() {
                *to = Some(position);
            }
            let Some(content) = content else {
                contents.remove(&at);
                continue;
            };
            contents.insert(at.clone(), content.as_bytes().to_vec());
            let blob = blob_id(content.as_bytes());
            let mut is_read = false;
            for parser in parsers.iter().filter(|parser| is_followed(**parser, &at, watched)) {
                let named = format!("{}/{}", parser.key(), parser.variant(&at));
                let key = BlobKey { blob: blob.clone(), parser: named, version: parser.version() };
                facts.insert(key, Arc::new(parser.parse(at.file_name(), content.as_bytes())));
                is_read = true;
            }
            held.push((position, None, is_read.then_some(blob)));
        }
        testing::fill(&mut timeline, spans);
        let dates = timeline.commits.iter().map(|commit| commit.committed).collect();
        let files = from_contents(&contents, &parsers);
        let tip = build(&assemble(&files, &parsers, vec![], false), &rules, "2026-11-21");
        Self { timeline, dates, facts, tip, rules }
    }

    pub(super) fn new(commits: &[Commit<'_>]) -> Self {
        Self::watching(&[], commits)
    }

    pub(super) fn judge(&self) -> RepositoryHistory {
        history::judge(&self.timeline, &self.dates, &self.facts, &self.rules, &self.tip)
    }
}

/// From, to and content of one span.
type Held = (u32, Option<u32>, Option<BlobId>);

/// The days from the first commit, `open` for none.
fn days(from: &history::model::Moment, to: Option<&history::model::Moment>) -> String {
    let day = |moment: &history::model::Moment| (moment.at - FIRST) / DAY;
    format!("{}..{}", day(from), to.map_or("open".to_owned(), |to| day(to).to_string()))
}

/// Each span of a component: its name, its days, its root.
pub(super) fn components(history: &RepositoryHistory) -> Vec<String> {
    let components = history.spans.iter().filter(|span| span.entity.kind() == shared::EntityKind::Component);
    let shown = components.map(|s| format!("{} {} {}", s.entity.name(), days(&s.from, s.to.as_ref()), s.root));
    shown.map(|text| text.trim_end().to_owned()).collect()
}

/// Each interval: component, offer, days, how it ended, and `about` when it is not exact.
pub(super) fn uses(history: &RepositoryHistory) -> Vec<String> {
    let of = |i: &history::model::Interval| {
        let about = if i.exact { "" } else { " about" };
        format!("{} {} {} {}{about}", i.component.name(), i.offer, days(&i.from, i.to.as_ref()), i.end)
    };
    history.intervals.iter().map(of).collect()
}

/// The parts that follow the shape of a timeline.
mod testing {
    use super::*;
    use crate::facts::timeline::{FileSpan, LineCommit};

    pub(super) fn timeline(line: Line, first: i64, step: i64) -> Timeline {
        let commit = |at: i64| LineCommit { committed: at, authored: at, author: 1, first_work: at, merge: false };
        let n = i64::try_from(line.len()).unwrap();
        let commits = (0..n).map(|at| commit(first + at * step)).collect();
        Timeline { commits, ..Timeline::new(String::new(), vec![], line) }
    }

    pub(super) fn fill(timeline: &mut Timeline, spans: BTreeMap<RepoPath, Vec<Held>>) {
        for (path, held) in spans {
            let path = Arc::new(path);
            timeline.files.extend(held.into_iter().map(|(from, to, blob)| FileSpan {
                path: Arc::clone(&path),
                from,
                to,
                blob,
            }));
        }
    }
}
