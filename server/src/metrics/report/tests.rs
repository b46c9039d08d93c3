//! The report as those see it who read it.
//! It must not look into how a sentence is put together.
use super::{
    compare, compose, decide, digest, id,
    model::{OffPath, Previous, ReportInput, StartPage},
    testing::{at, full_input, group, input, item, report, summary},
    to_csv, to_html, to_markdown, to_pdf,
};
use shared::{EntityRef, ShadowClaim, ShadowKind, api::ReportBody};

fn headline(change: impl FnOnce(&mut ReportInput)) -> String {
    let mut input = input();
    change(&mut input);
    compose(&input).headline
}

#[test]
fn the_headline_is_made_of_what_is_certain() {
    assert_eq!(
        headline(|_| ()),
        "2 homegrown platforms beside 1 golden path took 312 author-days in the last year (EUR 125,000 to 374,000); \
         Feature flags is the largest, in 5 teams."
    );
    let no_rate = headline(|input| {
        input.rate = None;
        input.shadows.iter_mut().for_each(|item| item.cost = None);
    });
    assert!(
        no_rate.contains("312 author-days in the last year (no day rate is set, so no cost is given)"),
        "{no_rate}"
    );
    let no_history = headline(|input| input.has_work = false);
    assert!(no_history.contains("have 21 consumers; what they took is unknown, because no history was read"));
    let no_golden = headline(|input| input.capabilities[0].golden.clear());
    assert!(no_golden.starts_with("2 homegrown platforms for 1 capability without a golden path took"), "{no_golden}");
    let possible = headline(|input| input.shadows.retain(|item| item.claim != ShadowClaim::Shadow));
    assert_eq!(possible, "No homegrown platform is certain; 1 possible one waits for a look.");
    let none = headline(|input| input.shadows.clear());
    assert_eq!(none, "No homegrown platform was found beside what the platform offers.");
    let one = headline(|input| input.shadows.retain(|item| item.name == "own-flags"));
    assert!(one.ends_with("; it is for Feature flags, in 5 teams."), "{one}");
}

#[test]
fn confidence_says_what_the_figures_rest_on() {
    assert_eq!(
        compose(&input()).confidence,
        "Found 1 by rule and 1 by equal code, measured at a precision of 0.9 or better; 1 more is \
         only possible and in no figure above; 86% of the work is by people of known teams; squash merges hide days on \
         branches, so days are a lower bound."
    );
}

#[test]
fn the_platform_is_asked_before_its_teams() {
    let gap = &compose(&input()).gaps[0];
    assert_eq!((gap.off_path, gap.teams), (4, 3));
    assert_eq!(
        gap.reasons,
        [
            "No golden offer for Python, in which 2 of the 4 components off the path are written.",
            "No start document: nothing says how to begin.",
            "It is in beta: teams may not rely on it yet.",
            "flagship has had no commit for 293 days.",
        ]
    );
    let mut clean = input();
    clean.capabilities[0].golden[0].any_language = true;
    clean.capabilities[0].golden[0].last_commit = Some(at());
    clean.capabilities[0].start = StartPage::There;
    clean.capabilities[0].lifecycle = "ga".to_owned();
    assert!(compose(&clean).gaps.is_empty());
    // What an offer's own component is written in is covered, and markup needs no package.
    let mut other = input();
    other.capabilities[0].golden[0].ecosystems.clear();
    for (at, language) in ["Go", "HTML", "Shell", "Go"].iter().enumerate() {
        other.capabilities[0].off_path[at].language = Some((*language).to_owned());
    }
    assert!(!compose(&other).gaps[0].reasons[0].contains("No golden offer for"));
}

#[test]
fn decisions_have_an_owner_and_a_working_day() {
    let input = input();
    let decisions = decide(&input, &compose(&input));
    let said: Vec<_> =
        decisions.iter().map(|d| (d.text.as_str(), d.owner.as_str(), d.due.as_deref().unwrap())).collect();
    insta::assert_debug_snapshot!(said);
    super::check_decisions(&decisions).unwrap();
    let mut bare = input.clone();
    (bare.shadows, bare.capabilities, bare.rate) = (vec![], vec![], None);
    let bare = decide(&bare, &compose(&bare));
    assert_eq!(bare.len(), 3);
    assert!(bare.iter().all(|decision| decision.owner == "platform leadership"));
}

#[test]
fn what_changed_is_told_and_a_list_that_was_cut_is_no_loss() {
    let before = compose(&input());
    let mut later = input();
    later.shadows.retain(|item| item.name != "retry-helpers");
    later.shadows.push(item("queue", ShadowKind::Package, 12, &["web", "search"]));
    let own = later.shadows.iter_mut().find(|item| item.name == "own-flags").unwrap();
    own.consumers += 4;
    later.previous = Some(Previous { summary: summary(&report(&input())), body: before.clone() });
    later.today = "2026-12-21".to_owned();
    let body = compose(&later);
    let said: Vec<_> = body.changes.iter().map(|change| (change.kind.as_str(), change.text.as_str())).collect();
    insta::assert_debug_snapshot!(said);
    assert_eq!(body.since.unwrap().id, report(&input()).id.unwrap());

    let many = compose(&full_input());
    let gone: Vec<_> = many.changes.iter().filter(|change| change.kind == "gone_shadow").collect();
    assert!(!gone.is_empty() && gone.iter().all(|change| change.text.ends_with("no longer among the largest.")));
    assert!(compare(&before, &before).is_empty());
}

#[test]
fn the_same_figures_frozen_twice_on_a_day_are_one_report() {
    let first = report(&input());
    let mut again = input();
    again.previous = Some(Previous { summary: summary(&first), body: first.body.clone() });
    // A scan later in the day found nothing new.
    again.matrix.at = shared::Timestamp::new("2026-11-21T17:30:00Z").unwrap();
    assert_eq!(report(&again).id, first.id);
    again.today = "2026-11-22".to_owned();
    let next = compose(&again);
    assert_eq!((next.changes.len(), next.since.unwrap().id), (0, first.id.unwrap()));
}

#[test]
fn a_digest_can_be_checked_from_what_was_stored() {
    let mut odd = input();
    odd.dark.lines_share = Some(1.0 / 3.0);
    odd.shadows[0].cost.as_mut().unwrap().low = 100.0 / 7.0;
    let body = compose(&odd);
    let text = serde_json::to_string(&body).unwrap();
    let read: ReportBody = serde_json::from_str(&text).unwrap();
    assert_eq!(digest(&read), digest(&body));
    assert_eq!(id(&at(), &digest(&body)), format!("2026-11-21-{}", &digest(&body)[..8]));
}

#[test]
fn no_person_is_in_a_report() {
    let mut personal = input();
    let person: EntityRef = "user:default/jo-doe".parse().unwrap();
    personal.matrix.teams[1].team = Some(person.clone());
    personal.shadows.iter_mut().for_each(|item| item.teams.insert(0, person.clone()));
    personal.capabilities[0].owner = Some(person.clone());
    personal.capabilities[0].off_path.push(OffPath { language: None, owner: Some(person), homegrown: true });
    let report = report(&personal);
    for text in [serde_json::to_string(&report).unwrap(), to_markdown(&report), to_html(&report), to_csv(&report)] {
        assert!(!text.contains("jo-doe"), "{text}");
    }
    assert_eq!(report.body.shadows[0].teams[0], group("ledger"));
}

#[test]
fn hostile_names_stay_text_in_every_form() {
    let mut hostile = input();
    hostile.shadows.iter_mut().for_each(|item| item.name = "=cmd|' /C calc'!A0 <script>[x](http://x)\n# y".to_owned());
    let report = report(&hostile);
    let html = to_html(&report);
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"));
    let markdown = to_markdown(&report);
    assert!(!markdown.contains("<script") && !markdown.contains("[x](") && !markdown.contains("\n# y"), "{markdown}");
    assert!(to_csv(&report).contains(",\"'=cmd|"));
}

#[test]
fn the_printed_forms_of_an_ordinary_report() {
    let report = report(&input());
    insta::assert_snapshot!(to_markdown(&report));
    insta::assert_snapshot!(to_csv(&report));
    assert_eq!(to_pdf(&report), to_pdf(&report), "the same report gives the same bytes");
}

/// Every text that a PDF shows, one after another; content streams are not compressed.
fn shown(pdf: &[u8]) -> String {
    String::from_utf8_lossy(pdf).lines().filter(|line| line.ends_with(" Tj")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_pdf_has_two_pages_whatever_is_in_it() {
    let mut empty = input();
    (empty.shadows, empty.capabilities) = (vec![], vec![]);
    (empty.matrix.teams, empty.dark) = (vec![], Default::default());
    for input in [input(), full_input(), empty] {
        let pdf = to_pdf(&report(&input));
        assert!(pdf.starts_with(b"%PDF-1."), "a PDF says what it is");
        let text = String::from_utf8_lossy(&pdf);
        assert_eq!(text.matches("/Type /Page\n").count(), 2);
        assert!(shown(&pdf).contains("Page 2 of 2"));
        if let Ok(folder) = std::env::var("REPORT_SAMPLES") {
            let name = format!("{folder}/{}", report(&input).body.n_shadows);
            std::fs::write(format!("{name}.pdf"), &pdf).unwrap();
            std::fs::write(format!("{name}.html"), to_html(&report(&input))).unwrap();
            std::fs::write(format!("{name}.md"), to_markdown(&report(&input))).unwrap();
        }
    }
    let text = shown(&to_pdf(&report(&full_input())));
    assert!(text.contains("+18 more capabilities, +26 more teams") && text.contains("+20 more"), "{text}");
}
