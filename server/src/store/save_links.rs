//! What joins repositories: handed to the catalog room, and written back whole.
//! It must not decide which entity wins or which package is whose.
use super::{
    Store, StoreError,
    rows::{line, maybe, read},
    save_history::follow_shadows,
    save_rows::{finding_row, insert, relation_row},
    settle::{count_again, place_findings},
    sql::Sql,
    tables::{finding, relation},
    transaction,
};
use crate::catalog::model::{LinkDependency, LinkEntity, LinkPackage, Links};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, FromQueryResult};
use std::collections::{HashMap, HashSet};

#[derive(FromQueryResult)]
struct EntityRow {
    reference: String,
    repository: String,
    origin: String,
    owner_ref: String,
    descriptor_path: Option<String>,
    descriptor_line: Option<i64>,
}

#[derive(FromQueryResult)]
struct PackageRow {
    ecosystem: String,
    name: String,
    component: String,
    repository: String,
}

#[derive(FromQueryResult)]
struct DependencyRow {
    ecosystem: String,
    name: String,
    component: String,
    repository: String,
    path: String,
    line: Option<i64>,
}

impl Store {
    /// Every entity, the shadowed ones too: who shadows whom is decided anew each time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_link_entities(&self) -> Result<Vec<LinkEntity>, StoreError> {
        let sql = Sql::new(
            "SELECT ref AS reference, repository, origin, owner_ref, descriptor_path, descriptor_line FROM entity \
             ORDER BY ref, repository",
        );
        let entity = |row: EntityRow| {
            let path = row.descriptor_path.as_deref().map(|p| read("path", p)).transpose()?;
            Ok(LinkEntity {
                reference: read("reference", &row.reference)?,
                repository: read("repository", &row.repository)?,
                origin: read("origin", &row.origin)?,
                owner: maybe("owner", Some(&row.owner_ref))?,
                descriptor: path.map(|p| (p, line(row.descriptor_line).unwrap_or(1))),
            })
        };
        transaction::all::<EntityRow>(self.reader(), sql).await?.into_iter().map(entity).collect()
    }

    /// Every package that others can depend on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_link_packages(&self) -> Result<Vec<LinkPackage>, StoreError> {
        let sql = Sql::new(
            "SELECT package.ecosystem, package.name, entity.ref AS component, package.repository FROM package \
             JOIN entity ON entity.id = package.entity_id WHERE package.published \
             ORDER BY package.ecosystem, package.name, package.repository",
        );
        let package = |row: PackageRow| {
            Ok(LinkPackage {
                ecosystem: row.ecosystem,
                name: row.name,
                component: read("reference", &row.component)?,
                repository: read("repository", &row.repository)?,
            })
        };
        transaction::all::<PackageRow>(self.reader(), sql).await?.into_iter().map(package).collect()
    }

    /// The dependencies of components on packages that another repository publishes, one for each component and package;
    /// a declared one is preferred to a resolved one, then the first by path and line.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_link_dependencies(&self) -> Result<Vec<LinkDependency>, StoreError> {
        let sql = Sql::new(
            "SELECT dependency.ecosystem, dependency.name, entity.ref AS component, dependency.repository, \
             dependency.path, dependency.line FROM dependency JOIN entity ON entity.id = dependency.entity_id \
             WHERE EXISTS (SELECT 1 FROM package WHERE package.name = dependency.name \
             AND package.ecosystem = dependency.ecosystem AND package.published \
             AND package.repository <> dependency.repository) \
             ORDER BY dependency.repository, entity.ref, dependency.ecosystem, dependency.name, dependency.kind, \
             dependency.path, dependency.line, dependency.id",
        );
        let mut seen = HashSet::new();
        let mut out = Vec::new();
        for row in transaction::all::<DependencyRow>(self.reader(), sql).await? {
            let key = (row.repository.clone(), row.component.clone(), row.ecosystem.clone(), row.name.clone());
            if seen.insert(key) {
                out.push(LinkDependency {
                    ecosystem: row.ecosystem,
                    name: row.name,
                    component: read("reference", &row.component)?,
                    repository: read("repository", &row.repository)?,
                    path: read("path", &row.path)?,
                    line: line(row.line),
                });
            }
        }
        Ok(out)
    }

    /// Replaces the relations between repositories, shadowing and link findings, in one transaction. What names a repository that the
    /// store does not hold is left out.
    ///
    /// # Errors
    /// When the database refuses the write; the old links stay whole then.
    pub async fn save_links(&self, links: &Links) -> Result<(), StoreError> {
        let tx = self.write().await?;
        let ids = repository_ids(&tx).await?;
        transaction::run(&tx, Sql::new("DELETE FROM relation WHERE linked")).await?;
        let mut seen = HashSet::new();
        let observed = links.relations.iter().filter(|r| seen.insert(*r));
        let rows = observed.filter_map(|(repository, r)| {
            let row = relation_row(*ids.get(repository.as_str())?, repository.as_str(), r);
            Some(relation::ActiveModel { observed: Set(true), linked: Set(true), ..row })
        });
        insert::<relation::Entity, _>(&tx, rows.collect()).await?;
        shadow(&tx, links, &ids).await?;
        follow_shadows(&tx, None).await?;
        transaction::run(&tx, Sql::new("DELETE FROM finding WHERE origin = 'link'")).await?;
        let rows = links.findings.iter().filter_map(|(repository, f)| {
            Some(finding_row(*ids.get(repository.as_str())?, repository.as_str(), "link", f))
        });
        insert::<finding::Entity, _>(&tx, rows.collect()).await?;
        place_findings(&tx, None).await?;
        count_again(&tx, None).await?;
        self.commit(tx).await
    }
}

/// Every repository's row by its name.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn repository_ids(tx: &DatabaseTransaction) -> Result<HashMap<String, i64>, StoreError> {
    let rows = transaction::rows(tx, Sql::new("SELECT id, name FROM repository")).await?;
    rows.iter().map(|row| Ok((row.try_get("", "name")?, row.try_get("", "id")?))).collect()
}

/// Sets the flags that changed, on the entity and on everything that is listed by it.
async fn shadow(tx: &DatabaseTransaction, links: &Links, ids: &HashMap<String, i64>) -> Result<(), StoreError> {
    let rows = transaction::rows(tx, Sql::new("SELECT repository_id, ref FROM entity WHERE shadowed")).await?;
    let mut before: HashSet<(i64, String)> = HashSet::new();
    for row in rows {
        before.insert((row.try_get("", "repository_id")?, row.try_get("", "ref")?));
    }
    let after: HashSet<(i64, String)> =
        links.shadowed.iter().filter_map(|(r, repo)| Some((*ids.get(repo.as_str())?, r.to_string()))).collect();
    for (repository, reference) in before.symmetric_difference(&after) {
        let shadowed = after.contains(&(*repository, reference.clone()));
        let places = [
            ("entity", "ref = ?"),
            ("usage", "component = ?"),
            ("standing", "entity_id IN (SELECT id FROM entity WHERE ref = ?)"),
            ("relation", "NOT linked AND from_ref = ?"),
        ];
        for (table, which) in places {
            let sql = Sql::new(format!("UPDATE {table} SET shadowed = ")).bind(shadowed).add(" WHERE repository_id = ");
            let sql = sql.bind(*repository).add(" AND ").then(Sql::with(which, [reference.clone()]));
            transaction::run(tx, sql).await?;
        }
    }
    Ok(())
}
