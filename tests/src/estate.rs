//! A small organisation for tests: one golden path, one vendor, one homegrown copy, one broken file.
//! It must not grow with each test: a test with a need of its own writes its own repository.
use crate::{Folder, GitRepo};

/// Golden, vendor and homegrown ways to feature flags.
const CAPABILITY: &str = "apiVersion: waymark.dev/v1
kind: Capability
metadata:
  name: feature-flags
  title: Feature flags
  description: Turn behaviour on per customer without a deploy
spec:
  area: developer-platform
  owner: group:default/platform-delivery
  lifecycle: ga
  eligible: {types: [service, website]}
  offers:
    - {name: flagship, path: golden, component: component:default/flagship, detect: {packages: [\"npm:@acme/flags\"]}}
    - {name: launchdarkly, path: vendor, detect: {packages: [\"npm:launchdarkly-*\"]}}
    - {name: own-flags, path: homegrown, detect: {files: [\"**/feature_flags/**\"]}}
  interfaces: [{type: library}]
  start: docs/quickstart.md
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: platform-delivery}
spec: {type: team, children: []}
";

/// The organisation's repositories in a folder.
#[must_use]
pub fn small() -> Folder {
    let folder = Folder::new();
    let flagship = component(&folder, "platform/flagship", "flagship", "library")
        .file("capabilities.waymark.yaml", CAPABILITY)
        .file("docs/quickstart.md", "# Quick start\n\n`npm install @acme/flags`\n")
        .file("package.json", r#"{"name": "@acme/flags", "version": "2.1.0", "license": "UNLICENSED"}"#)
        .commit("Offer feature flags");
    let web = component(&folder, "shop/web", "web", "website")
        .file("README.md", "# Web shop\n\nWhat customers see.\n")
        .file("package.json", r#"{"name": "web", "dependencies": {"@acme/flags": "^2.0.0", "react": "^19.0.0"}}"#)
        .file("src/index.ts", "import { flag } from '@acme/flags';\nexport const on = flag('new-basket');\n")
        .commit("Take the golden path");
    let checkout = component(&folder, "shop/checkout", "checkout", "service")
        .file("package.json", r#"{"name": "checkout", "dependencies": {"launchdarkly-node-server-sdk": "7.0.4"}}"#)
        .commit("Buy flags");
    let ledger = component(&folder, "bank/ledger", "ledger", "service")
        .file("package.json", r#"{"name": "ledger"}"#)
        .file("src/feature_flags/index.ts", "export class FeatureFlagService {}\n")
        .commit("Build flags");
    let broken =
        folder.repo("labs/broken").file("catalog-info.yaml", "kind: Component\n  metadata: [\n").commit("Break");
    for repo in [flagship, web, checkout, ledger, broken] {
        assert!(repo.path().is_dir());
    }
    folder
}

fn component(folder: &Folder, repo: &str, name: &str, kind: &str) -> GitRepo {
    let descriptor = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  \
         description: The {name} of the tests\nspec:\n  type: {kind}\n  lifecycle: production\n  owner: platform-delivery\n"
    );
    folder.repo(repo).file("catalog-info.yaml", descriptor)
}
