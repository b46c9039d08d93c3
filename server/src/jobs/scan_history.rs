//! The whole story of one repository's past: is there news, read the line, judge it, look at the branches, store it.
//! It must not stop the run: whatever goes wrong leaves the last stored past as it was.
use super::{
    read_history::{Attempts, HistoryInput, HistoryOutput, read_history},
    read_mirror::{FactCache, ReadInput, ReadOutput, read_mirror},
    scan_repository::{Pass, SCANNER_VERSION, StoredFacts, Target},
};
use crate::{
    catalog::{
        self,
        history::{
            self,
            model::{Attempt, RepositoryHistory},
        },
        model::RepositoryCatalog,
    },
    facts::{
        SymbolParser,
        timeline::{Followed, Timeline, TimelineFacts},
    },
    scan::{BlobRead, Repository},
    store::{HistoryKey, StoreError},
};
use shared::RepoPath;
use std::sync::Arc;
use tokio::runtime::Handle;

/// What every past of one run has in common.
pub(super) struct Past {
    pass: Pass,
    /// How timelines are read today, without and with watched source files.
    readings: [String; 2],
}

/// What was read and judged of one past.
struct Judged {
    history: RepositoryHistory,
    timeline: Timeline,
}

impl Past {
    pub(super) fn new(pass: Pass) -> Self {
        let symbols = SymbolParser::new(&pass.needles);
        let reading = |watched: &[RepoPath]| Followed::standard(&symbols, watched).reading();
        let readings = [reading(&[]), reading(&[RepoPath::root()])];
        Self { pass, readings }
    }

    /// What every repository of the run has in common.
    pub(super) fn pass(&self) -> &Pass {
        &self.pass
    }

    /// Whether the stored past leads to the scanned tip and was read and judged as it would be today.
    pub(super) fn is_current(&self, target: &Target, stored: Option<&HistoryKey>) -> bool {
        // Only a repository that was read well has a tip that its past can lead to.
        let Some(scanned) = &target.stored else { return true };
        stored.is_some_and(|key| {
            key.tip == scanned.commit
                && key.rules_hash == scanned.rules_hash
                && key.scanner_version == SCANNER_VERSION
                && self.readings.contains(&key.reading)
        })
    }
}

/// Reads and stores what is new of a repository's past.
pub(super) async fn scan_history(past: &Arc<Past>, target: &Target) -> Result<(), StoreError> {
    let store = &past.pass.store;
    let name = &target.located.name;
    let known = store.load_timeline(name).await?.and_then(|bytes| Timeline::from_bytes(&bytes).ok());
    let (judging, of, handle) = (Arc::clone(past), target.clone(), Handle::current());
    let judged = tokio::task::spawn_blocking(move || read_and_judge(&judging, &of, known, handle)).await;
    let judged = judged.unwrap_or_else(|panic| {
        tracing::error!(repository = %name, %panic, "the past could not be read");
        None
    });
    let Some(Judged { history, timeline }) = judged else { return Ok(()) };
    let key = HistoryKey {
        tip: history.tip.commit.clone(),
        reading: timeline.reading.clone(),
        rules_hash: past.pass.rules.hash.clone(),
        scanner_version: SCANNER_VERSION,
    };
    store.save_history(name, &history, &key, &timeline.to_bytes()).await
}

/// Everything that touches the repository's bytes. `None` when nothing could be read, or when the tip has moved on since
/// it was scanned: the next run reads both.
fn read_and_judge(past: &Past, target: &Target, known: Option<Timeline>, handle: Handle) -> Option<Judged> {
    let pass = &past.pass;
    let cache = StoredFacts { store: pass.store.clone(), handle };
    let tip = tip_catalog(pass, target, &cache)?;
    let input = HistoryInput {
        git_dir: target.located.git_dir.clone(),
        limits: pass.limits.clone(),
        tip: tip.tip.commit.clone(),
        needles: pass.needles.clone(),
        watched: history::source_only(&tip),
        now: pass.seconds(),
    };
    let mut save = |fresh: Vec<_>| {
        // Facts that are not kept cost time at the next judging, not truth: they are read again.
        if let Err(error) = cache.handle.block_on(cache.store.save_facts(&fresh)) {
            tracing::warn!(%error, "parse cache not writable");
        }
    };
    let timeline = match read_history(&input, known, &cache, &mut save) {
        HistoryOutput::Unchanged(timeline) | HistoryOutput::Read { timeline, .. } => *timeline,
        HistoryOutput::Stopped(finding) => {
            tracing::warn!(repository = %target.located.name, message = finding.message, "the past could not be read");
            return None;
        }
    };
    let history = judge(pass, &input, &timeline, &tip, &cache)?;
    Some(Judged { history, timeline })
}

/// The catalog of the scanned tip, from cached facts.
fn tip_catalog(pass: &Pass, target: &Target, cache: &dyn FactCache) -> Option<RepositoryCatalog> {
    let input = ReadInput {
        repository: target.located.name.clone(),
        git_dir: target.located.git_dir.clone(),
        limits: pass.limits.clone(),
        needles: pass.needles.clone(),
        unchanged_at: None,
    };
    let ReadOutput::Read(read) = read_mirror(&input, cache) else { return None };
    let scanned = target.stored.as_ref()?;
    (read.facts.tip.commit == scanned.commit).then(|| catalog::build(&read.facts, &pass.rules, pass.today()))
}

/// Judges a timeline, and asks merged branches for the first sign of each attempt.
fn judge(
    pass: &Pass,
    input: &HistoryInput,
    timeline: &Timeline,
    tip: &RepositoryCatalog,
    cache: &StoredFacts,
) -> Option<RepositoryHistory> {
    let symbols = SymbolParser::new(&input.needles);
    let followed = Followed::standard(&symbols, &timeline.watched);
    let repository = Repository::open(&input.git_dir, &input.limits).ok()?;
    let facts = timeline_facts(&repository, &followed, timeline, cache);
    let dates = timeline.dates(input.now);
    let mut past = history::judge(timeline, &dates, &facts, &pass.rules, tip);
    past.findings.extend(timeline.findings.iter().cloned());
    let mut attempts = Attempts::new(&repository, &followed, &timeline.line);
    for wanted in history::wanted_attempts(&past, timeline) {
        let sign = attempts.first_sign(&wanted.commit, &wanted.path, &|path, facts| {
            history::shows(&pass.rules, path, facts, &wanted.capability, &wanted.offer)
        });
        if let Some(sign) = sign {
            let attempt = Attempt {
                commit: sign.commit.commit,
                at: sign.commit.authored,
                author_days: sign.author_days,
                branch: true,
            };
            history::set_attempt(&mut past, wanted.interval, attempt);
        }
    }
    Some(past)
}

/// The facts of every content of the timeline: those the cache holds, and those that must be read again.
fn timeline_facts(
    repository: &Repository,
    followed: &Followed<'_>,
    timeline: &Timeline,
    cache: &StoredFacts,
) -> TimelineFacts {
    let keys: Vec<_> = followed.keys(timeline).into_iter().collect();
    let mut facts: TimelineFacts = cache.load(&keys).into_iter().map(|(key, facts)| (key, Arc::new(facts))).collect();
    for span in &timeline.files {
        let Some(blob) = &span.blob else { continue };
        for ((_, parser), key) in followed.parsers_of(&span.path).zip(followed.keys_of(&span.path, blob)) {
            if !facts.contains_key(&key)
                && let BlobRead::Read(bytes) = repository.read(blob, parser.max_bytes())
            {
                facts.insert(key, Arc::new(parser.parse(span.path.file_name(), &bytes)));
            }
        }
    }
    facts
}
