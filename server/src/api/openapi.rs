//! The API's description of itself (OpenAPI 3.1), completed with what holds for every operation.
//! It must not name a route: those come from the handlers.
use shared::api::Problem;
use utoipa::{
    OpenApi as _, PartialSchema as _,
    openapi::{
        Content, OpenApi, Paths, Ref, RefOr, Response,
        path::{Operation, PathItem},
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Waymark",
        description = "The catalog of capabilities, components and their evidence. Lists answer `{items, total, next}`, \
                       name the next page in a `Link` header, and give all rows of the same query with `?format=csv` or \
                       `?format=ndjson`. Errors are RFC 9457 problems."
    ),
    components(schemas(Problem))
)]
struct Base;

/// The document before the routes are added.
pub(super) fn base() -> OpenApi {
    debug_assert!(matches!(Problem::schema(), RefOr::T(_)), "the problem's schema is written out");
    Base::openapi()
}

/// Adds the problem answer to every operation, and writes rest-of-path parameters as OpenAPI knows them.
pub(super) fn finish(mut doc: OpenApi) -> OpenApi {
    let mut paths = Paths::new();
    paths.extensions = doc.paths.extensions.take();
    for (path, mut item) in std::mem::take(&mut doc.paths.paths) {
        operations(&mut item).for_each(add_problem);
        paths.paths.insert(path.replace("{*", "{"), item);
    }
    doc.paths = paths;
    doc
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

fn add_problem(operation: &mut Operation) {
    let mut answer = Response::new("What is wrong, where, and what to do.");
    let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
    answer.content.insert("application/problem+json".to_owned(), RefOr::T(Content::new(Some(schema))));
    operation.responses.responses.insert("default".to_owned(), RefOr::T(answer));
}
