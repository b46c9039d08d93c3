//! Rows made of the catalog room's values, and their way into the database.
//! It must not read.
use super::{
    StoreError,
    entity_detail::Detail,
    findings::rank,
    rows::to_json,
    tables::{entity_detail, finding, relation},
    text::{clean, clip},
};
use crate::{
    catalog::model::{Entity, Relation},
    scan::Finding,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    DatabaseTransaction, EntityTrait,
};
use shared::api::LanguageLines;
use std::collections::{BTreeMap, BTreeSet};

const CHUNK: usize = 500;

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

/// A finding as a row. `origin` is `scan`, `history`, `failure`, `link`, `work`, `ownership` or `shadow`.
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

/// A relation as a row.
pub(super) fn relation_row(id: i64, repository: &str, r: &Relation) -> relation::ActiveModel {
    relation::ActiveModel {
        id: NotSet,
        repository_id: Set(id),
        repository: Set(repository.to_owned()),
        from_ref: Set(r.from.to_string()),
        kind: Set(clip(&r.kind)),
        to_ref: Set(r.to.to_string()),
        observed: Set(r.observed),
        linked: Set(false),
        shadowed: Set(false),
        path: Set(r.path.as_ref().map(ToString::to_string)),
        line: Set(r.line.map(i64::from)),
    }
}

/// What only the entity's page needs, as a row.
pub(super) fn detail_row(entity_id: i64, e: &Entity) -> entity_detail::ActiveModel {
    let detail = Detail {
        languages: by_lines(&e.languages),
        because: e.because.clone(),
        also_says: e.also_says.clone(),
        readme: e.readme.clone(),
        definition: e.definition.clone(),
    };
    entity_detail::ActiveModel {
        entity_id: Set(entity_id),
        document: Set(to_json(&e.document)),
        detail: Set(to_json(&detail)),
    }
}

/// Tags as they are stored: each once, none empty, none with a line break.
pub(super) fn tags(e: &Entity) -> BTreeSet<String> {
    e.tags.iter().map(|t| clip(&t.replace('\n', " "))).filter(|t| !t.is_empty()).collect()
}

/// Languages, most lines first.
pub(super) fn by_lines(languages: &BTreeMap<String, u64>) -> Vec<LanguageLines> {
    let item = |(language, lines): (&String, &u64)| LanguageLines { language: language.clone(), lines: *lines };
    let mut out: Vec<_> = languages.iter().map(item).collect();
    out.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.language.cmp(&b.language)));
    out
}
