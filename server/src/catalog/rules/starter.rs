//! The starter ruleset's files, one a capability, embedded: `server/rules/<area>/<capability>.yaml`.
//! It must not read them; a test compares this list with the folder.

/// Embeds rule files as (name, text).
macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// Name below `server/rules/` and text of every file, by name.
        pub(crate) const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/", $name)))),+];
    };
}

files! {
    "api-products/api-style.yaml",
    "api-products/commerce.yaml",
    "api-products/content-management.yaml",
    "api-products/customer-messaging.yaml",
    "api-products/maps.yaml",
    "api-products/payments.yaml",
    "data/business-intelligence.yaml",
    "data/cache.yaml",
    "data/data-catalog.yaml",
    "data/data-ingestion.yaml",
    "data/data-quality.yaml",
    "data/data-transformation.yaml",
    "data/data-warehouse.yaml",
    "data/document-database.yaml",
    "data/event-streaming.yaml",
    "data/message-queue.yaml",
    "data/object-storage.yaml",
    "data/product-analytics.yaml",
    "data/relational-database.yaml",
    "data/search.yaml",
    "data/workflow-orchestration.yaml",
    "developer-platform/api-gateway.yaml",
    "developer-platform/background-jobs.yaml",
    "developer-platform/browser-testing.yaml",
    "developer-platform/build-tooling.yaml",
    "developer-platform/ci-pipeline.yaml",
    "developer-platform/code-scanning.yaml",
    "developer-platform/configuration.yaml",
    "developer-platform/dashboards.yaml",
    "developer-platform/dependency-updates.yaml",
    "developer-platform/deployment.yaml",
    "developer-platform/developer-portal.yaml",
    "developer-platform/documentation-site.yaml",
    "developer-platform/error-tracking.yaml",
    "developer-platform/feature-flags.yaml",
    "developer-platform/incident-management.yaml",
    "developer-platform/infrastructure-as-code.yaml",
    "developer-platform/linting.yaml",
    "developer-platform/load-testing.yaml",
    "developer-platform/log-collection.yaml",
    "developer-platform/logging.yaml",
    "developer-platform/metrics.yaml",
    "developer-platform/release-automation.yaml",
    "developer-platform/scaffolding.yaml",
    "developer-platform/service-mesh.yaml",
    "developer-platform/supply-chain-attestation.yaml",
    "developer-platform/tracing.yaml",
    "developer-platform/ui-components.yaml",
    "developer-platform/unit-testing.yaml",
    "identity/authentication.yaml",
    "identity/authorization.yaml",
    "identity/machine-identity.yaml",
    "identity/secrets-management.yaml",
    "identity/user-directory.yaml",
    "ml-ai/agent-framework.yaml",
    "ml-ai/experiment-tracking.yaml",
    "ml-ai/experimentation.yaml",
    "ml-ai/feature-store.yaml",
    "ml-ai/llm-access.yaml",
    "ml-ai/llm-evaluation.yaml",
    "ml-ai/mcp.yaml",
    "ml-ai/model-serving.yaml",
    "ml-ai/vector-store.yaml",
}

/// The capability that a file holds: its name without folder and extension.
pub(crate) fn name_of(file: &str) -> &str {
    let last = file.rsplit('/').next().unwrap_or(file);
    last.strip_suffix(".yaml").unwrap_or(last)
}
