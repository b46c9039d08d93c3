//! The list of dependencies, and which entity of the catalog publishes each.
//! It must not resolve versions.
use super::{
    Store, StoreError,
    list::{FacetOf, List, Sort, ask, check_words, facet, filter_key, one_of, references},
    places::Webs,
    rows::{line, maybe, read},
    sql::Sql,
    text, transaction,
};
use sea_orm::FromQueryResult;
use shared::{
    DependencyKind, EntityKind, Scope, SourceUse,
    api::{DependencyItem, DependencyQuery, Facet, ImportedAt, Page},
};
use std::collections::{BTreeSet, HashMap};

pub(super) const DEPENDENCIES: List = List {
    name: "dependencies",
    table: "dependency",
    columns: "repository, (SELECT ref FROM entity WHERE entity.id = dependency.entity_id AND NOT entity.shadowed) \
              AS component, ecosystem, name, requirement, version, scope, kind, path, line, source_use, \
              imported_path, imported_line",
    sorts: &[
        Sort { name: "name", expr: "dependency.name", number: false },
        Sort { name: "repository", expr: "dependency.repository", number: false },
        Sort { name: "ecosystem", expr: "dependency.ecosystem", number: false },
        Sort { name: "path", expr: "dependency.path", number: false },
    ],
};

const FACETS: &[FacetOf] = &[
    FacetOf { name: "repository", title: "Repository", expr: "dependency.repository", from: None },
    FacetOf { name: "ecosystem", title: "Ecosystem", expr: "dependency.ecosystem", from: None },
    FacetOf { name: "scope", title: "Scope", expr: "dependency.scope", from: None },
    FacetOf { name: "kind", title: "Kind", expr: "dependency.kind", from: None },
    FacetOf { name: "source_use", title: "Seen in source", expr: "dependency.source_use", from: None },
];

#[derive(FromQueryResult)]
struct DependencyRow {
    repository: String,
    component: Option<String>,
    ecosystem: String,
    name: String,
    requirement: Option<String>,
    version: Option<String>,
    scope: String,
    kind: String,
    path: String,
    line: Option<i64>,
    source_use: String,
    imported_path: Option<String>,
    imported_line: Option<i64>,
}

#[derive(FromQueryResult)]
struct Provider {
    ecosystem: String,
    name: String,
    reference: String,
}

type Providers = HashMap<(String, String), String>;

impl Store {
    /// One page of dependencies.
    ///
    /// # Errors
    /// `BadSort`, `BadFilter`, `BadCursor`, or when the database does not answer.
    pub async fn list_dependencies(&self, query: &DependencyQuery) -> Result<Page<DependencyItem>, StoreError> {
        let found = self.page::<DependencyRow>(&DEPENDENCIES, conditions(query)?, ask!(query)).await?;
        let webs = self.webs(found.rows.iter().map(|r| r.repository.clone())).await?;
        let providers = self.providers(found.rows.iter().map(|r| r.name.clone()).collect()).await?;
        let item = |row: DependencyRow| {
            let provided_by = providers.get(&(row.ecosystem.clone(), row.name.clone()));
            Ok::<_, StoreError>(DependencyItem {
                permalink: webs.file(&row.repository, Some(&row.path), line(row.line)),
                source_use: read("use in source", &row.source_use)?,
                imported_at: imported_at(&row, &webs)?,
                provided_by: maybe("reference", provided_by.map(String::as_str))?,
                repository: read("repository", &row.repository)?,
                component: maybe("reference", row.component.as_deref())?,
                ecosystem: read("ecosystem", &row.ecosystem)?,
                name: row.name,
                requirement: row.requirement,
                version: row.version,
                scope: read("scope", &row.scope)?,
                kind: read("kind", &row.kind)?,
                path: read("path", &row.path)?,
                line: line(row.line),
            })
        };
        let items = found.rows.into_iter().map(item).collect::<Result<_, _>>()?;
        Ok(Page { items, total: found.total, next: found.next })
    }

    /// Counts of every value of every facet under all other filters.
    ///
    /// # Errors
    /// As `list_dependencies`.
    pub async fn facet_dependencies(&self, query: &DependencyQuery) -> Result<Vec<Facet>, StoreError> {
        let question = format!("dependencies?{}", filter_key(&query.pairs()));
        self.cached_facets(question, async || {
            let mut out = Vec::new();
            for of in FACETS {
                let mut others = query.clone();
                let selected = std::mem::take(field(&mut others, of.name));
                let counts = self.count_values(&DEPENDENCIES, of, conditions(&others)?).await?;
                out.push(facet((of.name, of.title), counts, &selected));
            }
            Ok(out)
        })
        .await
    }

    /// The entity that publishes each package; the first by reference when several claim to.
    async fn providers(&self, names: BTreeSet<String>) -> Result<Providers, StoreError> {
        let sql = Sql::new(
            "SELECT package.ecosystem, package.name, MIN(entity.ref) AS reference FROM package \
             JOIN entity ON entity.id = package.entity_id AND NOT entity.shadowed WHERE package.published AND ",
        );
        let sql = sql.then(Sql::any_of("package.name", names)).add(" GROUP BY package.ecosystem, package.name");
        let rows: Vec<Provider> = transaction::all(self.reader(), sql).await?;
        Ok(rows.into_iter().map(|p| ((p.ecosystem, p.name), p.reference)).collect())
    }
}

fn imported_at(row: &DependencyRow, webs: &Webs) -> Result<Option<ImportedAt>, StoreError> {
    let (Some(path), Some(at)) = (&row.imported_path, line(row.imported_line)) else { return Ok(None) };
    let permalink = webs.file(&row.repository, Some(path), Some(at));
    Ok(Some(ImportedAt { path: read("path", path)?, line: at, permalink }))
}

/// The rows that a query asks for.
///
/// # Errors
/// `BadFilter`.
pub(super) fn conditions(query: &DependencyQuery) -> Result<Sql, StoreError> {
    check_words::<Scope>("scope", &query.scope)?;
    check_words::<DependencyKind>("kind", &query.kind)?;
    check_words::<SourceUse>("source_use", &query.source_use)?;
    let mut parts = Vec::new();
    parts.extend(one_of("dependency.repository", &query.repository));
    parts.extend(of_component(&references("component", &query.component, Some(EntityKind::Component))?));
    parts.extend(one_of("dependency.ecosystem", &query.ecosystem));
    parts.extend(one_of("dependency.name", &query.name));
    parts.extend(one_of("dependency.scope", &query.scope));
    parts.extend(one_of("dependency.kind", &query.kind));
    parts.extend(one_of("dependency.source_use", &query.source_use));
    if let Some(provider) = &query.provided_by {
        let provider = references("provided_by", std::slice::from_ref(provider), Some(EntityKind::Component))?;
        parts.push(provided_by(provider));
    }
    let terms = text::terms(query.q.as_deref().unwrap_or_default());
    if !terms.is_empty() {
        parts.push(text::contains(&["dependency.name"], &terms));
    }
    Ok(Sql::all(parts))
}

/// Dependencies of the components; the empty reference stands for those of no component that is shown.
fn of_component(components: &[String]) -> Option<Sql> {
    let (none, some): (Vec<String>, Vec<String>) = components.iter().cloned().partition(String::is_empty);
    let mut parts = Vec::new();
    if !none.is_empty() {
        parts.push(Sql::new("dependency.entity_id IS NULL"));
        parts.push(Sql::new("dependency.entity_id IN (SELECT id FROM entity WHERE shadowed)"));
    }
    if !some.is_empty() {
        let inner = Sql::new("dependency.entity_id IN (SELECT id FROM entity WHERE NOT shadowed AND ");
        parts.push(inner.then(Sql::any_of("ref", some)).add(")"));
    }
    (!parts.is_empty()).then(|| Sql::any(parts))
}

/// Dependencies on packages whose provider, by the same rule as `Store::providers`, is the entity.
fn provided_by(provider: Vec<String>) -> Sql {
    let all_of_them = "SELECT p.ecosystem || ' ' || p.name AS package FROM package p \
                       JOIN entity e ON e.id = p.entity_id AND NOT e.shadowed \
                       WHERE p.published AND p.name IN (SELECT package.name FROM package JOIN entity ON \
                       entity.id = package.entity_id WHERE NOT entity.shadowed AND ";
    let sql = Sql::new(
        "dependency.name IN (SELECT package.name FROM package JOIN entity ON entity.id = package.entity_id \
         WHERE NOT entity.shadowed AND package.published AND ",
    );
    let sql = sql.then(Sql::any_of("entity.ref", provider.clone()));
    let sql = sql.add(") AND dependency.ecosystem || ' ' || dependency.name IN (").add(all_of_them);
    let sql = sql.then(Sql::any_of("entity.ref", provider.clone()));
    sql.add(") GROUP BY p.ecosystem, p.name HAVING ").then(Sql::any_of("MIN(e.ref)", provider)).add(")")
}

fn field<'q>(query: &'q mut DependencyQuery, name: &str) -> &'q mut Vec<String> {
    match name {
        "repository" => &mut query.repository,
        "ecosystem" => &mut query.ecosystem,
        "scope" => &mut query.scope,
        "source_use" => &mut query.source_use,
        _ => &mut query.kind,
    }
}
