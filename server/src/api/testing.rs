//! A small stored catalog and a client for it, for the tests of the API, the tools and the pages.
//! It must not stand in for the store: everything goes through a real database.
use super::{ApiState, ScanStarter, StartError};
use crate::{
    catalog::model::{
        Capability, Detect, Entity, Evidence, Offer, OwnedDependency, Relation, RepositoryCatalog, Usage,
    },
    facts::model::{Dependency, DependencyDecl, Reason},
    scan::{Finding, Located, Tip},
    store::{ScanKey, Store},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use futures::future::BoxFuture;
use serde_json::Value;
use shared::{
    Area, BlobId, CommitId, Confidence, DependencyKind, Ecosystem, EntityRef, OfferPath, Origin, RepoName, RepoPath,
    RuleSource, Rung, ScanStatus, Scope, Severity, State, Timestamp,
    api::{Eligible, ScanItem},
};
use std::{collections::BTreeMap, sync::Arc};
use tower::ServiceExt;

/// More findings than one page of an export holds.
pub(crate) const N_FINDINGS: usize = 230;

/// The state over a catalog of one repository; the folder is the database's and goes with it.
pub(crate) struct Stored {
    pub(crate) state: ApiState,
    _folder: tempfile::TempDir,
}

impl Stored {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_sqlite(&folder.path().join("waymark.db")).await.unwrap();
        fill(&store).await;
        let (events, _) = tokio::sync::broadcast::channel(64);
        let scans = Arc::new(Starter { store: store.clone() });
        Self { state: ApiState::new(store, events, scans), _folder: folder }
    }
}

async fn fill(store: &Store) {
    let source = store.upsert_source("folder", "/srv/git").await.unwrap();
    let located = Located {
        name: name(),
        git_dir: "/srv/git/acme/billing".into(),
        location: "/srv/git/acme/billing".to_owned(),
        web_url: Some("https://forge.example/acme/billing".to_owned()),
    };
    let key = ScanKey { commit: commit(), scanner_version: 1, rules_hash: "rules".to_owned() };
    store.save_capabilities(&[capability()]).await.unwrap();
    store
        .save_repository(&crate::store::Visit { source, located: &located, at: &now() }, &catalog(), &key)
        .await
        .unwrap();
}

pub(crate) fn now() -> Timestamp {
    Timestamp::new("2026-11-21T10:00:00Z").unwrap()
}
fn name() -> RepoName {
    RepoName::new("acme/billing").unwrap()
}
fn commit() -> CommitId {
    CommitId::new("c".repeat(40)).unwrap()
}
fn blob() -> BlobId {
    BlobId::new("b".repeat(40)).unwrap()
}
fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}
fn reference(text: &str) -> EntityRef {
    text.parse().unwrap()
}

fn catalog() -> RepositoryCatalog {
    let readme = "# Billing\n\nSends invoices. <script>alert(1)</script>\n\n[Guide](docs/guide.md)\n";
    RepositoryCatalog {
        repository: name(),
        tip: Tip { branch: "main".to_owned(), commit: commit(), committed_at: now(), shallow: false },
        entities: vec![component(), group(), capability_entity()],
        relations: vec![Relation {
            from: reference("component:default/billing"),
            kind: "ownedBy".to_owned(),
            to: reference("group:default/payments"),
            observed: false,
            path: Some(path("catalog-info.yaml")),
            line: Some(9),
        }],
        packages: vec![],
        dependencies: vec![dependency()],
        usages: vec![usage()],
        standings: vec![crate::catalog::model::Standing {
            component: reference("component:default/billing"),
            capability: "feature-flags".to_owned(),
            state: State::Golden,
            eligible: true,
            exemption: None,
        }],
        texts: BTreeMap::from([
            (path("README.md"), readme.to_owned()),
            (path("docs/start.md"), "# Start\n\nAdd the package `@acme/flags`.".to_owned()),
        ]),
        languages: BTreeMap::from([("Go".to_owned(), 120)]),
        n_files: 3,
        findings: (0..N_FINDINGS).map(finding).collect(),
        partial: false,
    }
}

fn entity(text: &str, subtype: &str) -> Entity {
    let entity = reference(text);
    Entity {
        document: serde_json::json!({ "kind": entity.kind().descriptor_kind(), "metadata": { "name": entity.name() } }),
        reference: entity,
        origin: Origin::Declared,
        title: None,
        description: Some("=1+1 sends invoices".to_owned()),
        subtype: Some(subtype.to_owned()),
        lifecycle: Some("production".to_owned()),
        owner: None,
        system: None,
        tags: vec!["money".to_owned()],
        root: path(""),
        descriptor: Some((path("catalog-info.yaml"), 1)),
        languages: BTreeMap::new(),
        because: vec![Reason { text: "declared by a descriptor".to_owned(), path: None, line: None }],
        also_says: vec![],
        readme: None,
        definition: None,
    }
}

fn component() -> Entity {
    Entity {
        owner: Some(reference("group:default/payments")),
        readme: Some(path("README.md")),
        languages: BTreeMap::from([("Go".to_owned(), 120)]),
        ..entity("component:default/billing", "service")
    }
}

fn group() -> Entity {
    entity("group:default/payments", "team")
}

fn capability_entity() -> Entity {
    entity("capability:default/feature-flags", "developer-platform")
}

fn dependency() -> OwnedDependency {
    let decl = DependencyDecl {
        ecosystem: Ecosystem::new("npm").unwrap(),
        name: "@acme/flags".to_owned(),
        requirement: Some("^1.2".to_owned()),
        version: None,
        scope: Scope::Runtime,
        kind: DependencyKind::Declared,
        line: Some(7),
    };
    let dependency = Dependency { decl, path: path("package.json"), blob: blob() };
    OwnedDependency {
        component: Some(reference("component:default/billing")),
        dependency,
        source_use: shared::SourceUse::Unknown,
        imported_at: None,
    }
}

fn usage() -> Usage {
    let evidence = Evidence {
        rule: "packages: npm:@acme/flags".to_owned(),
        rung: Rung::Declared,
        path: path("package.json"),
        line: Some(7),
        blob: blob(),
        commit: commit(),
    };
    Usage {
        component: reference("component:default/billing"),
        capability: "feature-flags".to_owned(),
        offer: "flagship".to_owned(),
        path: OfferPath::Golden,
        evidence: vec![evidence],
    }
}

fn finding(number: usize) -> Finding {
    Finding {
        rule: "descriptor-invalid-yaml".to_owned(),
        severity: Severity::Error,
        path: Some(path(&format!("broken/{number:03}.yaml"))),
        line: Some(3),
        column: None,
        message: "=cmd|' /C calc'!A0 is no YAML; mend line 3".to_owned(),
    }
}

fn capability() -> Capability {
    Capability {
        reference: reference("capability:default/feature-flags"),
        title: "Feature flags".to_owned(),
        description: Some("Turn behaviour on per customer without a deploy".to_owned()),
        area: Area::DeveloperPlatform,
        owner: Some(reference("group:default/payments")),
        lifecycle: "ga".to_owned(),
        source: RuleSource::Organisation,
        reach: shared::Reach::Component,
        eligible: Some(Eligible {
            types: vec!["service".to_owned()],
            languages: vec![],
            lifecycles: vec![],
            tags: vec![],
        }),
        exempt: vec![],
        offers: vec![Offer {
            name: "flagship".to_owned(),
            path: OfferPath::Golden,
            component: None,
            since: None,
            url: None,
            confidence: Confidence::Probable,
            detect: Detect { packages: vec!["npm:@acme/flags".to_owned()], ..Detect::default() },
        }],
        interfaces: vec![],
        start: Some(path("docs/start.md")),
        target: None,
        repository: Some(name()),
        path: Some(path("catalog-info.yaml")),
        line: Some(20),
    }
}

/// Starts scans that stay at their beginning, one at a time, and knows no source called `nowhere`.
struct Starter {
    store: Store,
}

impl ScanStarter for Starter {
    fn start(&self, sources: Vec<String>) -> BoxFuture<'_, Result<ScanItem, StartError>> {
        Box::pin(async move {
            if let Some(source_text) = sources.into_iter().find(|source| source == "nowhere") {
                return Err(StartError::BadSource { source_text, reason: "no such folder; name one".to_owned() });
            }
            let scans =
                self.store.list_scans(1, None).await.map_err(anyhow::Error::new).map_err(StartError::Internal)?;
            if let Some(running) = scans.items.iter().find(|scan| scan.status == ScanStatus::Running) {
                return Err(StartError::Running(running.id));
            }
            let id = self.store.insert_scan(&now()).await.map_err(anyhow::Error::new).map_err(StartError::Internal)?;
            let scan = running(id);
            self.store.update_scan(&scan).await.map_err(anyhow::Error::new).map_err(StartError::Internal)?;
            Ok(scan)
        })
    }
}

/// A scan under way.
pub(crate) fn running(id: i64) -> ScanItem {
    ScanItem {
        past: 0,
        id,
        status: ScanStatus::Running,
        started_at: now(),
        finished_at: None,
        repositories: 4,
        done: 1,
        unchanged: 0,
        failed: 0,
        errors: 0,
        duration_ms: None,
        message: None,
    }
}

/// An answer, read.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Sends a request and reads the whole answer.
pub(crate) async fn send(router: &Router, request: Request<Body>) -> Reply {
    let response = router.clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body, 64 << 20).await.unwrap();
    Reply { status: head.status, headers: head.headers, text: String::from_utf8(bytes.into()).unwrap() }
}

/// GET without headers.
pub(crate) async fn get(router: &Router, path: &str) -> Reply {
    send(router, Request::get(path).body(Body::empty()).unwrap()).await
}
