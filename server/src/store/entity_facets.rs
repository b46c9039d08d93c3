//! The facets of entities that are about capabilities: which, by which path, in which state.
//! It must not count the other facets: those are columns of the entity.
use super::{
    Store, StoreError,
    entities::ENTITIES,
    entity_filter::{conditions, field, standing, using_offer},
    list::{FacetOf, facet, filter_key},
    sql::Sql,
};
use shared::api::{EntityQuery, Facet};

impl Store {
    /// The capability facet. The other words about a standing (path, state, eligible, offer) must hold of the standing
    /// that is counted, so it cannot be counted as a column of the entity is.
    pub(super) async fn count_capabilities_used(&self, query: &EntityQuery) -> Result<Facet, StoreError> {
        let mut others = query.clone();
        let selected = std::mem::take(&mut others.capability);
        // Any standing will do only when something else is said of it.
        let mut parts =
            standing(&EntityQuery { capability: vec![String::new()], ..others.clone() })?.unwrap_or_default();
        parts.remove(0);
        if let Some(offer) = using_offer(&others) {
            let own = "EXISTS (SELECT 1 FROM usage WHERE usage.entity_id = standing.entity_id \
                       AND usage.capability = standing.capability AND ";
            parts.push(Sql::new(own).then(offer).add(")"));
        }
        others.path.clear();
        others.state.clear();
        others.offer.clear();
        others.eligible = None;
        parts.push(conditions(self.backend(), &others)?);
        let of = FacetOf {
            name: "capability",
            title: "Capability",
            expr: "standing.capability",
            from: Some("entity JOIN standing ON standing.entity_id = entity.id"),
        };
        let counts = self.count_values(&ENTITIES, &of, Sql::all(parts)).await?;
        Ok(facet((of.name, of.title), counts, &selected))
    }

    /// A facet whose few words are known: one count for each.
    pub(super) async fn count_words(
        &self,
        query: &EntityQuery,
        of: (&'static str, &'static str),
        words: impl Iterator<Item = &'static str>,
    ) -> Result<Facet, StoreError> {
        let mut counts = Vec::new();
        let mut others = query.clone();
        let selected = std::mem::take(field(&mut others, of.0));
        for word in words {
            *field(&mut others, of.0) = vec![word.to_owned()];
            let condition = conditions(self.backend(), &others)?;
            counts.push((word.to_owned(), self.total(&ENTITIES, &condition, &filter_key(&others.pairs())).await?));
        }
        Ok(facet(of, counts, &selected))
    }
}
