//! Stores and catalogs for tests: each engine in turn, a small builder, and a large generated estate.
//! It must not be used outside tests.
mod estate;
mod judged;
mod past;

pub(crate) use estate::{CAPABILITIES, Dice, estate, fill};
pub(crate) use judged::{cluster, fill_judged, verdict};
pub(crate) use past::{HistoryBuilder, day, fill_past, history_key, long_history, moment};

use super::{ScanKey, Store};
use crate::{
    catalog::model::{
        Capability, Detect, Entity, Evidence, Offer, OwnedDependency, OwnedPackage, Relation, RepositoryCatalog,
        Standing, Usage,
    },
    facts::model::{Dependency, DependencyDecl, Package, PackageDecl, Reason},
    scan::{Finding, Located, Tip},
};
use futures::FutureExt;
use sea_orm::{ConnectionTrait, Database};
use shared::{
    Area, BlobId, CommitId, Confidence, DependencyKind, Ecosystem, EntityKind, EntityRef, OfferPath, Origin, RepoName,
    RepoPath, RuleSource, Rung, Scope, Severity, State, Timestamp, api::Eligible,
};
use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, resume_unwind},
    sync::atomic::{AtomicU32, Ordering},
};

pub(crate) const POSTGRES: &str = "TEST_POSTGRES_URL";
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// Runs a test on a fresh SQLite file and on a fresh PostgreSQL database.
pub(crate) async fn for_each_engine(test: impl AsyncFn(Store)) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_sqlite(&folder.path().join("catalog.db")).await.unwrap();
    test(store).await;
    with_postgres(async |url| test(Store::open(&url).await.unwrap()).await).await;
}

/// Runs a test with the address of an empty PostgreSQL database, which is dropped afterwards.
pub(crate) async fn with_postgres(test: impl AsyncFn(String)) {
    let Ok(admin) = std::env::var(POSTGRES) else {
        panic!("{POSTGRES} is not set: run through cargo xtask test, which starts a PostgreSQL");
    };
    let name = format!("waymark_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
    let db = Database::connect(&admin).await.unwrap();
    db.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (server, _) = admin.rsplit_once('/').expect("the address names a database");
    let outcome = AssertUnwindSafe(test(format!("{server}/{name}"))).catch_unwind().await;
    db.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

pub(crate) fn name(text: &str) -> RepoName {
    RepoName::new(text).unwrap()
}

pub(crate) fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

pub(crate) fn at(second: u32) -> Timestamp {
    Timestamp::new(format!("2026-11-21T10:{:02}:{:02}Z", second / 60, second % 60)).unwrap()
}

pub(crate) fn component(text: &str) -> EntityRef {
    EntityRef::new(EntityKind::Component, "default", text).unwrap()
}

pub(crate) fn group(text: &str) -> EntityRef {
    EntityRef::new(EntityKind::Group, "default", text).unwrap()
}

pub(crate) fn commit() -> CommitId {
    CommitId::new("c".repeat(40)).unwrap()
}

pub(crate) fn blob() -> BlobId {
    BlobId::new("b".repeat(40)).unwrap()
}

pub(crate) fn located(repository: &str) -> Located {
    Located {
        name: name(repository),
        git_dir: format!("/srv/git/{repository}.git").into(),
        location: format!("https://github.com/{repository}.git"),
        web_url: Some(format!("https://github.com/{repository}")),
    }
}

pub(crate) fn key() -> ScanKey {
    ScanKey { commit: commit(), scanner_version: 1, rules_hash: "r1".to_owned() }
}

pub(crate) fn finding(rule: &str, place: Option<&str>, line: Option<u32>) -> Finding {
    Finding {
        rule: rule.to_owned(),
        severity: if rule.contains("invalid") { Severity::Error } else { Severity::Warning },
        path: place.map(path),
        line,
        column: None,
        message: format!("{rule}: mend it"),
    }
}

/// What one repository contributes, put together piece by piece.
pub(crate) struct CatalogBuilder(pub(crate) RepositoryCatalog);

impl CatalogBuilder {
    pub(crate) fn new(repository: &str) -> Self {
        Self(RepositoryCatalog {
            repository: name(repository),
            tip: Tip { branch: "main".into(), commit: commit(), committed_at: at(0), shallow: false },
            entities: vec![],
            relations: vec![],
            packages: vec![],
            dependencies: vec![],
            usages: vec![],
            standings: vec![],
            texts: BTreeMap::from([(path("README.md"), format!("# {repository}\n"))]),
            languages: BTreeMap::from([("Go".to_owned(), 10)]),
            n_files: 3,
            findings: vec![],
            partial: false,
        })
    }

    pub(crate) fn entity(&mut self, kind: EntityKind, short: &str) -> &mut Entity {
        let reference = EntityRef::new(kind, "default", short).unwrap();
        self.0.entities.push(Entity {
            document: serde_json::json!({"kind": kind.descriptor_kind(), "metadata": {"name": short}}),
            reference,
            origin: Origin::Declared,
            title: None,
            description: None,
            subtype: None,
            lifecycle: None,
            owner: None,
            system: None,
            tags: vec![],
            root: path(short),
            descriptor: Some((path(&format!("{short}/catalog-info.yaml")), 1)),
            languages: BTreeMap::new(),
            because: vec![Reason { text: "a descriptor".into(), path: Some(path("README.md")), line: Some(1) }],
            also_says: vec![],
            readme: Some(path("README.md")),
            definition: None,
        });
        self.0.entities.last_mut().unwrap()
    }

    pub(crate) fn relation(&mut self, from: &EntityRef, kind: &str, to: &EntityRef) -> &mut Self {
        let (from, to) = (from.clone(), to.clone());
        self.0.relations.push(Relation { from, kind: kind.into(), to, observed: false, path: None, line: None });
        self
    }

    pub(crate) fn last_relation(&mut self) -> &mut Relation {
        self.0.relations.last_mut().unwrap()
    }

    pub(crate) fn usage(&mut self, of: &str, capability: &str, offer: &str, by: OfferPath) -> &mut Self {
        let evidence = Evidence {
            rule: format!("packages: npm:{offer}"),
            rung: Rung::Declared,
            path: path("package.json"),
            line: Some(7),
            blob: blob(),
            commit: commit(),
        };
        self.0.usages.push(Usage {
            component: component(of),
            capability: capability.into(),
            offer: offer.into(),
            path: by,
            evidence: vec![evidence],
        });
        self
    }

    pub(crate) fn standing(&mut self, of: &str, capability: &str, state: State, eligible: bool) -> &mut Self {
        let capability = capability.to_owned();
        self.0.standings.push(Standing { component: component(of), capability, state, eligible, exemption: None });
        self
    }

    pub(crate) fn package(&mut self, of: &str, package: &str) -> &mut Self {
        let decl = PackageDecl {
            ecosystem: Ecosystem::known("npm"),
            name: package.into(),
            version: None,
            description: None,
            hints: vec![],
            published: true,
            line: Some(2),
        };
        let package = Package { decl, path: path("package.json"), blob: blob() };
        self.0.packages.push(OwnedPackage { component: component(of), package });
        self
    }

    pub(crate) fn dependency(&mut self, of: Option<&str>, on: &str, kind: DependencyKind) -> &mut Self {
        let decl = DependencyDecl {
            ecosystem: Ecosystem::known("npm"),
            name: on.into(),
            requirement: Some("^1".into()),
            version: None,
            scope: Scope::Runtime,
            kind,
            line: Some(9),
        };
        let dependency = Dependency { decl, path: path("package.json"), blob: blob() };
        self.0.dependencies.push(OwnedDependency {
            component: of.map(component),
            dependency,
            source_use: shared::SourceUse::Unknown,
            imported_at: None,
        });
        self
    }

    pub(crate) async fn save(&self, store: &Store, source: i64) {
        let located = located(self.0.repository.as_str());
        store
            .save_repository(&crate::store::Visit { source, located: &located, at: &at(1) }, &self.0, &key())
            .await
            .unwrap();
    }
}

pub(crate) fn capability(short: &str, area: Area, source: RuleSource) -> Capability {
    let offer = |name: &str, path| Offer {
        name: name.to_owned(),
        path,
        component: None,
        since: None,
        url: None,
        confidence: Confidence::Probable,
        detect: Detect { packages: vec![format!("npm:{name}")], ..Detect::default() },
    };
    Capability {
        reference: EntityRef::new(EntityKind::Capability, "default", short).unwrap(),
        title: format!("The {short}"),
        description: Some("What it is for".into()),
        area,
        owner: Some(group("platform")),
        lifecycle: "ga".into(),
        source,
        reach: shared::Reach::Component,
        eligible: Some(Eligible { types: vec![], languages: vec![], lifecycles: vec![], tags: vec![] }),
        exempt: vec![],
        offers: vec![
            offer("flagship", OfferPath::Golden),
            offer("launchdarkly", OfferPath::Vendor),
            offer("own", OfferPath::Homegrown),
            offer("unleash", OfferPath::Tolerated),
        ],
        interfaces: vec![],
        start: Some(path("README.md")),
        target: None,
        repository: Some(name("acme/repo-0")),
        path: Some(path("caps.yaml")),
        line: Some(1),
    }
}
