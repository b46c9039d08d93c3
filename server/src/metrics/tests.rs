//! Metrics against figures worked out by hand, and against the sets they are about.
//! They must not repeat the formula under test.
mod counts;
mod explained;
mod moved;
mod page;
mod times;
mod times_hold;
mod velocity;

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The rows of the adoption page.
fn adoption_items(past: &past::Past, filter: &AdoptionFilter) -> Vec<shared::api::AdoptionItem> {
    adoption_page(past, filter).items
}

#[test]
fn figures_worked_out_by_hand() {
    assert_eq!(adoption(3, 4), Some(0.75));
    assert_eq!(adoption(0, 0), None);
    // A = {a, b, c}, H = {c, d}: a and b reuse, of a to d.
    assert_eq!(reuse_rate(3, 2, 1), Some(0.5));
    assert_eq!(reuse_rate(0, 5, 0), Some(0.0));
    assert_eq!(reuse_rate(5, 0, 0), Some(1.0));
    assert_eq!(reuse_rate(0, 0, 0), None);
    let ratio = homegrown_ratio(12, 5).unwrap();
    assert_eq!((ratio.to_string().as_str(), ratio.per_homegrown()), ("12 : 5", Some(2.4)));
    assert_eq!(homegrown_ratio(7, 0).unwrap().per_homegrown(), None);
    assert_eq!(homegrown_ratio(0, 0), None);
}

#[test]
fn every_metric_is_described() {
    let keys: BTreeSet<&str> = METRICS.iter().map(|metric| metric.key).collect();
    assert_eq!(keys.len(), METRICS.len());
    assert!(METRICS.iter().all(|m| !m.title.is_empty() && !m.formula.is_empty() && m.doc.ends_with('.')));
    let docs = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/metrics.md"));
    assert!(METRICS.iter().all(|m| docs.contains(m.title) && docs.contains(m.formula)), "docs/metrics.md lists each");
}

proptest! {
    #[test]
    fn reuse_rate_is_what_counting_the_members_gives(
        golden in prop::collection::btree_set(0_u8..40, 0..30),
        homegrown in prop::collection::btree_set(0_u8..40, 0..30),
    ) {
        let rate = reuse_rate(golden.len() as u64, homegrown.len() as u64, golden.intersection(&homegrown).count() as u64);
        let needed = (0_u8..40).filter(|c| golden.contains(c) || homegrown.contains(c)).count();
        let reused = (0_u8..40).filter(|c| golden.contains(c) && !homegrown.contains(c)).count();
        match rate {
            None => prop_assert_eq!(needed, 0),
            Some(rate) => {
                prop_assert!((0.0..=1.0).contains(&rate));
                prop_assert!((rate * needed as f64 - reused as f64).abs() < 1e-9);
            }
        }
    }
}
