//! The repositories that are not as they should be: orphaned, contested, broken, forgotten.
//! Each is one oddity; the sound ones are in `platforms` and `products`.
use super::plan::{Claim, PLAN, Plan, Stack, file, since};

/// The repository that is created and never gets a commit.
pub(super) const EMPTY: &str = "price-experiments";

const GOOD_AND_BAD: &str = "\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: supplier-portal
  description: Suppliers see orders and send invoices here.
spec:
  type: website
  lifecycle: production
  owner: group:default/storefront
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: supplier-api
  description: \"a quote that never ends
spec: [
";

pub(super) const ODDITIES: &[Plan] = &[
    Plan {
        name: "legacy-crm",
        team: "crm-team",
        system: "shop",
        stack: Stack::Maven,
        months: (0, 3),
        n_changes: 9,
        about: "Customer notes and call lists. Still running; nobody remembers who built it.",
        uses: &[since("deploykit", 0), since("auth0", 0)],
        ..PLAN
    },
    Plan {
        name: "notifications",
        team: "logistics",
        system: "shop",
        stack: Stack::TsService,
        n_changes: 26,
        about: "Sends e-mail, text messages and pushes about orders.",
        claim: Claim::Owner("storefront"),
        uses: &[since("launchdarkly", 3), since("courier", 7), since("telemetry", 10), since("pipelines", 9)],
        ..PLAN
    },
    Plan {
        name: "supplier-portal",
        team: "storefront",
        system: "shop",
        stack: Stack::TsWeb,
        months: (2, 17),
        n_changes: 16,
        about: "Suppliers see their orders and send their invoices here.",
        claim: Claim::Nothing,
        uses: &[since("auth0", 2), since("stripe", 4), since("plain-ci", 3)],
        extras: &[
            file("catalog-info.yaml", GOOD_AND_BAD, 3),
            file(
                "tools/importer/package.json",
                "{\n  \"name\": \"supplier-importer\",\n  \"dependencies\": {\n    \"csv-parse\": \"5.6.0\",\n}\n",
                5,
            ),
        ],
        ..PLAN
    },
    Plan {
        name: "returns-bot",
        team: "storefront",
        system: "shop",
        stack: Stack::Requirements,
        months: (7, 17),
        n_changes: 13,
        about: "Answers questions about returns in the shop's chat.",
        claim: Claim::Nothing,
        uses: &[since("stripe", 8), since("opentelemetry", 9)],
        extras: &[file("training/pyproject.toml", "[project]\nname = \"returns-training\"\nversion = 0.1.0\n", 8)],
        ..PLAN
    },
    Plan {
        name: "helm-charts",
        team: "platform-delivery",
        system: "delivery-platform",
        stack: Stack::Helm,
        n_changes: 14,
        about: "One chart for every service, with sane limits and probes.",
        ..PLAN
    },
    Plan {
        name: "handbook",
        team: "insights",
        system: "knowing",
        stack: Stack::Plain,
        claim: Claim::Nothing,
        n_changes: 15,
        about: "How we work: on call, reviews, holidays and good coffee.",
        ..PLAN
    },
];
