//! Joins spans, intervals and what the catalog says today into components with their past.
//! It must not judge anything but who could use a capability.
use super::{
    Held, PastEntity,
    load::{self, IntervalRow, SpanRow, Until},
    rules,
};
use crate::{
    catalog::{history::model::Traits, model::Capability},
    metrics::past::{Past, PastComponent, PastMoment, PastRepository, PastUse, Time},
    store::{
        StoreError,
        rows::{json, maybe, read},
    },
};
use sea_orm::DatabaseTransaction;
use shared::{EntityKind, EntityRef, RepoPath};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// What the catalog says today of an entity.
struct Today {
    owner: Option<EntityRef>,
    system: Option<EntityRef>,
    language: Option<String>,
}

/// Everything by repository and reference, without a copy of either for a look-up.
type ByPlace<T> = HashMap<String, HashMap<String, T>>;

/// One entity of one repository while its spans are read.
struct Life {
    row: i64,
    repository: usize,
    root: String,
    spans: Vec<(PastMoment, Until)>,
    /// Of the span that ends last.
    traits: String,
}

/// The past up to the time when the catalog was last looked at; up to the last commit when that is unknown.
///
/// # Errors
/// When the database does not answer, or a row does not read back.
pub(super) async fn join(
    db: &DatabaseTransaction,
    ruleset: &[(i64, Capability)],
    seen: Option<Time>,
) -> Result<Held, StoreError> {
    let (repositories, rules_version) = load::repositories(db).await?;
    let now = seen.or_else(|| repositories.iter().map(|r| r.last.at).max()).unwrap_or_default();
    let today = today(db).await?;
    let lives = lives(db, &repositories, now).await?;
    let capabilities = rules::capabilities(ruleset, load::rule_changes(db).await?);
    let past = Past { now, rules_version, capabilities, repositories, components: vec![] };
    let mut held = Held { past: Arc::new(past), rows: vec![], entities: vec![], places: HashMap::new() };
    let past = Arc::get_mut(&mut held.past).expect("nobody else has seen it yet");
    let exemptions = rules::exemptions(ruleset);
    let shown = shown(&today);
    for (reference, lives) in lives {
        for (life, lives) in winners(lives, &reference, &past.repositories, &today) {
            let repository = past.repositories[life.repository].name.to_string();
            let mut entity = entity(&reference, &life, lives)?;
            if entity.reference.kind() == EntityKind::Component {
                let known = today.get(&repository).and_then(|of| of.get(&reference));
                let mut component = component(&entity, life.spans, known, &shown);
                component.eligible = rules::eligible(&past.capabilities, &entity.traits);
                component.exempt = exemptions.get(&entity.reference).cloned().unwrap_or_default();
                entity.component = Some(past.components.len());
                past.components.push(component);
            }
            held.places.entry(repository).or_default().insert(reference.clone(), held.entities.len());
            held.entities.push(entity);
        }
    }
    held.rows = uses(db, past, &held.places, &held.entities).await?;
    Ok(held)
}

async fn today(db: &DatabaseTransaction) -> Result<ByPlace<Today>, StoreError> {
    let mut out: ByPlace<Today> = HashMap::new();
    load::entities(db, |row| {
        let today = Today {
            owner: maybe("owner", Some(row.owner))?,
            system: maybe("system", Some(row.system))?,
            language: Some(row.language.to_owned()).filter(|language| !language.is_empty()),
        };
        out.entry(row.repository.to_owned()).or_default().insert(row.reference.to_owned(), today);
        Ok(())
    })
    .await?;
    Ok(out)
}

/// Every entity that ever was, by reference and by repository.
async fn lives(
    db: &DatabaseTransaction,
    repositories: &[PastRepository],
    now: Time,
) -> Result<BTreeMap<String, Vec<Life>>, StoreError> {
    let positions: HashMap<&str, usize> =
        repositories.iter().enumerate().map(|(i, repository)| (repository.name.as_str(), i)).collect();
    let mut out: BTreeMap<String, Vec<Life>> = BTreeMap::new();
    load::spans(db, |row| {
        if let Some(repository) = positions.get(row.repository) {
            let lives = out.entry(row.reference.to_owned()).or_default();
            match lives.iter_mut().find(|life| life.repository == *repository) {
                Some(life) => life.add(row, now),
                None => lives.push(Life::new(row, *repository, now)),
            }
        }
        Ok(())
    })
    .await?;
    for life in out.values_mut().flatten() {
        life.spans.sort_by_key(|(from, _)| from.at);
    }
    Ok(out)
}

impl Life {
    fn new(row: SpanRow<'_>, repository: usize, now: Time) -> Self {
        let (root, traits) = (row.root.to_owned(), row.traits.to_owned());
        let spans = vec![(known(row.from, now), row.to.map(|to| known(to, now)))];
        Self { row: row.id, repository, root, spans, traits }
    }

    fn add(&mut self, row: SpanRow<'_>, now: Time) {
        let to = row.to.map(|to| known(to, now));
        if end(&to) >= self.end() {
            row.root.clone_into(&mut self.root);
            row.traits.clone_into(&mut self.traits);
        }
        self.spans.push((known(row.from, now), to));
    }

    fn end(&self) -> Time {
        self.spans.iter().map(|(_, to)| end(to)).max().unwrap_or(Time::MIN)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let meet = |a: &(PastMoment, Until), b: &(PastMoment, Until)| a.0.at < end(&b.1) && b.0.at < end(&a.1);
        self.spans.iter().any(|a| other.spans.iter().any(|b| meet(a, b)))
    }
}

fn end(to: &Until) -> Time {
    to.as_ref().map_or(Time::MAX, |to| to.at)
}

/// Nothing later than the last look at the catalog is known: what is dated after it came by then.
fn known(mut moment: PastMoment, now: Time) -> PastMoment {
    moment.at = moment.at.min(now);
    moment
}

/// At any time a reference stands for one entity: the one that the catalog holds today, else the one that lasted
/// longest. One of another repository counts beside it only when it was there at other times. Each with whether the
/// catalog holds it today.
fn winners(
    lives: Vec<Life>,
    reference: &str,
    repositories: &[PastRepository],
    today: &ByPlace<Today>,
) -> Vec<(Life, bool)> {
    let is_held = |life: &Life| {
        let of = today.get(repositories[life.repository].name.as_str());
        of.is_some_and(|of| of.contains_key(reference))
    };
    let mut ranked: Vec<(Life, bool)> =
        lives.into_iter().map(|life| (is_held(&life), life)).map(|(h, l)| (l, h)).collect();
    ranked.sort_by_key(|(life, held)| (!held, Reverse(life.end()), life.repository));
    let mut out: Vec<(Life, bool)> = Vec::new();
    for (life, held) in ranked {
        if !out.iter().any(|(winner, _)| winner.overlaps(&life)) {
            out.push((life, held));
        }
    }
    out
}

fn entity(reference: &str, life: &Life, lives: bool) -> Result<PastEntity, StoreError> {
    let traits: Traits = json("traits", &life.traits)?;
    Ok(PastEntity {
        row: life.row,
        reference: read("reference", reference)?,
        repository: life.repository,
        root: read("path", &life.root)?,
        spans: life.spans.iter().map(|(from, to)| (from.at, to.as_ref().map(|to| to.at))).collect(),
        traits,
        lives,
        component: None,
    })
}

/// Languages as they are written today, by their lower case: the traits hold that only.
fn shown(today: &ByPlace<Today>) -> HashMap<String, String> {
    let languages = today.values().flat_map(HashMap::values).filter_map(|today| today.language.as_ref());
    languages.map(|language| (language.to_lowercase(), language.clone())).collect()
}

fn component(
    entity: &PastEntity,
    spans: Vec<(PastMoment, Until)>,
    today: Option<&Today>,
    shown: &HashMap<String, String>,
) -> PastComponent {
    let traits = &entity.traits;
    let first = traits.languages.first().map(|first| shown.get(first).unwrap_or(first).clone());
    PastComponent {
        reference: entity.reference.clone(),
        repository: entity.repository,
        root: entity.root.clone(),
        owner: today.map_or_else(|| traits.owner.clone(), |today| today.owner.clone()),
        system: today.map_or_else(|| traits.system.clone(), |today| today.system.clone()),
        language: today.map_or(first, |today| today.language.clone()),
        spans,
        eligible: vec![],
        exempt: vec![],
        uses: vec![],
    }
}

/// Gives each component its uses, and gives their rows in the same order. What the ruleset no longer holds is left out.
async fn uses(
    db: &DatabaseTransaction,
    past: &mut Past,
    places: &ByPlace<usize>,
    entities: &[PastEntity],
) -> Result<Vec<Vec<i64>>, StoreError> {
    let mut found: Vec<Vec<(PastUse, i64)>> = past.components.iter().map(|_| vec![]).collect();
    let offers = offers(past);
    load::intervals(db, |row| {
        let place = places.get(row.repository).and_then(|of| of.get(row.component));
        let component = place.and_then(|place| entities[*place].component);
        let capability = offers.get(row.capability);
        let offer = capability.and_then(|(position, offers)| Some((*position, *offers.get(row.offer)?)));
        if let (Some(component), Some(offer)) = (component, offer) {
            found[component].push((past_use(&row, offer, past.now), row.id));
        }
        Ok(())
    })
    .await?;
    let mut rows = Vec::with_capacity(found.len());
    for (component, mut found) in past.components.iter_mut().zip(found) {
        found.sort_by_key(|(one, row)| (one.capability, one.from.at, *row));
        let (uses, of_uses): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        component.uses = uses;
        rows.push(of_uses);
    }
    Ok(rows)
}

/// Positions of capabilities, and of their offers, by name.
fn offers(past: &Past) -> HashMap<String, (u32, HashMap<String, u32>)> {
    let capabilities = (0..).zip(&past.capabilities);
    capabilities
        .map(|(position, capability)| {
            let offers = (0..).zip(&capability.offers).map(|(i, offer)| (offer.name.clone(), i)).collect();
            (capability.name.clone(), (position, offers))
        })
        .collect()
}

fn past_use(row: &IntervalRow<'_>, (capability, offer): (u32, u32), now: Time) -> PastUse {
    PastUse {
        capability,
        offer,
        path: row.path,
        from: known(row.from.clone(), now),
        to: row.to.clone().map(|to| known(to, now)),
        end: row.end,
        exact: row.exact,
        attempt: row.attempt.clone(),
        evidence: RepoPath::new(row.file).ok().map(|file| (row.rule.to_owned(), file)),
    }
}
