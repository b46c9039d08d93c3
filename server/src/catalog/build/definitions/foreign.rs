//! Definitions that a repository holds without being the one who defines: samples, and copies of what others offer.
//! It must not look at what a definition says beyond its name.
use crate::facts::model::{Definition, RepositoryFacts};
use shared::{DependencyKind, RepoPath};

/// Libraries that call a GraphQL API, as `ecosystem:name`.
const GRAPHQL_CLIENTS: &[&str] = &[
    "npm:@apollo/client",
    "npm:apollo-client",
    "npm:urql",
    "npm:@urql/core",
    "npm:graphql-request",
    "npm:react-relay",
    "npm:relay-runtime",
    "go:github.com/Khan/genqlient",
    "go:github.com/hasura/go-graphql-client",
    "go:github.com/shurcooL/graphql",
    "pypi:gql",
    "pypi:sgqlc",
    "cargo:graphql_client",
    "cargo:cynic",
    "maven:com.apollographql.apollo3:apollo-runtime",
    "maven:com.apollographql.apollo:apollo-runtime",
];

/// Libraries that serve one.
const GRAPHQL_SERVERS: &[&str] = &[
    "npm:@apollo/server",
    "npm:@apollo/subgraph",
    "npm:apollo-server",
    "npm:apollo-server-express",
    "npm:apollo-server-micro",
    "npm:graphql-yoga",
    "npm:@graphql-tools/schema",
    "npm:@nestjs/graphql",
    "npm:mercurius",
    "npm:express-graphql",
    "npm:graphql-http",
    "go:github.com/99designs/gqlgen",
    "go:github.com/graph-gophers/graphql-go",
    "pypi:ariadne",
    "pypi:graphene",
    "pypi:graphene-django",
    "pypi:strawberry-graphql",
    "cargo:async-graphql",
    "cargo:juniper",
];

/// Whether the repository itself offers what the definition describes.
pub(super) fn is_own(facts: &RepositoryFacts, found: &Definition, root: Option<&RepoPath>) -> bool {
    let is_copy = match found.decl.format.as_str() {
        "graphql" => is_clients(facts, root),
        "grpc" => is_googles(found),
        _ => false,
    };
    !is_sample(&found.path) && !is_copy
}

/// Trees that show how others could define something.
fn is_sample(path: &RepoPath) -> bool {
    const SAMPLES: &[&str] =
        &["example", "examples", "sample", "samples", "test", "tests", "testing", "__tests__", "e2e", "mock", "mocks"];
    path.parent().as_str().split('/').any(|segment| SAMPLES.contains(&segment.to_ascii_lowercase().as_str()))
}

/// Google's own packages anywhere but in a tree that begins with them are copies.
fn is_googles(found: &Definition) -> bool {
    found.decl.name.starts_with("google.") && !found.path.as_str().starts_with("google/")
}

/// Whether the component calls GraphQL APIs and serves none: then the schema is a copy of somebody else's.
fn is_clients(facts: &RepositoryFacts, root: Option<&RepoPath>) -> bool {
    let Some(root) = root else { return false };
    let declared = || {
        let below =
            facts.dependencies.iter().filter(|d| d.decl.kind == DependencyKind::Declared && d.path.starts_with(root));
        below.map(|dependency| format!("{}:{}", dependency.decl.ecosystem, dependency.decl.name))
    };
    let any = |names: &[&str]| declared().any(|name| names.contains(&name.as_str()));
    any(GRAPHQL_CLIENTS) && !any(GRAPHQL_SERVERS)
}
