//! Which capability code is joined to, and which it must not be.
//! They must not pass by matching everything or nothing.
use super::*;

/// The capability of code that two teams hold under this name, offering these names.
fn rival(file: &str, names: &[&str], imports: &[&str]) -> Option<String> {
    let mut estate = copied(&[file]);
    for holder in ["acme/pay", "acme/ship"] {
        estate.names(holder, file, names, imports);
    }
    let found = candidates(&estate);
    assert_eq!(found.len(), 1);
    found[0].capability.clone()
}

#[test]
fn names_join() {
    for (file, names, capability) in [
        ("src/feature_flags/store.ts", &["FlagStore"][..], "feature-flags"),
        ("src/featureFlags.ts", &["isOn"][..], "feature-flags"),
        ("lib/togglez/index.ts", &["FeatureToggleRepository", "FeatureToggle"][..], ""),
        ("src/toggles/featureToggle.ts", &["FeatureToggle"][..], "feature-flags"),
        ("src/message_queue/worker.ts", &["Worker"][..], "message-queue"),
        ("src/authentication.ts", &["AuthenticationProvider"][..], "authentication"),
    ] {
        let expected = Some(capability.to_owned()).filter(|name| !name.is_empty());
        assert_eq!(rival(file, names, &[]), expected, "{file}");
    }
}

#[test]
fn common_words_do_not() {
    for (file, names) in [
        ("src/maps.ts", &["mapKeys", "mapValues"][..]),
        ("src/tokens.ts", &["Token", "nextToken"][..]),
        ("src/search.ts", &["searchTree"][..]),
        ("src/metrics.ts", &["metricDistance"][..]),
        ("src/payments.ts", &["Payment"][..]),
        ("src/unit_test.ts", &["UnitTest"][..]),
        ("src/config.ts", &["Configuration"][..]),
        ("src/cache.ts", &["Cache"][..]),
        ("src/flags.ts", &["parseFlags"][..]),
        ("src/session.ts", &["Session"][..]),
        ("src/user.ts", &["User", "UserService"][..]),
    ] {
        assert_eq!(rival(file, names, &[]), None, "{file}");
    }
}

#[test]
fn an_import_alone_does_not_join_but_adds_to_a_name() {
    assert_eq!(rival("src/startup.ts", &["boot"], &["launchdarkly-js-client-sdk"]), None);
    assert_eq!(
        rival("src/startup.ts", &["FeatureFlagBoot"], &["launchdarkly-js-client-sdk"]).as_deref(),
        Some("feature-flags")
    );
    assert_eq!(rival("src/startup.ts", &["FeatureFlagBoot"], &[]), None);
}

#[test]
fn a_bought_name_joins_what_builds_on_it() {
    let wrapped = rival("src/launchdarkly.ts", &["boot"], &["launchdarkly-js-client-sdk"]);
    assert_eq!(wrapped.as_deref(), Some("feature-flags"));
    assert_eq!(rival("src/launchdarkly.ts", &["boot"], &[]), None);
    assert_eq!(rival("src/split.ts", &["split"], &["lodash"]), None);
}
