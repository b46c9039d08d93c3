//! The API over loopback at 10,000 and 100,000 entities: p50 and p95 of list, facets, search and entity at 8 connections,
//! and the server's resident memory. Prints figures and their share of the limit; asserts nothing.
//! It must not reach into the server: it fills a data folder through the store and then talks HTTP.
use anyhow::{Context, Result};
use server::{
    catalog::model::{Entity, RepositoryCatalog},
    scan::{Located, Tip},
    store::{ScanKey, Store, Visit},
};
use shared::{CommitId, EntityKind, EntityRef, Origin, RepoName, RepoPath, Timestamp};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const CONNECTIONS: usize = 8;
const REQUESTS: usize = 100;
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

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn measure(data: &Path, limit_ms: f64) -> Result<()> {
    let binary = std::env::var_os("WAYMARK_BIN").context("run through cargo xtask bench, which builds the binary")?;
    let mut child = Command::new(binary)
        .env_remove("WAYMARK_BIN")
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("stdout of the server")?).read_line(&mut line)?;
    let server = Server(child);
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).context("no address printed")?;
    for (name, path) in [
        ("list", "/api/v1/entities?limit=50"),
        ("list, filtered", "/api/v1/entities?kind=component&language=Go&sort=-lines&limit=50"),
        ("facets", "/api/v1/entities/facets?kind=component"),
        ("search", "/api/v1/search?q=ledger-wor&limit=20"),
        ("full text", "/api/v1/entities?q=fleet+web"),
        ("entity", "/api/v1/entities/component/default/billing-api-000000"),
    ] {
        let mut times = load(address, path)?;
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        println!(
            "  {name:<16} p50 {:>7.2} ms   p95 {:>7.2} ms   of the limit {:.2}",
            at(0.5),
            at(0.95),
            at(0.95) / limit_ms
        );
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.0.id())).unwrap_or_default();
    let resident = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or("VmRSS: unknown on this system");
    println!("  {resident}");
    Ok(())
}

/// Every connection asks one after the other; the first answers of each are not counted.
fn load(address: &str, path: &str) -> Result<Vec<Duration>> {
    let workers: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (address, path) = (address.to_owned(), path.to_owned());
            std::thread::spawn(move || -> Result<Vec<Duration>> {
                let mut stream = TcpStream::connect(&address)?;
                stream.set_nodelay(true)?;
                let mut times = Vec::with_capacity(REQUESTS);
                for n in 0..REQUESTS + 5 {
                    let start = Instant::now();
                    ask(&mut stream, &address, &path)?;
                    if n >= 5 {
                        times.push(start.elapsed());
                    }
                }
                Ok(times)
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.join().map_err(|_| anyhow::anyhow!("a connection's thread stopped"))??);
    }
    Ok(all)
}

/// One request over a connection that stays open: reads the head, then as many bytes as it announces.
fn ask(stream: &mut TcpStream, address: &str, path: &str) -> Result<()> {
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\n\r\n")?;
    let mut reader = BufReader::new(&mut *stream);
    let (mut line, mut length, mut first) = (String::new(), None, true);
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        if first {
            anyhow::ensure!(line.contains(" 200 "), "{path}: {line}");
            first = false;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = Some(value.trim().parse::<usize>()?);
        }
    }
    let mut body = vec![0; length.context("the answer has no length")?];
    reader.read_exact(&mut body)?;
    Ok(())
}
