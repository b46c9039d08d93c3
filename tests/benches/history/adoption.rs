//! The adoption page over HTTP at 1,000 repositories, 60 capabilities and 60 months.
//! It must not reach into the server: it fills a data folder through the store and then talks HTTP.
use anyhow::Result;
use server::{
    catalog::{
        history::model::{Interval, Moment, RepositoryHistory, Span, Traits},
        model::{Capability, Detect, Entity, Evidence, Offer, RepositoryCatalog, Standing, Usage},
    },
    scan::{HistoryStart, Located, Tip},
    store::{HistoryKey, ScanKey, Store, Visit},
};
use shared::{
    Area, BlobId, CommitId, Confidence, End, EntityKind, EntityRef, OfferPath, Origin, Reach, RepoName, RepoPath,
    RuleSource, Rung, State, Timestamp, api::Eligible,
};
use std::{collections::BTreeMap, path::Path};
use tests::load::Server;

const REPOSITORIES: u64 = 1_000;
const CAPABILITIES: u64 = 60;
/// Sixty months before the end, which is 2026-11-01T00:00:00Z.
const BEGIN: i64 = 1_635_724_800;
const LENGTH: i64 = 1_793_491_200 - BEGIN;
const LIMIT_MS: f64 = 150.0;

pub(super) fn adoption(work: &Path) -> Result<()> {
    let data = work.join("adoption");
    std::fs::create_dir_all(&data)?;
    tokio::runtime::Runtime::new()?.block_on(fill(&data))?;
    println!(
        "adoption at {REPOSITORIES} repositories, {CAPABILITIES} capabilities, 60 months; limit {LIMIT_MS} ms at p95"
    );
    let server = Server::start(&data)?;
    for (name, path) in [
        ("page", "/adoption"),
        ("page, one team", "/adoption?owner=group:default/team-7"),
        ("list", "/api/v1/adoption?limit=100"),
        ("summary, as of", "/api/v1/adoption/summary?at=2024-06-30"),
        ("teams", "/adoption/teams"),
        ("capability", "/capabilities/capability-07"),
    ] {
        server.measure(name, path, LIMIT_MS)?;
    }
    println!("  {}", server.resident());
    Ok(())
}

async fn fill(data: &Path) -> Result<()> {
    let store = Store::open_sqlite(&data.join("waymark.db")).await?;
    let source = store.upsert_source("folder", "/bench").await?;
    let now = Timestamp::new("2026-11-01T00:00:00Z")?;
    let capabilities = (0..CAPABILITIES).map(capability).collect::<Result<Vec<_>>>()?;
    store.save_capabilities(&capabilities).await?;
    for n in 0..REPOSITORIES {
        let name = RepoName::new(format!("bench/repository-{n:04}"))?;
        let located =
            Located { name: name.clone(), git_dir: "/bench".into(), location: "/bench".into(), web_url: None };
        let commit = CommitId::new(format!("{n:040x}"))?;
        let key = ScanKey { commit: commit.clone(), scanner_version: 1, rules_hash: "bench".into() };
        let history = history(n, &name, &commit)?;
        let catalog = catalog(n, name.clone(), commit.clone(), &history)?;
        store.save_repository(&Visit { source, located: &located, at: &now }, &catalog, &key).await?;
        let key = HistoryKey { tip: commit, reading: "bench".into(), rules_hash: "bench".into(), scanner_version: 1 };
        store.save_history(&name, &history, &key, &[]).await?;
    }
    Ok(())
}

fn capability(n: u64) -> Result<Capability> {
    let offer = |name: &str, path| Offer {
        name: name.to_owned(),
        path,
        component: None,
        since: None,
        url: None,
        confidence: Confidence::Probable,
        detect: Detect { packages: vec![format!("npm:{name}-{n}")], ..Detect::default() },
    };
    Ok(Capability {
        reference: EntityRef::new(EntityKind::Capability, "default", &format!("capability-{n:02}"))?,
        title: format!("Capability {n}"),
        description: None,
        area: Area::ALL[(n as usize) % Area::ALL.len()],
        owner: None,
        lifecycle: "ga".into(),
        source: RuleSource::Organisation,
        reach: Reach::Component,
        eligible: Some(Eligible { types: vec![], languages: vec![], lifecycles: vec![], tags: vec![] }),
        exempt: vec![],
        offers: vec![
            offer("golden", OfferPath::Golden),
            offer("vendor", OfferPath::Vendor),
            offer("own", OfferPath::Homegrown),
        ],
        interfaces: vec![],
        start: None,
        target: None,
        repository: None,
        path: None,
        line: None,
    })
}

/// One component that came some time in the first half, and one stretch of use of each capability; every third one moved.
fn history(n: u64, name: &RepoName, commit: &CommitId) -> Result<RepositoryHistory> {
    let born = BEGIN + (n as i64 * 7_919_993) % (LENGTH / 2);
    let moment = |at: i64| Moment { commit: commit.clone(), at };
    let mut intervals = vec![];
    for k in 0..CAPABILITIES {
        let seed = n * 31 + k * 17;
        let from = born + (seed as i64 * 1_299_709) % (LENGTH / 4);
        let (first, second) = [("own", "golden"), ("vendor", "golden"), ("golden", "vendor")][(seed % 3) as usize];
        if seed.is_multiple_of(3) {
            let turn = from + (seed as i64 * 15_485_863) % (LENGTH / 4) + 86_400;
            intervals.push(interval((n, k), first, moment(from), Some(moment(turn)))?);
            intervals.push(interval((n, k), second, moment(turn), None)?);
        } else {
            intervals.push(interval((n, k), first, moment(from), None)?);
        }
    }
    let traits = Traits {
        subtype: Some("service".into()),
        languages: vec!["go".into()],
        owner: Some(owner(n)?),
        ..Traits::default()
    };
    let span = Span { entity: component(n)?, from: moment(born), to: None, root: RepoPath::root(), traits };
    Ok(RepositoryHistory {
        repository: name.clone(),
        tip: moment(BEGIN + LENGTH),
        first: moment(born),
        start: HistoryStart::Root,
        n_commits: 500,
        spans: vec![span],
        intervals,
        rule_changes: vec![],
        gaps: vec![],
        weeks: vec![],
        findings: vec![],
    })
}

fn interval((n, k): (u64, u64), offer: &str, from: Moment, to: Option<Moment>) -> Result<Interval> {
    let path = match offer {
        "golden" => OfferPath::Golden,
        "vendor" => OfferPath::Vendor,
        _ => OfferPath::Homegrown,
    };
    Ok(Interval {
        component: component(n)?,
        capability: format!("capability-{k:02}"),
        offer: offer.to_owned(),
        path,
        end: if to.is_some() { End::Left } else { End::Open },
        evidence: evidence(offer, k, &from.commit)?,
        from,
        to,
        exact: true,
        attempt: None,
    })
}

fn evidence(offer: &str, k: u64, commit: &CommitId) -> Result<Evidence> {
    Ok(Evidence {
        rule: format!("packages: npm:{offer}-{k}"),
        rung: Rung::Declared,
        path: RepoPath::new("package.json")?,
        line: Some(7),
        blob: BlobId::new(format!("{k:040x}"))?,
        commit: commit.clone(),
    })
}

fn component(n: u64) -> Result<EntityRef> {
    Ok(EntityRef::new(EntityKind::Component, "default", &format!("component-{n:04}"))?)
}

fn owner(n: u64) -> Result<EntityRef> {
    Ok(EntityRef::new(EntityKind::Group, "default", &format!("team-{}", n % 40))?)
}

/// The tip that the history leads to.
fn catalog(n: u64, name: RepoName, commit: CommitId, history: &RepositoryHistory) -> Result<RepositoryCatalog> {
    let reference = component(n)?;
    let open = history.intervals.iter().filter(|held| held.to.is_none());
    let usages = open.map(|held| Usage {
        component: held.component.clone(),
        capability: held.capability.clone(),
        offer: held.offer.clone(),
        path: held.path,
        evidence: vec![held.evidence.clone()],
    });
    let usages: Vec<Usage> = usages.collect();
    let standing = |usage: &Usage| Standing {
        component: reference.clone(),
        capability: usage.capability.clone(),
        state: if usage.path == OfferPath::Golden { State::Golden } else { State::OffPath },
        eligible: true,
        exemption: None,
    };
    let standings = usages.iter().map(standing).collect();
    let committed_at = Timestamp::new("2026-11-01T00:00:00Z")?;
    Ok(RepositoryCatalog {
        repository: name,
        tip: Tip { branch: "main".into(), commit, committed_at, shallow: false },
        entities: vec![Entity {
            document: serde_json::json!({"kind": "Component", "metadata": {"name": reference.name()}}),
            reference,
            origin: Origin::Detected,
            title: None,
            description: None,
            subtype: Some("service".into()),
            lifecycle: None,
            owner: Some(owner(n)?),
            system: None,
            tags: vec![],
            root: RepoPath::root(),
            descriptor: None,
            languages: BTreeMap::from([("Go".to_owned(), 1000)]),
            because: vec![],
            also_says: vec![],
            readme: None,
            definition: None,
        }],
        relations: vec![],
        packages: vec![],
        dependencies: vec![],
        usages,
        standings,
        texts: BTreeMap::new(),
        languages: BTreeMap::new(),
        n_files: 100,
        findings: vec![],
        partial: false,
    })
}
