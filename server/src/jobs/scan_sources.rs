//! One run over the sources: find or mirror the repositories, scan each with bounded workers, learn the rules they bring,
//! judge again what new rules concern, join repositories, and then read their past. It must not look into a repository
//! itself.
use super::{
    judge::{Judging, judge},
    scan_history::{Past, scan_history},
    scan_progress::{Observer, Outcome, Progress},
    scan_repository::{Pass, Target, scan_repository},
    scan_work::{is_work_current, scan_code, scan_work},
    sources::Source,
};
use crate::{
    catalog::{self, Ruleset},
    metrics::rate::Rate,
    scan::{self, Finding, Limits, Located},
    store::{HistoryKey, ScanKey, Store, WorkKey},
};
use anyhow::{Context, Result};
use shared::{RepoName, ScanStatus, Timestamp, api::ScanItem};
use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio::{sync::Semaphore, task::JoinSet};

/// Rules found by a scan can name packages that the next look finds published, and so on; real estates settle in two.
const MAX_PASSES: usize = 4;

/// What a run needs to know of the configuration.
#[derive(Debug, Clone)]
pub struct ScanSettings {
    /// Where mirrors are kept.
    pub data: PathBuf,
    /// Capability files named by configuration: name and text.
    pub capabilities: Vec<(String, String)>,
    /// Repositories read at the same time.
    pub workers: usize,
    /// Whether to read the past of each repository, after all tips: history, work, and what follows from them.
    pub history: bool,
    /// Which authors belong to which team, beside what User and Group entities say: the file's text.
    pub team_map: Option<String>,
    /// What a day of work costs.
    pub rate: Option<Rate>,
    pub limits: Limits,
}

/// Runs jobs on one store, one scan at a time.
#[derive(Clone)]
pub struct Jobs {
    store: Store,
    settings: Arc<ScanSettings>,
    one_at_a_time: Arc<tokio::sync::Mutex<()>>,
    /// The id of the run that has the turn; 0 when none has.
    running: Arc<AtomicI64>,
}

impl Jobs {
    pub fn new(store: Store, settings: ScanSettings) -> Self {
        Self { store, settings: Arc::new(settings), one_at_a_time: Arc::default(), running: Arc::default() }
    }

    /// The run under way, when there is one.
    pub fn running(&self) -> Option<i64> {
        Some(self.running.load(Ordering::Acquire)).filter(|id| *id != 0)
    }

    /// Registers a run and starts it in the background. The item is the run as it starts.
    ///
    /// # Errors
    /// When the store does not take the sources or the run.
    pub async fn start(&self, sources: &[Source], observer: Arc<dyn Observer>) -> Result<ScanItem> {
        let progress = self.register(sources).await?;
        let item = progress.item();
        let jobs = self.clone();
        tokio::spawn(async move { jobs.run_registered(progress, observer).await });
        Ok(item)
    }

    /// Scans all known sources, after adding `sources` to them, and waits for the end.
    ///
    /// # Errors
    /// When the store fails; a repository that fails is a finding, not an error.
    pub async fn run(&self, sources: &[Source], observer: Arc<dyn Observer>) -> Result<ScanItem> {
        let progress = self.register(sources).await?;
        let item = self.run_registered(progress, observer).await;
        anyhow::ensure!(item.status == ScanStatus::Done, "{}", item.message.unwrap_or_default());
        Ok(item)
    }

    async fn register(&self, sources: &[Source]) -> Result<Arc<Progress>> {
        for source in sources {
            self.store.upsert_source(source.kind(), &source.to_string()).await.context("storing the source")?;
        }
        let now = now();
        let id = self.store.insert_scan(&now).await.context("storing the scan")?;
        Ok(Arc::new(Progress::new(id, now)))
    }

    async fn run_registered(&self, progress: Arc<Progress>, observer: Arc<dyn Observer>) -> ScanItem {
        let _turn = self.one_at_a_time.lock().await;
        self.running.store(progress.item().id, Ordering::Release);
        let run = Run { jobs: self, progress: &progress, observer: &observer };
        let ended = run.all().await;
        let event = progress.update(None, |item| {
            item.status = if ended.is_ok() { ScanStatus::Done } else { ScanStatus::Failed };
            item.message = ended.as_ref().err().map(|error| format!("{error:#}"));
            item.finished_at = Some(now());
            item.duration_ms = Some(progress.elapsed_ms());
        });
        if let Err(error) = self.store.update_scan(&progress.item()).await {
            tracing::error!(%error, "the end of the scan could not be stored");
        }
        self.running.store(0, Ordering::Release);
        observer.see(&event);
        progress.item()
    }
}

/// What the store holds of the past, by repository.
struct Held {
    history: HashMap<RepoName, HistoryKey>,
    work: HashMap<RepoName, WorkKey>,
    code: HashMap<RepoName, WorkKey>,
}

/// One run under way.
struct Run<'a> {
    jobs: &'a Jobs,
    progress: &'a Arc<Progress>,
    observer: &'a Arc<dyn Observer>,
}

impl Run<'_> {
    async fn all(&self) -> Result<()> {
        let store = &self.jobs.store;
        // A run that was cut short may have left repositories stored but not joined: "unchanged" is not "done".
        let mut changed = !self.last_run_was_whole().await?;
        let mut targets = self.locate().await?;
        let n = targets.len() as u64;
        self.observer.see(&self.progress.update(None, |item| item.repositories = n));
        let mut rules = self.rules().await?;
        for pass in 0..MAX_PASSES {
            changed |= self.pass(&targets, rules.0.clone(), pass == 0).await?;
            let next = self.rules().await?;
            if next.0.hash == rules.0.hash {
                break;
            }
            rules = next;
            refresh_keys(&mut targets, &store.find_scan_keys().await?);
        }
        let ruleset = rules.0.clone();
        self.finish(rules, changed).await?;
        // The catalog of today is whole before the past is read: whoever waits can look around by now.
        if !self.jobs.settings.history {
            return Ok(());
        }
        let rules_hash = ruleset.hash.clone();
        self.past(&targets, ruleset).await?;
        let settings = &self.jobs.settings;
        judge(Judging {
            store: store.clone(),
            limits: settings.limits.clone(),
            now: now(),
            rules_hash,
            team_map: settings.team_map.clone(),
            rate: settings.rate.clone(),
            git_dirs: Judging::places(&targets),
        })
        .await
    }

    /// Reads what is new of every repository's past: its history, the work on it, and the code that came of it.
    async fn past(&self, targets: &[Target], rules: Ruleset) -> Result<()> {
        let (store, limits) = (self.jobs.store.clone(), self.jobs.settings.limits.clone());
        let (scanned, held) = (store.find_scan_keys().await?, store.find_history_keys().await?);
        let held = Held { history: held, work: store.find_work_keys().await?, code: store.find_code_keys().await? };
        let past = Arc::new(Past::new(Pass { store, needles: rules.needles(), rules, limits, now: now() }));
        let slots = Arc::new(Semaphore::new(self.jobs.settings.workers));
        let mut workers = JoinSet::new();
        for target in targets {
            let name = target.located.name.clone();
            let target = Target { stored: scanned.get(&name).cloned(), ..target.clone() };
            let (work, code) = (held.work.get(&name).cloned(), held.code.get(&name).cloned());
            let is_current = past.is_current(&target, held.history.get(&name));
            if is_current && is_work_current(&target, work.as_ref(), code.as_ref()) {
                self.progress.finish_past(&name);
                continue;
            }
            let (past, slots) = (Arc::clone(&past), Arc::clone(&slots));
            let (progress, observer) = (Arc::clone(self.progress), Arc::clone(self.observer));
            workers.spawn(async move {
                let _slot = slots.acquire_owned().await;
                if !is_current {
                    scan_history(&past, &target).await?;
                }
                scan_work(past.pass(), &target, work.as_ref()).await?;
                scan_code(past.pass(), &target, code.as_ref()).await?;
                observer.see(&progress.finish_past(&name));
                anyhow::Ok(())
            });
        }
        while let Some(worker) = workers.join_next().await {
            worker.context("a history worker stopped")??;
        }
        Ok(())
    }

    async fn last_run_was_whole(&self) -> Result<bool> {
        let scans = self.jobs.store.list_scans(2, None).await?;
        let this = self.progress.item().id;
        Ok(scans.items.iter().find(|scan| scan.id != this).is_some_and(|scan| scan.status == ScanStatus::Done))
    }

    /// Finds the repositories of every known source; a source that fails leaves its repositories as they were.
    async fn locate(&self) -> Result<Vec<Target>> {
        let store = &self.jobs.store;
        let keys = store.find_scan_keys().await?;
        let mut targets: Vec<Target> = Vec::new();
        let mut names: HashSet<RepoName> = HashSet::new();
        for item in store.list_sources().await? {
            let found = match Source::parse(&item.location) {
                Ok(source) => self.locate_source(source).await,
                Err(error) => Err(error.to_string()),
            };
            match found {
                Ok((located, notes)) => {
                    let located: Vec<Located> = located.into_iter().map(|l| unique(l, item.id, &mut names)).collect();
                    let seen: Vec<RepoName> = located.iter().map(|l| l.name.clone()).collect();
                    store.mark_missing(item.id, &seen, &now()).await?;
                    store.set_source_message(item.id, message_of(&notes).as_deref()).await?;
                    store.set_source_scanned(item.id, &now()).await?;
                    targets.extend(located.into_iter().map(|located| {
                        let stored = keys.get(&located.name).cloned();
                        Target { source: item.id, located, stored }
                    }));
                }
                Err(message) => store.set_source_message(item.id, Some(&message)).await?,
            }
        }
        Ok(targets)
    }

    async fn locate_source(&self, source: Source) -> Result<(Vec<Located>, Vec<Finding>), String> {
        let settings = Arc::clone(&self.jobs.settings);
        let finding = tokio::task::spawn_blocking(move || match source {
            Source::Folder(folder) => scan::locate(&folder).map(|found| (found.repositories, found.findings)),
            Source::Url(url) => scan::mirror(&url, &settings.data, &settings.limits).map(|one| (vec![one], vec![])),
        });
        finding.await.map_err(|panic| panic.to_string())?.map_err(|error| error.to_string())
    }

    /// The rules as the store now knows them, and what is wrong with them.
    async fn rules(&self) -> Result<(Ruleset, Vec<(Option<RepoName>, Finding)>)> {
        let store = &self.jobs.store;
        let scanned = store.load_capability_documents().await?;
        let packages = store.load_link_packages().await?;
        let (rules, findings) = Ruleset::compose(&self.jobs.settings.capabilities, &scanned);
        Ok((rules.with_published(&packages), findings))
    }

    /// Scans every target by these rules. Tells whether anything in the catalog changed.
    async fn pass(&self, targets: &[Target], rules: Ruleset, count: bool) -> Result<bool> {
        let settings = &self.jobs.settings;
        let (store, limits, needles) = (self.jobs.store.clone(), settings.limits.clone(), rules.needles());
        let pass = Pass { store, rules, needles, limits, now: now() };
        let (pass, slots) = (Arc::new(pass), Arc::new(Semaphore::new(settings.workers)));
        let mut workers = JoinSet::new();
        for target in targets {
            let (pass, slots, target) = (Arc::clone(&pass), Arc::clone(&slots), target.clone());
            let (progress, observer) = (Arc::clone(self.progress), Arc::clone(self.observer));
            workers.spawn(async move {
                let _slot = slots.acquire_owned().await;
                let name = &target.located.name;
                observer.see(&progress.update(Some(name), |_| {}));
                let outcome = scan_repository(&pass, &target).await?;
                if count {
                    observer.see(&progress.finish_one(name, outcome));
                }
                anyhow::Ok((target, outcome))
            });
        }
        let mut unchanged: HashMap<i64, Vec<Located>> = HashMap::new();
        let mut changed = false;
        while let Some(worker) = workers.join_next().await {
            let (target, outcome) = worker.context("a scan worker stopped")??;
            match outcome {
                Outcome::Unchanged => unchanged.entry(target.source).or_default().push(target.located),
                Outcome::Stored { .. } | Outcome::Failed => changed = true,
            }
        }
        for (source, located) in &unchanged {
            self.jobs.store.touch_repositories(*source, located, &pass.now).await?;
        }
        Ok(changed)
    }

    /// Joins repositories and stores the rules that judged them.
    async fn finish(&self, rules: (Ruleset, Vec<(Option<RepoName>, Finding)>), changed: bool) -> Result<()> {
        let store = &self.jobs.store;
        store.save_capabilities(&rules.0.capabilities).await?;
        if !changed {
            return Ok(());
        }
        let (entities, packages) = (store.load_link_entities().await?, store.load_link_packages().await?);
        let dependencies = store.load_link_dependencies().await?;
        let mut links = catalog::link(&entities, &packages, &dependencies);
        links.findings.extend(rules.1.into_iter().filter_map(|(repository, finding)| Some((repository?, finding))));
        store.save_links(&links).await?;
        Ok(())
    }
}

/// Two sources may hold repositories of one name; the later one gets its source's number behind it.
fn unique(mut located: Located, source: i64, names: &mut HashSet<RepoName>) -> Located {
    if !names.insert(located.name.clone()) {
        if let Ok(name) = RepoName::new(format!("{}-{source}", located.name)) {
            located.name = name;
        }
        names.insert(located.name.clone());
    }
    located
}

fn refresh_keys(targets: &mut [Target], keys: &HashMap<RepoName, ScanKey>) {
    for target in targets {
        target.stored = keys.get(&target.located.name).cloned();
    }
}

fn message_of(notes: &[Finding]) -> Option<String> {
    let texts: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

/// The present, in whole seconds.
fn now() -> Timestamp {
    let text = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    Timestamp::new(text).expect("chrono writes the form that Timestamp asks for")
}
