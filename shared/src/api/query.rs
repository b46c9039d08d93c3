//! What each list can be asked: the query strings of pages and API alike, so that a page's number and the list it
//! opens are one query. Repeated keys (`kind=api&kind=component`) mean "any of"; the empty value `""` means "unknown".
//! Nothing here runs a query.
use serde::{Deserialize, Serialize};

/// Adds the parts every list query has, and the way back to a query string.
macro_rules! query {
    ($(#[$meta:meta])* $name:ident { many: [$($(#[$vm:meta])* $many:ident),* $(,)?], one: [$($(#[$om:meta])* $one:ident),* $(,)?] }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::IntoParams, schemars::JsonSchema))]
        #[cfg_attr(not(target_arch = "wasm32"), into_params(parameter_in = Query))]
        #[serde(default)]
        pub struct $name {
            /// Full text: every word must occur, as a prefix or a part of a word.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub q: Option<String>,
            $($(#[$vm])* #[serde(skip_serializing_if = "Vec::is_empty")] pub $many: Vec<String>,)*
            $($(#[$om])* #[serde(skip_serializing_if = "Option::is_none")] pub $one: Option<String>,)*
            /// A column's name, with `-` before it for descending.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub sort: Option<String>,
            /// The `next` of an earlier page.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub cursor: Option<String>,
            /// Items a page: 50 unless told, 200 at most.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub limit: Option<u32>,
        }

        impl $name {
            /// The query as (key, value) pairs in a fixed order, empty parts left out.
            pub fn pairs(&self) -> Vec<(&'static str, String)> {
                let mut out = Vec::new();
                out.extend(self.q.iter().map(|v| ("q", v.clone())));
                $(out.extend(self.$many.iter().map(|v| (stringify!($many).trim_start_matches("r#"), v.clone())));)*
                $(out.extend(self.$one.iter().map(|v| (stringify!($one), v.clone())));)*
                out.extend(self.sort.iter().map(|v| ("sort", v.clone())));
                out.extend(self.cursor.iter().map(|v| ("cursor", v.clone())));
                out.extend(self.limit.iter().map(|v| ("limit", v.to_string())));
                out
            }
        }
    };
}

query! {
    /// Entities. `sort`: `name` (default), `kind`, `type`, `owner`, `lines`, `findings`, `repository`, `relevance` (with `q`).
    EntityQuery { many: [kind, r#type, lifecycle, owner, system, language, origin, repository, tag,
        /// Components with a usage of this capability.
        capability,
        /// With `capability`: of an offer of this path.
        path,
        /// With `capability`: in this state (an eligible component with nothing found is `none`).
        state,
        /// With `capability`: of this offer.
        offer], one: [
        /// With `capability`: `true` keeps eligible components only.
        eligible,
        /// As of this day (`2025-03-01`: its end) or time (RFC 3339), instead of now: what existed then, what is gone
        /// since included. Filters about capabilities look at that time too; everything else is as it is today, or was
        /// when it went. Kinds whose files are not followed through history are shown when their repository existed.
        at] }
}
query! {
    /// Usages. `sort`: `component` (default), `repository`, `capability`, `offer`, `path`, `state`.
    UsageQuery { many: [capability, offer, path, state, component, repository, owner], one: [
        /// As of this day (`2025-03-01`: its end) or time (RFC 3339), instead of now.
        at] }
}
query! {
    /// Dependencies. `sort`: `name` (default), `repository`, `ecosystem`, `path`.
    DependencyQuery { many: [repository, component, ecosystem, name, scope, kind,
        /// Whether source shows it: `imported`, `not_seen`, `unknown`.
        source_use], one: [
        /// Entity that publishes the package: who depends on it.
        provided_by] }
}
query! {
    /// Findings. `sort`: `severity` (default, worst first), `repository`, `rule`.
    FindingQuery { many: [repository, rule, severity], one: [] }
}
query! {
    /// Repositories. `sort`: `name` (default), `scanned_at`, `committed_at`, `files`, `findings`.
    RepositoryQuery { many: [status, source, language], one: [] }
}
query! {
    /// Capabilities. `sort`: `area` (default: area, then title), `title`, `components`, `golden`, `vendor`, `homegrown`.
    CapabilityQuery { many: [area, source, lifecycle, owner], one: [
        /// `true` keeps those with at least one usage.
        used,
        /// As of this day (`2025-03-01`: its end) or time (RFC 3339), instead of now.
        at] }
}
query! {
    /// Relations. Both ends of `entity`, or one side.
    RelationQuery { many: [entity, from, to, r#type, origin], one: [] }
}
query! {
    /// Adoption, one row a capability with a golden offer, and behind them those that are used without one. `sort`: `gap` (default: furthest below target first), `title`,
    /// `adoption`, `delta`, `eligible`, `homegrown`, `new`.
    AdoptionQuery { many: [area, owner, system, language, repository], one: [
        /// As of this day (`2025-03-01`: its end) or time (RFC 3339), instead of now.
        at,
        /// What is counted: `component` (default), `repository` or `team`.
        scope] }
}
query! {
    /// Who came to offers and who left them. `sort`: `-from` (default: latest first), `from`, `to`, `component`, `days`.
    MoveQuery { many: [path, offer, owner, system, language, repository,
        /// `open`, `left` or `removed`.
        ended], one: [] }
}
query! {
    /// One capability over time. `q`, `sort`, `cursor` and `limit` have no meaning here.
    HistoryQuery { many: [owner, system, language, repository], one: [
        /// `day`, `month` (default) or `quarter`.
        interval,
        /// What is counted: `component` (default), `repository` or `team`.
        scope,
        /// First and last day, `YYYY-MM-DD`.
        from, to] }
}
query! {
    /// Where users went between two days.
    SubstitutionQuery { many: [owner, system, language, repository], one: [scope,
        /// First and last day, `YYYY-MM-DD`; unless told, the day before anybody used the golden path (a year before `to`
        /// when nobody does), and today.
        from, to] }
}
query! {
    /// What a number is made of.
    ExplainQuery { many: [owner, system, language, repository], one: [
        /// The key of a metric, e.g. `adoption`.
        metric,
        /// The capability's name.
        capability,
        scope,
        /// As of this day (`2025-03-01`: its end) or time (RFC 3339), instead of now.
        at] }
}
query! {
    /// Verdicts on owners. `sort`: `verdict` (default: the worst first), `entity`, `repository`, `score`, `knowledge`.
    OwnershipQuery { many: [verdict, owner,
        /// The team that the work points to.
        guess, repository, entity,
        /// `component` (default) or `path`: the rules of CODEOWNERS.
        part], one: [] }
}
query! {
    /// Groups of the organisation. `sort`: `name` (default), `components`, `truth`, `members`.
    TeamQuery { many: [parent], one: [] }
}
query! {
    /// Equal code in several repositories. `sort`: `-lines` (default: the most duplicated lines first), `name`, `files`,
    /// `repositories`, `teams`, `first`.
    ClusterQuery { many: [kind, language, repository, owner, capability, claim, shadow], one: [] }
}
query! {
    /// Homegrown platforms. `sort`: `-growth` (90 days), `-cost`, `-author_days` (default), `-consumers`, `-teams`, `name`,
    /// `retire`.
    ShadowQuery { many: [kind, capability, team, claim], one: [
        /// `true` keeps those that rival no capability.
        proposed] }
}
query! {
    /// Frozen reports, newest first. `sort` has no meaning here.
    ReportQuery { many: [], one: [] }
}
