//! Everything that one entity's page says.
//! It must not render: texts are handed on as they were written.
use super::{
    Store, StoreError, dependencies,
    entities::{ENTITIES, EntityRow, summaries},
    findings::findings_of,
    places::{Webs, webs},
    relations::all_relations,
    rows::{count, json, maybe, read},
    ruleset::confidence_of,
    sql::Sql,
    transaction,
    usages::evidence,
};
use crate::{
    catalog::model::{AlsoSays, Capability},
    facts::model::Reason,
};
use sea_orm::{DatabaseTransaction, FromQueryResult};
use serde::{Deserialize, Serialize};
use shared::{
    EntityRef, OfferPath, RepoPath,
    api::{
        AlsoSays as AlsoSaysItem, Because, Definition, DependencyQuery, EntityDetail, EvidenceItem, LanguageLines,
        RelationQuery, Standing, StandingOffer,
    },
};
use std::collections::{HashMap, HashSet};

/// What only the entity's page needs, as one document.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Detail {
    pub(super) languages: Vec<LanguageLines>,
    pub(super) because: Vec<Reason>,
    pub(super) also_says: Vec<AlsoSays>,
    pub(super) readme: Option<RepoPath>,
    #[serde(default)]
    pub(super) definition: Option<Definition>,
}

#[derive(FromQueryResult)]
struct DetailRow {
    document: String,
    detail: String,
    commit_id: Option<String>,
    committed_at: String,
    scanned_at: String,
}

#[derive(FromQueryResult)]
struct StandingRow {
    capability: String,
    state: String,
    eligible: bool,
    exemption: Option<String>,
}

#[derive(FromQueryResult)]
struct OfferRow {
    capability: String,
    offer: String,
    path: String,
    evidence: String,
}

impl Store {
    /// The entity of a reference, from the repository that wins it. `readme_html` is absent: the caller renders the
    /// text at `readme_path`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_entity(&self, reference: &EntityRef) -> Result<Option<EntityDetail>, StoreError> {
        // One snapshot: a save in between would take the rows away from under the entity.
        let ruleset = self.ruleset().await?;
        let db = self.snapshot().await?;
        let found = self.read_entity(&db, reference, &ruleset).await;
        db.rollback().await?;
        found
    }

    async fn read_entity(
        &self,
        db: &DatabaseTransaction,
        reference: &EntityRef,
        ruleset: &[(i64, Capability)],
    ) -> Result<Option<EntityDetail>, StoreError> {
        let sql = Sql::new(format!("SELECT {} FROM entity WHERE NOT shadowed AND ref = ", ENTITIES.columns));
        let sql = sql.bind(reference.to_string()).add(" ORDER BY id");
        let Some(row) = transaction::one::<EntityRow>(db, sql).await? else { return Ok(None) };
        let (id, repository, path) = (row.id, row.repository.clone(), row.path.clone());
        let Some(found) = detail_row(db, id).await? else { return Ok(None) };
        let Some(summary) = summaries(db, vec![row]).await?.pop() else { return Ok(None) };
        let detail: Detail = json("detail", &found.detail)?;
        let webs = webs(db, [repository.clone()]).await?;
        let own = vec![reference.to_string()];
        let dependencies = dependencies::conditions(&DependencyQuery { component: own.clone(), ..Default::default() })?;
        let dependencies = Sql::new("SELECT COUNT(*) AS n FROM dependency WHERE ").then(dependencies);
        let relations = all_relations(db, &RelationQuery { entity: own, ..RelationQuery::default() }).await?;
        let dependents = relations.iter().filter(|r| r.kind == "dependsOn" && r.to == *reference).count();
        Ok(Some(EntityDetail {
            document: json("document", &found.document)?,
            because: detail.because.into_iter().map(|r| because(r, &repository, &webs)).collect::<Result<_, _>>()?,
            also_says: detail.also_says.into_iter().map(also_says).collect(),
            definition_permalink: detail
                .definition
                .as_ref()
                .and_then(|d| webs.file(&repository, Some(d.path.as_str()), d.line)),
            definition: detail.definition,
            relations,
            standings: standings(db, id, ruleset, |stored| evidence(stored, &repository, &webs)).await?,
            languages: detail.languages,
            readme_html: None,
            readme_path: detail.readme,
            findings_list: findings_of(db, id, &webs).await?,
            dependencies: count(transaction::number(db, dependencies).await?),
            dependents: dependents as u64,
            commit: maybe("commit", found.commit_id.as_deref())?,
            committed_at: maybe("time", Some(&found.committed_at))?,
            scanned_at: maybe("time", Some(&found.scanned_at))?,
            web_url: webs.folder(&repository, &path),
            summary,
        }))
    }
}

async fn detail_row(db: &DatabaseTransaction, id: i64) -> Result<Option<DetailRow>, StoreError> {
    let sql = Sql::new(
        "SELECT document, detail, commit_id, committed_at, scanned_at FROM entity_detail \
         JOIN entity ON entity.id = entity_detail.entity_id JOIN repository ON repository.id = entity.repository_id \
         WHERE entity_id = ",
    );
    transaction::one(db, sql.bind(id)).await
}

async fn standings(
    db: &DatabaseTransaction,
    id: i64,
    ruleset: &[(i64, Capability)],
    evidence: impl Fn(&str) -> Result<Vec<EvidenceItem>, StoreError>,
) -> Result<Vec<Standing>, StoreError> {
    let sql = Sql::new("SELECT capability, state, eligible, exemption FROM standing WHERE entity_id = ").bind(id);
    let rows: Vec<StandingRow> = transaction::all(db, sql.add(" ORDER BY capability")).await?;
    let sql = Sql::new("SELECT capability, offer, path, evidence FROM usage WHERE entity_id = ").bind(id);
    let used: Vec<OfferRow> = transaction::all(db, sql.add(" ORDER BY capability, offer")).await?;
    let titles: HashMap<&str, &str> = ruleset.iter().map(|(_, c)| (c.reference.name(), c.title.as_str())).collect();
    let golden: HashSet<&str> = ruleset
        .iter()
        .filter(|(_, c)| c.offers.iter().any(|offer| offer.path == OfferPath::Golden))
        .map(|(_, c)| c.reference.name())
        .collect();
    let offer = |u: &OfferRow| {
        let evidence = evidence(&u.evidence)?;
        Ok::<_, StoreError>(StandingOffer {
            offer: u.offer.clone(),
            path: read("path", &u.path)?,
            confidence: confidence_of(ruleset, &u.capability, &u.offer),
            evidence,
        })
    };
    let standing = |row: StandingRow| {
        Ok(Standing {
            offers: used.iter().filter(|u| u.capability == row.capability).map(offer).collect::<Result<_, _>>()?,
            title: (*titles.get(row.capability.as_str()).unwrap_or(&row.capability.as_str())).to_owned(),
            state: read("state", &row.state)?,
            golden_offered: golden.contains(row.capability.as_str()),
            eligible: row.eligible,
            exemption: row.exemption,
            capability: row.capability,
        })
    };
    rows.into_iter().map(standing).collect()
}

fn because(reason: Reason, repository: &str, webs: &Webs) -> Result<Because, StoreError> {
    let path = reason.path.as_ref().map(RepoPath::as_str);
    Ok(Because {
        permalink: webs.file(repository, path, reason.line),
        text: reason.text,
        repository: Some(read("repository", repository)?),
        path: reason.path,
        line: reason.line,
    })
}

fn also_says(said: AlsoSays) -> AlsoSaysItem {
    AlsoSaysItem { field: said.field, value: said.value, source: said.source, path: said.path, line: said.line }
}
