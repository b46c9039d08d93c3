//! Replaces everything that one repository contributes, in one transaction.
//! It must not leave a reader with a mixture of the old and the new state.
use super::{
    Store, StoreError,
    entity_detail::Detail,
    findings::rank,
    rows::{stored, to_json},
    save_status::{Standing as Status, upsert_repository},
    settle::{count_again, place_findings},
    sql::Sql,
    tables::{
        dependency, document_text, entity, entity_detail, entity_tag, finding, package, relation, standing, usage,
    },
    text::{clean, clip, fold},
    transaction,
};
use crate::{
    catalog::model::{Entity, RepositoryCatalog, Standing, Usage},
    scan::{Finding, Located},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    DatabaseTransaction, EntityTrait, FromQueryResult,
};
use shared::{CommitId, EntityRef, OfferPath, RepoName, RepositoryStatus, State, Timestamp, api::LanguageLines};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const CHUNK: usize = 500;
const PARTIAL: &str = "A limit was reached while the repository was read: what was found is shown, more may exist. \
                       The findings say which limit.";

/// One look at one repository: where it was found, and when.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The source that lists it.
    pub source: i64,
    pub located: &'a Located,
    pub at: &'a Timestamp,
}

/// What a stored state was made from: the same key gives the same state.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ScanKey {
    pub commit: CommitId,
    pub scanner_version: u32,
    pub rules_hash: String,
}

#[derive(FromQueryResult)]
struct KeyRow {
    name: String,
    commit_id: String,
    scanner_version: i64,
    rules_hash: String,
}

/// The rows of one repository while they are written.
struct Writing<'a> {
    tx: &'a DatabaseTransaction,
    id: i64,
    name: String,
    catalog: &'a RepositoryCatalog,
    /// References that lose to another repository, as the last `save_links` found.
    shadowed: HashSet<String>,
    entities: HashMap<String, i64>,
}

impl Store {
    /// What each stored good state was made from.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn find_scan_keys(&self) -> Result<HashMap<RepoName, ScanKey>, StoreError> {
        let sql = Sql::new(
            "SELECT name, commit_id, scanner_version, rules_hash FROM repository \
             WHERE commit_id IS NOT NULL AND scanner_version IS NOT NULL AND rules_hash IS NOT NULL",
        );
        let key = |row: KeyRow| {
            let commit = super::rows::read("commit", &row.commit_id)?;
            let scanner_version = u32::try_from(row.scanner_version).unwrap_or_default();
            Ok((
                super::rows::read("repository", &row.name)?,
                ScanKey { commit, scanner_version, rules_hash: row.rules_hash },
            ))
        };
        transaction::all::<KeyRow>(self.reader(), sql).await?.into_iter().map(key).collect()
    }

    /// Replaces everything of one repository. Doing it again with the same catalog gives the same state. What joins
    /// repositories (observed relations, shadowing, link findings) stays as it was until `save_links`.
    ///
    /// # Errors
    /// When the database refuses the write; the old state stays whole then.
    pub async fn save_repository(
        &self,
        visit: &Visit<'_>,
        catalog: &RepositoryCatalog,
        key: &ScanKey,
    ) -> Result<(), StoreError> {
        let Visit { source, located, at: scanned_at } = *visit;
        let tx = self.write().await?;
        let status = if catalog.partial { RepositoryStatus::Partial } else { RepositoryStatus::Ok };
        let status = Status { status, message: catalog.partial.then_some(PARTIAL), scanned_at };
        let id = upsert_repository(&tx, source, located, &status).await?;
        describe(&tx, id, catalog, key, scanned_at).await?;
        let shadowed = shadowed(&tx, id).await?;
        clear(&tx, id).await?;
        let mut writing =
            Writing { tx: &tx, id, name: located.name.to_string(), catalog, shadowed, entities: HashMap::new() };
        writing.entities().await?;
        writing.relations().await?;
        writing.packages().await?;
        writing.usages().await?;
        writing.texts().await?;
        let rows = catalog.findings.iter().map(|f| finding_row(writing.id, &writing.name, "scan", f)).collect();
        insert::<finding::Entity, _>(&tx, rows).await?;
        place_findings(&tx, Some(id)).await?;
        count_again(&tx, Some(id)).await?;
        self.commit(tx).await
    }
}

/// Writes what the repository's own row says of the catalog, and the key of the state.
async fn describe(
    tx: &DatabaseTransaction,
    id: i64,
    catalog: &RepositoryCatalog,
    key: &ScanKey,
    scanned_at: &Timestamp,
) -> Result<(), StoreError> {
    let languages = by_lines(&catalog.languages);
    let sql = Sql::new("UPDATE repository SET partial = ").bind(catalog.partial);
    let sql = sql.add(", branch = ").bind(clean(&catalog.tip.branch)).add(", commit_id = ").bind(key.commit.as_str());
    let sql = sql.add(", committed_at = ").bind(catalog.tip.committed_at.as_str());
    let sql = sql.add(", scanner_version = ").bind(i64::from(key.scanner_version));
    let sql = sql.add(", rules_hash = ").bind(key.rules_hash.as_str());
    let sql = sql.add(", language = ").bind(languages.first().map(|l| clip(&l.language)).unwrap_or_default());
    let sql = sql.add(", languages = ").bind(to_json(&languages)).add(", n_files = ").bind(stored(catalog.n_files));
    transaction::run(tx, sql.add(" WHERE id = ").bind(id)).await?;
    let sql = Sql::new(
        "INSERT INTO repository_scan (repository_id, commit_id, scanner_version, rules_hash, scanned_at) VALUES (",
    );
    let sql = sql.bind(id).add(", ").bind(key.commit.as_str()).add(", ").bind(i64::from(key.scanner_version));
    let sql = sql.add(", ").bind(key.rules_hash.as_str()).add(", ").bind(scanned_at.as_str());
    let sql = sql.add(
        ") ON CONFLICT (repository_id, commit_id, scanner_version, rules_hash) DO UPDATE SET scanned_at = excluded.scanned_at",
    );
    transaction::run(tx, sql).await.map(drop)
}

async fn shadowed(tx: &DatabaseTransaction, id: i64) -> Result<HashSet<String>, StoreError> {
    let sql = Sql::new("SELECT ref AS value FROM entity WHERE shadowed AND repository_id = ").bind(id);
    let rows = transaction::rows(tx, sql).await?;
    rows.iter().map(|row| Ok(row.try_get("", "value")?)).collect()
}

/// Deletes what the repository contributed, children first so that no foreign key has to search for them.
async fn clear(tx: &DatabaseTransaction, id: i64) -> Result<(), StoreError> {
    let of_entities = "entity_id IN (SELECT id FROM entity WHERE repository_id = ?)";
    let conditions = [
        ("usage", "repository_id = ?"),
        ("standing", "repository_id = ?"),
        ("dependency", "repository_id = ?"),
        ("package", "repository_id = ?"),
        ("relation", "repository_id = ? AND NOT observed"),
        ("finding", "repository_id = ? AND origin <> 'link'"),
        ("document_text", "repository_id = ?"),
        ("entity_tag", of_entities),
        ("entity_detail", of_entities),
        ("entity", "repository_id = ?"),
    ];
    for (table, condition) in conditions {
        transaction::run(tx, Sql::with(format!("DELETE FROM {table} WHERE {condition}"), [id])).await?;
    }
    Ok(())
}

/// Inserts in chunks: PostgreSQL takes at most 65,535 values a statement, SQLite 32,766.
pub(super) async fn insert<E, A>(tx: &DatabaseTransaction, rows: Vec<A>) -> Result<(), StoreError>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E> + Clone,
{
    for chunk in rows.chunks(CHUNK) {
        E::insert_many(chunk.iter().cloned()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// A finding as a row. `origin` is `scan`, `failure` or `link`.
pub(super) fn finding_row(repository_id: i64, repository: &str, origin: &str, f: &Finding) -> finding::ActiveModel {
    finding::ActiveModel {
        id: NotSet,
        repository_id: Set(repository_id),
        repository: Set(repository.to_owned()),
        origin: Set(origin.to_owned()),
        entity_id: Set(None),
        rule: Set(clip(&f.rule)),
        severity: Set(f.severity.to_string()),
        severity_rank: Set(rank(f.severity)),
        path: Set(f.path.as_ref().map(ToString::to_string)),
        line: Set(f.line.map(i64::from)),
        col: Set(f.column.map(i64::from)),
        message: Set(clean(&f.message)),
    }
}

impl Writing<'_> {
    async fn entities(&mut self) -> Result<(), StoreError> {
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

    async fn relations(&self) -> Result<(), StoreError> {
        let own: BTreeSet<_> = self.catalog.relations.iter().filter(|r| !r.observed).collect();
        let row = |r: &crate::catalog::model::Relation| relation::ActiveModel {
            shadowed: Set(self.shadowed.contains(&r.from.to_string())),
            ..relation_row(self.id, &self.name, r)
        };
        insert::<relation::Entity, _>(self.tx, own.into_iter().map(row).collect()).await
    }

    async fn packages(&self) -> Result<(), StoreError> {
        let row = |p: &crate::catalog::model::OwnedPackage| package::ActiveModel {
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
        let row = |d: &crate::catalog::model::OwnedDependency| dependency::ActiveModel {
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
        };
        insert::<dependency::Entity, _>(self.tx, self.catalog.dependencies.iter().map(row).collect()).await
    }

    /// Usages and standings. Each (component, capability, offer) and each (component, capability) is one row: counts of
    /// rows are counts of components.
    async fn usages(&self) -> Result<(), StoreError> {
        let owners: HashMap<&EntityRef, &Entity> =
            self.catalog.entities.iter().rev().map(|e| (&e.reference, e)).collect();
        let standings = self.standings();
        let mut seen = HashSet::new();
        let mut rows = Vec::new();
        for u in &self.catalog.usages {
            let Some(entity_id) = self.entities.get(&u.component.to_string()).copied() else { continue };
            if !seen.insert((&u.component, &u.capability, &u.offer)) {
                continue;
            }
            let state = standings.get(&(&u.component, u.capability.as_str())).map_or(State::None, |s| s.0.state);
            let owner = owners.get(&u.component).and_then(|e| e.owner.as_ref());
            rows.push(usage::ActiveModel {
                id: NotSet,
                repository_id: Set(self.id),
                repository: Set(self.name.clone()),
                entity_id: Set(entity_id),
                component: Set(u.component.to_string()),
                capability: Set(clip(&u.capability)),
                offer: Set(clip(&u.offer)),
                path: Set(u.path.to_string()),
                state: Set(state.to_string()),
                owner_ref: Set(owner.map(ToString::to_string).unwrap_or_default()),
                shadowed: Set(self.shadowed.contains(&u.component.to_string())),
                evidence: Set(to_json(&u.evidence)),
            });
        }
        insert::<usage::Entity, _>(self.tx, rows).await?;
        let rows = standings.into_values().filter_map(|(s, paths)| self.standing_row(&s, &paths)).collect();
        insert::<standing::Entity, _>(self.tx, rows).await
    }

    fn standings(&self) -> BTreeMap<(&EntityRef, &str), (Standing, BTreeSet<OfferPath>)> {
        let mut used: BTreeMap<(&EntityRef, &str), BTreeSet<OfferPath>> = BTreeMap::new();
        for Usage { component, capability, path, .. } in &self.catalog.usages {
            used.entry((component, capability)).or_default().insert(*path);
        }
        let mut out = BTreeMap::new();
        for s in &self.catalog.standings {
            let key = (&s.component, s.capability.as_str());
            let paths = used.get(&key).cloned().unwrap_or_default();
            out.entry(key).or_insert_with(|| (s.clone(), paths));
        }
        // A use without a standing would be in the list of usages and in no count of components.
        for (key, paths) in used {
            out.entry(key).or_insert_with(|| (standing_of_use(key, &paths), paths));
        }
        out
    }

    fn standing_row(&self, s: &Standing, paths: &BTreeSet<OfferPath>) -> Option<standing::ActiveModel> {
        Some(standing::ActiveModel {
            id: NotSet,
            repository_id: Set(self.id),
            entity_id: Set(*self.entities.get(&s.component.to_string())?),
            capability: Set(clip(&s.capability)),
            state: Set(s.state.to_string()),
            eligible: Set(s.eligible),
            golden: Set(paths.contains(&OfferPath::Golden)),
            tolerated: Set(paths.contains(&OfferPath::Tolerated)),
            vendor: Set(paths.contains(&OfferPath::Vendor)),
            homegrown: Set(paths.contains(&OfferPath::Homegrown)),
            shadowed: Set(self.shadowed.contains(&s.component.to_string())),
            exemption: Set(s.exemption.as_deref().map(clean)),
        })
    }

    async fn texts(&self) -> Result<(), StoreError> {
        let row = |(path, content): (&shared::RepoPath, &String)| document_text::ActiveModel {
            id: NotSet,
            repository_id: Set(self.id),
            path: Set(path.to_string()),
            content: Set(clean(content)),
        };
        insert::<document_text::Entity, _>(self.tx, self.catalog.texts.iter().map(row).collect()).await
    }
}

/// The standing of a component that uses a capability it was given no standing towards (DESIGN section 1).
fn standing_of_use((component, capability): (&EntityRef, &str), paths: &BTreeSet<OfferPath>) -> Standing {
    let state = match (paths.contains(&OfferPath::Golden), paths.len()) {
        (true, 1) => State::Golden,
        (true, _) => State::Migrating,
        _ => State::OffPath,
    };
    Standing {
        component: component.clone(),
        capability: capability.to_owned(),
        state,
        eligible: false,
        exemption: None,
    }
}

/// A relation as a row.
pub(super) fn relation_row(id: i64, repository: &str, r: &crate::catalog::model::Relation) -> relation::ActiveModel {
    relation::ActiveModel {
        id: NotSet,
        repository_id: Set(id),
        repository: Set(repository.to_owned()),
        from_ref: Set(r.from.to_string()),
        kind: Set(clip(&r.kind)),
        to_ref: Set(r.to.to_string()),
        observed: Set(r.observed),
        shadowed: Set(false),
        path: Set(r.path.as_ref().map(ToString::to_string)),
        line: Set(r.line.map(i64::from)),
    }
}

fn detail_row(entity_id: i64, e: &Entity) -> entity_detail::ActiveModel {
    let detail = Detail {
        languages: by_lines(&e.languages),
        because: e.because.clone(),
        also_says: e.also_says.clone(),
        readme: e.readme.clone(),
    };
    entity_detail::ActiveModel {
        entity_id: Set(entity_id),
        document: Set(to_json(&e.document)),
        detail: Set(to_json(&detail)),
    }
}

/// Tags as they are stored: each once, none empty, none with a line break.
fn tags(e: &Entity) -> BTreeSet<String> {
    e.tags.iter().map(|t| clip(&t.replace('\n', " "))).filter(|t| !t.is_empty()).collect()
}

fn by_lines(languages: &BTreeMap<String, u64>) -> Vec<LanguageLines> {
    let item = |(language, lines): (&String, &u64)| LanguageLines { language: language.clone(), lines: *lines };
    let mut out: Vec<_> = languages.iter().map(item).collect();
    out.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.language.cmp(&b.language)));
    out
}
