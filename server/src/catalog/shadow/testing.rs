//! Small estates made by hand, for tests of candidates and of the numbers on them.
//! It must not find a candidate itself.
use super::model::{CodeNames, Estate, EstateComponent, EstatePackage, EstateUsage, PackageConsumer};
use crate::catalog::{Ruleset, model::Evidence};
use shared::{
    BlobId, CloneKind, CommitId, Confidence, EntityKind, EntityRef, OfferPath, RepoName, RepoPath, Rung, ShadowClaim,
    Timestamp,
    api::{ClusterFile, ClusterFirst, ClusterItem},
};
use std::sync::LazyLock;

/// A golden path, a homegrown offer by folder, and one by package, over the starter ruleset.
const FLAGS: &str = r#"
apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: feature-flags, title: Feature flags, description: Turn behaviour on per customer}
spec:
  area: developer-platform
  owner: group:default/platform-delivery
  start: docs/quickstart.md
  offers:
    - {name: flagship, path: golden, component: "component:default/flagship", detect: {packages: ["npm:@acme/flags"]}}
    - {name: flag-book, path: homegrown, detect: {files: ["**/feature_flags/**"], symbols: ["FlagBook"]}}
    - {name: pay-flags, path: homegrown, detect: {packages: ["npm:@pay/toggles"]}}
"#;

static RULES: LazyLock<Ruleset> = LazyLock::new(|| Ruleset::compose(&[("flags.yaml".into(), FLAGS.into())], &[]).0);

/// The rules, and the golden component of the platform team.
pub(crate) fn estate() -> Estate {
    let mut estate = Estate { capabilities: RULES.capabilities.clone(), ..Estate::default() };
    estate.add("flagship", "acme/flagship", "", Some("platform-delivery"));
    estate.publish("npm", "@acme/flags", "flagship", &[]);
    estate
}

pub(crate) fn group(name: &str) -> EntityRef {
    EntityRef::new(EntityKind::Group, "default", name).unwrap()
}

pub(crate) fn component(name: &str) -> EntityRef {
    EntityRef::new(EntityKind::Component, "default", name).unwrap()
}

pub(crate) fn repo(name: &str) -> RepoName {
    RepoName::new(name).unwrap()
}

pub(crate) fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

impl Estate {
    /// A component of a team.
    pub(crate) fn add(&mut self, name: &str, repository: &str, root: &str, owner: Option<&str>) {
        self.components.push(EstateComponent {
            reference: component(name),
            title: None,
            description: None,
            repository: repo(repository),
            root: path(root),
            owner: owner.map(group),
            language: Some("TypeScript".to_owned()),
            lines: 1_000,
        });
    }

    /// A component of its own repository.
    pub(crate) fn team(&mut self, name: &str, owner: &str) {
        self.add(name, &format!("acme/{name}"), "", Some(owner));
    }

    /// A use of an offer of feature flags, by one rule at one file.
    pub(crate) fn uses(&mut self, name: &str, (offer, kind): (&str, OfferPath), rule: &str, file: &str) {
        let evidence = Evidence {
            rule: rule.to_owned(),
            rung: Rung::Blob,
            path: path(file),
            line: Some(3),
            blob: BlobId::new("b".repeat(40)).unwrap(),
            commit: CommitId::new("c".repeat(40)).unwrap(),
        };
        self.usages.push(EstateUsage {
            component: component(name),
            capability: "feature-flags".to_owned(),
            offer: offer.to_owned(),
            path: kind,
            confidence: Confidence::Probable,
            evidence: vec![evidence],
        });
    }

    pub(crate) fn publish(&mut self, ecosystem: &str, name: &str, maker: &str, consumers: &[&str]) {
        let consumer =
            |name: &&str| PackageConsumer { component: component(name), path: path("package.json"), line: Some(7) };
        self.packages.push(EstatePackage {
            ecosystem: ecosystem.to_owned(),
            name: name.to_owned(),
            component: component(maker),
            consumers: consumers.iter().map(consumer).collect(),
        });
    }

    /// Equal code in these files (component, file), the first being the oldest.
    pub(crate) fn cluster(&mut self, id: &str, lines: u64, files: &[(&str, &str)]) {
        let copies: Vec<ClusterFile> = files.iter().map(|(name, file)| self.copied(name, file, lines)).collect();
        let repositories: std::collections::BTreeSet<_> = copies.iter().map(|file| file.repository.clone()).collect();
        self.clusters.push(ClusterItem {
            id: id.to_owned(),
            kind: CloneKind::Tokens,
            name: copies[0].path.file_name().to_owned(),
            language: "TypeScript".to_owned(),
            n_files: copies.len() as u64,
            repositories: repositories.len() as u64,
            teams: vec![],
            lines,
            duplicated_lines: lines * (copies.len() as u64 - 1),
            first: copies[0].added.clone(),
            files: copies,
            capability: None,
            capability_reason: None,
            shadow: None,
            claim: ShadowClaim::Shadow,
        });
    }

    fn copied(&self, name: &str, file: &str, lines: u64) -> ClusterFile {
        let held = self.components.iter().find(|held| held.reference == component(name)).unwrap();
        let first = ClusterFirst {
            repository: held.repository.clone(),
            commit: CommitId::new("d".repeat(40)).unwrap(),
            at: Timestamp::new("2020-01-01T00:00:00Z").unwrap(),
            permalink: None,
        };
        ClusterFile {
            repository: held.repository.clone(),
            path: path(file),
            blob: BlobId::new("e".repeat(40)).unwrap(),
            from_line: 1,
            to_line: lines as u32,
            component: Some(held.reference.clone()),
            owner: held.owner.clone(),
            added: Some(first),
            added_by: None,
            changes: 0,
            similarity: 1.0,
            permalink: None,
        }
    }

    pub(crate) fn names(&mut self, repository: &str, file: &str, names: &[&str], imports: &[&str]) {
        let code = CodeNames {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            imports: imports.iter().map(|name| (*name).to_owned()).collect(),
            lines: 100,
        };
        self.code.insert((repo(repository), path(file)), code);
    }
}
