//! Tests of what vendors' descriptors claim.
//! They must not parse files.
use super::*;
use crate::facts::model::{Claim, ClaimDecl, ClaimField};

fn claims(file: &str, source: &str, subject: u32, fields: &[(ClaimField, &str)]) -> Vec<Claim> {
    let claim = |(line, (field, value)): (u32, &(ClaimField, &str))| Claim {
        decl: ClaimDecl { source: source.to_owned(), subject, field: *field, value: (*value).to_owned(), line },
        path: path(file),
        blob: blob(),
    };
    (2..).zip(fields).map(claim).collect()
}

fn owned_by(file: &str, source: &str, owner: &str) -> Vec<Claim> {
    claims(file, source, 0, &[(ClaimField::Name, "Orders"), (ClaimField::Owner, owner)])
}

fn code_owner(root: &str, owner: &str) -> CodeOwner {
    CodeOwner { subject: path(root), owners: vec![owner.to_owned()], path: path("CODEOWNERS"), line: 7 }
}

fn owner(catalog: &RepositoryCatalog, name: &str) -> Option<String> {
    entity(catalog, name).owner.as_ref().map(ToString::to_string)
}

fn also(catalog: &RepositoryCatalog, name: &str) -> Vec<String> {
    let shown = |a: &crate::catalog::model::AlsoSays| {
        let place = a.path.as_ref().map_or("", |path| path.as_str());
        format!("{}={} {} {place}:{}", a.field, a.value, a.source, a.line.unwrap_or_default())
    };
    entity(catalog, name).also_says.iter().map(shown).collect()
}

fn conflicts(catalog: &RepositoryCatalog) -> Vec<String> {
    let conflicts = catalog.findings.iter().filter(|finding| finding.rule == "owner-conflict");
    conflicts.map(|f| format!("{}:{} {}", f.path.as_ref().unwrap(), f.line.unwrap(), f.message)).collect()
}

#[test]
fn a_vendors_descriptor_speaks_for_the_component_at_its_place() {
    let mut facts = facts("shop", &[""]);
    facts.claims = claims(
        "opslevel.yml",
        "opslevel.yml",
        0,
        &[
            (ClaimField::Name, "Orders"),
            (ClaimField::Description, "Keeps orders"),
            (ClaimField::Owner, "acme/Orders Team"),
            (ClaimField::Lifecycle, "beta"),
            (ClaimField::System, "Shop System"),
            (ClaimField::Tag, "env:prod"),
            (ClaimField::Link, "https://x.example"),
            (ClaimField::DependsOn, "payments"),
        ],
    );
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(names(&catalog), [("shop", Origin::Both, "")]);
    let shop = entity(&catalog, "shop");
    assert_eq!((shop.title.as_deref(), shop.description.as_deref()), (Some("Orders"), Some("Keeps orders")));
    assert_eq!((shop.lifecycle.as_deref(), shop.tags.as_slice()), (Some("beta"), ["env:prod".to_owned()].as_slice()));
    assert_eq!(owner(&catalog, "shop").as_deref(), Some("group:default/orders-team"));
    assert_eq!(shop.document["spec"]["system"], "system:default/shop-system");
    assert_eq!(shop.document["metadata"]["links"][0]["url"], "https://x.example");
    assert_eq!(also(&catalog, "shop"), ["description=From the README. README :0"]);
    let relations: Vec<String> = catalog
        .relations
        .iter()
        .map(|r| format!("{} {} {} {}", r.from.name(), r.kind, r.to, r.line.unwrap()))
        .collect();
    assert_eq!(
        relations,
        [
            "shop dependsOn component:default/payments 9",
            "shop ownedBy group:default/orders-team 4",
            "shop partOf system:default/shop-system 6",
        ]
    );
}

#[test]
fn a_descriptor_wins_over_a_vendor_and_a_vendor_over_code_owners() {
    let mut facts = facts("shop", &[""]);
    facts.code_owners = vec![code_owner("", "@acme/web")];
    facts.claims = owned_by("opslevel.yml", "opslevel.yml", "orders");
    facts.claims.extend(owned_by("cortex.yaml", "cortex.yaml", "checkout"));
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(owner(&catalog, "shop").as_deref(), Some("group:default/orders"));
    let owners = |catalog: &RepositoryCatalog| {
        also(catalog, "shop").into_iter().filter(|line| line.starts_with("owner")).collect::<Vec<_>>()
    };
    assert_eq!(
        owners(&catalog),
        ["owner=group:default/web CODEOWNERS CODEOWNERS:7", "owner=group:default/checkout cortex.yaml cortex.yaml:3"]
    );
    assert_eq!(
        conflicts(&catalog),
        [
            "opslevel.yml:3 opslevel.yml says group:default/orders owns component:default/shop, \
             CODEOWNERS line 7 says group:default/web; make the two agree.",
            "cortex.yaml:3 cortex.yaml says group:default/checkout owns component:default/shop, \
             opslevel.yml line 3 says group:default/orders; make the two agree.",
        ]
    );
    let owned_by = catalog.relations.iter().filter(|r| r.kind == "ownedBy").map(|r| r.to.name()).collect::<Vec<_>>();
    assert_eq!(owned_by, ["orders"]);

    facts.descriptors =
        vec![declares("catalog-info.yaml", 1, component_document("shop", json!({"type": "service", "owner": "core"})))];
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(owner(&catalog, "shop").as_deref(), Some("group:default/core"));
    assert_eq!(owners(&catalog).len(), 3, "{:?}", owners(&catalog));
    assert!(conflicts(&catalog)[1].contains("the descriptor catalog-info.yaml says group:default/core"));
    assert_eq!(entity(&catalog, "shop").document["spec"]["owner"], "core");
}

#[test]
fn sources_that_agree_are_no_conflict() {
    let mut facts = facts("shop", &[""]);
    facts.code_owners = vec![code_owner("", "@acme/Orders")];
    facts.claims = owned_by("opslevel.yml", "opslevel.yml", "orders");
    facts.claims.extend(owned_by("compass.yml", "compass.yml", "Orders"));
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(owner(&catalog, "shop").as_deref(), Some("group:default/orders"));
    assert_eq!((conflicts(&catalog), also(&catalog, "shop").len()), (vec![], 0));
}

#[test]
fn documents_find_their_components_by_name_and_declare_what_nothing_else_shows() {
    let mut facts = facts("shop", &["services/orders", "web"]);
    let file = "service.datadog.yaml";
    facts.claims = [
        claims(file, file, 0, &[(ClaimField::Name, "orders"), (ClaimField::Owner, "orders-team")]),
        claims(file, file, 1, &[(ClaimField::Name, "mailer"), (ClaimField::Owner, "mail-team")]),
        claims("web/compass.yml", "compass.yml", 0, &[(ClaimField::Name, "Front")]),
    ]
    .concat();
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(
        names(&catalog),
        [
            ("mailer", Origin::Declared, ""),
            ("shop-services-orders", Origin::Both, "services/orders"),
            ("shop-web", Origin::Both, "web"),
        ]
    );
    assert_eq!(owner(&catalog, "shop-services-orders").as_deref(), Some("group:default/orders-team"));
    assert_eq!(entity(&catalog, "mailer").descriptor, Some((path(file), 2)));
    assert_eq!(entity(&catalog, "mailer").document["metadata"]["annotations"]["waymark.dev/origin"], "declared");
}

#[test]
fn only_aliases_of_owners_files_own_and_only_their_own_folder() {
    let mut facts = facts("shop", &["", "web"]);
    facts.claims = [
        claims("OWNERS", "OWNERS", 0, &[(ClaimField::Approver, "person-17"), (ClaimField::Approver, "sig-shop")]),
        claims("web/src/OWNERS", "OWNERS", 0, &[(ClaimField::Approver, "sig-shop")]),
        claims("OWNERS_ALIASES", "OWNERS_ALIASES", 0, &[(ClaimField::Alias, "sig-shop")]),
    ]
    .concat();
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(
        (owner(&catalog, "shop").as_deref(), owner(&catalog, "shop-web")),
        (Some("group:default/sig-shop"), None)
    );
    assert_eq!(names(&catalog), [("shop", Origin::Detected, ""), ("shop-web", Origin::Detected, "web")]);
    assert!(!serde_json::to_string(&catalog).unwrap().contains("person-17"));
}
