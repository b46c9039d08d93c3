//! What follows from rows just written, inside the same transaction: which entity a finding belongs to, and the counts
//! kept with entities and repositories.
//! It must not write anything that the rows do not already say.
use super::{StoreError, sql::Sql, transaction};
use sea_orm::{DatabaseTransaction, FromQueryResult};
use std::collections::{BTreeMap, HashMap};

#[derive(FromQueryResult)]
struct EntityPlace {
    id: i64,
    repository_id: i64,
    kind: String,
    path: String,
    descriptor_path: Option<String>,
    descriptor_line: Option<i64>,
}

#[derive(FromQueryResult)]
struct FindingPlace {
    id: i64,
    repository_id: i64,
    entity_id: Option<i64>,
    path: String,
    line: Option<i64>,
}

/// Gives each finding the entity it speaks of: the document of its descriptor that holds the line, else the component
/// with the deepest folder around it. A finding of the whole repository speaks of none.
pub(super) async fn place_findings(tx: &DatabaseTransaction, repository: Option<i64>) -> Result<(), StoreError> {
    let only = |sql: Sql| match repository {
        Some(id) => sql.add(" AND repository_id = ").bind(id),
        None => sql.add(
            " AND repository_id IN (SELECT repository_id FROM finding WHERE origin IN ('link', 'ownership', 'shadow'))",
        ),
    };
    let sql = Sql::new("SELECT id, repository_id, entity_id, path, line FROM finding WHERE path IS NOT NULL");
    let findings: Vec<FindingPlace> = transaction::all(tx, only(sql)).await?;
    if findings.is_empty() {
        return Ok(());
    }
    let sql =
        Sql::new("SELECT id, repository_id, kind, path, descriptor_path, descriptor_line FROM entity WHERE 1 = 1");
    let entities: Vec<EntityPlace> = transaction::all(tx, only(sql)).await?;
    let mut of_repository: HashMap<i64, Vec<&EntityPlace>> = HashMap::new();
    for entity in &entities {
        of_repository.entry(entity.repository_id).or_default().push(entity);
    }
    let mut moves: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for finding in &findings {
        let around = of_repository.get(&finding.repository_id).map_or(&[][..], Vec::as_slice);
        if let Some(id) = subject(finding, around).filter(|id| finding.entity_id != Some(*id)) {
            moves.entry(id).or_default().push(finding.id);
        }
    }
    for (entity, findings) in moves {
        for chunk in findings.chunks(500) {
            let sql = Sql::new("UPDATE finding SET entity_id = ").bind(entity).add(" WHERE ");
            transaction::run(tx, sql.then(Sql::any_of("id", chunk.iter().copied()))).await?;
        }
    }
    Ok(())
}

fn subject(finding: &FindingPlace, entities: &[&EntityPlace]) -> Option<i64> {
    let of_file = entities.iter().filter(|e| e.descriptor_path.as_deref() == Some(&finding.path));
    let line = finding.line.unwrap_or(0);
    // The last document that begins at or above the line; the first of the file when the line is unknown.
    let above = of_file.clone().filter(|e| e.descriptor_line <= Some(line)).max_by_key(|e| (e.descriptor_line, -e.id));
    let first = of_file.min_by_key(|e| (e.descriptor_line, e.id));
    let components = entities.iter().filter(|e| e.kind == "component" && holds(&e.path, &finding.path));
    let around = components.max_by_key(|e| (e.path.len(), -e.id));
    above.or(first).or(around).map(|e| e.id)
}

fn holds(folder: &str, path: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Counts again what is kept with entities and repositories, of one repository or of all.
pub(super) async fn count_again(tx: &DatabaseTransaction, repository: Option<i64>) -> Result<(), StoreError> {
    let only = |sql: Sql, column: &str| match repository {
        Some(id) => sql.add(format!(" AND {column} = ")).bind(id),
        None => sql,
    };
    // Only rows that change are written: on PostgreSQL every update writes the row and its index entries anew.
    let counted = "(SELECT COUNT(*) FROM finding WHERE finding.entity_id = entity.id)";
    let has_some = "(n_findings > 0 OR id IN (SELECT entity_id FROM finding WHERE entity_id IS NOT NULL))";
    let sql = format!("UPDATE entity SET n_findings = {counted} WHERE {has_some} AND n_findings <> {counted}");
    transaction::run(tx, only(Sql::new(sql), "repository_id")).await?;
    // The kind is counted in the result and not filtered by: SQLite would take the index on kinds for each repository.
    let entities = "SELECT COUNT(*) FROM entity WHERE entity.repository_id = repository.id AND NOT shadowed";
    let components = "SELECT COUNT(CASE WHEN kind = 'component' THEN 1 END) FROM entity \
                      WHERE entity.repository_id = repository.id AND NOT shadowed";
    let findings = "SELECT COUNT(*) FROM finding WHERE finding.repository_id = repository.id";
    let sql = format!(
        "UPDATE repository SET n_entities = ({entities}), n_components = ({components}), n_findings = ({findings}) \
         WHERE 1 = 1"
    );
    transaction::run(tx, only(Sql::new(sql), "id")).await.map(drop)
}
