//! What the shadow report is composed of, gathered from the catalog; and the report as of now.
//! It must not compute a figure itself.
use super::{
    Store, StoreError,
    reports::previous,
    rows::{json, read, to_json},
    sql::Sql,
    transaction,
};
use crate::{
    catalog::model::Capability,
    metrics::{
        ReportFacts, past,
        rate::Rate,
        report::{Previous, ReportCapability, ReportInput, compose, decide, digest},
        report_capabilities,
    },
};
use sea_orm::FromQueryResult;
use shared::{
    OfferPath, OwnedPart, Timestamp,
    api::{AdoptionQuery, DarkMatter, ShadowDetail, ShadowItem, ShadowReport, VerdictCounts},
};
use std::{collections::BTreeSet, sync::Arc};

/// Where dark matter is kept among what is judged over all repositories.
const DARK_MATTER: &str = "dark_matter";

#[derive(FromQueryResult)]
struct Extra {
    extra: String,
}

#[derive(FromQueryResult)]
struct PackageRow {
    reference: String,
    ecosystem: String,
}

#[derive(FromQueryResult)]
struct DocumentRow {
    repository: String,
    path: String,
}

impl Store {
    /// The shadow report as of the last scan. `now` is the day on which it is read: decisions fall due from it on.
    ///
    /// # Errors
    /// When the database does not answer, or what is stored does not read back.
    pub async fn shadow_report(&self, now: &Timestamp) -> Result<ShadowReport, StoreError> {
        let newest = self.newest_report().await?.map(previous);
        let input = self.report_input(now, newest).await?;
        let rules_version = self.past().await?.rules_version.clone();
        let composed = tokio::task::spawn_blocking(move || {
            let body = compose(&input);
            let (digest, decisions) = (digest(&body), decide(&input, &body));
            ShadowReport { id: None, at: input.at, rules_version, digest, body, decisions }
        });
        composed.await.map_err(|panic| StoreError::Uncomputed { reason: panic.to_string() })
    }

    /// Freezes the shadow report of now, and gives it as it is kept.
    ///
    /// # Errors
    /// As `shadow_report`, or when the database refuses the write.
    pub async fn freeze_shadow_report(&self, now: &Timestamp) -> Result<ShadowReport, StoreError> {
        let live = self.shadow_report(now).await?;
        let frozen = ShadowReport { at: now.clone(), ..live };
        let id = self.freeze_report(&frozen).await?;
        let kept = self.find_report(&id).await?;
        kept.ok_or(StoreError::Damaged { what: "report", value: id })
    }

    /// Keeps what lies outside any claim, until it is computed again.
    ///
    /// # Errors
    /// When the database refuses the write.
    pub async fn save_dark_matter(&self, dark: &DarkMatter, at: &Timestamp) -> Result<(), StoreError> {
        self.keep_extra(DARK_MATTER, to_json(dark), at).await
    }

    async fn report_input(&self, now: &Timestamp, newest: Option<Previous>) -> Result<ReportInput, StoreError> {
        let platforms = self.held_shadows().await?.items;
        let past = self.past().await?;
        let at = if past.now > 0 { past::timestamp(past.now) } else { now.clone() };
        let shadows: Vec<ShadowItem> = platforms.iter().map(|platform| platform.item.clone()).collect();
        let rate = shadows.iter().find_map(|item| item.cost.as_ref());
        Ok(ReportInput {
            at,
            today: now.as_str()[..10].to_owned(),
            rate: rate.map(|cost| Rate { day: cost.day_rate, currency: cost.currency.clone() }),
            shadows,
            known_work: known_work(&platforms),
            has_work: self.has_work().await?,
            verdicts: self.count_verdicts().await?,
            matrix: self.team_matrix(&AdoptionQuery::default()).await?,
            dark: self.dark_matter().await?,
            capabilities: self.capabilities_for_report().await?.as_ref().clone(),
            previous: newest,
        })
    }

    async fn has_work(&self) -> Result<bool, StoreError> {
        let sql = Sql::new("SELECT COUNT(*) AS n FROM repository_work");
        Ok(transaction::number(self.reader(), sql).await? > 0)
    }

    /// Verdicts on the owners of components.
    async fn count_verdicts(&self) -> Result<VerdictCounts, StoreError> {
        let held = self.held_ownership().await?;
        let mut counts = VerdictCounts::default();
        let components = held.items.iter().filter(|item| item.part == OwnedPart::Component);
        components.for_each(|item| counts.add(item.verdict));
        Ok(counts)
    }

    async fn dark_matter(&self) -> Result<DarkMatter, StoreError> {
        let sql = Sql::new("SELECT extra FROM judgement WHERE kind = ").bind(DARK_MATTER);
        let row: Option<Extra> = transaction::one(self.reader(), sql).await?;
        row.map_or_else(|| Ok(DarkMatter::default()), |row| json("dark matter", &row.extra))
    }

    async fn capabilities_for_report(&self) -> Result<Arc<Vec<ReportCapability>>, StoreError> {
        let ruleset = self.ruleset().await?;
        let rules: Vec<Capability> = ruleset.iter().map(|(_, capability)| capability.clone()).collect();
        let facts = self.report_facts(&rules).await?;
        let compute = move |past: &past::Past| report_capabilities(past, &rules, &facts);
        self.answer_past("report capabilities".to_owned(), compute).await
    }

    /// What golden components publish, and which start documents exist.
    async fn report_facts(&self, rules: &[Capability]) -> Result<ReportFacts, StoreError> {
        let golden = rules.iter().flat_map(|rule| &rule.offers).filter(|offer| offer.path == OfferPath::Golden);
        let components: BTreeSet<String> =
            golden.filter_map(|offer| offer.component.as_ref()).map(ToString::to_string).collect();
        let sql = Sql::new(
            "SELECT entity.ref AS reference, package.ecosystem AS ecosystem FROM package \
             JOIN entity ON entity.id = package.entity_id WHERE ",
        );
        let packages: Vec<PackageRow> =
            transaction::all(self.reader(), sql.then(Sql::any_of("entity.ref", components))).await?;
        let starts: BTreeSet<String> =
            rules.iter().filter_map(|rule| rule.start.as_ref()).map(ToString::to_string).collect();
        let sql = Sql::new(
            "SELECT repository.name AS repository, document_text.path AS path FROM document_text \
             JOIN repository ON repository.id = document_text.repository_id WHERE ",
        );
        let documents: Vec<DocumentRow> =
            transaction::all(self.reader(), sql.then(Sql::any_of("document_text.path", starts))).await?;
        let mut facts = ReportFacts::default();
        for row in packages {
            facts.packages.entry(read("reference", &row.reference)?).or_default().insert(row.ecosystem);
        }
        for row in documents {
            facts.documents.insert((read("repository", &row.repository)?, read("path", &row.path)?));
        }
        Ok(facts)
    }
}

/// The share of author-days in the platforms by people of known teams.
fn known_work(platforms: &[ShadowDetail]) -> Option<f64> {
    let rows = || platforms.iter().flat_map(|platform| &platform.ledger);
    let all: u64 = rows().map(|row| row.author_days).sum();
    let known: u64 = rows().filter(|row| row.team.is_some()).map(|row| row.author_days).sum();
    (all > 0).then(|| known as f64 / all as f64)
}
