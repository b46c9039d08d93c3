//! What a commit of the past contributes to history: entities and usages by the same steps as the tip's, and no more.
//! It must not know which commit it is: positions and dates are the history's.
use super::{entities, imports::Imports, observe, place::Places, usages};
use crate::{
    catalog::{
        model::{Entity, Usage},
        rules::Ruleset,
    },
    facts::model::RepositoryFacts,
};
use shared::EntityRef;

/// What a repository held at one commit.
pub(crate) struct PastState {
    pub(crate) entities: Vec<Entity>,
    pub(crate) usages: Vec<Usage>,
    /// Packages that others can depend on, as `ecosystem:name`, with the component that publishes each.
    pub(crate) published: Vec<(EntityRef, String)>,
}

/// Judges one commit of the past by the rules of today.
pub(crate) fn past(facts: &RepositoryFacts, rules: &Ruleset) -> PastState {
    let (entities, _, _) = entities::build(facts);
    let places = Places::new(facts, &entities);
    let imports = Imports::new(facts, &places);
    let observed = observe::observe(facts, rules, &places, &imports);
    let usages = usages::usages(facts, rules, &places, &observed);
    let published = published(facts, &places);
    PastState { entities, usages, published }
}

fn published(facts: &RepositoryFacts, places: &Places<'_>) -> Vec<(EntityRef, String)> {
    let named = facts.packages.iter().filter(|package| package.decl.published && !package.decl.name.is_empty());
    let of = |package: &crate::facts::model::Package| {
        let component = places.component_of(&package.path)?.clone();
        Some((component, format!("{}:{}", package.decl.ecosystem, package.decl.name)))
    };
    named.filter_map(of).collect()
}
