//! How every capability fares: counts over the standings, and the rates made of them.
//! It must not count anything the lists do not show.
use super::{
    Store, StoreError,
    rows::{count, stored},
    ruleset::confidence_of,
    sql::Sql,
    transaction,
};
use crate::metrics::{
    self, Is,
    past::{Past, Scope, Time},
};
use sea_orm::FromQueryResult;
use shared::{Confidence, OfferPath, Unit, api::CapabilityCounts};
use std::{collections::HashMap, sync::Arc};

/// Counts of one capability, with the two intersections that the rates need.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Tally {
    capability: String,
    components: i64,
    golden: i64,
    tolerated: i64,
    vendor: i64,
    homegrown: i64,
    migrating: i64,
    off_path: i64,
    none: i64,
    exempt: i64,
    eligible: i64,
    golden_eligible: i64,
    golden_homegrown: i64,
}

#[derive(FromQueryResult)]
struct OfferInUse {
    capability: String,
    offer: String,
}

/// How far the homegrown offers in use can be trusted, by capability.
pub(super) type InUse = HashMap<String, Confidence>;
pub(super) type Tallies = Arc<HashMap<String, Tally>>;

impl Tally {
    /// The counts as the API gives them.
    pub(super) fn counts(&self) -> CapabilityCounts {
        CapabilityCounts {
            components: count(self.components),
            golden: count(self.golden),
            tolerated: count(self.tolerated),
            vendor: count(self.vendor),
            homegrown: count(self.homegrown),
            migrating: count(self.migrating),
            off_path: count(self.off_path),
            none: count(self.none),
            exempt: count(self.exempt),
            eligible: count(self.eligible),
        }
    }

    /// The golden-path adoption.
    pub(super) fn adoption(&self) -> Option<f64> {
        metrics::adoption(count(self.golden_eligible), count(self.eligible))
    }

    /// The reuse rate.
    pub(super) fn reuse_rate(&self) -> Option<f64> {
        metrics::reuse_rate(count(self.golden), count(self.homegrown), count(self.golden_homegrown))
    }
}

/// The counts of a capability that nobody uses or could use.
pub(super) fn no_counts() -> CapabilityCounts {
    CapabilityCounts {
        components: 0,
        golden: 0,
        tolerated: 0,
        vendor: 0,
        homegrown: 0,
        migrating: 0,
        off_path: 0,
        none: 0,
        exempt: 0,
        eligible: 0,
    }
}

impl Store {
    /// The tallies of every capability, by name.
    pub(super) async fn tallies(&self) -> Result<Tallies, StoreError> {
        let generation = self.generation().await;
        if let Some(found) = self.cache().find::<HashMap<String, Tally>>(generation, "tallies") {
            return Ok(found);
        }
        let rows: Vec<Tally> = transaction::all(self.reader(), tally_sql()).await?;
        let tallies = rows.into_iter().map(|t| (t.capability.clone(), t)).collect();
        Ok(self.cache().keep(generation, "tallies", tallies))
    }

    /// The capabilities with homegrown offers in use. What is only possible is said so as long as nothing proven stands
    /// beside it.
    pub(super) async fn homegrown_in_use(&self) -> Result<Arc<InUse>, StoreError> {
        let generation = self.generation().await;
        if let Some(found) = self.cache().find::<InUse>(generation, "homegrown in use") {
            return Ok(found);
        }
        let sql = "SELECT DISTINCT capability, offer FROM usage WHERE NOT shadowed AND path = 'homegrown'";
        let rows: Vec<OfferInUse> = transaction::all(self.reader(), Sql::new(sql)).await?;
        let ruleset = self.ruleset().await?;
        let mut in_use = InUse::new();
        for row in rows {
            let own = confidence_of(&ruleset, &row.capability, &row.offer);
            let held = in_use.entry(row.capability).or_insert(own);
            *held = (*held).min(own);
        }
        Ok(self.cache().keep(generation, "homegrown in use", in_use))
    }
}

impl Store {
    /// The tallies of every capability at a time, by name, and the homegrown offers in use then.
    ///
    /// # Errors
    /// As `past`.
    pub(super) async fn tallies_at(&self, at: Time) -> Result<(Tallies, Arc<InUse>), StoreError> {
        let found = self.answer_past(format!("tallies at {at}"), move |past| count_at(past, at)).await?;
        Ok((found.0.clone(), found.1.clone()))
    }
}

fn count_at(past: &Past, at: Time) -> (Tallies, Arc<InUse>) {
    let (points, scope) = ([at], Scope::default());
    let question = metrics::Question { capability: None, points: &points, unit: Unit::Component, scope: &scope };
    let mut tallies = HashMap::new();
    for (capability, counted) in past.capabilities.iter().zip(metrics::tallies(past, &question)) {
        tallies
            .extend(counted.first().map(|counted| (capability.name.clone(), Tally::from((&capability.name, counted)))));
    }
    let mut in_use = InUse::new();
    let uses = past.components.iter().filter(|component| component.exists_at(at)).flat_map(|component| &component.uses);
    for used in uses.filter(|used| used.path == OfferPath::Homegrown && used.holds(at)) {
        let capability = &past.capabilities[used.capability as usize];
        let own = capability.offers[used.offer as usize].confidence;
        let held = in_use.entry(capability.name.clone()).or_insert(own);
        *held = (*held).min(own);
    }
    (Arc::new(tallies), Arc::new(in_use))
}

impl From<(&String, &metrics::Tally)> for Tally {
    fn from((capability, counted): (&String, &metrics::Tally)) -> Self {
        let of = |what: Is| stored(counted.of(what));
        Self {
            capability: capability.clone(),
            components: of(Is::Using),
            golden: of(Is::Golden),
            tolerated: of(Is::Tolerated),
            vendor: of(Is::Vendor),
            homegrown: of(Is::Homegrown),
            migrating: of(Is::Migrating),
            off_path: of(Is::OffPath),
            none: of(Is::None),
            exempt: of(Is::Exempt),
            eligible: of(Is::Eligible),
            golden_eligible: of(Is::GoldenEligible),
            golden_homegrown: of(Is::GoldenHomegrown),
        }
    }
}

/// One row of `standing` is one component and capability, so rows are components.
fn tally_sql() -> Sql {
    let when = |condition: &str, name: &str| format!("COUNT(CASE WHEN {condition} THEN 1 END) AS {name}");
    let columns = [
        when("golden OR tolerated OR vendor OR homegrown", "components"),
        when("golden", "golden"),
        when("tolerated", "tolerated"),
        when("vendor", "vendor"),
        when("homegrown", "homegrown"),
        when("state = 'migrating'", "migrating"),
        when("state = 'off_path'", "off_path"),
        when("state = 'none'", "none"),
        when("state = 'exempt'", "exempt"),
        when("eligible", "eligible"),
        when("golden AND eligible", "golden_eligible"),
        when("golden AND homegrown", "golden_homegrown"),
    ];
    Sql::new(format!("SELECT capability, {} FROM standing WHERE NOT shadowed GROUP BY capability", columns.join(", ")))
}
