//! What of each file span matters to rules and to components, as cheap signatures.
//! It must not judge: it only tells what cannot change a judgement from what may.
use crate::{
    catalog::rules::{MatcherKind, Ruleset},
    facts::{
        FACTS, PARSERS, Parser, SymbolParser,
        components::presence::{self, Folders},
        model::{BlobKey, DependencyDecl, FileFacts, SourceFacts},
        timeline::{FileSpan, Timeline, TimelineFacts},
    },
};
use shared::RepoPath;
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// Parsers whose names of dependencies are known only when files are joined: each of their names may matter.
const JOINED: [&str; 4] = ["maven", "gradle", "sbt", "nuget"];

/// Parsers whose files are places of components, whatever they hold.
const PLACES: [&str; 2] = ["docker", "terraform"];

/// Parsers whose files are places of components when anything is deployed from them.
const DEPLOYED: [&str; 2] = ["kubernetes", "compose"];

/// A file span with what matters of it.
#[derive(Default)]
pub(super) struct SpanReading {
    /// What was read of the content, by parser.
    pub(super) parsed: Vec<(&'static str, Arc<FileFacts>)>,
    /// Of the content; absent when nothing of it matters.
    pub(super) content: Option<u64>,
    /// Of the globs that the path meets, with its folder.
    pub(super) globs: Option<u64>,
    /// Of the sort of source file it is, with the language.
    pub(super) source: Option<(u64, &'static str)>,
}

impl SpanReading {
    /// Whether the span can change a judgement.
    pub(super) fn matters(&self) -> bool {
        self.content.is_some() || self.globs.is_some() || self.source.is_some()
    }
}

/// A timeline as it is judged.
pub(super) struct Reading<'a> {
    pub(super) timeline: &'a Timeline,
    /// In the order of the timeline's files.
    pub(super) spans: Vec<SpanReading>,
    symbols: SymbolParser,
}

impl<'a> Reading<'a> {
    pub(super) fn new(timeline: &'a Timeline, facts: &TimelineFacts, rules: &Ruleset) -> Self {
        let mut reading = Self {
            timeline,
            spans: Vec::with_capacity(timeline.files.len()),
            symbols: SymbolParser::new(&rules.needles()),
        };
        reading.read_contents(facts, rules);
        reading.read_paths(rules);
        reading
    }

    /// Every parser, as the tip's scan uses them.
    pub(super) fn parsers(&self) -> Vec<&dyn Parser> {
        PARSERS.iter().chain(FACTS).copied().chain([&self.symbols as &dyn Parser]).collect()
    }

    fn read_contents(&mut self, facts: &TimelineFacts, rules: &Ruleset) {
        let mut known: HashMap<*const FileFacts, Option<u64>> = HashMap::new();
        let mut spans = vec![];
        let parsers = self.parsers();
        for of_path in self.timeline.files.chunk_by(|a, b| a.path == b.path) {
            let wanting: Vec<&dyn Parser> = match of_path.iter().any(|span| span.blob.is_some()) {
                true => parsers.iter().filter(|parser| parser.wants(&of_path[0].path)).copied().collect(),
                false => vec![],
            };
            for span in of_path {
                let parsed: Vec<(&'static str, Arc<FileFacts>)> = wanting
                    .iter()
                    .filter_map(|parser| Some((parser.key(), Arc::clone(facts.get(&key(*parser, span)?)?))))
                    .collect();
                let mut content = None;
                for (parser, facts) in &parsed {
                    let own = *known.entry(Arc::as_ptr(facts)).or_insert_with(|| signature(parser, facts, rules));
                    content = own.map(|own| hash(&(own, content, span.path.as_str()))).or(content);
                }
                spans.push(SpanReading { parsed, content, ..SpanReading::default() });
            }
        }
        drop(parsers);
        self.spans = spans;
    }

    /// What the paths alone tell, once the folders that may be components are known.
    fn read_paths(&mut self, rules: &Ruleset) {
        let folders = self.folders();
        let mut at = 0;
        for of_path in self.timeline.files.chunk_by(|a, b| a.path == b.path) {
            let path: &RepoPath = &of_path[0].path;
            let met = rules.index().matches(MatcherKind::File, path.as_str());
            let ids: Vec<(usize, usize, &str)> =
                met.iter().map(|matcher| (matcher.capability, matcher.offer, matcher.text.as_str())).collect();
            let globs = (!ids.is_empty()).then(|| hash(&("glob", path.parent().as_str(), ids)));
            let source = presence::sort_of(&folders, path).map(|sort| (hash(&("source", &sort)), sort.language));
            for _ in of_path {
                (self.spans[at].globs, self.spans[at].source) = (globs, source);
                at += 1;
            }
        }
    }

    /// The folders of files that make components, and all above them.
    fn folders(&self) -> Folders {
        let mut folders = Folders::new();
        for (span, read) in self.timeline.files.iter().zip(&self.spans) {
            if !read.parsed.iter().any(|(parser, facts)| makes_component(parser, facts)) {
                continue;
            }
            let mut folder = span.path.parent();
            while folders.insert(folder.clone()) && !folder.is_root() {
                folder = folder.parent();
            }
        }
        folders
    }
}

fn makes_component(parser: &str, facts: &FileFacts) -> bool {
    !facts.packages.is_empty()
        || PLACES.contains(&parser)
        || (DEPLOYED.contains(&parser) && !facts.dependencies.is_empty())
}

fn key(parser: &dyn Parser, span: &FileSpan) -> Option<BlobKey> {
    let named = format!("{}/{}", parser.key(), parser.variant(&span.path));
    Some(BlobKey { blob: span.blob.clone()?, parser: named, version: parser.version() })
}

pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What of a file's facts a judgement may depend on; `None` when nothing.
fn signature(parser: &str, facts: &FileFacts, rules: &Ruleset) -> Option<u64> {
    let mut parts: Vec<String> = vec![];
    for package in &facts.packages {
        let hints: Vec<(&str, u8)> = package.hints.iter().map(|hint| (hint.subtype.as_str(), hint.weight)).collect();
        parts.push(format!("package {} {} {} {hints:?}", package.ecosystem, package.name, package.published));
    }
    let all = JOINED.contains(&parser);
    let matter = facts.dependencies.iter().filter(|dependency| all || is_met(dependency, rules));
    parts.extend(matter.map(|d| format!("dependency {} {} {} {}", d.ecosystem, d.name, d.scope, d.kind)));
    if PLACES.contains(&parser) || (DEPLOYED.contains(&parser) && !facts.dependencies.is_empty()) {
        parts.push("place".to_owned());
    }
    parts.extend(facts.documents.iter().map(|doc| doc.document.to_string()));
    parts.extend(facts.definitions.iter().map(|d| format!("definition {:?} {} {}", d.kind, d.format, d.name)));
    parts.extend(facts.claims.iter().map(|c| format!("claim {} {} {:?} {}", c.source, c.subject, c.field, c.value)));
    parts.extend(facts.code_owners.iter().map(|rule| format!("owner {} {:?}", rule.pattern, rule.owners)));
    parts.extend(facts.hits.iter().map(|hit| format!("hit {:?}", hit.needle)));
    parts.extend(facts.source.iter().flat_map(source_parts));
    if !facts.extra.is_null() {
        parts.push(facts.extra.to_string());
    }
    (!parts.is_empty()).then(|| hash(&(parser, parts)))
}

fn is_met(dependency: &DependencyDecl, rules: &Ruleset) -> bool {
    let kind = MatcherKind::of_ecosystem(dependency.ecosystem.as_str());
    let name = kind.observed(dependency.ecosystem.as_str(), &dependency.name);
    !rules.index().matches(kind, &name).is_empty()
}

fn source_parts(source: &SourceFacts) -> Vec<String> {
    let imports = source.imports.iter().map(|import| format!("import {} {}", import.module, import.weak));
    imports.chain(source.generated.as_ref().map(|_| "generated".to_owned())).collect()
}
