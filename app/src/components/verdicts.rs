//! Verdicts on owners: what each means, and how many there are of each as links to the lists they count.
//! It must not judge anything itself.
use super::{
    badge::Badge,
    split_bar::{Part, SplitBar, SplitLegend},
};
use crate::{
    url::PageUrl,
    words::{self, Tag},
};
use leptos::prelude::*;
use shared::{
    OwnedPart, Verdict,
    api::{OwnershipQuery, VerdictCounts},
};

/// All verdicts on components, or on the rules of CODEOWNERS.
pub fn of_part(part: OwnedPart) -> PageUrl {
    let part = (part == OwnedPart::Path).then(|| part.to_string());
    let query = OwnershipQuery { part: part.into_iter().collect(), ..Default::default() };
    PageUrl::new("/ownership", query.pairs())
}

/// The list of verdicts on components that are declared to be this owner's; the empty text is nobody's.
pub fn of_owner(owner: &str) -> PageUrl {
    of_part(OwnedPart::Component).with("owner", Some(owner))
}

/// The parts of a list by verdict, each opening what it counts.
pub fn parts(list: &PageUrl, counts: &VerdictCounts) -> Vec<Part> {
    let part = |verdict: &Verdict| {
        let tag = words::verdict(*verdict);
        let href = list.with("verdict", Some(verdict.as_str())).href();
        Part { tone: tag.tone, label: tag.text, n: counts.of(*verdict), href }
    };
    Verdict::ALL.iter().map(part).collect()
}

/// A list with what has a declared owner only.
pub fn declared(list: &PageUrl) -> PageUrl {
    let mut list = list.with("verdict", None);
    let words = Verdict::ALL.iter().filter(|verdict| **verdict != Verdict::Undeclared);
    list.pairs.extend(words.map(|verdict| ("verdict".to_owned(), verdict.to_string())));
    list
}

/// The verdicts of a list as a bar with its numbers; says so when there is none.
#[component]
pub fn VerdictSplit(list: PageUrl, counts: VerdictCounts) -> impl IntoView {
    if counts.total() == 0 {
        return view! { <p class="small quiet">"no component"</p> }.into_any();
    }
    let parts = parts(&list, &counts);
    view! { <div class="verdicts"><SplitBar parts=parts.clone()/><SplitLegend parts/></div> }.into_any()
}

/// What a verdict means, as a sentence.
pub fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Confirmed => "The declared team does most of the recent work.",
        Verdict::Disputed => "Another team does clearly more of the recent work.",
        Verdict::Stale => "Others work on it; the declared team has not for 180 days.",
        Verdict::Dormant => "Nobody has worked on it for 180 days.",
        Verdict::Orphan => "Those who know it work nowhere any more, or the owner does not exist.",
        Verdict::Undeclared => "Nobody claims it.",
        Verdict::Unknown => "Nothing can be said: no author of it is of a known team.",
    }
}

/// One person who holds half of the work is a risk worth a mark.
const ONE_PERSON: Tag = Tag { text: "1 person", tone: "warning" };

/// How many people hold half of the recent work, never who.
#[component]
pub fn HalfOfWork(people: Option<u32>) -> impl IntoView {
    match people {
        None => view! { <span class="quiet">"unknown"</span> }.into_any(),
        Some(1) => view! { <Badge tag=ONE_PERSON/><span class="sr">" holds half of the recent work"</span> }.into_any(),
        Some(n) => words::counted(u64::from(n), "person", "people").into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_open_what_they_count_and_nothing_is_said_as_such() {
        let counts = VerdictCounts { confirmed: 3, undeclared: 1, ..Default::default() };
        let html = |counts: VerdictCounts| {
            let list = of_owner("group:default/pay");
            Owner::new().with(|| view! { <VerdictSplit list counts/> }.to_html())
        };
        let some = html(counts);
        assert!(some.contains("href=\"/ownership?owner=group:default/pay&amp;verdict=confirmed\""), "{some}");
        assert!(!some.contains("disputed") && some.contains("aria-label=\"3 confirmed, 1 undeclared\""), "{some}");
        assert!(html(VerdictCounts::default()).contains("no component"));
    }

    #[test]
    fn the_declared_are_all_but_the_undeclared() {
        let asked = declared(&PageUrl::parse("/ownership?owner=x&verdict=stale")).href();
        assert!(asked.starts_with("/ownership?owner=x&verdict=confirmed&verdict=disputed"), "{asked}");
        assert_eq!((asked.matches("verdict=").count(), asked.contains("undeclared")), (6, false));
    }

    #[test]
    fn verdicts_differ_in_word_mark_and_paint() {
        use crate::components::{badge::mark, split_bar::fill};
        let tags = Verdict::ALL.iter().map(|verdict| words::verdict(*verdict));
        let seen: std::collections::BTreeSet<_> =
            tags.flat_map(|tag| [tag.text.to_owned(), mark(tag.tone).to_html(), fill(tag.tone).to_owned()]).collect();
        assert_eq!(seen.len(), 3 * Verdict::ALL.len());
    }
}
