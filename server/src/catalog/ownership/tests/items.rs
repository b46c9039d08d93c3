//! What an item says beside its verdict: figures, evidence, claims, rules of CODEOWNERS.
//! It must not test verdicts as such.
use super::world::{World, group, path};
use shared::{EntityKind, OwnedPart, Verdict};
use std::time::{Duration, Instant};

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

#[test]
fn an_item_shows_figures_and_no_person() {
    let mut world = World::new();
    world.component("pay", "pay", Some("pay"));
    world.commits([180], &["ada"], "pay/a.rs");
    world.commits([0; 11], &["sue"], "pay/a.rs");
    world.commits([0], &["Con Tract <con@agency.example>"], "pay/a.rs");
    let item = world.components().remove(0);
    assert_eq!(item.verdict, Verdict::Disputed);
    // One commit weighs half after the half-life: 0.5 + 11 + 1 in all.
    let parts = |at: usize| &item.observed[at].parts;
    assert!(close(parts(0).lines, 11.0 / 12.5) && close(parts(0).commits, 11.0 / 12.5));
    assert_eq!((parts(0).merges, parts(0).code_owners), (None, None));
    // Without merges and CODEOWNERS the weights of the others are 0.35, 0.25 and 0.1 of 0.7.
    assert!(close(item.observed[0].share, 0.6 / 0.7 * 11.0 / 12.5));
    assert!(close(item.score.unwrap(), (0.6 * 0.04 + 0.1) / 0.7));
    let teams: Vec<_> = item.observed.iter().map(|observed| observed.team.clone()).collect();
    assert_eq!(teams, [Some(group("search")), Some(group("pay")), None]);
    assert!(item.reason.starts_with("group:pay did 4 % of the recent work, group:search 88 % (scores 0.18 and 0.75)."));
    assert!(item.reason.ends_with("The last commit of group:pay was on 2026-05-25 (180 days ago)."), "{}", item.reason);
    assert_eq!((item.evidence.len(), item.knowledge), (10, Some(1)));
    assert!(item.evidence.iter().all(|commit| commit.lines == 40 && commit.permalink.is_some()));
    assert!(item.evidence.windows(2).all(|pair| pair[0].commit > pair[1].commit), "newest first");
    assert_eq!(item.last_work.as_ref().unwrap().at.as_str(), "2026-11-21T00:00:00Z");
    let json = serde_json::to_string(&world.judge().items).unwrap();
    ["ada", "Con Tract", "sue", "@agency"].iter().for_each(|word| assert!(!json.contains(word), "{word}"));
}

#[test]
fn a_declared_user_is_named_as_owner_only() {
    let mut world = World::new();
    world.component("tool", "", Some("user:ada"));
    world.commits([20, 10], &["ada"], "a.rs");
    let item = world.components().remove(0);
    assert!(item.observed.iter().all(|o| o.team.as_ref().is_none_or(|team| team.kind() == EntityKind::Group)));
    assert_eq!(item.observed[0].team, Some(group("pay")));
    assert!(item.evidence.iter().all(|commit| commit.team == Some(group("pay"))));
}

#[test]
fn knowledge_counts_people_not_addresses() {
    let mut world = World::new();
    world.component("pay", "", Some("pay"));
    world.commits([9, 9], &["Ada Doe <ada@home.example>"], "a");
    world.commits([9, 9], &["ada"], "a");
    world.commits([9, 9], &["bob"], "a");
    world.commits([9, 9, 9], &["cy"], "a");
    assert_eq!(world.components()[0].knowledge, Some(2), "4 of 9 are no half, 7 of 9 are");
}

#[test]
fn the_line_that_claims_is_shown() {
    let mut world = World::new();
    world.component("pay", "pay", Some("pay")).descriptor = Some((path("pay/catalog-info.yaml"), 1));
    world.claims.texts.insert(path("pay/catalog-info.yaml"), "kind: Component\nspec:\n  owner: pay # us\n".to_owned());
    world.component("web", "web", Some("search"));
    world.component("none", "none", None);
    world.code_owners("# teams\n/web/  @acme/search @acme/pay\n");
    world.commits([9], &["ada"], "web/a.rs");
    let items = world.components();
    let claim = items[0].claim.as_ref().unwrap();
    assert_eq!(
        (claim.path.as_str(), claim.line, claim.text.as_str()),
        ("pay/catalog-info.yaml", Some(3), "owner: pay # us")
    );
    let link = format!("https://git.example/acme/shop/blob/{}/pay/catalog-info.yaml#L3", "f".repeat(40));
    assert_eq!(claim.permalink, Some(link));
    let claim = items[1].claim.as_ref().unwrap();
    assert_eq!(
        (claim.path.as_str(), claim.line, claim.text.as_str()),
        ("CODEOWNERS", Some(2), "/web/  @acme/search @acme/pay")
    );
    assert_eq!(items[1].verdict, Verdict::Confirmed, "the rule names the team that works, too");
    assert_eq!(items[2].claim, None);
}

#[test]
fn rules_are_judged_by_the_files_that_they_decide_about() {
    let mut world = World::new();
    world.component("shop", "", Some("pay"));
    world.component("web", "web", Some("search"));
    world.code_owners(
        "* @acme/pay\n/web/ @acme/pay\n/docs/\n/gone/ @acme/pay\n*.sql dba@acme.example\n*.tf @sue\n/api/ @acme/nobody\n",
    );
    world.commits([50, 40], &["ada"], "src/a.rs");
    world.commits([39, 38], &["sue"], "web/a.ts");
    world.commits([37], &["sue"], "docs/a.md");
    world.commits([36], &["ada"], "a.sql");
    world.commits([35], &["sue"], "infra/a.tf");
    world.commits([34], &["sue"], "api/a.rs");
    let rules = world.rules();
    let said: Vec<_> = rules.iter().map(|item| (item.path.as_str(), item.verdict)).collect();
    let expected = [
        ("*", Verdict::Confirmed),
        ("/web/", Verdict::Stale),
        ("*.sql", Verdict::Unknown),
        ("*.tf", Verdict::Confirmed),
        ("/api/", Verdict::Orphan),
    ];
    assert_eq!(said, expected);
    assert!(rules.iter().all(|item| item.part == OwnedPart::Path));
    assert_eq!(rules[0].entity.name(), "shop");
    assert_eq!(rules[1].entity.name(), "web");
    assert_eq!(rules[3].declared.as_ref().unwrap().to_string(), "user:default/sue");
}

#[test]
fn thousands_of_rules_are_bounded_and_told_once() {
    let mut world = World::new();
    world.component("shop", "", Some("pay"));
    let rules: String = (0..3_000).map(|n| format!("/s{n}/ @acme/pay\n")).collect();
    world.code_owners(&rules);
    for n in 0..300 {
        let files: Vec<String> = (0..=n % 3).map(|file| format!("s{n}/{file}.rs")).collect();
        let files: Vec<(&str, u32)> = files.iter().map(|file| (file.as_str(), 10)).collect();
        world.commit(10, &["ada"], &files);
    }
    let start = Instant::now();
    let judged = world.judge();
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(judged.items.len(), 1 + 200);
    let rules: Vec<_> = judged.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["code-owners-too-many-rules"]);
    assert!(judged.items.iter().skip(1).filter(|item| item.evidence[0].lines > 10).count() == 200, "the largest");
}

#[test]
fn work_of_strangers_is_one_finding() {
    let mut world = World::new();
    world.component("pay", "pay", Some("pay"));
    world.commits([20], &["ada"], "pay/a.rs");
    world.commits([20, 20, 20], &["Con Tract <con@agency.example>"], "pay/a.rs");
    let findings = world.judge().findings;
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule, "work-unknown-team");
    assert!(findings[0].message.starts_with("75 % of the recent work") && !findings[0].message.contains("Con"));
    let mut nobody = World::empty();
    nobody.component("pay", "", None);
    nobody.commits([20], &["ada"], "a.rs");
    assert_eq!(nobody.judge().findings, [], "without an organisation there is nothing to map to");
}
