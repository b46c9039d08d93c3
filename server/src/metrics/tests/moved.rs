//! Who moved where, on histories made by hand; and what must add up on any.
//! It must not test counts.
use crate::metrics::{
    Interval, SeriesQuestion, SubstitutionQuestion, moves,
    past::{Past, PastComponent, Scope, Time},
    series, substitution,
    testing::{ALL_PATHS, DAY, END, capability, component, day, everything, pasts, repository},
};
use proptest::prelude::*;
use shared::{End, OfferPath, Unit};

fn flags() -> Past {
    let mut past = Past { now: day("2024-01-01"), ..Past::default() };
    past.capabilities.push(capability("flags", &ALL_PATHS));
    past.repositories.push(repository("acme/api", day("2020-01-01"), past.now));
    past
}

const GOLD: u32 = 0;
const FINE: u32 = 2;
const BOUGHT: u32 = 3;
const OWN: u32 = 4;

/// (offer, replaced, replaced by) of each stretch of one component.
fn told(past: &mut Past, component: PastComponent) -> Vec<(String, String, String)> {
    past.components = vec![component];
    let moves = moves(past, 0, &everything());
    moves.into_iter().map(|m| (m.offer, m.replaced.join(" + "), m.replaced_by.join(" + "))).collect()
}

fn row(offer: &str, replaced: &str, by: &str) -> (String, String, String) {
    (offer.to_owned(), replaced.to_owned(), by.to_owned())
}

#[test]
fn who_leaves_one_offer_for_another_replaces_it() {
    let mut past = flags();
    // In one commit, after a gap of 90 days, and after years side by side.
    let gap = 90 * DAY;
    for (left, came) in [("2021-06-01", "2021-06-01"), ("2021-01-01", "2021-04-01"), ("2023-12-01", "2021-01-01")] {
        let (left, came) = (day(left), day(came));
        assert!(came - left <= gap);
        let one = component("api", 0, day("2020-01-01"));
        let one = one.using((&past, 0, BOUGHT), day("2020-02-01"), Some(left)).using((&past, 0, GOLD), came, None);
        assert_eq!(told(&mut past, one), [row("bought", "", "gold"), row("gold", "bought", "")]);
    }
}

#[test]
fn what_is_no_replacement() {
    let mut past = flags();
    let one = || component("api", 0, day("2020-01-01"));
    let alone = |names: [&str; 2]| names.map(|name| row(name, "", "")).to_vec();
    // It came a day too late.
    let late = one().using((&past, 0, BOUGHT), day("2020-02-01"), Some(day("2021-01-01")));
    let late = late.using((&past, 0, GOLD), day("2021-04-02"), None);
    assert_eq!(told(&mut past, late), alone(["bought", "gold"]));
    // A trial that ended before what was there.
    let trial = one().using((&past, 0, BOUGHT), day("2020-02-01"), Some(day("2022-01-01")));
    let trial = trial.using((&past, 0, GOLD), day("2021-01-01"), Some(day("2021-02-01")));
    assert_eq!(told(&mut past, trial), alone(["bought", "gold"]));
    // Both stay.
    let both = one().using((&past, 0, FINE), day("2020-02-01"), None).using((&past, 0, GOLD), day("2021-01-01"), None);
    assert_eq!(told(&mut past, both), alone(["fine", "gold"]));
    // The component went, and its offers with it.
    let mut gone = one().using((&past, 0, OWN), day("2020-02-01"), Some(day("2021-02-01")));
    gone = gone.using((&past, 0, GOLD), day("2021-01-01"), None);
    gone.uses[0].end = End::Removed;
    assert_eq!(told(&mut past, gone), alone(["own", "gold"]));
}

#[test]
fn one_offer_can_replace_two_and_a_move_says_how_long() {
    let mut past = flags();
    let one = component("api", 0, day("2020-01-01")).owned_by("core");
    let one = one.using((&past, 0, BOUGHT), day("2020-02-01"), Some(day("2020-12-31")));
    let one = one.using((&past, 0, OWN), day("2020-02-02"), Some(day("2021-01-03")));
    past.components = vec![one.using((&past, 0, GOLD), day("2021-01-01"), None)];
    let all = moves(&past, 0, &everything());
    assert_eq!(all[2].replaced, ["bought", "own"]);
    assert_eq!((all[1].days, all[1].ended), (336.0, End::Left));
    assert_eq!((all[2].days, all[2].to.clone(), all[2].path), (1095.0, None, OfferPath::Golden));
    assert!(all[0].to.clone().unwrap().permalink.unwrap().starts_with("https://github.com/acme/api/commit/"));
    let other = Scope { owner: vec![String::new()], ..Scope::default() };
    assert!(moves(&past, 0, &other).is_empty());
}

fn flows(past: &Past, unit: Unit, (from, to): (Time, Time)) -> Vec<(String, String, Vec<String>)> {
    let scope = everything();
    let asked = SubstitutionQuestion { capability: 0, from, to, unit, scope: &scope };
    substitution(past, &asked).flows.into_iter().map(|f| (f.from.name, f.to.name, f.members)).collect()
}

#[test]
fn flows_tell_who_stayed_moved_came_and_went() {
    let mut past = flags();
    past.repositories.push(repository("acme/web", day("2020-01-01"), past.now));
    let (from, to) = (day("2021-01-01"), day("2022-01-01"));
    let one = |name: &str, at| component(name, at, day("2020-01-01")).owned_by("core");
    past.components = vec![
        one("a", 0).using((&past, 0, BOUGHT), day("2020-02-01"), Some(day("2021-06-01"))).using(
            (&past, 0, GOLD),
            day("2021-06-01"),
            None,
        ),
        one("b", 0).using((&past, 0, BOUGHT), day("2020-02-01"), None).using((&past, 0, OWN), day("2021-02-01"), None),
        one("c", 1).using((&past, 0, BOUGHT), day("2020-02-01"), None),
        one("d", 1).gone(day("2021-03-01")).using((&past, 0, GOLD), day("2020-02-01"), Some(day("2021-03-01"))),
        one("e", 1).can(0).using((&past, 0, GOLD), day("2021-03-01"), None),
        one("f", 1).can(0),
    ];
    let own =
        |from: &str, to: &str, name: &str| (from.to_owned(), to.to_owned(), vec![format!("component:default/{name}")]);
    assert_eq!(
        flows(&past, Unit::Component, (from, to)),
        [
            own("bought", "bought", "c"),
            own("bought", "bought + own", "b"),
            own("bought", "gold", "a"),
            own("gold", "absent", "d"),
            own("none", "gold", "e"),
        ]
    );
    let by_repository = flows(&past, Unit::Repository, (from, to));
    assert_eq!(by_repository[0], ("bought".to_owned(), "bought + gold + own".to_owned(), vec!["acme/api".to_owned()]));
    assert_eq!(by_repository[1], ("bought + gold".to_owned(), "bought + gold".to_owned(), vec!["acme/web".to_owned()]));
    let scope = everything();
    let asked = SubstitutionQuestion { capability: 0, from, to, unit: Unit::Component, scope: &scope };
    let paths: Vec<_> = substitution(&past, &asked).flows.into_iter().map(|flow| flow.to.path).collect();
    assert_eq!(paths, [Some(OfferPath::Vendor), None, Some(OfferPath::Golden), None, Some(OfferPath::Golden)]);
}

/// The first months of a build platform as an organisation of nine repositories lived them: a copied make kit, a first tool
/// that was adopted and left, then the platform.
#[test]
fn a_platform_wins_in_one_month() {
    let offers =
        [("sage", OfferPath::Golden), ("mage-tools", OfferPath::Homegrown), ("make-kit", OfferPath::Homegrown)];
    let mut past = Past { now: day("2022-03-31"), ..Past::default() };
    past.capabilities.push(capability("build", &offers));
    for at in 0..9_u8 {
        past.repositories.push(repository(&format!("acme/r{at}"), day("2021-06-01"), past.now));
        let mut one = component(&format!("c{at}"), at.into(), day("2021-06-01")).can(0);
        let came = day("2022-01-26") + i64::from(at) * DAY;
        if at < 6 {
            let left = if at < 4 { day("2021-11-10") } else { came };
            one = one.using((&past, 0, 2), day("2021-06-01"), Some(left));
        }
        if at < 4 {
            one = one.using((&past, 0, 1), day("2021-11-10"), Some(came));
        }
        if at < 8 {
            one = one.using((&past, 0, 0), came, None);
        }
        past.components.push(one);
    }
    let scope = everything();
    let asked = SeriesQuestion {
        capability: 0,
        interval: Interval::Month,
        unit: Unit::Repository,
        scope: &scope,
        from: None,
        to: None,
    };
    let golden: Vec<(u64, u64)> = series(&past, &asked).iter().map(|p| (p.golden, p.homegrown)).collect();
    // Six days of January: 26 to 31. The last two make kits leave on the 30th and 31st.
    assert_eq!(golden, [(0, 6), (0, 6), (0, 6), (0, 6), (0, 6), (0, 6), (0, 6), (6, 0), (8, 0), (8, 0)]);
    let all = moves(&past, 0, &scope);
    let of = |offer: &'static str| all.iter().filter(move |m| m.offer == offer);
    assert_eq!(of("mage-tools").filter(|m| m.replaced == ["make-kit"] && m.replaced_by == ["sage"]).count(), 4);
    // The two that never had the first tool came straight from the make kit.
    assert_eq!(of("sage").filter(|m| m.replaced == ["make-kit"]).count(), 2);
    assert!(of("sage").all(|m| m.ended == End::Open));
    let names: Vec<_> = flows(&past, Unit::Repository, (day("2021-12-31"), past.now))
        .into_iter()
        .map(|(from, to, members)| (from, to, members.len()))
        .collect();
    let flow = |from: &str, n| (from.to_owned(), "sage".to_owned(), n);
    assert_eq!(names, [flow("mage-tools", 4), flow("make-kit", 2), flow("none", 2)]);
}

proptest! {
    #[test]
    fn both_ends_of_a_replacement_tell_of_it(past in pasts()) {
        for capability in 0..3 {
            let all = moves(&past, capability, &everything());
            for one in &all {
                for name in &one.replaced {
                    let other = |m: &&shared::api::MoveItem| m.component == one.component && m.offer == *name;
                    prop_assert!(all.iter().filter(other).any(|m| m.replaced_by.contains(&one.offer)));
                }
                prop_assert!(!one.replaced.contains(&one.offer));
            }
        }
    }

    #[test]
    fn every_user_is_in_one_flow(past in pasts(), ago in 0..900 * DAY, unit in 0..3_usize) {
        let scope = everything();
        let unit = Unit::ALL[unit];
        let asked = SubstitutionQuestion { capability: 0, from: END - ago, to: END, unit, scope: &scope };
        let flows = substitution(&past, &asked).flows;
        let users = |at: Time| {
            let tallies = crate::metrics::tallies(&past, &crate::metrics::Question { capability: Some(0), points: &[at], unit, scope: &scope });
            tallies[0][0].counts().components
        };
        let is_user = |name: &str| name != "none" && name != "absent";
        prop_assert!(flows.iter().all(|flow| flow.n == flow.members.len() as u64 && flow.n > 0));
        prop_assert!(flows.windows(2).all(|two| two[0].n >= two[1].n));
        prop_assert_eq!(flows.iter().filter(|flow| is_user(&flow.from.name)).map(|flow| flow.n).sum::<u64>(), users(END - ago));
        prop_assert_eq!(flows.iter().filter(|flow| is_user(&flow.to.name)).map(|flow| flow.n).sum::<u64>(), users(END));
        let mut members: Vec<&String> = flows.iter().flat_map(|flow| &flow.members).collect();
        let n = members.len();
        members.sort();
        members.dedup();
        prop_assert_eq!(n, members.len());
    }
}
