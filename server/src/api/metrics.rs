//! `/metrics` in OpenMetrics text: what this process answered and what the catalog holds.
//! It must not put anything of a request but its route template into a label, so that the number of series is bounded.
use super::{problem::ApiError, state::ApiState};
use axum::{
    extract::{MatchedPath, Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use shared::api::{Overview, ScanItem};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Upper bounds of the latency histogram. Seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// What was answered since the process started. Three dozen series do not need a crate.
#[derive(Default)]
pub(crate) struct Registry {
    routes: Mutex<BTreeMap<(String, String), Route>>,
}

/// The answers of one method and route template.
#[derive(Default, Clone)]
struct Route {
    by_status: BTreeMap<u16, u64>,
    buckets: [u64; BUCKETS.len()],
    seconds: f64,
    count: u64,
}

impl Registry {
    fn observe(&self, method: &str, route: &str, status: u16, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = routes.entry((method.to_owned(), route.to_owned())).or_default();
        *seen.by_status.entry(status).or_default() += 1;
        let seconds = took.as_secs_f64();
        for (bucket, bound) in seen.buckets.iter_mut().zip(BUCKETS) {
            *bucket += u64::from(seconds <= bound);
        }
        seen.seconds += seconds;
        seen.count += 1;
    }

    fn write(&self, out: &mut String) {
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner).clone();
        family(out, "waymark_http_requests", "counter", "Answers by method, route and status.");
        for ((method, route), seen) in &routes {
            for (status, count) in &seen.by_status {
                let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
                let _ = writeln!(out, "waymark_http_requests_total{{{labels}}} {count}");
            }
        }
        family(out, "waymark_http_request_duration_seconds", "histogram", "Time to the answer's head.");
        for ((method, route), seen) in &routes {
            write_histogram(out, &format!("method=\"{method}\",route=\"{route}\""), seen);
        }
    }
}

fn write_histogram(out: &mut String, labels: &str, seen: &Route) {
    let name = "waymark_http_request_duration_seconds";
    for (count, bound) in seen.buckets.iter().zip(BUCKETS) {
        let _ = writeln!(out, "{name}_bucket{{{labels},le=\"{bound:?}\"}} {count}");
    }
    let _ = writeln!(out, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", seen.count);
    let _ = writeln!(out, "{name}_sum{{{labels}}} {}", seen.seconds);
    let _ = writeln!(out, "{name}_count{{{labels}}} {}", seen.count);
}

fn family(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# TYPE {name} {kind}\n# HELP {name} {help}");
}

/// Middleware: counts and times every answer under its route template.
pub(crate) async fn record(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "OPTIONS") => known.to_owned(),
        _ => "other".to_owned(),
    };
    let started = Instant::now();
    let response = next.run(request).await;
    state.metrics.observe(&method, &route, response.status().as_u16(), started.elapsed());
    response
}

/// Counts for a monitoring system, as OpenMetrics text.
#[utoipa::path(get, path = "/metrics", tag = "health", responses((status = 200, body = String, content_type = "application/openmetrics-text")))]
pub(super) async fn show_metrics(State(state): State<ApiState>) -> Result<Response, ApiError> {
    let overview = state.store.overview(state.demo).await?;
    let scans = state.store.list_scans(1, None).await?;
    let mut text = String::new();
    family(&mut text, "waymark_build", "info", "The running program.");
    let _ = writeln!(text, "waymark_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
    state.metrics.write(&mut text);
    write_catalog(&mut text, &overview);
    write_scans(&mut text, scans.total, scans.items.first());
    text.push_str("# EOF\n");
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], text).into_response())
}

fn write_catalog(out: &mut String, overview: &Overview) {
    for (name, help, value) in [
        ("waymark_repositories", "Repositories in the catalog.", overview.repositories),
        ("waymark_entities", "Entities in the catalog.", overview.entities),
        ("waymark_components", "Components in the catalog.", overview.components),
        ("waymark_components_unowned", "Components without an owner.", overview.unowned),
        ("waymark_capabilities", "Capabilities known.", overview.capabilities),
        ("waymark_capabilities_used", "Capabilities with at least one usage.", overview.capabilities_used),
    ] {
        family(out, name, "gauge", help);
        let _ = writeln!(out, "{name} {value}");
    }
    family(out, "waymark_usages", "gauge", "Usages by the offer's path.");
    for (path, value) in [
        ("golden", overview.golden),
        ("tolerated", overview.tolerated),
        ("vendor", overview.vendor),
        ("homegrown", overview.homegrown),
    ] {
        let _ = writeln!(out, "waymark_usages{{path=\"{path}\"}} {value}");
    }
    family(out, "waymark_findings", "gauge", "Findings, and those of error severity.");
    let _ = writeln!(out, "waymark_findings{{severity=\"any\"}} {}", overview.findings);
    let _ = writeln!(out, "waymark_findings{{severity=\"error\"}} {}", overview.errors);
}

fn write_scans(out: &mut String, total: u64, last: Option<&ScanItem>) {
    family(out, "waymark_scans", "counter", "Scan runs ever started on this database.");
    let _ = writeln!(out, "waymark_scans_total {total}");
    let Some(last) = last else { return };
    for (name, help, value) in [
        ("waymark_last_scan_repositories", "Repositories the last scan found.", last.repositories),
        ("waymark_last_scan_done", "Repositories the last scan has dealt with.", last.done),
        ("waymark_last_scan_unchanged", "Of these, unchanged.", last.unchanged),
        ("waymark_last_scan_failed", "Of these, failed.", last.failed),
        ("waymark_last_scan_errors", "Findings of error severity the last scan met.", last.errors),
    ] {
        family(out, name, "gauge", help);
        let _ = writeln!(out, "{name} {value}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_cumulative() {
        let registry = Registry::default();
        registry.observe("GET", "/a", 200, Duration::from_millis(3));
        registry.observe("GET", "/a", 404, Duration::from_secs(60));
        let mut text = String::new();
        registry.write(&mut text);
        assert!(text.contains("waymark_http_requests_total{method=\"GET\",route=\"/a\",status=\"404\"} 1"), "{text}");
        assert!(text.contains("le=\"0.0025\"} 0") && text.contains("le=\"0.005\"} 1"), "{text}");
        assert!(text.contains("le=\"30.0\"} 1") && text.contains("le=\"+Inf\"} 2"), "{text}");
    }
}
