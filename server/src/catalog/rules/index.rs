//! All matchers of a ruleset, compiled so that one observed name is answered by look-ups, not by trying every rule.
//! It must not weigh evidence.
use super::matcher::{Matcher, MatcherKind, Pattern, normalise};
use crate::{
    catalog::model::{Capability, Detect, Offer},
    facts::model::Needle,
};
use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use std::collections::{BTreeSet, HashMap};

/// The compiled matchers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    matchers: Vec<Matcher>,
    exact: HashMap<(MatcherKind, String), Vec<usize>>,
    /// Patterns with stars, by where they look and by how they begin: `narrow` where they say so much, else `wide`.
    starred: HashMap<(MatcherKind, String), Vec<(Pattern, usize)>>,
    files: GlobSet,
    /// The matcher of each glob of `files`, by position.
    file_matchers: Vec<usize>,
}

impl Index {
    pub(crate) fn new(capabilities: &[Capability]) -> Self {
        let offers = capabilities
            .iter()
            .enumerate()
            .flat_map(|(at, held)| held.offers.iter().enumerate().map(move |(offer, held)| (at, offer, &held.detect)));
        Self::of(offers)
    }

    /// The matchers of one offer alone.
    pub(crate) fn of_offer(offer: &Offer) -> Self {
        Self::of([(0, 0, &offer.detect)])
    }

    fn of<'a>(offers: impl IntoIterator<Item = (usize, usize, &'a Detect)>) -> Self {
        let mut index = Self::default();
        let mut globs = GlobSetBuilder::new();
        for (capability, offer, detect) in offers {
            for (kind, text) in detect.matchers() {
                index.add(Matcher { kind, text: text.to_owned(), capability, offer }, &mut globs);
            }
        }
        index.files = globs.build().unwrap_or_default();
        index
    }

    fn add(&mut self, matcher: Matcher, globs: &mut GlobSetBuilder) {
        let id = self.matchers.len();
        let name = normalise(matcher.kind, &matcher.text);
        match matcher.kind {
            // Every glob was tried alone when its capability was read; one that fails here is left out, not the rest.
            MatcherKind::File => {
                for glob in alternatives(&matcher.text).iter().filter_map(|text| file_glob(text).ok()) {
                    globs.add(glob);
                    self.file_matchers.push(id);
                }
            }
            MatcherKind::Import | MatcherKind::Symbol => self.exact.entry((matcher.kind, name)).or_default().push(id),
            _ if name.contains('*') => {
                let pattern = Pattern::new(&name);
                let bucket = narrow(matcher.kind, pattern.prefix()).unwrap_or_else(|| wide(matcher.kind, &name));
                self.starred.entry((matcher.kind, bucket.to_owned())).or_default().push((pattern, id));
            }
            _ => self.exact.entry((matcher.kind, name)).or_default().push(id),
        }
        self.matchers.push(matcher);
    }

    /// The matchers that an observed name meets, in rule order.
    pub(crate) fn matches(&self, kind: MatcherKind, observed: &str) -> Vec<&Matcher> {
        let ids = match kind {
            MatcherKind::File => self.files.matches(observed).into_iter().map(|at| self.file_matchers[at]).collect(),
            MatcherKind::Import => prefixes(observed).flat_map(|name| self.exact_of(kind, name)).collect(),
            MatcherKind::Symbol => self.exact_of(kind, observed).collect(),
            _ => self.named(kind, &normalise(kind, observed)),
        };
        ids.into_iter().collect::<BTreeSet<usize>>().into_iter().map(|id| &self.matchers[id]).collect()
    }

    fn named(&self, kind: MatcherKind, name: &str) -> Vec<usize> {
        let mut ids = Vec::new();
        let mut asked = vec![name];
        match kind {
            // An action's name means everything in its repository: `github/codeql-action` also means `…/init`.
            MatcherKind::Action => {
                let ends = name.match_indices('/').skip(1).map(|(at, _)| at);
                asked.extend(ends.map(|at| &name[..at]));
            }
            // A chart matcher without a repository means the chart from wherever it comes.
            MatcherKind::Chart => asked.extend(name.rsplit_once('/').map(|(_, last)| last)),
            _ => {}
        }
        for name in asked {
            ids.extend(self.exact_of(kind, name));
            let buckets = [Some(wide(kind, name)), narrow(kind, name)].into_iter().flatten();
            let starred = buckets.filter_map(|bucket| self.starred.get(&(kind, bucket.to_owned()))).flatten();
            let met = starred.filter(|(pattern, _)| name.starts_with(pattern.prefix()) && pattern.matches(name));
            ids.extend(met.map(|(_, id)| *id));
        }
        ids
    }

    fn exact_of(&self, kind: MatcherKind, name: &str) -> impl Iterator<Item = usize> + '_ {
        self.exact.get(&(kind, name.to_owned())).into_iter().flatten().copied()
    }

    /// The matchers that a needle found in source stands for.
    pub(crate) fn of_needle(&self, needle: &Needle) -> Vec<&Matcher> {
        match needle {
            Needle::Symbol(text) => self.matches(MatcherKind::Symbol, text),
        }
    }

    /// Whether any rule names modules.
    pub(crate) fn has_imports(&self) -> bool {
        self.matchers.iter().any(|matcher| matcher.kind == MatcherKind::Import)
    }

    /// Every matcher, in rule order.
    pub(crate) fn all(&self) -> &[Matcher] {
        &self.matchers
    }
}

/// Packages are kept apart by ecosystem, as a pattern never spans two.
fn wide(kind: MatcherKind, name: &str) -> &str {
    match kind {
        MatcherKind::Package => name.split(':').next().unwrap_or_default(),
        _ => "",
    }
}

/// The beginning that most patterns with a star have: so far a name must agree to be tried against them.
fn narrow(kind: MatcherKind, name: &str) -> Option<&str> {
    const BYTES: usize = 3;
    let start = if kind == MatcherKind::Package { name.find(':')? + 1 } else { 0 };
    name.get(..start + BYTES)
}

/// A module and everything it lies in: its beginnings up to each `/`, `.`, `::` and `\`.
fn prefixes(module: &str) -> impl Iterator<Item = &str> {
    let ends = module.char_indices().filter(|(_, c)| matches!(c, '/' | '.' | ':' | '\\')).map(|(at, _)| at);
    ends.chain([module.len()]).map(|end| &module[..end])
}

/// A path glob: `*` stays within a folder, `**` does not.
pub(crate) fn file_glob(text: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(text).literal_separator(true).backslash_escape(true).build()
}

/// The globs that a glob with alternatives stands for: `a.{yml,yaml}` is `a.yml` and `a.yaml`. Each alone names a file or an
/// ending, which is looked up, where the whole would be a regular expression tried against every file. Globs with several,
/// nested or escaped braces or with classes stay as they are.
fn alternatives(text: &str) -> Vec<String> {
    let whole = || vec![text.to_owned()];
    if text.contains(['[', '\\']) || text.matches('{').count() != 1 {
        return whole();
    }
    match text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?))) {
        Some((before, (inner, after))) if inner.contains(',') && !after.contains('}') => {
            inner.split(',').map(|one| format!("{before}{one}{after}")).collect()
        }
        _ => whole(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_are_taken_apart_where_that_is_safe() {
        assert_eq!(alternatives("**/a.{yml,yaml}"), ["**/a.yml", "**/a.yaml"]);
        for whole in ["**/a.yml", "{a,{b,c}}", "{a,b}/{c,d}", "[{,}]", "a\\{b,c}", "a{b}", "a}{b"] {
            assert_eq!(alternatives(whole), [whole]);
        }
    }

    #[test]
    fn each_alternative_is_met() {
        let files = vec!["**/a.{yml,yaml}".to_owned(), "{x,y}/*.{a,b}".to_owned()];
        let index = Index::of([(0, 0, &Detect { files, ..Detect::default() })]);
        for met in ["a.yml", "deep/a.yaml", "x/1.b"] {
            assert_eq!(index.matches(MatcherKind::File, met).len(), 1, "{met}");
        }
        assert!(index.matches(MatcherKind::File, "a.yamll").is_empty());
    }
}
