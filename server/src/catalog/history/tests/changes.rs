//! What is said of capabilities whose documents changed.
use super::estate::{DAY, FIRST, Past};

fn document(offers: &str, eligible: &str) -> String {
    format!(
        "apiVersion: waymark.dev/v1\nkind: Capability\nmetadata: {{name: flags}}\nspec:\n  area: developer-platform\n  eligible: {eligible}\n  offers: [{offers}]\n"
    )
}

#[test]
fn a_change_of_meaning_is_told_and_a_first_appearance_is_none() {
    let first = document("{name: ours, path: golden}, {name: theirs, path: vendor}", "{types: [service]}");
    let tolerated = document("{name: ours, path: golden}, {name: theirs, path: tolerated}", "{types: [service]}");
    let since = document(
        "{name: ours, path: golden, since: 2022-01-01}, {name: theirs, path: tolerated}, {name: third, path: vendor}",
        "{types: [service]}",
    );
    let wider = document("{name: ours, path: golden, since: 2022-01-01}, {name: third, path: vendor}", "{}");
    let past = Past::new(&[
        &[("flags.yaml", Some(&first))],
        &[("flags.yaml", Some(&tolerated))],
        &[("flags.yaml", None), ("rules/flags.yaml", Some(&since))],
        &[("rules/flags.yaml", Some(&wider))],
    ]);
    let history = past.judge();
    let told: Vec<(i64, &str, bool)> =
        history.rule_changes.iter().map(|c| ((c.moment.at - FIRST) / DAY, c.text.as_str(), c.meaning)).collect();
    assert_eq!(
        told,
        [
            (1, "offers: theirs is tolerated, was vendor", true),
            (2, "offers: ours is offered since 2022-01-01, was an unknown day, third is new (vendor)", false),
            (3, "offers: theirs (tolerated) is gone; eligible: other components could use it", true),
        ]
    );
    let findings: Vec<_> =
        history.findings.iter().map(|f| (f.rule.as_str(), f.path.as_ref().unwrap().as_str())).collect();
    assert_eq!(
        findings,
        [("capability-rules-changed", "flags.yaml"), ("capability-rules-changed", "rules/flags.yaml")]
    );
}
