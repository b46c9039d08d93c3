//! Tests of what one repository contributes, on facts made by hand.
//! They must not parse files.
mod claims;
mod definitions;

use super::*;
use crate::{
    catalog::model::{Entity, Standing, Usage},
    facts::PARSERS,
    facts::model::{
        CodeOwner, Dependency, DependencyDecl, Descriptor, DescriptorDoc, DetectedComponent, Exclusion, FileEntry, Hit,
        Needle, Package, PackageDecl, Reason,
    },
    scan::Tip,
};
use serde_json::{Value, json};
use shared::{
    BlobId, CommitId, DependencyKind, Ecosystem, OfferPath, Origin, RepoName, RepoPath, Rung, Scope, State, Timestamp,
};
use std::collections::BTreeMap;

const TODAY: &str = "2026-11-21";
const RULES: &str = "
apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: feature-flags}
spec:
  area: developer-platform
  eligible: {types: [service], languages: [go]}
  exempt:
    - {component: old, reason: frozen, until: 2026-11-21}
    - {component: older, reason: was frozen, until: 2026-11-20}
  offers:
    - {name: flagship, path: golden, component: flagship, detect: {packages: ['npm:@acme/flags', 'go:acme.dev/flags']}}
    - {name: unleash, path: tolerated, detect: {packages: ['npm:unleash-client']}}
    - {name: copied, path: homegrown, detect: {files: ['tools/**/flags.mk']}}
";

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

fn blob() -> BlobId {
    BlobId::new("b".repeat(40)).unwrap()
}

fn rules() -> Ruleset {
    let (rules, findings) = Ruleset::compose(&[("rules.yaml".to_owned(), RULES.to_owned())], &[]);
    assert!(findings.is_empty(), "{findings:?}");
    rules
}

fn facts(repository: &str, roots: &[&str]) -> RepositoryFacts {
    RepositoryFacts {
        repository: RepoName::new(repository).unwrap(),
        tip: Tip {
            branch: "main".to_owned(),
            commit: CommitId::new("c".repeat(40)).unwrap(),
            committed_at: Timestamp::new("2026-11-01T00:00:00Z").unwrap(),
            shallow: false,
        },
        files: vec![],
        excluded: vec![],
        components: roots.iter().map(|root| component(root)).collect(),
        packages: vec![],
        dependencies: vec![],
        descriptors: vec![],
        definitions: vec![],
        claims: vec![],
        code_owners: vec![],
        hits: vec![],
        imports: vec![],
        texts: BTreeMap::new(),
        languages: BTreeMap::new(),
        findings: vec![],
        partial: false,
    }
}

fn component(root: &str) -> DetectedComponent {
    DetectedComponent {
        root: path(root),
        title: root.rsplit('/').next().unwrap().to_owned(),
        description: None,
        subtype: "service".to_owned(),
        because: vec![Reason { text: "type service: a Dockerfile".to_owned(), path: None, line: None }],
        languages: BTreeMap::from([("Go".to_owned(), 90), ("JSON".to_owned(), 9000)]),
        readme: None,
        summary: Some("From the README.".to_owned()),
    }
}

fn needs(file: &str, name: &str, kind: DependencyKind) -> Dependency {
    let (ecosystem, name) = name.split_once(':').unwrap();
    Dependency {
        decl: DependencyDecl {
            ecosystem: Ecosystem::new(ecosystem).unwrap(),
            name: name.to_owned(),
            requirement: None,
            version: None,
            scope: Scope::Runtime,
            kind,
            line: Some(7),
        },
        path: path(file),
        blob: blob(),
    }
}

fn publishes(file: &str, name: &str) -> Package {
    let (ecosystem, name) = name.split_once(':').unwrap();
    let decl = PackageDecl {
        ecosystem: Ecosystem::new(ecosystem).unwrap(),
        name: name.to_owned(),
        version: None,
        description: None,
        hints: vec![],
        published: true,
        line: Some(1),
    };
    Package { decl, path: path(file), blob: blob() }
}

fn declares(file: &str, line: u32, document: Value) -> Descriptor {
    let places = BTreeMap::from([("spec.owner".to_owned(), (line + 5, 10))]);
    Descriptor { doc: DescriptorDoc { document, line, places }, path: path(file), blob: blob() }
}

fn component_document(name: &str, spec: Value) -> Value {
    json!({"apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": {"name": name}, "spec": spec})
}

fn file(name: &str, excluded: Option<Exclusion>) -> FileEntry {
    FileEntry { path: path(name), blob: blob(), excluded }
}

fn names(catalog: &RepositoryCatalog) -> Vec<(&str, Origin, &str)> {
    catalog.entities.iter().map(|e| (e.reference.name(), e.origin, e.root.as_str())).collect()
}

fn entity<'a>(catalog: &'a RepositoryCatalog, name: &str) -> &'a Entity {
    catalog.entities.iter().find(|entity| entity.reference.name() == name).unwrap()
}

fn uses(catalog: &RepositoryCatalog) -> Vec<(&str, &str, Rung)> {
    let shown = |usage: &'_ Usage| usage.evidence[0].rung;
    catalog.usages.iter().map(|usage| (usage.component.name(), usage.offer.as_str(), shown(usage))).collect()
}

fn standing<'a>(catalog: &'a RepositoryCatalog, component: &str) -> Option<&'a Standing> {
    catalog.standings.iter().find(|s| s.component.name() == component && s.capability == "feature-flags")
}

fn state(dependencies: &[&str]) -> (State, bool) {
    let mut facts = facts("pay", &[""]);
    facts.dependencies =
        dependencies.iter().map(|name| needs("package.json", name, DependencyKind::Declared)).collect();
    let catalog = build(&facts, &rules(), TODAY);
    let standing = standing(&catalog, "pay").unwrap();
    (standing.state, standing.eligible)
}

#[test]
fn states_follow_the_offers_used() {
    assert_eq!(state(&[]), (State::None, true));
    assert_eq!(state(&["npm:@acme/flags"]), (State::Golden, true));
    assert_eq!(state(&["npm:@acme/flags", "npm:unleash-client"]), (State::Golden, true));
    assert_eq!(state(&["npm:@acme/flags", "npm:launchdarkly-js-client-sdk"]), (State::Migrating, true));
    assert_eq!(state(&["npm:launchdarkly-js-client-sdk"]), (State::OffPath, true));
    assert_eq!(state(&["npm:unleash-client"]), (State::Exempt, true));
}

#[test]
fn an_exemption_holds_to_its_last_day() {
    let of = |name: &str| build(&facts(name, &[""]), &rules(), TODAY);
    let (old, older) = (of("old"), of("older"));
    let old = standing(&old, "old").unwrap();
    assert_eq!(
        (old.state, old.eligible, old.exemption.as_deref()),
        (State::Exempt, false, Some("frozen (until 2026-11-21)"))
    );
    assert_eq!(standing(&older, "older").map(|s| (s.state, s.eligible)), Some((State::None, true)));
}

#[test]
fn who_is_not_eligible_and_uses_nothing_has_no_standing() {
    let mut facts = facts("site", &[""]);
    facts.components[0].languages = BTreeMap::from([("TSX".to_owned(), 100), ("Go".to_owned(), 5)]);
    assert_eq!(standing(&build(&facts, &rules(), TODAY), "site"), None);
}

#[test]
fn only_chosen_packages_count() {
    let mut facts = facts("pay", &["", "web"]);
    facts.dependencies = vec![
        needs("web/package.json", "npm:@acme/flags", DependencyKind::Declared),
        needs("package-lock.json", "npm:@acme/flags", DependencyKind::Resolved),
        needs("package-lock.json", "npm:launchdarkly-js-sdk-common", DependencyKind::Resolved),
        needs("go.mod", "go:acme.dev/other", DependencyKind::Declared),
        needs("go.mod", "go:acme.dev/flags", DependencyKind::Resolved),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(uses(&catalog), [("pay-web", "flagship", Rung::Resolved)]);
    assert_eq!(catalog.usages[0].evidence.len(), 2);
    let evidence = &catalog.usages[0].evidence[0];
    assert_eq!((evidence.rule.as_str(), evidence.path.as_str()), ("packages: npm:@acme/flags", "package-lock.json"));
}

#[test]
fn a_lock_file_without_a_manifest_counts_alone() {
    let mut facts = facts("pay", &[""]);
    facts.dependencies = vec![needs("package-lock.json", "npm:@acme/flags", DependencyKind::Resolved)];
    assert_eq!(uses(&build(&facts, &rules(), TODAY)), [("pay", "flagship", Rung::Resolved)]);
}

#[test]
fn the_maker_is_no_user() {
    let mut facts = facts("flagship", &["", "shop"]);
    facts.packages = vec![publishes("package.json", "npm:@acme/flags")];
    let declared = |file: &str| needs(file, "npm:@acme/flags", DependencyKind::Declared);
    facts.dependencies = vec![declared("package.json"), declared("shop/package.json")];
    assert_eq!(uses(&build(&facts, &rules(), TODAY)), [("flagship-shop", "flagship", Rung::Declared)]);
}

#[test]
fn homegrown_files_count_outside_fixtures_and_vendored_trees() {
    let mut facts = facts("pay", &[""]);
    facts.files = vec![
        file("tools/prettier/flags.mk", None),
        file("tools/vendor/flags.mk", Some(Exclusion::Vendored)),
        file("docs/flags.mk", None),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    let usage = &catalog.usages[0];
    assert_eq!((usage.offer.as_str(), usage.path, usage.evidence.len()), ("copied", OfferPath::Homegrown, 1));
    assert_eq!((usage.evidence[0].rung, usage.evidence[0].line), (Rung::Blob, None));
    assert_eq!(usage.evidence[0].rule, "files: tools/**/flags.mk");
}

#[test]
fn a_starter_heuristic_is_silent_beside_a_known_offer() {
    let hit =
        |name: &str| Hit { needle: Needle::Symbol(name.to_owned()), path: path("flags.go"), blob: blob(), line: 3 };
    let mut facts = facts("pay", &[""]);
    facts.hits = vec![hit("FeatureFlagService")];
    assert_eq!(uses(&build(&facts, &rules(), TODAY)), [("pay", "own-flags", Rung::Import)]);
    facts.dependencies = vec![needs("go.mod", "go:acme.dev/flags/v2", DependencyKind::Declared)];
    assert_eq!(uses(&build(&facts, &rules(), TODAY)), [("pay", "flagship", Rung::Declared)]);
}

#[test]
fn what_the_organisation_blesses_is_not_also_a_vendor() {
    let rules = RULES.replace("npm:@acme/flags", "npm:launchdarkly-js-client-sdk");
    let (rules, _) = Ruleset::compose(&[("rules.yaml".to_owned(), rules)], &[]);
    let mut facts = facts("pay", &[""]);
    facts.dependencies = vec![needs("package.json", "npm:launchdarkly-js-client-sdk", DependencyKind::Declared)];
    let catalog = build(&facts, &rules, TODAY);
    assert_eq!(uses(&catalog), [("pay", "flagship", Rung::Declared)]);
}

#[test]
fn workflows_above_every_component_speak_for_all_of_them() {
    let mut facts = facts("shop", &["pay", "web"]);
    facts.files = vec![file(".github/workflows/ci.yml", None)];
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(
        uses(&catalog),
        [("shop-pay", "github-actions", Rung::Config), ("shop-web", "github-actions", Rung::Config)]
    );
}

#[test]
fn what_a_workspace_root_runs_on_is_no_choice_of_its_members() {
    let mut facts = facts("shop", &["pay", "web"]);
    let dev = |name| {
        let mut tool = needs("package.json", name, DependencyKind::Declared);
        tool.decl.scope = Scope::Dev;
        tool
    };
    facts.dependencies = vec![
        needs("package.json", "npm:@acme/flags", DependencyKind::Declared),
        dev("npm:unleash-client"),
        dev("npm:eslint"),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    // A linter reaches the whole repository, a client of flags only who imports it.
    assert_eq!(uses(&catalog), [("shop-pay", "eslint", Rung::Declared), ("shop-web", "eslint", Rung::Declared)]);
}

#[test]
fn a_build_tool_in_a_hidden_folder_serves_every_member() {
    let mut facts = facts("shop", &["pay", "web"]);
    facts.dependencies = vec![needs(".build/package.json", "npm:@acme/flags", DependencyKind::Declared)];
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(uses(&catalog), [("shop-pay", "flagship", Rung::Declared), ("shop-web", "flagship", Rung::Declared)]);
}

#[test]
fn declared_and_detected_at_one_place_are_one() {
    let mut facts = facts("acme/shop", &["", "services/pay", ".tools"]);
    facts.descriptors = vec![
        declares(
            ".backstage/shop.yaml",
            1,
            component_document("storefront", json!({"type": "website", "owner": "web"})),
        ),
        declares("services/pay/catalog-info.yaml", 1, component_document("ledger", json!({}))),
        declares("services/pay/catalog-info.yaml", 20, component_document("pay", json!({"owner": "payments"}))),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(
        names(&catalog),
        [
            ("ledger", Origin::Declared, "services/pay"),
            ("pay", Origin::Both, "services/pay"),
            ("storefront", Origin::Both, ""),
        ]
    );
    let shop = entity(&catalog, "storefront");
    assert_eq!((shop.subtype.as_deref(), shop.description.as_deref()), (Some("website"), Some("From the README.")));
    assert_eq!((shop.also_says[0].field.as_str(), shop.also_says[0].value.as_str()), ("type", "service"));
    assert!(shop.document["metadata"]["annotations"]["backstage.io/managed-by-location"].is_string());
    assert_eq!(entity(&catalog, "pay").subtype.as_deref(), Some("service"));
}

#[test]
fn detected_components_get_valid_names_and_say_that_nobody_wrote_them() {
    let mut facts = facts("acme/shop", &["", "Services/Pay Desk"]);
    facts.descriptors = vec![declares(
        "catalog-info.yaml",
        1,
        json!({
            "apiVersion": "backstage.io/v1alpha1", "kind": "API", "metadata": {"name": "shop"}, "spec": {"owner": "web"}
        }),
    )];
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(
        names(&catalog),
        [
            ("shop", Origin::Detected, ""),
            ("shop-services-pay-desk", Origin::Detected, "Services/Pay Desk"),
            ("shop", Origin::Declared, "")
        ]
    );
    assert_eq!(catalog.entities[0].document["metadata"]["annotations"]["waymark.dev/origin"], "detected");
}

#[test]
fn the_owner_is_the_descriptors_and_code_owners_may_disagree() {
    let mut facts = facts("pay", &[""]);
    let owners = ["@ada", "@acme/Ledger"].map(str::to_owned).to_vec();
    facts.code_owners = vec![CodeOwner { subject: path(""), owners, path: path(".github/CODEOWNERS"), line: 2 }];
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(
        entity(&catalog, "pay").owner.as_ref().map(ToString::to_string).as_deref(),
        Some("group:default/ledger")
    );
    assert_eq!(catalog.relations[0].kind, "ownedBy");

    facts.descriptors = vec![declares("catalog-info.yaml", 1, component_document("pay", json!({"owner": "payments"})))];
    let catalog = build(&facts, &rules(), TODAY);
    let pay = entity(&catalog, "pay");
    assert_eq!(pay.owner.as_ref().map(|owner| owner.name()), Some("payments"));
    assert_eq!(pay.also_says.iter().filter(|also| also.field == "owner").count(), 1);
    let conflict = catalog.findings.iter().find(|finding| finding.rule == "owner-conflict").unwrap();
    assert_eq!((conflict.line, conflict.column), (Some(6), Some(10)));
    let owned: Vec<_> = catalog.relations.iter().map(|r| (r.kind.as_str(), r.to.name())).collect();
    assert_eq!(owned, [("ownedBy", "payments")]);

    facts.code_owners[0].owners = vec!["@acme/payments".to_owned(), "@acme/ledger".to_owned()];
    assert!(build(&facts, &rules(), TODAY).findings.is_empty(), "one of several owners is no conflict");
}

#[test]
fn relations_of_every_kind_point_one_way() {
    let mut facts = facts("org", &[""]);
    facts.descriptors = vec![
        declares(
            "org.yaml",
            1,
            json!({"kind": "Group", "metadata": {"name": "web"},
            "spec": {"parent": "all", "children": ["web-a"], "members": ["ada"]}}),
        ),
        declares(
            "org.yaml",
            9,
            component_document(
                "shop",
                json!({
            "system": "store", "providesApis": ["shop-api"], "dependsOn": ["resource:db", "nokind"],
            "dependencyOf": ["component:web"], "subcomponentOf": "mall"}),
            ),
        ),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    let mut shown: Vec<_> = catalog.relations.iter().map(|r| format!("{} {} {}", r.from, r.kind, r.to)).collect();
    shown.sort();
    assert_eq!(
        shown,
        [
            "component:default/shop dependsOn resource:default/db",
            "component:default/shop partOf component:default/mall",
            "component:default/shop partOf system:default/store",
            "component:default/shop providesApi api:default/shop-api",
            "component:default/web dependsOn component:default/shop",
            "group:default/web childOf group:default/all",
            "group:default/web-a childOf group:default/web",
            "user:default/ada memberOf group:default/web",
        ]
    );
    assert_eq!(catalog.findings.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>(), ["relation-invalid-ref"]);
}

#[test]
fn the_order_of_facts_does_not_matter() {
    let mut facts = facts("shop", &["", "pay", "web", ".sage"]);
    facts.dependencies = ["npm:@acme/flags", "npm:unleash-client", "npm:winston", "npm:pino"]
        .map(|name| needs("web/package.json", name, DependencyKind::Declared))
        .to_vec();
    facts.files = vec![file(".gitlab-ci.yml", None), file("tools/a/flags.mk", None), file("Makefile", None)];
    facts.descriptors = vec![
        declares("catalog-info.yaml", 1, component_document("web", json!({}))),
        declares("catalog-info.yaml", 9, component_document("pay", json!({}))),
        declares("catalog-info.yaml", 19, component_document("web", json!({"owner": "x"}))),
    ];
    let rules = rules();
    let first = build(&facts, &rules, TODAY);
    facts.components.reverse();
    facts.files.reverse();
    facts.descriptors.reverse();
    let mut again = build(&facts, &rules, TODAY);
    again.dependencies.clone_from(&first.dependencies);
    assert_eq!(again, first);
    assert!(first.findings.iter().any(|finding| finding.rule == "entity-duplicate" && finding.line == Some(19)));
}

/// The files that a real organisation's repository holds at its tip, joined by their own parsers, as one component at the root.
fn real_facts(repository: &str) -> RepositoryFacts {
    let folder = format!("{}/../../shared/data/org/{repository}", env!("CARGO_MANIFEST_DIR"));
    let tree = std::fs::read_to_string(format!("{folder}/tree.tsv")).expect("the test data lies beside the checkout");
    let mut facts = facts(repository, &[""]);
    let mut contents = BTreeMap::new();
    for line in tree.lines() {
        let Some(name) = line.split('\t').nth(3) else { continue };
        let Ok(at) = RepoPath::new(name) else { continue };
        facts.files.push(file(name, None));
        if let Ok(bytes) = std::fs::read(format!("{folder}/files/{name}")) {
            contents.insert(at, bytes);
        }
    }
    let files = crate::facts::testing::from_contents(&contents, PARSERS);
    for resolved in PARSERS.iter().map(|parser| parser.resolve(&files)) {
        facts.dependencies.extend(resolved.dependencies);
        facts.packages.extend(resolved.packages);
    }
    for ((at, _), read) in &files.parsed {
        let place = |doc: &DescriptorDoc| Descriptor { doc: doc.clone(), path: at.clone(), blob: blob() };
        facts.descriptors.extend(read.documents.iter().map(place));
    }
    facts
}

const SAGE: &str = "
apiVersion: waymark.dev/v1
kind: Capability
metadata: {name: build-tooling}
spec:
  area: developer-platform
  offers:
    - {name: sage, path: golden, detect: {packages: ['go:go.einride.tech/sage']}}
    - {name: copied-rules, path: homegrown, detect: {files: ['tools/**/rules.mk']}}
";

#[test]
fn a_real_organisation_shows_who_builds_with_its_own_tool() {
    let (rules, findings) = Ruleset::compose(&[("sage.yaml".to_owned(), SAGE.to_owned())], &[]);
    assert!(findings.is_empty(), "{findings:?}");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/org");
    let adoption =
        std::fs::read_to_string(format!("{folder}/adoption.tsv")).expect("the test data lies beside the checkout");
    let (mut wanted, mut found, mut homegrown) = (vec![], vec![], vec![]);
    let mut repositories: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| std::path::Path::new(&format!("{folder}/{name}/tree.tsv")).exists())
        .collect();
    repositories.sort();
    for repository in &repositories {
        let says = |line: &str| {
            let column: Vec<&str> = line.split('\t').collect();
            column[0] == format!("einride/{repository}") && column[1] == "go.einride.tech/sage" && column[5] == "yes"
        };
        // The tool's own repository is built with it, by a module of its tooling folder.
        if adoption.lines().any(says) {
            wanted.push(repository.clone());
        }
        let catalog = build(&real_facts(repository), &rules, TODAY);
        let uses = |offer: &str| {
            catalog.usages.iter().any(|usage| usage.capability == "build-tooling" && usage.offer == offer)
        };
        if uses("sage") {
            found.push(repository.clone());
        }
        if uses("copied-rules") {
            homegrown.push(repository.clone());
        }
    }
    assert_eq!(found, wanted);
    assert!(wanted.len() >= 30 && !homegrown.is_empty(), "{} use sage, {homegrown:?} copy rules", wanted.len());
}

/// Of each rule that fired on a file: offer, component, and the first words of why it does not count.
fn explained(facts: &RepositoryFacts, name: &str) -> Vec<(String, Option<String>, Option<String>)> {
    let explanation = explain(facts, &rules(), &path(name)).unwrap();
    let first_words = |why: String| why.split_once([':', ',']).map_or(why.clone(), |(first, _)| first.to_owned());
    let name = |reference: shared::EntityRef| reference.name().to_owned();
    explanation.fired.into_iter().map(|f| (f.offer, f.component.map(name), f.why_not.map(first_words))).collect()
}

#[test]
fn an_explanation_says_what_counts_and_why_the_rest_does_not() {
    let mut facts = facts("pay", &["api", "web"]);
    facts.files = vec![
        file("package.json", None),
        file("api/package.json", None),
        file("api/package-lock.json", None),
        file("tools/vendor/flags.mk", Some(Exclusion::Vendored)),
        file("web/flags.go", None),
    ];
    facts.dependencies = vec![
        needs("package.json", "npm:unleash-client", DependencyKind::Declared),
        needs("api/package.json", "npm:@acme/flags", DependencyKind::Declared),
        needs("api/package.json", "npm:left-pad", DependencyKind::Declared),
        needs("api/package-lock.json", "npm:@acme/flags", DependencyKind::Resolved),
        needs("api/package-lock.json", "npm:unleash-client", DependencyKind::Resolved),
        needs("web/package.json", "npm:unleash-client", DependencyKind::Declared),
    ];
    let symbol = Needle::Symbol("FeatureFlagService".to_owned());
    facts.hits = vec![Hit { needle: symbol, path: path("web/flags.go"), blob: blob(), line: 3 }];
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(explained(&facts, "api/package.json"), [("flagship".to_owned(), some("pay-api"), None)]);
    assert_eq!(
        explained(&facts, "api/package-lock.json"),
        [
            ("flagship".to_owned(), some("pay-api"), None),
            ("unleash".to_owned(), None, some("no component above the lock file declares it"))
        ]
    );
    let root =
        some("a workspace's root does not say which of its members needs it; those count whose source imports it");
    assert_eq!(explained(&facts, "package.json"), [("unleash".to_owned(), None, root)]);
    assert_eq!(explained(&facts, "tools/vendor/flags.mk"), [("copied".to_owned(), None, some("the file is left out"))]);
    assert_eq!(
        explained(&facts, "web/flags.go"),
        [("own-flags".to_owned(), some("pay-web"), some("a homegrown guess"))]
    );

    let manifest = explain(&facts, &rules(), &path("api/package.json")).unwrap();
    assert_eq!(manifest.components.iter().map(shared::EntityRef::name).collect::<Vec<_>>(), ["pay-api"]);
    assert_eq!(manifest.unmatched, [Unmatched { observed: "npm:left-pad".to_owned(), line: Some(7) }]);
    assert_eq!((manifest.fired[0].rung, manifest.fired[0].line), (Rung::Declared, Some(7)));
    let vendored = explain(&facts, &rules(), &path("tools/vendor/flags.mk")).unwrap();
    assert_eq!((vendored.excluded.as_deref(), vendored.components.len()), (Some("vendored"), 0));
    assert_eq!(explain(&facts, &rules(), &path("absent.txt")), None);
}

#[test]
fn a_maker_that_builds_itself_with_its_product_uses_it() {
    let mut facts = facts("flagship", &[""]);
    facts.files = vec![file("go.mod", None), file(".tools/go.mod", None)];
    facts.packages = vec![publishes("go.mod", "go:acme.dev/flags")];
    facts.dependencies = vec![needs("go.mod", "go:acme.dev/flags", DependencyKind::Declared)];
    assert!(build(&facts, &rules(), TODAY).usages.is_empty());
    facts.dependencies.push(needs(".tools/go.mod", "go:acme.dev/flags", DependencyKind::Declared));
    let catalog = build(&facts, &rules(), TODAY);
    let shown: Vec<_> = catalog.usages[0].evidence.iter().map(|evidence| evidence.path.as_str()).collect();
    assert_eq!((catalog.usages.len(), shown), (1, vec![".tools/go.mod"]));
    assert_eq!(explained(&facts, ".tools/go.mod")[0].2, None);
    assert!(explained(&facts, "go.mod")[0].2.is_some());
}

#[test]
fn an_explanation_tells_makers_from_users() {
    let mut facts = facts("flagship", &[""]);
    facts.files = vec![file("package.json", None)];
    facts.packages = vec![publishes("package.json", "npm:@acme/flags")];
    facts.dependencies = vec![needs("package.json", "npm:@acme/flags", DependencyKind::Declared)];
    let why = Some("the component publishes a package of this offer".to_owned());
    assert_eq!(explained(&facts, "package.json"), [("flagship".to_owned(), Some("flagship".to_owned()), why)]);
}
