//! The rows of one repository's usages and standings.
//! It must not judge a state, except where a use came without a standing.
use super::{
    StoreError,
    rows::to_json,
    save_rows::insert,
    tables::{standing, usage},
    text::{clean, clip},
    writing::Writing,
};
use crate::catalog::model::{Entity, Standing, Usage};
use sea_orm::ActiveValue::{NotSet, Set};
use shared::{EntityRef, OfferPath, State};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

impl Writing<'_> {
    /// Usages and standings. Each (component, capability, offer) and each (component, capability) is one row: counts of
    /// rows are counts of components.
    pub(super) async fn usages(&self) -> Result<(), StoreError> {
        let owners: HashMap<&EntityRef, &Entity> =
            self.catalog.entities.iter().rev().map(|e| (&e.reference, e)).collect();
        let standings = self.standings();
        let mut seen = HashSet::new();
        let mut rows = Vec::new();
        for u in &self.catalog.usages {
            let Some(entity_id) = self.entities.get(&u.component.to_string()).copied() else { continue };
            if !seen.insert((&u.component, &u.capability, &u.offer)) {
                continue;
            }
            let state = standings.get(&(&u.component, u.capability.as_str())).map_or(State::None, |s| s.0.state);
            let owner = owners.get(&u.component).and_then(|e| e.owner.as_ref());
            rows.push(usage::ActiveModel {
                id: NotSet,
                repository_id: Set(self.id),
                repository: Set(self.name.clone()),
                entity_id: Set(entity_id),
                component: Set(u.component.to_string()),
                capability: Set(clip(&u.capability)),
                offer: Set(clip(&u.offer)),
                path: Set(u.path.to_string()),
                state: Set(state.to_string()),
                owner_ref: Set(owner.map(ToString::to_string).unwrap_or_default()),
                shadowed: Set(self.shadowed.contains(&u.component.to_string())),
                evidence: Set(to_json(&u.evidence)),
            });
        }
        insert::<usage::Entity, _>(self.tx, rows).await?;
        let rows = standings.into_values().filter_map(|(s, paths)| self.standing_row(&s, &paths)).collect();
        insert::<standing::Entity, _>(self.tx, rows).await
    }

    fn standings(&self) -> BTreeMap<(&EntityRef, &str), (Standing, BTreeSet<OfferPath>)> {
        let mut used: BTreeMap<(&EntityRef, &str), BTreeSet<OfferPath>> = BTreeMap::new();
        for Usage { component, capability, path, .. } in &self.catalog.usages {
            used.entry((component, capability)).or_default().insert(*path);
        }
        let mut out = BTreeMap::new();
        for s in &self.catalog.standings {
            let key = (&s.component, s.capability.as_str());
            let paths = used.get(&key).cloned().unwrap_or_default();
            out.entry(key).or_insert_with(|| (s.clone(), paths));
        }
        // A use without a standing would be in the list of usages and in no count of components.
        for (key, paths) in used {
            out.entry(key).or_insert_with(|| (standing_of_use(key, &paths), paths));
        }
        out
    }

    fn standing_row(&self, s: &Standing, paths: &BTreeSet<OfferPath>) -> Option<standing::ActiveModel> {
        Some(standing::ActiveModel {
            id: NotSet,
            repository_id: Set(self.id),
            entity_id: Set(*self.entities.get(&s.component.to_string())?),
            capability: Set(clip(&s.capability)),
            state: Set(s.state.to_string()),
            eligible: Set(s.eligible),
            golden: Set(paths.contains(&OfferPath::Golden)),
            tolerated: Set(paths.contains(&OfferPath::Tolerated)),
            vendor: Set(paths.contains(&OfferPath::Vendor)),
            homegrown: Set(paths.contains(&OfferPath::Homegrown)),
            shadowed: Set(self.shadowed.contains(&s.component.to_string())),
            exemption: Set(s.exemption.as_deref().map(clean)),
        })
    }
}

/// The standing of a component that uses a capability it was given no standing towards (DESIGN section 1).
fn standing_of_use((component, capability): (&EntityRef, &str), paths: &BTreeSet<OfferPath>) -> Standing {
    let state = match (paths.contains(&OfferPath::Golden), paths.len()) {
        (true, 1) => State::Golden,
        (true, _) => State::Migrating,
        _ => State::OffPath,
    };
    Standing {
        component: component.clone(),
        capability: capability.to_owned(),
        state,
        eligible: false,
        exemption: None,
    }
}
