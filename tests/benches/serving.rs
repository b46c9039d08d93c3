//! The API over loopback at 10,000 and 100,000 entities: p50 and p95 of list, facets, search and entity at 8 connections,
//! and the server's resident memory. Prints figures and their share of the limit; asserts nothing.
//! It must not reach into the server: it fills a data folder through the store and then talks HTTP.
use anyhow::Result;
use server::{
    catalog::model::{Entity, RepositoryCatalog},
    scan::{Located, Tip},
    store::{ScanKey, Store, Visit},
};
use shared::{CommitId, EntityKind, EntityRef, Origin, RepoName, RepoPath, Timestamp};
use std::{collections::BTreeMap, path::Path};
use tests::load::{CONNECTIONS, Server};

const PER_REPOSITORY: usize = 20;

fn main() -> Result<()> {
    for (entities, limit_ms) in [(10_000, 20.0), (100_000, 100.0)] {
        let work = tempfile::tempdir()?;
        tokio::runtime::Runtime::new()?.block_on(fill(work.path(), entities))?;
        println!("{entities} entities, {CONNECTIONS} connections, limit {limit_ms} ms at p95");
        measure(work.path(), limit_ms)?;
    }
    Ok(())
}

async fn fill(data: &Path, entities: usize) -> Result<()> {
    let store = Store::open_sqlite(&data.join("waymark.db")).await?;
    let source = store.upsert_source("folder", "/bench").await?;
    let now = Timestamp::new("2026-11-21T10:00:00Z")?;
    for n in 0..entities / PER_REPOSITORY {
        let name = RepoName::new(format!("bench/repository-{n:05}"))?;
        let located =
            Located { name: name.clone(), git_dir: "/bench".into(), location: "/bench".into(), web_url: None };
        let commit = CommitId::new(format!("{n:040x}"))?;
        let key = ScanKey { commit: commit.clone(), scanner_version: 1, rules_hash: "bench".into() };
        store.save_repository(&Visit { source, located: &located, at: &now }, &catalog(n, name, commit)?, &key).await?;
    }
    Ok(())
}

fn catalog(n: usize, repository: RepoName, commit: CommitId) -> Result<RepositoryCatalog> {
    let tip =
        Tip { branch: "main".into(), commit, committed_at: Timestamp::new("2026-11-20T10:00:00Z")?, shallow: false };
    let entities = (0..PER_REPOSITORY).map(|m| entity(n * PER_REPOSITORY + m)).collect::<Result<Vec<_>>>()?;
    Ok(RepositoryCatalog {
        repository,
        tip,
        entities,
        relations: vec![],
        packages: vec![],
        dependencies: vec![],
        usages: vec![],
        standings: vec![],
        texts: BTreeMap::new(),
        languages: BTreeMap::new(),
        n_files: 100,
        findings: vec![],
        partial: false,
    })
}

fn entity(n: usize) -> Result<Entity> {
    let kind = [EntityKind::Component, EntityKind::Api, EntityKind::Resource][n % 3];
    let language = ["Go", "TypeScript", "Python", "Java", "Rust"][n % 5];
    let name =
        format!("{}-{}-{n:06}", ["billing", "ledger", "search", "fleet"][n % 4], ["api", "worker", "web"][n % 3]);
    let reference = EntityRef::new(kind, "default", &name)?;
    Ok(Entity {
        origin: if n.is_multiple_of(2) { Origin::Declared } else { Origin::Detected },
        title: Some(format!("The {name}")),
        description: Some("Takes what it is given, checks it, and hands it on to the ones who asked for it.".into()),
        subtype: Some(["service", "library", "website"][n % 3].into()),
        lifecycle: Some(["production", "experimental"][n % 2].into()),
        owner: Some(EntityRef::new(EntityKind::Group, "default", &format!("team-{:03}", n % 200))?),
        system: Some(EntityRef::new(EntityKind::System, "default", &format!("system-{:03}", n % 300))?),
        tags: vec![format!("tag-{}", n % 50)],
        document: serde_json::json!({"apiVersion": "backstage.io/v1alpha1", "kind": kind.descriptor_kind(), "metadata": {"name": name}}),
        root: RepoPath::new(format!("packages/p{n}"))?,
        descriptor: None,
        languages: BTreeMap::from([(language.to_owned(), 1000)]),
        because: vec![],
        also_says: vec![],
        readme: None,
        definition: None,
        reference,
    })
}

fn measure(data: &Path, limit_ms: f64) -> Result<()> {
    let server = Server::start(data)?;
    for (name, path) in [
        ("list", "/api/v1/entities?limit=50"),
        ("list, filtered", "/api/v1/entities?kind=component&language=Go&sort=-lines&limit=50"),
        ("facets", "/api/v1/entities/facets?kind=component"),
        ("search", "/api/v1/search?q=ledger-wor&limit=20"),
        ("full text", "/api/v1/entities?q=fleet+web"),
        ("entity", "/api/v1/entities/component/default/billing-api-000000"),
    ] {
        server.measure(name, path, limit_ms)?;
    }
    println!("  {}", server.resident());
    Ok(())
}
