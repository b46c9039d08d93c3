//! A generated estate of any size, the same in every run.
//! It must not use a clock or real randomness.
use super::{CatalogBuilder, capability, component, finding, group};
use crate::store::Store;
use shared::{Area, DependencyKind, EntityKind, EntityRef, OfferPath, Origin, RuleSource, State};

/// Numbers that look random and are the same in every run (a linear congruential generator, Knuth's constants).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    pub(crate) fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }
}

pub(crate) const CAPABILITIES: [&str; 6] = ["feature-flags", "ci", "auth", "metrics", "queue", "registry"];
const WORDS: [&str; 8] = ["billing", "ledger", "search", "mail", "Überweisung", "100%", "a_b", "gateway"];

/// An estate of so many entities, 20 a repository, each with a spread of every attribute.
pub(crate) fn estate(n_entities: usize) -> Vec<CatalogBuilder> {
    let mut dice = Dice(7);
    let mut out = Vec::new();
    for r in 0..n_entities.div_ceil(20) {
        let mut builder = CatalogBuilder::new(&format!("acme/repo-{r}"));
        for e in (r * 20..n_entities).take(20) {
            add_entity(&mut builder, &mut dice, e);
        }
        builder.0.findings.push(finding("repository-shallow", None, None));
        builder.package(&format!("part-{}", r * 20), &format!("@acme/part-{r}"));
        out.push(builder);
    }
    out
}

fn add_entity(builder: &mut CatalogBuilder, dice: &mut Dice, n: usize) {
    let kind = [EntityKind::Component, EntityKind::Component, EntityKind::Api, EntityKind::Resource][dice.roll(4)];
    let kind = if n.is_multiple_of(20) { EntityKind::Component } else { kind };
    let short = format!("part-{n}");
    let some = |dice: &mut Dice, of: &[&str]| (dice.roll(4) > 0).then(|| dice.pick(of).to_owned());
    let entity = builder.entity(kind, &short);
    entity.title = some(dice, &WORDS);
    entity.description = Some(format!("The {} of the {}", dice.pick(&WORDS), dice.pick(&WORDS)));
    entity.subtype = some(dice, &["service", "library", "website"]);
    entity.lifecycle = some(dice, &["production", "experimental"]);
    entity.owner = some(dice, &["red", "green", "blue", "platform"]).map(|o| group(&o));
    entity.system = (dice.roll(2) > 0)
        .then(|| EntityRef::new(EntityKind::System, "default", dice.pick(&["shop", "bank"])).unwrap());
    entity.tags = (0..dice.roll(3)).map(|_| dice.pick(&["java", "pci", "edge"]).to_owned()).collect();
    entity.origin = [Origin::Declared, Origin::Detected, Origin::Both][dice.roll(3)];
    entity.languages =
        (0..dice.roll(3)).map(|i| (["Go", "Rust", "TypeScript"][i].to_owned(), 100 + n as u64)).collect();
    let reference = entity.reference.clone();
    if kind != EntityKind::Component {
        return;
    }
    builder.relation(&reference, "dependsOn", &component(&format!("part-{}", n / 2 / 20 * 20)));
    builder.dependency(Some(&short), &format!("@acme/part-{}", n / 40), DependencyKind::Declared);
    builder.dependency(Some(&short), dice.pick(&["left-pad", "react", "express"]), DependencyKind::Resolved);
    if dice.roll(5) == 0 {
        builder.0.findings.push(finding(
            "descriptor-invalid-owner",
            Some(&format!("{short}/catalog-info.yaml")),
            Some(3),
        ));
    }
    for capability in CAPABILITIES {
        add_standing(builder, dice, &short, capability);
    }
}

fn add_standing(builder: &mut CatalogBuilder, dice: &mut Dice, of: &str, capability: &str) {
    let eligible = dice.roll(2) == 0;
    let state = match dice.roll(6) {
        0 => {
            builder.usage(of, capability, "flagship", OfferPath::Golden);
            State::Golden
        }
        1 => {
            builder.usage(of, capability, "flagship", OfferPath::Golden).usage(
                of,
                capability,
                "own",
                OfferPath::Homegrown,
            );
            State::Migrating
        }
        2 => {
            builder.usage(of, capability, "launchdarkly", OfferPath::Vendor);
            State::OffPath
        }
        3 if eligible => State::None,
        _ => return,
    };
    builder.standing(of, capability, state, eligible);
}

/// Saves an estate with its ruleset, and gives it back for comparison.
pub(crate) async fn fill(store: &Store, n_entities: usize) -> Vec<CatalogBuilder> {
    let source = store.upsert_source("folder", "/srv/git").await.unwrap();
    let areas = Area::ALL.iter().cycle();
    let rules = CAPABILITIES.iter().zip(areas).map(|(c, area)| capability(c, *area, RuleSource::Starter));
    store.save_capabilities(&rules.collect::<Vec<_>>()).await.unwrap();
    let estate = estate(n_entities);
    for builder in &estate {
        builder.save(store, source).await;
    }
    estate
}
