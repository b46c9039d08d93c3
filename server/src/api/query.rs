//! Reads query strings at the door: every key is known, every value is of its form, or the answer is a 400 that helps.
//! It must not run a query.
use super::problem::ApiError;
use axum::{extract::FromRequestParts, http::request::Parts};
use serde::de::DeserializeOwned;
use shared::api::{
    AdoptionQuery, CapabilityQuery, ClusterQuery, DependencyQuery, EntityQuery, FindingQuery, MoveQuery,
    OwnershipQuery, RelationQuery, ReportQuery, RepositoryQuery, ShadowQuery, TeamQuery, UsageQuery,
};
use utoipa::{
    IntoParams,
    openapi::{
        RefOr,
        schema::{Schema, SchemaType, Type},
    },
};

/// Keys that every GET takes beside its own, because layers and not handlers read them.
const COMMON: [&str; 1] = ["format"];

/// The largest page (RELIABILITY section 6).
pub(super) const MAX_LIMIT: u32 = 200;

/// A query that lists: it can be asked for its pages one after another.
pub(super) trait ListParams: DeserializeOwned + IntoParams + Clone + Send + Sync + 'static {
    /// Asks for the page after `cursor`, of `limit` items.
    fn turn_to(&mut self, cursor: Option<String>, limit: u32);
    /// The query as (key, value) pairs, for the link to the next page.
    fn pairs(&self) -> Vec<(&'static str, String)>;
}

macro_rules! list_params {
    ($($query:ty),*) => {$(
        impl ListParams for $query {
            fn turn_to(&mut self, cursor: Option<String>, limit: u32) {
                self.cursor = cursor;
                self.limit = Some(limit);
            }
            fn pairs(&self) -> Vec<(&'static str, String)> {
                <$query>::pairs(self)
            }
        }
    )*};
}
list_params!(
    AdoptionQuery,
    MoveQuery,
    CapabilityQuery,
    ClusterQuery,
    DependencyQuery,
    EntityQuery,
    FindingQuery,
    OwnershipQuery,
    RelationQuery,
    ReportQuery,
    RepositoryQuery,
    ShadowQuery,
    TeamQuery,
    UsageQuery
);

/// The query string as `T`. Repeated keys fill lists; an empty value of a single key counts as absent, as forms send it.
pub(super) struct ListQuery<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + IntoParams> FromRequestParts<S> for ListQuery<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        read(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

/// What may be asked of one key.
struct Key {
    name: String,
    repeats: bool,
}

fn keys<T: IntoParams>() -> Vec<Key> {
    let params = T::into_params(|| None);
    params.into_iter().map(|param| Key { repeats: repeats(param.schema.as_ref()), name: param.name }).collect()
}

fn repeats(schema: Option<&RefOr<Schema>>) -> bool {
    match schema {
        Some(RefOr::T(Schema::Array(array))) => match &array.schema_type {
            SchemaType::Type(kind) => *kind == Type::Array,
            SchemaType::Array(kinds) => kinds.contains(&Type::Array),
            SchemaType::AnyValue => true,
        },
        _ => false,
    }
}

fn read<T: DeserializeOwned + IntoParams>(query: &str) -> Result<T, ApiError> {
    let given: Vec<(String, String)> = serde_html_form::from_str(query)
        .map_err(|error| ApiError::bad_request("bad-query", format!("The query string cannot be read: {error}.")))?;
    let keys = keys::<T>();
    let mut kept: Vec<(String, String)> = Vec::with_capacity(given.len());
    for (name, value) in given {
        let Some(key) = keys.iter().find(|key| key.name == name) else {
            if COMMON.contains(&name.as_str()) {
                continue;
            }
            return Err(unknown_key(&name, &keys));
        };
        if !key.repeats && value.is_empty() {
            continue;
        }
        if !key.repeats && kept.iter().any(|(earlier, _)| *earlier == name) {
            let detail = format!("\"{name}\" is given twice; it takes one value. Keep one of them.");
            return Err(ApiError::bad_request("repeated-key", detail));
        }
        check(&name, &value)?;
        kept.push((name, value));
    }
    let clean = serde_html_form::to_string(&kept).map_err(anyhow::Error::new)?;
    serde_html_form::from_str(&clean)
        .map_err(|error| ApiError::bad_request("bad-query", format!("The query string cannot be read: {error}.")))
}

/// The checks that hold for a key wherever it occurs.
fn check(name: &str, value: &str) -> Result<(), ApiError> {
    if name == "limit" && !value.parse::<u32>().is_ok_and(|limit| (1..=MAX_LIMIT).contains(&limit)) {
        let detail = format!("limit is \"{value}\"; give a whole number from 1 to {MAX_LIMIT}.");
        return Err(ApiError::bad_request("bad-limit", detail));
    }
    if matches!(name, "eligible" | "used" | "proposed") && !matches!(value, "true" | "false") {
        let detail = format!("{name} is \"{value}\"; give true or false.");
        return Err(ApiError::bad_request("bad-value", detail));
    }
    Ok(())
}

fn unknown_key(name: &str, keys: &[Key]) -> ApiError {
    let known = || keys.iter().map(|key| key.name.as_str()).chain(COMMON);
    let nearest = known()
        .map(|key| (strsim::jaro_winkler(name, key), key))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = nearest.map(|(_, key)| format!(" Did you mean \"{key}\"?")).unwrap_or_default();
    let all = known().collect::<Vec<_>>().join(", ");
    ApiError::bad_request("unknown-key", format!("\"{name}\" is not a key of this query.{hint} It takes: {all}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(error: ApiError) -> String {
        error.to_string()
    }

    #[test]
    fn repeated_and_empty_values_are_read_as_the_words_say() {
        let query: EntityQuery =
            read("kind=api&kind=component&owner=&q=&type=service&limit=10&format=csv").unwrap_or_default();
        assert_eq!(query.kind, ["api", "component"]);
        assert_eq!(query.owner, [""]);
        assert_eq!(query.r#type, ["service"]);
        assert_eq!((query.q, query.limit), (None, Some(10)));
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        let error = detail(read::<EntityQuery>("lifecyle=ga").err().unwrap());
        assert!(error.contains("Did you mean \"lifecycle\"?"), "{error}");
        let error = detail(read::<FindingQuery>("kind=api").err().unwrap());
        assert!(error.contains("It takes: q, repository, rule, severity, sort, cursor, limit, format."), "{error}");
    }

    #[test]
    fn bad_values_say_what_would_do() {
        for (query, said) in [
            ("limit=0", "from 1 to 200"),
            ("limit=many", "limit is \"many\""),
            ("limit=1&limit=2", "given twice"),
            ("eligible=maybe", "true or false"),
        ] {
            let error = detail(read::<EntityQuery>(query).err().unwrap());
            assert!(error.contains(said), "{query}: {error}");
        }
    }

    #[test]
    fn every_list_query_takes_a_page_and_its_own_keys() {
        for keys in [keys::<EntityQuery>(), keys::<UsageQuery>(), keys::<RelationQuery>(), keys::<CapabilityQuery>()] {
            let names: Vec<_> = keys.iter().map(|key| key.name.as_str()).collect();
            assert!(["q", "sort", "cursor", "limit"].iter().all(|name| names.contains(name)), "{names:?}");
        }
        assert!(keys::<RelationQuery>().iter().any(|key| key.name == "type" && key.repeats));
    }
}
