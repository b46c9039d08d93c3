//! New-component share: of components that came within the year and chose, who started on the golden path.
//! It must not count a component whose beginning is unknown.
use super::{
    Metric,
    past::{Past, PastComponent, PastUse, Time},
    share,
    standing_at::{DAY, Is, Pair},
};
use shared::OfferPath;

pub(super) const METRIC: Metric = Metric {
    key: "new_component_share",
    title: "New-component share",
    formula: "|G₀| / |C₀|",
    doc: "Of the eligible components created in the year before that chose within 90 days, the share that started golden.",
};

/// A component is new for a year.
const WINDOW: Time = 365 * DAY;
/// A choice made later than this after its creation is not where a component started.
pub(super) const CHOICE: Time = 90 * DAY;

/// `|G₀| / |C₀|` from 0 to 1 (DESIGN section 5): those of `chose` whose first choice was golden with nothing off the path
/// beside it, and new components with a choice. Absent when none chose.
pub fn new_component_share(started_golden: u64, chose: u64) -> Option<f64> {
    share(started_golden, chose)
}

/// Whether the component's beginning is known and lies within the year before `at`.
pub(super) fn is_new(past: &Past, component: &PastComponent, at: Time) -> bool {
    let repository = &past.repositories[component.repository];
    component.created().is_some_and(|created| {
        // What was there when a cut-off history begins may be of any age.
        let known = repository.cut_off.is_none() || created > repository.first.at;
        known && created <= at && created > at - WINDOW
    })
}

/// Whether an eligible component started golden: all it used at the time of its first choice was golden or tolerated, and
/// something was golden. Absent when it is not eligible at `at`, or chose nothing within 90 days of its creation or by `at`.
pub(super) fn started_golden(pair: &Pair, at: Time) -> Option<bool> {
    if pair.at(at).is(Is::Eligible) { first_choice(pair.uses, pair.component.created()?, at) } else { None }
}

/// The same of the uses of any component, by when it was created.
pub(super) fn first_choice(uses: &[PastUse], created: Time, at: Time) -> Option<bool> {
    let chosen = uses.iter().map(|held| held.from.at).min().filter(|chosen| *chosen <= at.min(created + CHOICE))?;
    let has = |path: OfferPath| uses.iter().filter(|held| held.holds(chosen)).any(|held| held.path == path);
    Some(has(OfferPath::Golden) && !has(OfferPath::Vendor) && !has(OfferPath::Homegrown))
}
