//! Which rules fire on one file of a repository, and why what they see counts or does not: `waymark rules explain`.
//! It must not decide anything itself: it asks the steps that build the catalog.
use super::{
    entities,
    imports::Imports,
    observe::{self, Direct, Observer, rung_of},
    place::Places,
    usages::{Judge, WhyNot},
};
use crate::{
    catalog::rules::{Matcher, MatcherKind, Ruleset},
    facts::model::{Dependency, Exclusion, Needle, RepositoryFacts},
};
use serde::Serialize;
use shared::{Confidence, DependencyKind, EntityRef, OfferPath, RepoPath, Rung};

/// What the rules make of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    pub path: RepoPath,
    /// Why the file is left out, for people.
    pub excluded: Option<String>,
    /// The components that the file speaks for.
    pub components: Vec<EntityRef>,
    /// One for each matcher, place and component, by line.
    pub fired: Vec<Fired>,
    /// What was read from the file and meets no matcher, by line.
    pub unmatched: Vec<Unmatched>,
}

/// A matcher that something in the file meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fired {
    pub capability: String,
    pub offer: String,
    pub path: OfferPath,
    pub confidence: Confidence,
    pub rung: Rung,
    /// As written, e.g. `packages: npm:launchdarkly-*`.
    pub matcher: String,
    /// What met it, e.g. `npm:launchdarkly-node-server-sdk`.
    pub observed: String,
    pub line: Option<u32>,
    /// The component it counts for; absent when it counts for none.
    pub component: Option<EntityRef>,
    /// Why it is no use of the offer; absent when it is.
    pub why_not: Option<String>,
}

/// Something read from the file that no rule names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmatched {
    pub observed: String,
    pub line: Option<u32>,
}

/// Explains one file of a repository; `None` when the repository has no such file.
pub fn explain(facts: &RepositoryFacts, rules: &Ruleset, path: &RepoPath) -> Option<Explanation> {
    let file = facts.files.iter().find(|file| file.path == *path)?;
    let (entities, _, _) = entities::build(facts);
    let places = Places::new(facts, &entities);
    let imports = Imports::new(facts, &places);
    let observed = observe::observe(facts, rules, &places, &imports);
    let mut explainer = Explainer {
        facts,
        rules,
        places: &places,
        observer: Observer::new(facts, rules, &places),
        judge: Judge::new(facts, rules, &places, &observed),
        out: Explanation {
            path: path.clone(),
            excluded: file.excluded.map(|why| reason(facts, path, why)),
            components: places.components_of(path).into_iter().cloned().collect(),
            fired: vec![],
            unmatched: vec![],
        },
    };
    explainer.dependencies();
    explainer.imported(&imports);
    explainer.modules();
    explainer.hits();
    explainer.file(file.excluded);
    let mut out = explainer.out;
    out.fired.sort_by(|a, b| (a.line, &a.capability, &a.offer).cmp(&(b.line, &b.capability, &b.offer)));
    out.unmatched.sort_by(|a, b| (a.line, &a.observed).cmp(&(b.line, &b.observed)));
    out.unmatched.dedup();
    Some(out)
}

/// The reason of the deepest tree left out that holds the file.
fn reason(facts: &RepositoryFacts, path: &RepoPath, why: Exclusion) -> String {
    let what = match why {
        Exclusion::Vendored => "vendored",
        Exclusion::Generated => "generated",
        Exclusion::Fixture => "a fixture",
    };
    let trees = facts.excluded.iter().filter(|tree| tree.why == why && path.starts_with(&tree.path));
    match trees.max_by_key(|tree| tree.path.as_str().len()) {
        Some(tree) => format!("{what}: {} ({})", tree.reason, tree.path),
        None => what.to_owned(),
    }
}

struct Explainer<'a, 'p> {
    facts: &'a RepositoryFacts,
    rules: &'p Ruleset,
    places: &'p Places<'a>,
    observer: Observer<'a, 'p, 'p>,
    judge: Judge<'a, 'p>,
    out: Explanation,
}

/// Something observed, with what it is worth and whom it speaks for.
struct Observed<'a> {
    text: String,
    line: Option<u32>,
    users: Vec<&'a EntityRef>,
    /// Said when `users` is empty.
    nobody: String,
}

impl<'a> Explainer<'a, '_> {
    fn dependencies(&mut self) {
        let path = self.out.path.clone();
        let direct = Direct::new(self.facts);
        for dependency in self.facts.dependencies.iter().filter(|held| held.path == path) {
            let decl = &dependency.decl;
            let kind = MatcherKind::of_ecosystem(decl.ecosystem.as_str());
            let name = kind.observed(decl.ecosystem.as_str(), &decl.name);
            let matchers = self.rules.index().matches(kind, &name);
            let text = format!("{}:{}", decl.ecosystem, decl.name);
            if matchers.is_empty() {
                self.out.unmatched.push(Unmatched { observed: text, line: decl.line });
                continue;
            }
            for matcher in &matchers {
                let users = self.observer.users(dependency, kind, (&direct, self.rules.offer_of(matcher).0.reach));
                let nobody = self.why_nobody(dependency, kind);
                let seen = Observed { text: text.clone(), line: decl.line, users, nobody };
                self.note_among(&matchers, &[*matcher], &seen, |_| rung_of(kind, decl.kind));
            }
        }
    }

    /// Why a dependency speaks for no component.
    fn why_nobody(&self, dependency: &Dependency, kind: MatcherKind) -> String {
        let path = &dependency.path;
        if self.out.excluded.is_some() {
            "the file is left out".to_owned()
        } else if kind == MatcherKind::Package && dependency.decl.kind == DependencyKind::Resolved {
            "no component above the lock file declares it: only other packages need it".to_owned()
        } else if self.places.component_of(path).is_none() && !self.places.components_of(path).is_empty() {
            "a workspace's root does not say which of its members needs it; those count whose source imports it"
                .to_owned()
        } else {
            "no component's root lies above the file".to_owned()
        }
    }

    /// Packages whose first import by a component stands in this file.
    fn imported(&mut self, imports: &Imports<'a>) {
        let path = self.out.path.clone();
        for package in imports.packages.iter().filter(|package| package.file.path == path) {
            let kind = MatcherKind::of_ecosystem(package.ecosystem);
            let observed = |name: &String| kind.observed(package.ecosystem, name).into_owned();
            let met = |name: &String| (observed(name), self.rules.index().matches(kind, &observed(name)));
            let Some((text, matchers)) = package.names.iter().map(met).find(|(_, met)| !met.is_empty()) else {
                let text = package.names.first().map(observed).unwrap_or_default();
                self.out.unmatched.push(Unmatched { observed: text, line: Some(package.line) });
                continue;
            };
            let (line, users) = (Some(package.line), vec![package.component]);
            self.note(&matchers, &Observed { text, line, users, nobody: String::new() }, |_| Rung::Import);
        }
    }

    /// Modules that rules name themselves.
    fn modules(&mut self) {
        let path = self.out.path.clone();
        for file in self.facts.imports.iter().filter(|file| file.path == path) {
            for import in file.imports.iter().filter(|import| !import.weak || file.language != "Rust") {
                let matchers = self.rules.index().matches(MatcherKind::Import, &import.module);
                let users: Vec<_> = self.places.component_of(&path).filter(|_| !file.generated).into_iter().collect();
                let nobody =
                    if file.generated { "the file is generated" } else { "no component's root lies above the file" };
                let (text, line) = (import.module.clone(), Some(import.line));
                self.note(&matchers, &Observed { text, line, users, nobody: nobody.to_owned() }, |_| Rung::Import);
            }
        }
    }

    fn hits(&mut self) {
        let path = self.out.path.clone();
        for hit in self.facts.hits.iter().filter(|hit| hit.path == path) {
            let matchers = self.rules.index().of_needle(&hit.needle);
            let excluded = self.places.exclusion(&hit.path).is_some();
            let users: Vec<_> = self.places.component_of(&hit.path).filter(|_| !excluded).into_iter().collect();
            let nobody = if excluded { "the file is left out" } else { "no component's root lies above the file" };
            let Needle::Symbol(text) = &hit.needle;
            let seen = Observed { text: text.clone(), line: Some(hit.line), users, nobody: nobody.to_owned() };
            self.note(&matchers, &seen, |_| Rung::Import);
        }
    }

    fn file(&mut self, excluded: Option<Exclusion>) {
        let path = self.out.path.clone();
        let matchers = self.rules.index().matches(MatcherKind::File, path.as_str());
        let (users, nobody) = match excluded {
            Some(_) => (vec![], "the file is left out"),
            None => (self.places.components_of(&path), "no component's root lies above the file"),
        };
        let rungs: Vec<Rung> = matchers.iter().map(|matcher| self.observer.file_rung(matcher)).collect();
        for (matcher, rung) in matchers.iter().zip(rungs) {
            let seen = Observed {
                text: path.as_str().to_owned(),
                line: None,
                users: users.clone(),
                nobody: nobody.to_owned(),
            };
            self.note(&[*matcher], &seen, |_| rung);
        }
    }

    fn note(&mut self, matchers: &[&Matcher], seen: &Observed<'a>, rung: impl Fn(&Matcher) -> Rung) {
        self.note_among(matchers, matchers, seen, rung);
    }

    /// Notes some of the matchers that were met together.
    fn note_among(
        &mut self,
        all: &[&Matcher],
        matchers: &[&Matcher],
        seen: &Observed<'a>,
        rung: impl Fn(&Matcher) -> Rung,
    ) {
        let kept = self.observer.of_organisation_first(all);
        for matcher in matchers {
            let fired = |component: Option<&EntityRef>, why_not: Option<String>| {
                let (capability, offer) = self.rules.offer_of(matcher);
                Fired {
                    capability: capability.reference.name().to_owned(),
                    offer: offer.name.clone(),
                    path: offer.path,
                    confidence: offer.confidence,
                    rung: rung(matcher),
                    matcher: matcher.to_string(),
                    observed: seen.text.clone(),
                    line: seen.line,
                    component: component.cloned(),
                    why_not,
                }
            };
            if !kept.iter().any(|other| std::ptr::eq(*other, *matcher)) {
                let why = "an offer of the organisation in this capability recognises it too, and counts instead";
                self.out.fired.push(fired(None, Some(why.to_owned())));
            } else if seen.users.is_empty() {
                self.out.fired.push(fired(None, Some(seen.nobody.clone())));
            } else {
                let key = |user| (user, matcher.capability, matcher.offer);
                let why_not = |user| self.judge.why_not(&key(user), &self.out.path).map(say);
                let counted = seen.users.iter().map(|user| fired(Some(user), why_not(*user)));
                self.out.fired.extend(counted.collect::<Vec<_>>());
            }
        }
    }
}

fn say(why: WhyNot) -> String {
    match why {
        WhyNot::Maker => "the component publishes a package of this offer: it makes it",
        WhyNot::Itself => "the component is this offer",
        WhyNot::Wrapper => {
            "a homegrown guess: the component uses another offer of this capability, which this may wrap"
        }
        WhyNot::MakerOfAnother => "a homegrown guess, and the component is another offer of this capability",
    }
    .to_owned()
}
