//! What holds of every estate.
//! They must not know an estate in particular.
use super::*;
use proptest::prelude::*;

const FOLDERS: [&str; 4] = ["src/retry", "src/feature_flags", "lib/money", "tools"];
const TEAMS: [Option<&str>; 4] = [Some("a"), Some("b"), Some("c"), None];

/// Up to 8 components, 12 clusters, 4 packages and some uses.
fn estates() -> impl Strategy<Value = Estate> {
    let copies = prop::collection::btree_set((0..8_usize, 0..4_usize), 2..6);
    (
        prop::collection::vec(0..4_usize, 8),
        prop::collection::vec((copies, 5..90_u64), 0..12),
        prop::collection::vec((0..8_usize, prop::collection::btree_set(0..8_usize, 0..5)), 0..4),
        prop::collection::btree_set(0..8_usize, 0..8),
    )
        .prop_map(|(owners, clusters, packages, users)| {
            let mut estate = estate();
            let names: Vec<String> = (0..8).map(|at| format!("c{at}")).collect();
            for (name, owner) in names.iter().zip(owners) {
                estate.add(name, &format!("acme/{name}"), "", TEAMS[owner]);
            }
            for (at, (files, lines)) in clusters.into_iter().enumerate() {
                let paths: Vec<(String, String)> =
                    files.iter().map(|(c, f)| (names[*c].clone(), format!("{}/f{at}.ts", FOLDERS[*f]))).collect();
                let files: Vec<(&str, &str)> = paths.iter().map(|(c, f)| (c.as_str(), f.as_str())).collect();
                estate.cluster(&format!("{at:016x}"), lines, &files);
            }
            for (at, (maker, users)) in packages.into_iter().enumerate() {
                let users: Vec<&str> = users.iter().map(|at| names[*at].as_str()).collect();
                estate.publish("npm", &format!("@acme/p{at}"), &names[maker], &users);
            }
            for at in users {
                let offer = ("flag-book", OfferPath::Homegrown);
                estate.uses(&names[at], offer, "files: **/feature_flags/**", "src/feature_flags/f0.ts");
            }
            estate
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_the_input_does_not_matter(estate in estates(), turn in 0..7_usize) {
        let mut turned = estate.clone();
        turned.components.rotate_left(turn % estate.components.len());
        turned.clusters.reverse();
        turned.packages.reverse();
        turned.usages.reverse();
        turned.capabilities.reverse();
        prop_assert_eq!(candidates(&estate), candidates(&turned));
    }

    #[test]
    fn ids_are_unique_and_every_candidate_serves_two(estate in estates()) {
        let found = candidates(&estate);
        let ids: std::collections::BTreeSet<&str> = found.iter().map(|one| one.id.as_str()).collect();
        prop_assert_eq!(ids.len(), found.len());
        for one in &found {
            prop_assert!(one.capability.is_none() || one.proposed.is_none());
            prop_assert!(!one.why.is_empty() && !one.name.is_empty());
            let served = one.users.len() + usize::from(one.kind == ShadowKind::Offer);
            prop_assert!(served >= 2, "{:?}", one);
        }
    }

    #[test]
    fn a_cluster_belongs_to_one_cluster_candidate_at_most(estate in estates()) {
        let all = of_kind(&estate, ShadowKind::Cluster);
        let mut held: Vec<&String> = all.iter().flat_map(|one| &one.clusters).collect();
        let n = held.len();
        held.sort();
        held.dedup();
        prop_assert_eq!(held.len(), n);
    }

    #[test]
    fn what_is_known_raises_no_alarm(estate in estates()) {
        let found = candidates(&estate);
        let known = Known {
            shadows: found.iter().map(KnownShadow::of_candidate).collect(),
            clusters: estate.clusters.iter().map(KnownCluster::of_item).collect(),
        };
        prop_assert_eq!(new_shadow(&known, &found, &estate), vec![]);
    }
}
