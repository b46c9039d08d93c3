//! The platform teams' repositories: each publishes an offer and describes the capability it serves.
//! The capabilities' text is in `data/capabilities`.
use super::plan::{Extra, PLAN, Plan, Stack, file, since};

/// The capability file that a platform repository carries from a month on.
macro_rules! capability {
    ($name:literal, $from:literal) => {
        file(
            concat!("capabilities/", $name, ".yaml"),
            include_str!(concat!("data/capabilities/", $name, ".yaml")),
            $from,
        )
    };
}

const QUICKSTART: Extra = file("docs/quickstart.md", include_str!("data/quickstart.md"), 0);
const WORKFLOW: &str = include_str!("data/service_workflow.yml");

pub(super) const PLATFORMS: &[Plan] = &[
    Plan {
        name: "flagship",
        team: "platform-delivery",
        system: "delivery-platform",
        stack: Stack::Go,
        n_changes: 40,
        about: "Feature flags as a service, with libraries for five languages. Ask it in code, change it on a page.",
        publishes: Some("flagship"),
        extras: &[capability!("feature-flags", 1), QUICKSTART],
        uses: &[since("telemetry", 3), since("gatehouse", 2), since("pipelines", 1), since("golden-images", 2)],
        ..PLAN
    },
    Plan {
        name: "pipelines",
        team: "platform-delivery",
        system: "delivery-platform",
        stack: Stack::Plain,
        n_changes: 30,
        about: "Reusable workflows that build, test, scan and deploy. One line in your repository is enough.",
        extras: &[
            capability!("ci-pipeline", 0),
            QUICKSTART,
            file(".github/workflows/service.yml", WORKFLOW, 0),
            file(".github/workflows/website.yml", WORKFLOW, 2),
        ],
        ..PLAN
    },
    Plan {
        name: "golden-images",
        team: "platform-delivery",
        system: "delivery-platform",
        stack: Stack::Plain,
        n_changes: 22,
        about: "Hardened base images, patched every week: certificates, a user that is not root, and a health check.",
        extras: &[
            capability!("service-base", 1),
            QUICKSTART,
            file(
                "go/Dockerfile",
                "FROM debian:12-slim\nRUN useradd --system app\nUSER app\nHEALTHCHECK CMD [\"/healthz\"]\n",
                0,
            ),
            file("node/Dockerfile", "FROM node:22-slim\nRUN useradd --system app\nUSER app\n", 0),
            file("python/Dockerfile", "FROM python:3.13-slim\nRUN useradd --system app\nUSER app\n", 2),
        ],
        uses: &[since("pipelines", 1)],
        ..PLAN
    },
    Plan {
        name: "telemetry",
        team: "platform-delivery",
        system: "delivery-platform",
        stack: Stack::Go,
        months: (1, 17),
        n_changes: 28,
        about: "Traces, metrics and logs with the same names everywhere. Import it, and dashboards appear.",
        publishes: Some("telemetry"),
        extras: &[capability!("observability", 2), QUICKSTART],
        uses: &[since("opentelemetry", 1), since("pipelines", 2)],
        ..PLAN
    },
    Plan {
        name: "terraform-modules",
        team: "platform-delivery",
        system: "delivery-platform",
        stack: Stack::Terraform,
        n_changes: 18,
        about: "Networks, databases and buckets that pass review the first time.",
        extras: &[
            capability!("infrastructure-modules", 1),
            QUICKSTART,
            file(
                "modules/network/main.tf",
                "variable \"name\" {\n  type = string\n}\n\nresource \"aws_vpc\" \"this\" {\n  cidr_block = \"10.0.0.0/16\"\n  tags       = { Name = var.name }\n}\n",
                0,
            ),
            file(
                "modules/database/main.tf",
                "variable \"name\" {\n  type = string\n}\n\nresource \"aws_db_instance\" \"this\" {\n  identifier     = var.name\n  engine         = \"postgres\"\n  instance_class = \"db.t4g.medium\"\n}\n",
                1,
            ),
        ],
        ..PLAN
    },
    Plan {
        name: "gatehouse",
        team: "platform-identity",
        system: "identity-platform",
        stack: Stack::Go,
        n_changes: 38,
        about: "Signs people in once, and answers what they may do. The company directory stands behind it.",
        publishes: Some("gatehouse"),
        extras: &[capability!("authentication", 0), QUICKSTART],
        uses: &[since("telemetry", 4), since("pipelines", 2), since("flagship", 7), since("golden-images", 3)],
        ..PLAN
    },
    Plan {
        name: "keyring",
        team: "platform-identity",
        system: "identity-platform",
        stack: Stack::Rust,
        months: (4, 17),
        n_changes: 19,
        about: "Short-lived credentials for services, rotated without a restart.",
        publishes: Some("keyring"),
        extras: &[capability!("secrets-management", 5), file("docs/secrets.md", include_str!("data/quickstart.md"), 5)],
        uses: &[since("telemetry", 5), since("gatehouse", 4), since("pipelines", 4), since("golden-images", 6)],
        ..PLAN
    },
    Plan {
        name: "drawbridge",
        team: "platform-identity",
        system: "identity-platform",
        stack: Stack::Go,
        months: (3, 17),
        n_changes: 21,
        about: "The API gateway for partners: keys, quotas, and a portal page for every API.",
        extras: &[capability!("api-gateway", 4), QUICKSTART],
        uses: &[since("telemetry", 6), since("gatehouse", 3), since("pipelines", 3), since("golden-images", 5)],
        ..PLAN
    },
    Plan {
        name: "courier",
        team: "platform-data",
        system: "data-platform",
        stack: Stack::Maven,
        months: (2, 17),
        n_changes: 27,
        about: "Event streaming with schemas, replay and dead letters, so that nobody runs brokers twice.",
        publishes: Some("courier"),
        extras: &[capability!("event-streaming", 3), QUICKSTART],
        uses: &[since("kafka", 2), since("telemetry", 5), since("pipelines", 3), since("golden-images", 4)],
        ..PLAN
    },
    Plan {
        name: "footprint",
        team: "platform-data",
        system: "data-platform",
        stack: Stack::TsService,
        months: (8, 17),
        n_changes: 15,
        about: "Collects what people do in our products, with their consent, into the warehouse.",
        publishes: Some("footprint"),
        extras: &[capability!("product-analytics", 9), QUICKSTART],
        uses: &[since("courier", 9), since("telemetry", 9), since("pipelines", 8), since("golden-images", 9)],
        ..PLAN
    },
    Plan {
        name: "model-shelf",
        team: "platform-ml",
        system: "ml-platform",
        stack: Stack::Poetry,
        months: (5, 17),
        n_changes: 23,
        about: "Keeps, compares, approves and serves machine learning models with their lineage.",
        publishes: Some("model-shelf"),
        extras: &[capability!("model-registry", 6), QUICKSTART],
        uses: &[since("telemetry", 7), since("gatehouse", 6), since("pipelines", 5), since("golden-images", 7)],
        ..PLAN
    },
    Plan {
        name: "payments-api",
        team: "payments",
        system: "money",
        stack: Stack::Maven,
        n_changes: 42,
        about: "Charge, refund and pay out in nine currencies through one API.",
        publishes: Some("payments-client"),
        extras: &[
            capability!("payments", 0),
            QUICKSTART,
            file("openapi.yaml", include_str!("data/payments_openapi.yaml"), 0),
            file("drawbridge.yaml", "api: payments\nplan: partners\n", 6),
        ],
        uses: &[
            since("telemetry", 4),
            since("gatehouse", 1),
            since("pipelines", 1),
            since("flagship", 5),
            since("golden-images", 5),
        ],
        ..PLAN
    },
];
