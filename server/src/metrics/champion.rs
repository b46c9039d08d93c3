//! Champions: teams that have kept a capability's golden offer in several repositories for a while.
//! It must not name a person.
use super::{
    past::{Past, PastUse},
    standing_at::DAY,
};
use shared::{EntityRef, OfferPath};
use std::collections::{BTreeMap, BTreeSet};

/// How long an offer must have been in use, without a break.
const KEPT_DAYS: i64 = 90;
/// In how many repositories.
const MIN_REPOSITORIES: usize = 2;

/// The names of the capabilities whose golden offer the team has kept in two or more repositories for 90 days.
pub fn champion_of(past: &Past, team: &EntityRef) -> Vec<String> {
    let kept = |used: &&PastUse| {
        used.path == OfferPath::Golden && used.to.is_none() && used.from.at <= past.now - KEPT_DAYS * DAY
    };
    let mut repositories: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for component in past.components.iter().filter(|component| component.owner.as_ref() == Some(team)) {
        for used in component.uses.iter().filter(kept) {
            repositories.entry(used.capability).or_default().insert(component.repository);
        }
    }
    let several = repositories.into_iter().filter(|(_, of)| of.len() >= MIN_REPOSITORIES);
    several.filter_map(|(capability, _)| Some(past.capabilities.get(capability as usize)?.name.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::testing::{DAY, capability, component, moment, repository};
    use shared::{End, EntityKind};

    #[test]
    fn a_champion_kept_the_golden_offer_in_two_repositories() {
        let now = 1_000 * DAY;
        let team = EntityRef::new(EntityKind::Group, "default", "red").unwrap();
        let past = |from: [i64; 2], ended: bool, path: OfferPath| {
            let used = |from: i64| PastUse {
                capability: 0,
                offer: 0,
                path,
                from: moment(now - from * DAY),
                to: ended.then(|| moment(now)),
                end: if ended { End::Left } else { End::Open },
                exact: true,
                attempt: None,
                evidence: None,
            };
            let mut components = [("a", 0), ("b", 1)].map(|(name, repository)| component(name, repository, 0));
            for (component, from) in components.iter_mut().zip(from) {
                component.owner = Some(team.clone());
                component.uses.push(used(from));
            }
            let repositories = ["acme/a", "acme/b"].map(|name| repository(name, 0, now)).into();
            let capabilities = vec![capability("ci", &[("flagship", path)])];
            Past { now, rules_version: String::new(), capabilities, repositories, components: components.into() }
        };
        let named = |past: &Past| champion_of(past, &team);
        assert_eq!(named(&past([90, 400], false, OfferPath::Golden)), ["ci"]);
        assert!(named(&past([89, 400], false, OfferPath::Golden)).is_empty(), "too new in one of them");
        assert!(named(&past([90, 400], true, OfferPath::Golden)).is_empty(), "left");
        assert!(named(&past([90, 400], false, OfferPath::Vendor)).is_empty());
        let mut one = past([90, 400], false, OfferPath::Golden);
        one.components[1].repository = 0;
        assert!(named(&one).is_empty(), "one repository is not several");
    }
}
