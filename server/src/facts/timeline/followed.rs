//! Which files a history is read of, and by which parsers.
//! It must not read a file: paths decide.
use crate::{
    facts::{
        PARSERS, SourceParser,
        code_owners::CodeOwnersParser,
        exclusion::excluding,
        git_attributes::GitAttributesParser,
        model::{BlobKey, FileFacts},
        parser::{Parser, blob_key},
    },
    scan::Follow,
};
use sha2::{Digest, Sha256};
use shared::{BlobId, RepoPath};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Timeline, TimelineFacts};

/// Raised whenever equal parsers would give another timeline.
const VERSION: u32 = 1;

/// What a history is read with.
pub struct Followed<'p> {
    /// Those whose facts can change what a component is or uses.
    parsers: Vec<&'p dyn Parser>,
    /// Those of watched source files alone.
    of_source: Vec<&'p dyn Parser>,
    watched: BTreeSet<RepoPath>,
}

impl<'p> Followed<'p> {
    /// `parsers` are asked about every file, `of_source` about the watched ones only.
    pub fn new(parsers: Vec<&'p dyn Parser>, of_source: Vec<&'p dyn Parser>, watched: &[RepoPath]) -> Self {
        Self { parsers, of_source, watched: watched.iter().cloned().collect() }
    }

    /// Every parser of the product; `symbols` looks for those of the ruleset.
    pub fn standard(symbols: &'p dyn Parser, watched: &[RepoPath]) -> Self {
        let facts: [&dyn Parser; 2] = [&CodeOwnersParser, &GitAttributesParser];
        Self::new(PARSERS.iter().copied().chain(facts).collect(), vec![&SourceParser, symbols], watched)
    }

    /// Names the parsers, their versions and this code's own: timelines of equal readings can be continued.
    pub fn reading(&self) -> String {
        let of_source = if self.watched.is_empty() { &[][..] } else { &self.of_source };
        let mut hash = Sha256::new();
        hash.update(VERSION.to_le_bytes());
        for parser in self.parsers.iter().chain(of_source) {
            hash.update(format!("{} {}\n", parser.key(), parser.version()));
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether a file or folder is followed. Excluded files are not: nothing of them is ever judged.
    pub fn follow(&self, path: &str, is_folder: bool) -> Follow {
        if is_folder {
            // Folders are judged by the names on the way to a file, so any name of a file does.
            let inside = RepoPath::new(format!("{path}/x"));
            let nothing = inside.is_ok_and(|inside| excluding(&inside).is_some());
            return if nothing { Follow::Nothing } else { Follow::Content };
        }
        let Ok(path) = RepoPath::new(path) else { return Follow::Nothing };
        if excluding(&path).is_some() {
            return Follow::Nothing;
        }
        if self.any(&path) { Follow::Content } else { Follow::Presence }
    }

    /// The parsers of a file's contents; none for a file of which only the presence is followed.
    pub fn parsers_of<'a>(&'a self, path: &'a RepoPath) -> impl Iterator<Item = (usize, &'p dyn Parser)> + 'a {
        let watched = self.watched.contains(path);
        let more = if watched { &self.of_source[..] } else { &[] };
        let all = self.parsers.iter().chain(more).copied().enumerate();
        all.filter(move |(_, parser)| parser.wants(path) && (watched || parser.in_history(path)))
    }

    fn any(&self, path: &RepoPath) -> bool {
        self.parsers_of(path).next().is_some()
    }

    /// The keys under which a cache holds the facts of every content of a timeline.
    pub fn keys(&self, timeline: &Timeline) -> BTreeSet<BlobKey> {
        let followed = timeline.files.iter().filter_map(|span| Some((&*span.path, span.blob.as_ref()?)));
        followed.flat_map(|(path, blob)| self.keys_of(path, blob)).collect()
    }

    /// The keys of one content.
    pub fn keys_of<'a>(&'a self, path: &'a RepoPath, blob: &'a BlobId) -> impl Iterator<Item = BlobKey> + 'a {
        self.parsers_of(path).map(move |(_, parser)| blob_key(parser, path, blob))
    }

    /// What each parser read of one content, by `Parser::key`.
    pub fn facts_of(&self, facts: &TimelineFacts, path: &RepoPath, blob: &BlobId) -> FactsByParser {
        let of = |parser: &dyn Parser| Some((parser.key(), facts.get(&blob_key(parser, path, blob))?.clone()));
        self.parsers_of(path).filter_map(|(_, parser)| of(parser)).collect()
    }
}

/// What the parsers read of one content, by `Parser::key`. Those that read nothing of it are absent.
pub type FactsByParser = BTreeMap<&'static str, Arc<FileFacts>>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::SymbolParser;

    fn follow(path: &str, is_folder: bool) -> Follow {
        let symbols = SymbolParser::new(&[]);
        Followed::standard(&symbols, &[RepoPath::new("src/watched.go").unwrap()]).follow(path, is_folder)
    }

    #[test]
    fn manifests_and_descriptors_are_followed_and_the_rest_is_there_or_not() {
        for (path, expected) in [
            ("go.mod", Follow::Content),
            ("a/package.json", Follow::Content),
            ("catalog-info.yaml", Follow::Content),
            (".github/CODEOWNERS", Follow::Content),
            (".gitattributes", Follow::Content),
            (".github/workflows/ci.yml", Follow::Content),
            ("src/watched.go", Follow::Content),
            ("src/main.go", Follow::Presence),
            ("README.md", Follow::Presence),
            ("AGENTS.md", Follow::Presence),
            ("api/a.proto", Follow::Presence),
            ("schema.graphql", Follow::Presence),
            ("logo.svg", Follow::Presence),
            ("vendor/a/go.mod", Follow::Nothing),
            ("a.pb.go", Follow::Nothing),
            ("a//b", Follow::Nothing),
        ] {
            assert_eq!(follow(path, false), expected, "{path}");
        }
        for (folder, expected) in [
            ("src", Follow::Content),
            ("vendor", Follow::Nothing),
            ("a/node_modules", Follow::Nothing),
            ("api/gen", Follow::Nothing),
            ("gen", Follow::Content),
        ] {
            assert_eq!(follow(folder, true), expected, "{folder}");
        }
    }

    #[test]
    fn no_lock_file_is_followed() {
        for name in [
            "package-lock.json",
            "npm-shrinkwrap.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "bun.lock",
            "Cargo.lock",
            "poetry.lock",
            "uv.lock",
            "pdm.lock",
            "pylock.toml",
            "Pipfile.lock",
            "composer.lock",
            "Gemfile.lock",
            "gems.locked",
            "mix.lock",
            "rebar.lock",
            "packages.lock.json",
            "Package.resolved",
            "pubspec.lock",
            "gradle.lockfile",
            ".terraform.lock.hcl",
            "Podfile.lock",
            "conan.lock",
            "buf.lock",
            "Chart.lock",
            "requirements.lock",
        ] {
            let path = RepoPath::new(name).unwrap();
            assert!(PARSERS.iter().any(|parser| parser.wants(&path)), "{name} is read at the tip");
            assert_eq!(follow(name, false), Follow::Presence, "{name}");
        }
    }

    #[test]
    fn another_parser_or_version_is_another_reading_and_source_counts_when_watched() {
        let all: Vec<&dyn Parser> = PARSERS.to_vec();
        let of = |parsers: &[&'static dyn Parser], watched: &[RepoPath]| {
            Followed::new(parsers.to_vec(), vec![&SourceParser], watched).reading()
        };
        let base = of(PARSERS, &[]);
        assert_eq!(of(PARSERS, &[]), base);
        assert_ne!(of(&PARSERS[1..], &[]), base);
        assert_ne!(of(PARSERS, &[RepoPath::new("a.go").unwrap()]), base);
        assert_eq!(Followed::new(all, vec![], &[]).reading(), base);
    }
}
