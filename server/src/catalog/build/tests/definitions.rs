//! Tests of the entities that definitions make.
//! They must not parse files.
use super::*;
use crate::facts::model::{Definition, DefinitionDecl, DefinitionKind};
use shared::{EntityKind, api::DefinitionEntry};

fn defines(file: &str, format: &str, name: &str, entries: &[&str]) -> Definition {
    let kind =
        if matches!(format, "skill" | "agent-instructions") { DefinitionKind::Resource } else { DefinitionKind::Api };
    let mut decl = DefinitionDecl::new(kind, format, name, 3);
    decl.title = Some(name.to_owned()).filter(|name| !name.is_empty());
    for name in entries {
        decl.push(DefinitionEntry { name: (*name).to_owned(), description: None, line: Some(9) });
    }
    Definition { decl, path: path(file), blob: blob() }
}

fn api_document(name: &str, definition: Value) -> Value {
    json!({"apiVersion": "backstage.io/v1alpha1", "kind": "API", "metadata": {"name": name},
           "spec": {"type": "openapi", "lifecycle": "production", "owner": "shop", "definition": definition}})
}

fn defined(catalog: &RepositoryCatalog) -> Vec<(String, Origin, &str)> {
    let with = catalog.entities.iter().filter(|e| matches!(e.reference.kind(), EntityKind::Api | EntityKind::Resource));
    with.map(|e| (e.reference.to_string(), e.origin, e.definition.as_ref().map_or("-", |d| d.path.as_str()))).collect()
}

fn relations(catalog: &RepositoryCatalog) -> Vec<String> {
    let shown = |r: &crate::catalog::model::Relation| {
        let place = r.path.as_ref().map_or("", |path| path.as_str());
        format!("{} {} {} {} {place}:{}", r.from, r.kind, r.to, r.observed, r.line.unwrap_or_default())
    };
    catalog.relations.iter().map(shown).collect()
}

#[test]
fn a_definition_is_an_api_of_the_component_around_it() {
    let mut facts = facts("acme/shop", &["orders"]);
    facts.code_owners = vec![CodeOwner {
        subject: path("orders"),
        owners: vec!["@acme/orders".to_owned()],
        path: path("CODEOWNERS"),
        line: 2,
    }];
    facts.definitions = vec![
        defines("orders/api/openapi.yaml", "openapi", "Orders API", &["GET /orders"]),
        defines("orders/AGENTS.md", "agent-instructions", "", &[]),
        defines("elsewhere/openapi.yaml", "openapi", "Nobody's", &["GET /x"]),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(
        defined(&catalog),
        [
            ("api:default/shop-nobody-s".to_owned(), Origin::Detected, "elsewhere/openapi.yaml"),
            ("api:default/shop-orders-api".to_owned(), Origin::Detected, "orders/api/openapi.yaml"),
            ("resource:default/shop-orders-agent-instructions".to_owned(), Origin::Detected, "orders/AGENTS.md"),
        ]
    );
    let api = entity(&catalog, "shop-orders-api");
    assert_eq!(api.owner.as_ref().map(ToString::to_string).as_deref(), Some("group:default/orders"));
    assert_eq!((api.subtype.as_deref(), api.document["kind"].as_str()), (Some("openapi"), Some("API")));
    assert_eq!((&api.document["spec"]["definition"], &api.document["spec"]["type"]), (&Value::Null, &json!("openapi")));
    let observed: Vec<String> = relations(&catalog).into_iter().filter(|r| r.contains(" true ")).collect();
    assert_eq!(
        observed,
        [
            "component:default/shop-orders providesApi api:default/shop-orders-api true orders/api/openapi.yaml:3",
            "api:default/shop-orders-api ownedBy group:default/orders true orders/api/openapi.yaml:3",
            "resource:default/shop-orders-agent-instructions ownedBy group:default/orders true orders/AGENTS.md:3",
            "resource:default/shop-orders-agent-instructions partOf component:default/shop-orders true orders/AGENTS.md:3",
        ]
    );
}

#[test]
fn a_declared_api_and_the_file_it_names_are_one() {
    let mut facts = facts("shop", &[""]);
    facts.descriptors = vec![
        declares("backstage/apis.yaml", 1, api_document("orders", json!({"$text": "../api/openapi.yaml"}))),
        declares("backstage/apis.yaml", 20, api_document("far", json!({"$text": "https://x.example/openapi.yaml"}))),
        declares("pay/catalog-info.yaml", 1, api_document("pay-api", json!("openapi: 3.0.0"))),
    ];
    facts.definitions = vec![
        defines("api/openapi.yaml", "openapi", "Shop API", &["GET /orders"]),
        defines("docs/copy.yaml", "openapi", "Shop API", &["GET /orders"]),
        defines("pay/openapi.yaml", "openapi", "Pay API", &["GET /pay"]),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    assert_eq!(
        defined(&catalog),
        [
            ("api:default/far".to_owned(), Origin::Declared, "-"),
            ("api:default/orders".to_owned(), Origin::Both, "api/openapi.yaml"),
            ("api:default/pay-api".to_owned(), Origin::Both, "pay/openapi.yaml"),
        ]
    );
    let orders = entity(&catalog, "orders");
    assert_eq!(orders.owner.as_ref().map(ToString::to_string).as_deref(), Some("group:default/shop"));
    assert!(orders.because.iter().any(|reason| reason.path == Some(path("docs/copy.yaml"))), "{:?}", orders.because);
    let provides = "component:default/shop providesApi api:default/orders true api/openapi.yaml:3".to_owned();
    assert!(relations(&catalog).contains(&provides));
}

#[test]
fn samples_and_excluded_trees_define_nothing() {
    let mut facts = facts("shop", &[""]);
    facts.definitions = vec![
        defines("examples/openapi.yaml", "openapi", "Sample", &["GET /x"]),
        defines("pkg/test/api.yaml", "openapi", "Tested", &["GET /x"]),
    ];
    assert_eq!(defined(&build(&facts, &rules(), TODAY)), []);
}

#[test]
fn two_apis_of_one_title_have_names_of_their_own() {
    let mut facts = facts("shop", &[""]);
    facts.definitions = vec![
        defines("v1/openapi.yaml", "openapi", "Shop", &["GET /v1"]),
        defines("v2/openapi.yaml", "openapi", "Shop", &["GET /v2"]),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    let names: Vec<String> = defined(&catalog).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["api:default/shop", "api:default/shop-2"]);
}

#[test]
fn a_part_in_another_place_is_the_same_api() {
    let mut facts = facts("shop", &["cart", "pay"]);
    facts.definitions = vec![
        defines("cart/cart.proto", "grpc", "shop.v1", &["shop.v1.Cart/Add"]),
        defines("pay/all.proto", "grpc", "shop.v1", &["shop.v1.Cart/Add", "shop.v1.Pay/Charge"]),
        defines("pay/other.proto", "grpc", "shop.v2", &["shop.v1.Cart/Add"]),
        defines("pay/bundle.yaml", "openapi", "Shop", &["GET /orders", "GET /orders/{id}"]),
        defines("pay/index.yaml", "openapi", "Shop", &["/orders", "/orders/{id}"]),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    let shown: Vec<&str> = defined(&catalog).into_iter().map(|(_, _, path)| path).collect();
    assert_eq!(shown, ["pay/bundle.yaml", "pay/all.proto", "pay/other.proto"]);
}

#[test]
fn copies_of_what_others_offer_are_no_apis_of_ones_own() {
    let mut facts = facts("shop", &["web", "api"]);
    facts.definitions = vec![
        defines("web/schema.graphql", "graphql", "", &["query orders"]),
        defines("api/schema.graphql", "graphql", "", &["query orders"]),
        defines("api/protos/google/pubsub.proto", "grpc", "google.pubsub.v1", &["google.pubsub.v1.Publisher/Publish"]),
    ];
    facts.dependencies = vec![
        needs("web/package.json", "npm:@apollo/client", DependencyKind::Declared),
        needs("api/package.json", "npm:graphql-request", DependencyKind::Declared),
        needs("api/package.json", "npm:graphql-yoga", DependencyKind::Declared),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    let shown: Vec<String> = defined(&catalog).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(shown, ["api:default/shop-api-graphql"]);
}

#[test]
fn the_files_of_one_package_and_folder_are_one_api_but_for_those_declared() {
    let mut facts = facts("shop", &[""]);
    facts.descriptors =
        vec![declares("catalog-info.yaml", 1, api_document("shipping", json!({"$text": "proto/shipping.proto"})))];
    facts.definitions = vec![
        defines("proto/cart.proto", "grpc", "shop.v1", &["shop.v1.Cart/Add"]),
        defines("proto/pay.proto", "grpc", "shop.v1", &["shop.v1.Pay/Charge"]),
        defines("proto/shipping.proto", "grpc", "shop.v1", &["shop.v1.Shipping/Send"]),
    ];
    let catalog = build(&facts, &rules(), TODAY);
    let entries = |name: &str| {
        let definition = entity(&catalog, name).definition.as_ref().unwrap();
        definition.entries.iter().map(|entry| (entry.name.as_str(), entry.line)).collect::<Vec<_>>()
    };
    assert_eq!(entries("shop.v1"), [("shop.v1.Cart/Add", Some(9)), ("shop.v1.Pay/Charge", None)]);
    assert_eq!(entries("shipping"), [("shop.v1.Shipping/Send", Some(9))]);
}
