//! The report's pages by what they say of made-up answers.
//! It must not reach for the API.
use super::{
    compare::Compared,
    report::Report,
    samples::{report, summary},
    *,
};
use crate::pages::shadow::tests::words_of;
use shared::api::{ReportChange, ReportComparison, ShadowReport};

pub(crate) fn html(report: ShadowReport) -> String {
    Owner::new().with(|| view! { <Report report/> }.to_html())
}

pub(crate) fn list(items: Vec<ReportSummary>) -> String {
    let list = Page { total: items.len() as u64, items, next: None };
    Owner::new().with(|| view! { <Reports url=PageUrl::parse("/reports") list/> }.to_html())
}

#[test]
fn the_report_says_its_sentence_first_and_gaps_before_teams() {
    let page = html(report(None));
    let text = words_of(&page);
    let order = [
        "4 shadow platforms of 6 teams cost",
        "Probable: built on",
        "EUR 96,000 to 205,000",
        "Gaps of the platform",
        "Where teams are off",
        "What was built twice",
        "Dark matter",
        "What changed",
        "Decisions to take",
        "What these figures rest on",
    ];
    let mut from = 0;
    for words in order {
        let at = text[from..].find(words).unwrap_or_else(|| panic!("{words} after {from}\n{text}"));
        from += at;
    }
    assert!(text.contains("Live, as of") && text.contains("Freeze this report"), "{text}");
}

#[test]
fn figures_cells_and_rows_open_what_they_count() {
    let page = html(report(None));
    for link in [
        "/shadow?claim=shadow",
        "/ownership?verdict=confirmed",
        "/catalog?capability=feature-flags&amp;path=vendor&amp;path=homegrown&amp;owner=group:default/pay",
        "/shadow/s-1#effort",
        "/api/v1/reports/shadow?format=pdf",
        "/api/v1/reports/shadow?format=md",
        "/reports/r-2026-08",
    ] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}\n{page}");
    }
    let frozen = html(report(Some("r-2026-11")));
    let then = "/catalog?capability=feature-flags&amp;path=vendor&amp;path=homegrown&amp;owner=group:default/pay&amp;at=2026-11-21T10:00:00Z";
    let other = "/catalog?capability=feature-flags&amp;path=vendor&amp;path=homegrown&amp;at=2026-11-21T10:00:00Z&amp;owner=group:default/pay";
    assert!(frozen.contains(then) || frozen.contains(other), "{frozen}");
    assert!(frozen.contains("href=\"/api/v1/reports/r-2026-11?format=csv\""), "{frozen}");
}

#[test]
fn a_frozen_report_says_so_and_only_its_decisions_change() {
    let page = html(report(Some("r-2026-11")));
    let text = words_of(&page);
    assert!(
        text.contains("Frozen on 21 November 2026")
            && text.contains("figures do not change")
            && text.contains("9f9f9f9f9f9f9f9f"),
        "{text}"
    );
    assert!(page.contains("method=\"post\" action=\"/reports/r-2026-11/decisions\""), "{page}");
    assert_eq!(page.matches("name=\"text\"").count(), 3);
    assert_eq!((page.matches("name=\"owner\"").count(), page.matches("name=\"due\"").count()), (3, 3));
    assert!(page.contains("value=\"2027-01-31\"") && !text.contains("Freeze this"), "{text}");
    assert!(text.contains("(Head of platform, 28 February 2027)"), "{text}");
    assert_eq!(page.matches("required").count(), 2);
    let live = html(report(None));
    assert!(live.contains("id=\"freeze-form\"") && live.contains("action=\"/reports/shadow\""), "{live}");
    assert!(live.contains("form=\"freeze-form\"") && !live.contains("name=\"text\""), "{live}");
}

#[test]
fn hostile_text_is_text_and_addresses_stay_on_the_site() {
    let bad = "\"><script>alert(1)</script>";
    let mut hostile = report(Some(bad));
    hostile.body.headline = bad.into();
    hostile.body.figures[0].href = Some("//evil.example/x".into());
    hostile.body.changes[0].href = Some("javascript:alert(1)".into());
    hostile.body.gaps[0].reasons = vec![bad.into()];
    hostile.body.dark.examples = vec![bad.into()];
    hostile.decisions[0].text = bad.into();
    hostile.decisions[0].due = Some(bad.into());
    let page = html(hostile);
    assert!(!page.contains("<script") && !page.contains("javascript:") && !page.contains("evil.example"), "{page}");
}

#[test]
fn a_report_of_nothing_says_so() {
    let mut none = report(None);
    none.body.figures.clear();
    (none.body.gaps, none.body.shadows, none.body.changes, none.body.since) = (vec![], vec![], vec![], None);
    none.body.matrix.teams.clear();
    none.decisions.clear();
    let page = html(none);
    let text = words_of(&page);
    for words in
        ["No gap of a golden path", "Nothing homegrown", "This is the first report", "No component uses a homegrown"]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!page.contains("name=\"text\""), "{page}");
}

#[test]
fn two_frozen_reports_can_be_chosen_and_compared() {
    let page = list(vec![summary("r-2", "2026-11-21"), summary("r-1", "2026-08-20")]);
    assert!(page.contains("action=\"/reports/compare\"") && page.contains("method=\"get\""), "{page}");
    assert_eq!((page.matches("name=\"from\"").count(), page.matches("name=\"to\"").count()), (2, 2));
    assert!(page.contains("aria-label=\"Compare from the report of 2026-08-20, r-1\""), "{page}");
    assert!(page.contains("2 frozen reports") && page.contains("href=\"/reports/r-2\""), "{page}");
    let alone = list(vec![summary("r-1", "2026-08-20")]);
    assert!(!alone.contains("type=\"radio\"") && !alone.contains("Compare the two"), "{alone}");
    assert!(list(vec![]).contains("No report is frozen yet"));
}

#[test]
fn a_comparison_says_what_is_different() {
    let compare = |changes| {
        let comparison =
            ReportComparison { from: summary("r-1", "2026-08-20"), to: summary("r-2", "2026-11-21"), changes };
        Owner::new().with(|| view! { <Compared comparison/> }.to_html())
    };
    let page = compare(vec![ReportChange {
        kind: "new_shadow".into(),
        text: "pay-queue is new.".into(),
        before: None,
        after: Some(1_041.0),
        href: Some("/shadow/s-2".into()),
    }]);
    assert!(
        page.contains("href=\"/shadow/s-2\"") && page.contains("1,041") && page.contains("href=\"/reports/r-1\""),
        "{page}"
    );
    assert!(compare(vec![]).contains("Both reports say the same."));
}
