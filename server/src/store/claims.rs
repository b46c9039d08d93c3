//! What each repository claims of its components' owners, as the catalog holds it.
//! It must not read git: CODEOWNERS, `.mailmap` and the texts behind a claim are filled in by who does.
use super::{
    Store, StoreError,
    rows::{line, maybe, read, some_text},
    sql::Sql,
    transaction,
};
use crate::catalog::ownership::model::{OwnedComponent, RepositoryClaims};
use sea_orm::FromQueryResult;
use shared::EntityKind;
use std::collections::{BTreeMap, HashMap};

#[derive(FromQueryResult)]
struct RepositoryRow {
    name: String,
    web_url: Option<String>,
}

#[derive(FromQueryResult)]
struct ComponentRow {
    reference: String,
    repository: String,
    title: String,
    path: String,
    owner_ref: String,
    descriptor_path: Option<String>,
    descriptor_line: Option<i64>,
}

impl Store {
    /// Every repository that was read, by name, with the components that no other repository overrules. `code_owners`,
    /// `mailmap` and `texts` are empty.
    ///
    /// # Errors
    /// When the database does not answer, or a row does not read back.
    pub async fn load_claims(&self) -> Result<Vec<RepositoryClaims>, StoreError> {
        let mut components = self.owned_components().await?;
        let sql = Sql::new("SELECT name, web_url FROM repository WHERE commit_id IS NOT NULL ORDER BY name");
        let claims = |row: RepositoryRow| {
            Ok(RepositoryClaims {
                repository: read("repository", &row.name)?,
                web_url: row.web_url,
                components: components.remove(&row.name).unwrap_or_default(),
                code_owners: None,
                mailmap: String::new(),
                texts: BTreeMap::new(),
            })
        };
        transaction::all::<RepositoryRow>(self.reader(), sql).await?.into_iter().map(claims).collect()
    }

    async fn owned_components(&self) -> Result<HashMap<String, Vec<OwnedComponent>>, StoreError> {
        let sql = Sql::new(
            "SELECT ref AS reference, repository, title, path, owner_ref, descriptor_path, descriptor_line FROM entity \
             WHERE NOT shadowed AND kind = ",
        );
        let sql = sql.bind(EntityKind::Component.as_str()).add(" ORDER BY repository, path, ref");
        let mut out: HashMap<String, Vec<OwnedComponent>> = HashMap::new();
        for row in transaction::all::<ComponentRow>(self.reader(), sql).await? {
            let place = maybe("path", row.descriptor_path.as_deref())?;
            let component = OwnedComponent {
                reference: read("reference", &row.reference)?,
                title: some_text(row.title),
                root: read("path", &row.path)?,
                owner: maybe("owner", Some(&row.owner_ref))?,
                descriptor: place.map(|path| (path, line(row.descriptor_line).unwrap_or(1))),
            };
            out.entry(row.repository).or_default().push(component);
        }
        Ok(out)
    }
}
