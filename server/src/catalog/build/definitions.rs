//! Entities for the APIs and resources that files define, one with the declared API that names the file.
//! It must not keep a definition's text: an entity's page shows where it lies.
mod foreign;
mod join;

use super::{declared::text, detected, document, names, place::Places};
use crate::{
    catalog::model::{Entity, Relation},
    facts::model::{self, DefinitionKind, Reason, RepositoryFacts},
};
use shared::{EntityKind, EntityRef, Origin, RepoPath, api::Definition};
use std::collections::{BTreeMap, BTreeSet};

/// Adds an entity for each definition, or the definition to its declared entity, and gives the relations that they show.
pub(super) fn add(facts: &RepositoryFacts, entities: &mut Vec<Entity>) -> Vec<Relation> {
    let declared = Declared::of(entities);
    let definitions = join::by_folder(&facts.definitions, |path| declared.by_file.contains_key(path));
    let holders = holders(facts, &definitions, entities);
    let held: Vec<(&model::Definition, Option<&Holder>)> =
        definitions.iter().zip(holders.iter().map(Option::as_ref)).collect();
    let is_own = |(found, holder): &&(&model::Definition, Option<&Holder>)| {
        foreign::is_own(facts, found, holder.map(|holder| &holder.root))
    };
    let mut adding = Adding { facts, entities, known: Known::default(), relations: vec![] };
    let mut left = vec![];
    for (found, holder) in held.iter().filter(is_own).copied() {
        let free = |at: &usize| adding.entities[*at].definition.is_none();
        match declared.holding(found).filter(free) {
            Some(at) => adding.attach(at, found, holder),
            None => left.push((found, holder)),
        }
    }
    // The whole comes before its parts, so that it is known when they come.
    left.sort_by_key(|(found, _)| std::cmp::Reverse(found.decl.n_entries));
    adding.make(&left);
    adding.relations
}

/// The entities as definitions are added to them.
struct Adding<'a, 'e> {
    facts: &'a RepositoryFacts,
    entities: &'e mut Vec<Entity>,
    known: Known<'a>,
    relations: Vec<Relation>,
}

impl<'a> Adding<'a, '_> {
    fn attach(&mut self, at: usize, found: &'a model::Definition, holder: Option<&Holder>) {
        let entity = &mut self.entities[at];
        attach(entity, found);
        self.known.add(found, &entity.reference);
        self.relations.extend(shows(holder, entity, found));
    }

    fn make(&mut self, left: &[(&'a model::Definition, Option<&Holder>)]) {
        let mut taken: BTreeSet<EntityRef> = self.entities.iter().map(|entity| entity.reference.clone()).collect();
        for (found, holder) in left {
            if let Some(first) = self.known.holding(found) {
                note_copy(self.entities, first, found);
                continue;
            }
            let entity = entity(self.facts, found, *holder, &taken);
            taken.insert(entity.reference.clone());
            self.known.add(found, &entity.reference);
            self.relations.extend(shows(*holder, &entity, found));
            self.relations.extend(owned(&entity, found));
            self.entities.push(entity);
        }
    }
}

/// The component whose root holds a definition.
struct Holder {
    reference: EntityRef,
    root: RepoPath,
    owner: Option<EntityRef>,
    system: Option<EntityRef>,
}

fn holders(facts: &RepositoryFacts, definitions: &[model::Definition], entities: &[Entity]) -> Vec<Option<Holder>> {
    let places = Places::new(facts, entities);
    let by_reference: BTreeMap<&EntityRef, &Entity> = entities.iter().map(|e| (&e.reference, e)).collect();
    let holder = |found: &model::Definition| {
        let entity = by_reference.get(places.component_of(&found.path)?)?;
        let (owner, system) = (entity.owner.clone(), entity.system.clone());
        Some(Holder { reference: entity.reference.clone(), root: entity.root.clone(), owner, system })
    };
    definitions.iter().map(holder).collect()
}

/// What was made an entity, by format and name.
#[derive(Default)]
struct Known<'a>(BTreeMap<(&'a str, &'a str), Vec<Seen<'a>>>);

/// The names of an entity's entries, and the entity.
type Seen<'a> = (BTreeSet<&'a str>, EntityRef);

impl<'a> Known<'a> {
    fn add(&mut self, found: &'a model::Definition, reference: &EntityRef) {
        let decl = &found.decl;
        if !decl.name.is_empty() {
            self.0.entry((&decl.format, &decl.name)).or_default().push((entries(found), reference.clone()));
        }
    }

    /// The entity of a definition of the same format and name that has every entry of this one.
    fn holding(&self, found: &'a model::Definition) -> Option<&EntityRef> {
        let same = self.0.get(&(found.decl.format.as_str(), found.decl.name.as_str()))?;
        let own = entries(found);
        same.iter().find(|(all, _)| own.iter().all(|entry| holds(all, entry))).map(|(_, reference)| reference)
    }
}

/// A path whose operations lie in a file of their own (`$ref`) is held by any operation on it.
fn holds(all: &BTreeSet<&str>, entry: &str) -> bool {
    let on_path = |other: &str| other.strip_suffix(entry).is_some_and(|method| method.ends_with(' '));
    all.contains(entry) || (entry.starts_with('/') && all.iter().any(|other| on_path(other)))
}

fn entries(found: &model::Definition) -> BTreeSet<&str> {
    found.decl.entries.iter().map(|entry| entry.name.as_str()).collect()
}

fn note_copy(entities: &mut [Entity], of: &EntityRef, found: &model::Definition) {
    if let Some(entity) = entities.iter_mut().find(|entity| entity.reference == *of) {
        let (path, line) = (Some(found.path.clone()), found.decl.line);
        entity.because.push(Reason { text: format!("a copy or part of it in {}", found.decl.format), path, line });
    }
}

/// Declared APIs and resources by the file that they name as their definition, and by folder and name.
struct Declared {
    by_file: BTreeMap<RepoPath, usize>,
    by_name: BTreeMap<(EntityKind, RepoPath, String), usize>,
}

impl Declared {
    fn of(entities: &[Entity]) -> Self {
        let (mut by_file, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for (index, entity) in entities.iter().enumerate() {
            let kind = entity.reference.kind();
            let Some((path, _)) = entity.descriptor.as_ref().filter(|_| is_defined(kind)) else { continue };
            if let Some(file) = named_file(&entity.document, &path.parent()) {
                by_file.entry(file).or_insert(index);
            }
            by_name.entry((kind, entity.root.clone(), entity.reference.name().to_owned())).or_insert(index);
        }
        Self { by_file, by_name }
    }

    fn holding(&self, found: &model::Definition) -> Option<usize> {
        let by_file = || self.by_file.get(&found.path);
        let by_name = || {
            let name = names::slug(&found.decl.name);
            self.by_name.get(&(kind(found), detected::visible(&found.path.parent()), name))
        };
        by_file().or_else(by_name).copied()
    }
}

fn is_defined(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Api | EntityKind::Resource)
}

/// The file of `definition: {$text: ./openapi.yaml}`, whatever the placeholder is called; an address is none.
fn named_file(document: &serde_json::Value, folder: &RepoPath) -> Option<RepoPath> {
    let placeholder = document.pointer("/spec/definition")?.as_object()?;
    let (key, _) = placeholder.iter().find(|(key, _)| key.starts_with('$'))?;
    let file = text(document, &format!("/spec/definition/{key}"))?;
    if file.contains("://") { None } else { folder.join(file) }
}

fn kind(found: &model::Definition) -> EntityKind {
    match found.decl.kind {
        DefinitionKind::Api => EntityKind::Api,
        DefinitionKind::Resource => EntityKind::Resource,
    }
}

/// Adds what the file shows; what the descriptor says stays.
fn attach(entity: &mut Entity, found: &model::Definition) {
    let decl = &found.decl;
    entity.origin = Origin::Both;
    entity.subtype.get_or_insert_with(|| decl.format.clone());
    if entity.description.is_none() {
        entity.description.clone_from(&decl.description);
    }
    if entity.title.is_none() {
        entity.title.clone_from(&decl.title);
    }
    entity.because.push(because(found));
    entity.definition = Some(definition(found));
}

fn entity(
    facts: &RepositoryFacts,
    found: &model::Definition,
    holder: Option<&Holder>,
    taken: &BTreeSet<EntityRef>,
) -> Entity {
    let decl = &found.decl;
    let call = (holder.map(|holder| holder.reference.name()), decl.name.as_str(), decl.format.as_str());
    let mut entity = Entity {
        reference: names::defined(&facts.repository, kind(found), call, taken),
        origin: Origin::Detected,
        title: decl.title.clone().or_else(|| Some(decl.name.clone()).filter(|name| !name.is_empty())),
        description: decl.description.clone(),
        subtype: Some(decl.format.clone()),
        lifecycle: None,
        owner: holder.and_then(|holder| holder.owner.clone()),
        system: holder.and_then(|holder| holder.system.clone()),
        tags: vec![],
        document: serde_json::Value::Null,
        root: found.path.parent(),
        descriptor: None,
        languages: BTreeMap::new(),
        because: vec![because(found)],
        also_says: vec![],
        readme: None,
        definition: Some(definition(found)),
    };
    if let (Some(owner), Some(holder)) = (&entity.owner, holder) {
        let text = format!("owner {owner}: owner of {}, which holds the file", holder.reference);
        entity.because.push(Reason { text, path: None, line: None });
    }
    entity.document = document::of(facts, &entity);
    entity
}

fn because(found: &model::Definition) -> Reason {
    let text = match found.decl.n_entries {
        0 => format!("{} file", found.decl.format),
        1 => format!("{} with 1 entry", found.decl.format),
        n => format!("{} with {n} entries", found.decl.format),
    };
    Reason { text, path: Some(found.path.clone()), line: found.decl.line }
}

fn definition(found: &model::Definition) -> Definition {
    Definition {
        format: found.decl.format.clone(),
        version: found.decl.version.clone(),
        path: found.path.clone(),
        line: found.decl.line,
        entries: found.decl.entries.clone(),
        n_entries: found.decl.n_entries,
    }
}

/// The component provides the API; a resource is part of the component.
fn shows(holder: Option<&Holder>, entity: &Entity, found: &model::Definition) -> Option<Relation> {
    let component = holder?.reference.clone();
    let (from, kind, to) = match found.decl.kind {
        DefinitionKind::Api => (component, "providesApi", entity.reference.clone()),
        DefinitionKind::Resource => (entity.reference.clone(), "partOf", component),
    };
    Some(relation(from, kind, to, found))
}

fn owned(entity: &Entity, found: &model::Definition) -> Option<Relation> {
    Some(relation(entity.reference.clone(), "ownedBy", entity.owner.clone()?, found))
}

fn relation(from: EntityRef, kind: &str, to: EntityRef, found: &model::Definition) -> Relation {
    let (path, line) = (Some(found.path.clone()), found.decl.line);
    Relation { from, kind: kind.to_owned(), to, observed: true, path, line }
}
