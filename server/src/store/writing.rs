//! The rows of one repository's entities, relations, packages, dependencies and texts.
//! It must not begin or end a transaction.
use super::{
    StoreError,
    rows::stored,
    save_rows::{by_lines, detail_row, insert, relation_row, tags},
    sql::Sql,
    tables::{dependency, document_text, entity, entity_detail, entity_tag, package, relation},
    text::{clean, clip, fold},
    transaction,
};
use crate::catalog::model::{Entity, OwnedDependency, OwnedPackage, Relation, RepositoryCatalog};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    DatabaseTransaction,
};
use shared::{EntityRef, OfferPath, RepoPath};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The rows of one repository while they are written.
pub(super) struct Writing<'a> {
    pub(super) tx: &'a DatabaseTransaction,
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) catalog: &'a RepositoryCatalog,
    /// References that lose to another repository, as the last `save_links` found.
    pub(super) shadowed: HashSet<String>,
    pub(super) entities: HashMap<String, i64>,
}

impl Writing<'_> {
    pub(super) async fn entities(&mut self) -> Result<(), StoreError> {
        let mut seen = HashSet::new();
        // The catalog room settles doubles; the first wins here so that none can stop a write.
        let own: Vec<&Entity> = self.catalog.entities.iter().filter(|e| seen.insert(&e.reference)).collect();
        let paths = self.paths_used();
        let rows = own.iter().map(|e| self.entity_row(e, paths.get(&e.reference))).collect();
        insert::<entity::Entity, _>(self.tx, rows).await?;
        let sql = Sql::new("SELECT id, ref AS value FROM entity WHERE repository_id = ").bind(self.id);
        for row in transaction::rows(self.tx, sql).await? {
            self.entities.insert(row.try_get("", "value")?, row.try_get("", "id")?);
        }
        let with_id = |e: &&Entity| self.entities.get(&e.reference.to_string()).copied();
        let details = own.iter().filter_map(|e| Some(detail_row(with_id(e)?, e))).collect();
        insert::<entity_detail::Entity, _>(self.tx, details).await?;
        let tags = own.iter().filter_map(|e| Some((with_id(e)?, tags(e)))).flat_map(|(id, tags)| {
            tags.into_iter().map(move |tag| entity_tag::ActiveModel { entity_id: Set(id), tag: Set(tag) })
        });
        insert::<entity_tag::Entity, _>(self.tx, tags.collect()).await
    }

    /// Capabilities that each component uses: by a golden offer, and by a vendor's or homegrown one.
    fn paths_used(&self) -> HashMap<&EntityRef, (BTreeSet<&str>, BTreeSet<&str>)> {
        let mut out: HashMap<&EntityRef, (BTreeSet<&str>, BTreeSet<&str>)> = HashMap::new();
        for usage in &self.catalog.usages {
            let (golden, off_path) = out.entry(&usage.component).or_default();
            match usage.path {
                OfferPath::Golden => golden.insert(&usage.capability),
                OfferPath::Vendor | OfferPath::Homegrown => off_path.insert(&usage.capability),
                OfferPath::Tolerated => false,
            };
        }
        out
    }

    fn entity_row(&self, e: &Entity, used: Option<&(BTreeSet<&str>, BTreeSet<&str>)>) -> entity::ActiveModel {
        let text = |value: &Option<String>| clean(value.as_deref().unwrap_or_default());
        let key = |value: &Option<String>| clip(value.as_deref().unwrap_or_default());
        let reference = |value: &Option<EntityRef>| value.as_ref().map(ToString::to_string).unwrap_or_default();
        let languages = by_lines(&e.languages);
        let head = fold(&format!("{} {}", e.reference.name(), text(&e.title)));
        let rest = [
            e.reference.to_string(),
            text(&e.description),
            text(&e.subtype),
            tags(e).into_iter().collect::<Vec<_>>().join(" "),
            reference(&e.owner),
            self.name.clone(),
        ];
        entity::ActiveModel {
            id: NotSet,
            repository_id: Set(self.id),
            repository: Set(self.name.clone()),
            ref_: Set(e.reference.to_string()),
            kind: Set(e.reference.kind().to_string()),
            namespace: Set(e.reference.namespace().to_owned()),
            name: Set(e.reference.name().to_owned()),
            title: Set(text(&e.title)),
            description: Set(text(&e.description)),
            subtype: Set(key(&e.subtype)),
            lifecycle: Set(key(&e.lifecycle)),
            owner_ref: Set(reference(&e.owner)),
            system_ref: Set(reference(&e.system)),
            origin: Set(e.origin.to_string()),
            path: Set(e.root.to_string()),
            descriptor_path: Set(e.descriptor.as_ref().map(|(path, _)| path.to_string())),
            descriptor_line: Set(e.descriptor.as_ref().map(|(_, line)| i64::from(*line))),
            language: Set(languages.first().map(|l| clip(&l.language)).unwrap_or_default()),
            lines: Set(stored(e.languages.values().sum())),
            tags: Set(tags(e).into_iter().collect::<Vec<_>>().join("\n")),
            n_findings: Set(0),
            n_golden: Set(used.map_or(0, |u| stored(u.0.len() as u64))),
            n_off_path: Set(used.map_or(0, |u| stored(u.1.len() as u64))),
            shadowed: Set(self.shadowed.contains(&e.reference.to_string())),
            search: Set(format!("{head} {}", fold(&rest.join(" ")))),
            head: Set(head),
        }
    }

    pub(super) async fn relations(&self) -> Result<(), StoreError> {
        let own: BTreeSet<_> = self.catalog.relations.iter().collect();
        let row = |r: &Relation| relation::ActiveModel {
            shadowed: Set(self.shadowed.contains(&r.from.to_string())),
            ..relation_row(self.id, &self.name, r)
        };
        insert::<relation::Entity, _>(self.tx, own.into_iter().map(row).collect()).await
    }

    pub(super) async fn packages(&self) -> Result<(), StoreError> {
        let row = |p: &OwnedPackage| package::ActiveModel {
            id: NotSet,
            repository_id: Set(self.id),
            repository: Set(self.name.clone()),
            entity_id: Set(self.entities.get(&p.component.to_string()).copied()),
            ecosystem: Set(p.package.decl.ecosystem.to_string()),
            name: Set(clip(&p.package.decl.name)),
            version: Set(p.package.decl.version.as_deref().map(clean)),
            description: Set(p.package.decl.description.as_deref().map(clean)),
            published: Set(p.package.decl.published),
            path: Set(p.package.path.to_string()),
            line: Set(p.package.decl.line.map(i64::from)),
            search: Set(fold(&clip(&p.package.decl.name))),
        };
        insert::<package::Entity, _>(self.tx, self.catalog.packages.iter().map(row).collect()).await?;
        let row = |d: &OwnedDependency| dependency::ActiveModel {
            id: NotSet,
            repository_id: Set(self.id),
            repository: Set(self.name.clone()),
            entity_id: Set(d.component.as_ref().and_then(|c| self.entities.get(&c.to_string()).copied())),
            ecosystem: Set(d.dependency.decl.ecosystem.to_string()),
            name: Set(clip(&d.dependency.decl.name)),
            requirement: Set(d.dependency.decl.requirement.as_deref().map(clean)),
            version: Set(d.dependency.decl.version.as_deref().map(clean)),
            scope: Set(d.dependency.decl.scope.to_string()),
            kind: Set(d.dependency.decl.kind.to_string()),
            path: Set(d.dependency.path.to_string()),
            line: Set(d.dependency.decl.line.map(i64::from)),
            source_use: Set(d.source_use.to_string()),
            imported_path: Set(d.imported_at.as_ref().map(|(path, _)| path.to_string())),
            imported_line: Set(d.imported_at.as_ref().map(|(_, line)| i64::from(*line))),
        };
        insert::<dependency::Entity, _>(self.tx, self.catalog.dependencies.iter().map(row).collect()).await
    }

    pub(super) async fn texts(&self) -> Result<(), StoreError> {
        let row = |(path, content): (&RepoPath, &String)| document_text::ActiveModel {
            id: NotSet,
            repository_id: Set(self.id),
            path: Set(path.to_string()),
            content: Set(clean(content)),
        };
        insert::<document_text::Entity, _>(self.tx, self.catalog.texts.iter().map(row).collect()).await
    }
}
