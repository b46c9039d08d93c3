//! What the estate's repositories can depend on: internal packages, vendors and open source, by ecosystem.
//! It must not know who uses what: that is the plans'.

/// One dependency with its name and version in each ecosystem that has it.
pub(super) struct Item {
    pub key: &'static str,
    pub go: Option<Package>,
    pub npm: Option<Package>,
    pub pypi: Option<Package>,
    pub maven: Option<Package>,
    pub cargo: Option<Package>,
}

/// A package's name and version.
pub(super) type Package = (&'static str, &'static str);

const NONE: Item = Item { key: "", go: None, npm: None, pypi: None, maven: None, cargo: None };

/// An internal package that its repository publishes to all five registries under the same version.
macro_rules! internal {
    ($key:literal, $version:literal) => {
        Item {
            key: $key,
            go: Some((concat!("go.northpier.example/", $key), concat!("v", $version))),
            npm: Some((concat!("@northpier/", $key), $version)),
            pypi: Some((concat!("northpier-", $key), $version)),
            maven: Some((concat!("example.northpier:", $key), $version)),
            cargo: Some((concat!("northpier-", $key), $version)),
        }
    };
}

/// Every item. Keys without a package here (`pipelines`, `own-flags` …) leave files instead.
pub(super) const ITEMS: &[Item] = &[
    internal!("flagship", "1.8.2"),
    internal!("telemetry", "2.3.0"),
    internal!("gatehouse", "3.1.4"),
    internal!("keyring", "0.7.1"),
    internal!("courier", "1.2.0"),
    internal!("footprint", "0.4.0"),
    internal!("payments-client", "5.0.3"),
    internal!("money-kit", "0.6.1"),
    Item { key: "model-shelf", pypi: Some(("northpier-model-shelf", "0.9.0")), ..NONE },
    Item {
        key: "launchdarkly",
        go: Some(("github.com/launchdarkly/go-server-sdk/v7", "v7.10.1")),
        npm: Some(("@launchdarkly/node-server-sdk", "9.9.0")),
        pypi: Some(("launchdarkly-server-sdk", "9.11.0")),
        maven: Some(("com.launchdarkly:launchdarkly-java-server-sdk", "7.9.0")),
        cargo: Some(("launchdarkly-server-sdk", "2.6.0")),
    },
    Item {
        key: "datadog",
        go: Some(("github.com/DataDog/datadog-go/v5", "v5.6.0")),
        npm: Some(("dd-trace", "5.52.0")),
        pypi: Some(("ddtrace", "3.8.0")),
        maven: Some(("com.datadoghq:dd-trace-api", "1.48.0")),
        cargo: Some(("dogstatsd", "0.12.1")),
    },
    Item {
        key: "opentelemetry",
        go: Some(("go.opentelemetry.io/otel", "v1.35.0")),
        npm: Some(("@opentelemetry/api", "1.9.0")),
        pypi: Some(("opentelemetry-sdk", "1.33.0")),
        cargo: Some(("opentelemetry", "0.29.1")),
        ..NONE
    },
    Item {
        key: "auth0",
        go: Some(("github.com/auth0/go-auth0", "v1.21.0")),
        npm: Some(("auth0", "4.25.0")),
        pypi: Some(("auth0-python", "4.9.0")),
        maven: Some(("com.auth0:auth0", "2.22.0")),
        ..NONE
    },
    Item {
        key: "segment",
        npm: Some(("@segment/analytics-node", "2.2.1")),
        pypi: Some(("segment-analytics-python", "2.3.4")),
        ..NONE
    },
    Item {
        key: "kafka",
        go: Some(("github.com/segmentio/kafka-go", "v0.4.48")),
        npm: Some(("kafkajs", "2.2.4")),
        pypi: Some(("confluent-kafka", "2.10.1")),
        maven: Some(("org.apache.kafka:kafka-clients", "4.0.0")),
        cargo: Some(("rdkafka", "0.37.0")),
    },
    Item {
        key: "vault",
        go: Some(("github.com/hashicorp/vault/api", "v1.16.0")),
        npm: Some(("node-vault", "0.10.2")),
        pypi: Some(("hvac", "2.3.0")),
        ..NONE
    },
    Item { key: "stripe", npm: Some(("stripe", "18.2.0")), pypi: Some(("stripe", "12.2.0")), ..NONE },
    Item { key: "mlflow", pypi: Some(("mlflow", "2.22.0")), ..NONE },
    Item { key: "wandb", pypi: Some(("wandb", "0.19.11")), ..NONE },
];

/// The item of a key, when it is a package.
pub(super) fn find(key: &str) -> Option<&'static Item> {
    ITEMS.iter().find(|item| item.key == key)
}
