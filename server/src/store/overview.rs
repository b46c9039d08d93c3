//! The numbers of the home page and of a scan's summary: each is the total of the list it links to.
//! It must not count in any other way than the lists do.
use super::{Store, StoreError};
use shared::{
    Area, Confidence,
    api::{CapabilityQuery, EntityQuery, FindingQuery, Overview, RepositoryQuery, ScanCounts, UsageQuery},
};

impl Store {
    /// What the catalog holds.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn overview(&self, demo: bool) -> Result<Overview, StoreError> {
        let counts = self.load_scan_counts().await?;
        let component = vec!["component".to_owned()];
        let unowned = EntityQuery { kind: component, owner: vec![String::new()], ..EntityQuery::default() };
        let mut areas = Vec::new();
        for area in Area::ALL {
            let of_area = CapabilityQuery { area: vec![area.to_string()], ..CapabilityQuery::default() };
            areas.push((*area, self.count_capabilities(&of_area).await?));
        }
        let used = CapabilityQuery { used: Some("true".to_owned()), ..CapabilityQuery::default() };
        let errors = FindingQuery { severity: vec!["error".to_owned()], ..FindingQuery::default() };
        Ok(Overview {
            repositories: counts.repositories,
            entities: counts.entities,
            components: counts.components,
            capabilities: counts.capabilities,
            capabilities_used: self.count_capabilities(&used).await?,
            usages: counts.usages,
            golden: self.count_path("golden").await?,
            tolerated: self.count_path("tolerated").await?,
            vendor: self.count_path("vendor").await?,
            homegrown: self.count_path("homegrown").await?,
            homegrown_confidence: self
                .homegrown_in_use()
                .await?
                .values()
                .min()
                .copied()
                .unwrap_or(Confidence::Probable),
            findings: counts.findings,
            errors: self.count_findings(&errors).await?,
            unowned: self.count_entities(&unowned).await?,
            areas,
            demo,
        })
    }

    /// What the catalog holds after a scan; `duration_ms` is left 0 for the caller to fill.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_scan_counts(&self) -> Result<ScanCounts, StoreError> {
        let components = EntityQuery { kind: vec!["component".to_owned()], ..EntityQuery::default() };
        Ok(ScanCounts {
            repositories: self.count_repositories(&RepositoryQuery::default()).await?,
            entities: self.count_entities(&EntityQuery::default()).await?,
            components: self.count_entities(&components).await?,
            capabilities: self.count_capabilities(&CapabilityQuery::default()).await?,
            usages: self.count_usages(&UsageQuery::default()).await?,
            findings: self.count_findings(&FindingQuery::default()).await?,
            duration_ms: 0,
        })
    }

    /// The total of `list_entities`.
    pub(super) async fn count_entities(&self, query: &EntityQuery) -> Result<u64, StoreError> {
        let condition = super::entity_filter::conditions(self.backend(), query)?;
        self.total(&super::entities::ENTITIES, &condition, &super::list::filter_key(&query.pairs())).await
    }

    /// The total of `list_usages`.
    async fn count_usages(&self, query: &UsageQuery) -> Result<u64, StoreError> {
        let condition = super::usages::conditions(query)?;
        self.total(&super::usages::USAGES, &condition, &super::list::filter_key(&query.pairs())).await
    }

    async fn count_path(&self, path: &str) -> Result<u64, StoreError> {
        self.count_usages(&UsageQuery { path: vec![path.to_owned()], ..UsageQuery::default() }).await
    }

    async fn count_findings(&self, query: &FindingQuery) -> Result<u64, StoreError> {
        let condition = super::findings::conditions(query)?;
        self.total(&super::findings::FINDINGS, &condition, &super::list::filter_key(&query.pairs())).await
    }

    async fn count_repositories(&self, query: &RepositoryQuery) -> Result<u64, StoreError> {
        let condition = super::repositories::conditions(query)?;
        self.total(&super::repositories::REPOSITORIES, &condition, &super::list::filter_key(&query.pairs())).await
    }

    async fn count_capabilities(&self, query: &CapabilityQuery) -> Result<u64, StoreError> {
        Ok(self.list_capabilities(&CapabilityQuery { limit: Some(1), ..query.clone() }).await?.total)
    }
}
