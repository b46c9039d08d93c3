//! The whole catalog as shadow platforms are looked for in it.
//! It must not judge what is one.
use super::{
    Store, StoreError,
    rows::{count, json, line, maybe, read, some_text},
    ruleset::confidence_of,
    sql::Sql,
    transaction,
};
use crate::catalog::{
    model::Evidence,
    shadow::model::{Estate, EstateComponent, EstatePackage, EstateUsage, PackageConsumer},
};
use sea_orm::{DatabaseTransaction, FromQueryResult};
use shared::EntityKind;
use std::collections::{BTreeMap, HashSet};

#[derive(FromQueryResult)]
struct ComponentRow {
    reference: String,
    title: String,
    description: String,
    repository: String,
    path: String,
    owner_ref: String,
    language: String,
    lines: i64,
}

#[derive(FromQueryResult)]
struct UsageRow {
    component: String,
    capability: String,
    offer: String,
    path: String,
    evidence: String,
}

#[derive(FromQueryResult)]
struct PackageRow {
    ecosystem: String,
    name: String,
    component: String,
}

#[derive(FromQueryResult)]
struct ConsumerRow {
    ecosystem: String,
    name: String,
    component: String,
    path: String,
    line: Option<i64>,
}

/// Published packages by ecosystem and name; the first component by reference has a package that several publish, as
/// in the list of dependencies.
type Packages = BTreeMap<(String, String), EstatePackage>;

impl Store {
    /// Capabilities, components, usages and packages with their consumers, all of one state of the catalog. Clusters and
    /// code are empty.
    ///
    /// # Errors
    /// When the database does not answer, or a row does not read back.
    pub async fn load_estate(&self) -> Result<Estate, StoreError> {
        let ruleset = self.ruleset().await?;
        let db = self.snapshot().await?;
        let read = read_estate(&db).await;
        db.rollback().await?;
        let (components, mut usages, packages) = read?;
        for usage in &mut usages {
            usage.confidence = confidence_of(&ruleset, &usage.capability, &usage.offer);
        }
        let capabilities = ruleset.iter().map(|(_, capability)| capability.clone()).collect();
        let packages = packages.into_values().collect();
        Ok(Estate { capabilities, components, usages, packages, ..Estate::default() })
    }
}

async fn read_estate(
    db: &DatabaseTransaction,
) -> Result<(Vec<EstateComponent>, Vec<EstateUsage>, Packages), StoreError> {
    let mut found = packages(db).await?;
    add_consumers(db, &mut found).await?;
    Ok((components(db).await?, usages(db).await?, found))
}

async fn components(db: &DatabaseTransaction) -> Result<Vec<EstateComponent>, StoreError> {
    let sql = Sql::new(
        "SELECT ref AS reference, title, description, repository, path, owner_ref, language, lines FROM entity \
         WHERE NOT shadowed AND kind = ",
    );
    let sql = sql.bind(EntityKind::Component.as_str()).add(" ORDER BY ref");
    let component = |row: ComponentRow| {
        Ok(EstateComponent {
            reference: read("reference", &row.reference)?,
            title: some_text(row.title),
            description: some_text(row.description),
            repository: read("repository", &row.repository)?,
            root: read("path", &row.path)?,
            owner: maybe("owner", Some(&row.owner_ref))?,
            language: some_text(row.language),
            lines: count(row.lines),
        })
    };
    transaction::all::<ComponentRow>(db, sql).await?.into_iter().map(component).collect()
}

async fn usages(db: &DatabaseTransaction) -> Result<Vec<EstateUsage>, StoreError> {
    let sql = "SELECT component, capability, offer, path, evidence FROM usage WHERE NOT shadowed \
               ORDER BY capability, offer, component";
    let usage = |row: UsageRow| {
        Ok(EstateUsage {
            component: read("reference", &row.component)?,
            capability: row.capability,
            offer: row.offer,
            path: read("path", &row.path)?,
            // Told by the ruleset, which is no part of this row.
            confidence: shared::Confidence::Probable,
            evidence: json::<Vec<Evidence>>("evidence", &row.evidence)?,
        })
    };
    transaction::all::<UsageRow>(db, Sql::new(sql)).await?.into_iter().map(usage).collect()
}

async fn packages(db: &DatabaseTransaction) -> Result<Packages, StoreError> {
    let sql = "SELECT package.ecosystem, package.name, MIN(entity.ref) AS component FROM package \
               JOIN entity ON entity.id = package.entity_id AND NOT entity.shadowed WHERE package.published \
               GROUP BY package.ecosystem, package.name";
    let package = |row: PackageRow| {
        let component = read("reference", &row.component)?;
        let key = (row.ecosystem.clone(), row.name.clone());
        Ok((key, EstatePackage { ecosystem: row.ecosystem, name: row.name, component, consumers: Vec::new() }))
    };
    transaction::all::<PackageRow>(db, Sql::new(sql)).await?.into_iter().map(package).collect()
}

/// Each component once a package, at its declaration rather than in a lock file.
async fn add_consumers(db: &DatabaseTransaction, packages: &mut Packages) -> Result<(), StoreError> {
    let sql = "SELECT dependency.ecosystem, dependency.name, entity.ref AS component, dependency.path, dependency.line \
               FROM dependency JOIN entity ON entity.id = dependency.entity_id AND NOT entity.shadowed \
               WHERE EXISTS (SELECT 1 FROM package WHERE package.name = dependency.name \
               AND package.ecosystem = dependency.ecosystem AND package.published) \
               ORDER BY entity.ref, dependency.kind, dependency.path, dependency.line, dependency.id";
    let mut seen = HashSet::new();
    for row in transaction::all::<ConsumerRow>(db, Sql::new(sql)).await? {
        let key = (row.ecosystem, row.name);
        let Some(package) = packages.get_mut(&key) else { continue };
        let component = read("reference", &row.component)?;
        if package.component == component || !seen.insert((key, row.component)) {
            continue;
        }
        package.consumers.push(PackageConsumer { component, path: read("path", &row.path)?, line: line(row.line) });
    }
    Ok(())
}
