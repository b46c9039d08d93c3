//! The ruleset in force: its way in, its way out, and the documents it is read from.
//! It must not read rules from files: it keeps what the catalog room read and checked.
use super::{
    Store, StoreError,
    rows::{json, line, read, to_json},
    sql::Sql,
    tables::capability,
    transaction,
};
use crate::{
    catalog::model::Capability,
    facts::model::{Descriptor, DescriptorDoc},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait, FromQueryResult, QueryOrder,
};
use shared::{BlobId, Confidence, EntityKind, RepoName};
use std::{collections::BTreeMap, sync::Arc};

#[derive(FromQueryResult)]
struct DocumentRow {
    repository: String,
    document: String,
    descriptor_path: Option<String>,
    descriptor_line: Option<i64>,
}

impl Store {
    /// Replaces the ruleset.
    ///
    /// # Errors
    /// When the database refuses the write; the old ruleset stays then.
    pub async fn save_capabilities(&self, capabilities: &[Capability]) -> Result<(), StoreError> {
        let tx = self.write().await?;
        capability::Entity::delete_many().exec(&tx).await?;
        // The first of a name wins, as it does while the rules are read.
        let mut by_name: BTreeMap<&str, &Capability> = BTreeMap::new();
        for one in capabilities {
            by_name.entry(one.reference.name()).or_insert(one);
        }
        let row = |c: &Capability| capability::ActiveModel {
            id: NotSet,
            name: Set(c.reference.name().to_owned()),
            document: Set(to_json(c)),
        };
        let rows: Vec<_> = by_name.into_values().map(row).collect();
        for chunk in rows.chunks(500) {
            capability::Entity::insert_many(chunk.iter().cloned()).exec_without_returning(&tx).await?;
        }
        self.commit(tx).await
    }

    /// Every stored entity document of kind Capability with its place. Places inside the document and the blob are not
    /// kept with an entity: `places` is empty and `blob` is git's null id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load_capability_documents(&self) -> Result<Vec<(RepoName, Descriptor)>, StoreError> {
        let sql = Sql::new(
            "SELECT repository, document, descriptor_path, descriptor_line FROM entity \
             JOIN entity_detail ON entity_detail.entity_id = entity.id WHERE kind = ",
        );
        let sql =
            sql.bind(EntityKind::Capability.as_str()).add(" ORDER BY repository, descriptor_path, descriptor_line");
        let rows: Vec<DocumentRow> = transaction::all(self.reader(), sql).await?;
        rows.into_iter().filter_map(|row| document(row).transpose()).collect()
    }

    /// The capabilities with their row ids, in the order of their names.
    pub(super) async fn ruleset(&self) -> Result<Arc<Vec<(i64, Capability)>>, StoreError> {
        let generation = self.generation().await;
        if let Some(found) = self.cache().find::<Vec<(i64, Capability)>>(generation, "ruleset") {
            return Ok(found);
        }
        let rows = capability::Entity::find().order_by_asc(capability::Column::Name).all(self.reader()).await?;
        // The number is the place by name, so that a cursor survives a rewrite of the same ruleset.
        let read = |(i, row): (usize, capability::Model)| Ok((i as i64, json("capability", &row.document)?));
        let ruleset = rows.into_iter().enumerate().map(read).collect::<Result<Vec<_>, StoreError>>()?;
        Ok(self.cache().keep(generation, "ruleset", ruleset))
    }
}

/// How far an offer can be trusted; an offer that the ruleset no longer holds was believed when its usage was stored.
pub(super) fn confidence_of(ruleset: &[(i64, Capability)], capability: &str, offer: &str) -> Confidence {
    let capability = ruleset.iter().find(|(_, held)| held.reference.name() == capability);
    let offer = capability.and_then(|(_, held)| held.offers.iter().find(|held| held.name == offer));
    offer.map_or(Confidence::Probable, |offer| offer.confidence)
}

fn document(row: DocumentRow) -> Result<Option<(RepoName, Descriptor)>, StoreError> {
    let (Some(path), Some(line)) = (&row.descriptor_path, line(row.descriptor_line)) else {
        return Ok(None);
    };
    let doc = DescriptorDoc { document: json("document", &row.document)?, line, places: BTreeMap::new() };
    let path = read("path", path)?;
    let blob = BlobId::new("0".repeat(40)).expect("forty zeros are an object id");
    Ok(Some((read("repository", &row.repository)?, Descriptor { doc, path, blob })))
}
