//! What a query says of a component's use of capabilities, asked of the past; `entity_filter` asks the same of the rows.
//! It must not know anything of an entity but what it used and could use.
use super::{
    StoreError,
    entity_filter::standing,
    list::check_flag,
    past::{
        PastEntity,
        standing::{standings, state, uses},
    },
};
use crate::metrics::{
    Is, StandingAt,
    past::{Past, PastCapability, PastComponent, PastUse, Time},
};
use shared::{OfferPath, api::EntityQuery};

/// The words of a query about capabilities.
pub(super) struct Asked<'q> {
    query: &'q EntityQuery,
    /// Positions of the capabilities named; all, when none is.
    capabilities: Option<Vec<u32>>,
    eligible: Option<bool>,
    /// Whether anything is said of a standing, and anything but the capability's name.
    of_standing: bool,
    of_its_kind: bool,
}

impl<'q> Asked<'q> {
    /// Reads and checks the words.
    ///
    /// # Errors
    /// `BadFilter`, for the same words as without a time.
    pub(super) fn new(query: &'q EntityQuery, past: &Past) -> Result<Self, StoreError> {
        let of_standing = standing(query)?.is_some();
        let eligible = check_flag("eligible", query.eligible.as_deref())?;
        let of_its_kind = !query.path.is_empty() || !query.state.is_empty() || eligible.is_some();
        let named = |(_, held): &(u32, &PastCapability)| query.capability.contains(&held.name);
        let named = || (0..).zip(&past.capabilities).filter(named).map(|(position, _)| position).collect();
        let capabilities = (!query.capability.is_empty()).then(named);
        Ok(Self { query, capabilities, eligible, of_standing, of_its_kind })
    }

    /// Whether all of it was true of an entity at a time when it existed. It is true of no entity without a known past.
    pub(super) fn holds(&self, past: &Past, entity: Option<&PastEntity>, at: Time) -> bool {
        if !self.of_standing && self.query.offer.is_empty() {
            return true;
        }
        let Some(component) = entity.and_then(|entity| entity.component) else { return false };
        let component = &past.components[component];
        (!self.of_standing || self.standings_that_fit(component, at).next().is_some())
            && (self.query.offer.is_empty() || component.uses.iter().any(|used| self.offer_fits(past, used, at)))
    }

    /// The capabilities, by position, whose standing fits by itself: kind, path and offer all of the same one.
    pub(super) fn capabilities<'a>(
        &'a self,
        past: &'a Past,
        component: &'a PastComponent,
        at: Time,
    ) -> impl Iterator<Item = u32> + 'a {
        let uses_it = move |capability: &u32| {
            let of_it = |used: &&PastUse| used.capability == *capability;
            self.query.offer.is_empty()
                || component.uses.iter().filter(of_it).any(|used| self.offer_fits(past, used, at))
        };
        self.standings_that_fit(component, at).filter(uses_it)
    }

    fn standings_that_fit<'a>(&'a self, component: &PastComponent, at: Time) -> impl Iterator<Item = u32> + 'a {
        let standings = standings(component, at, self.capabilities.as_deref());
        standings.into_iter().filter(|(_, standing)| self.kind_fits(*standing)).map(|(capability, _)| capability)
    }

    /// A capability alone, or with a path, asks for a use; state and eligibility are asked whatever is used.
    fn kind_fits(&self, standing: StandingAt) -> bool {
        if !self.of_its_kind {
            return standing.is(Is::Using);
        }
        let word = |words: &[String], word: &str| words.is_empty() || words.iter().any(|w| w == word);
        let path = |path: &OfferPath| self.query.path.iter().any(|word| word == path.as_str()) && uses(standing, *path);
        word(&self.query.state, state(standing).as_str())
            && self.eligible.is_none_or(|eligible| eligible == standing.is(Is::Eligible))
            && (self.query.path.is_empty() || OfferPath::ALL.iter().any(path))
    }

    fn offer_fits(&self, past: &Past, used: &PastUse, at: Time) -> bool {
        let offer = &past.capabilities[used.capability as usize].offers[used.offer as usize].name;
        used.holds(at)
            && self.query.offer.contains(offer)
            && self.capabilities.as_ref().is_none_or(|named| named.contains(&used.capability))
            && (self.query.path.is_empty() || self.query.path.iter().any(|word| word == used.path.as_str()))
    }
}
