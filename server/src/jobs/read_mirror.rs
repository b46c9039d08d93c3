//! Mirror in, facts out: everything that touches a repository's bytes, as one function of plain data, so that it can run
//! in a process of its own. It must not reach the database or the network; what was read before comes through `FactCache`.
use crate::{
    facts::{
        self, FACTS, PARSERS, Parser, SymbolParser,
        model::{BlobKey, FileFacts, Needle, RepositoryFacts, RepositoryFiles},
    },
    scan::{BlobRead, Finding, Limits, Repository, ScanError, TreeEntry},
};
use serde::{Deserialize, Serialize};
use shared::{BlobId, CommitId, RepoName, RepoPath, RepositoryStatus, Severity};
use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::Arc,
};

/// What to read, and how far.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadInput {
    pub repository: RepoName,
    pub git_dir: PathBuf,
    pub limits: Limits,
    /// Symbols that the ruleset wants found in source files.
    pub needles: Vec<Needle>,
    /// The commit the caller already has the facts of: meeting it again ends the reading at once.
    pub unchanged_at: Option<CommitId>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum ReadOutput {
    /// The tip is still the commit named in `unchanged_at`.
    Unchanged,
    Read(Box<ReadFacts>),
    /// Nothing could be read; the last good state stands.
    Stopped {
        status: RepositoryStatus,
        finding: Finding,
    },
}

/// The facts of one repository, and those of single blobs that no cache held yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadFacts {
    pub facts: RepositoryFacts,
    pub fresh: Vec<(BlobKey, FileFacts)>,
}

/// What was parsed before, in any repository, at any commit. Asked once for each repository.
pub trait FactCache {
    /// The facts of those keys that are known.
    fn load(&self, keys: &[BlobKey]) -> HashMap<BlobKey, FileFacts>;
}

/// A cache that knows nothing.
pub struct NoCache;

impl FactCache for NoCache {
    fn load(&self, _: &[BlobKey]) -> HashMap<BlobKey, FileFacts> {
        HashMap::new()
    }
}

/// Reads the tip of one repository. Never fails: what cannot be read is a finding in the output.
pub fn read_mirror(input: &ReadInput, cache: &dyn FactCache) -> ReadOutput {
    match read(input, cache) {
        Ok(output) => output,
        Err(error) => stopped(&error),
    }
}

fn stopped(error: &ScanError) -> ReadOutput {
    ReadOutput::Stopped { status: RepositoryStatus::Failed, finding: error.into() }
}

fn read(input: &ReadInput, cache: &dyn FactCache) -> Result<ReadOutput, ScanError> {
    let repository = Repository::open(&input.git_dir, &input.limits)?;
    let Some(tip) = repository.tip()? else {
        let finding = repository.findings(None).into_iter().next().unwrap_or_else(empty_repository);
        return Ok(ReadOutput::Stopped { status: RepositoryStatus::Empty, finding });
    };
    if input.unchanged_at.as_ref() == Some(&tip.commit) {
        return Ok(ReadOutput::Unchanged);
    }
    let walked = repository.walk(&tip);
    let symbols = SymbolParser::new(&input.needles);
    let parsers: Vec<&dyn Parser> = PARSERS.iter().chain(FACTS).copied().chain([&symbols as &dyn Parser]).collect();
    let mut reading = Reading::plan(&walked.entries, &parsers);
    reading.parse(&repository, cache);
    let mut findings = walked.findings;
    findings.append(&mut reading.findings);
    findings.extend(repository.findings(Some(&tip)));
    let (parsed, fresh) = (reading.parsed, reading.fresh);
    let files = RepositoryFiles { repository: input.repository.clone(), tip, entries: walked.entries, parsed };
    let facts = facts::assemble(&files, &parsers, findings, walked.partial);
    Ok(ReadOutput::Read(Box::new(ReadFacts { facts, fresh })))
}

/// One blob, the files that hold it, and the parsers that want it.
struct Job<'a> {
    blob: &'a BlobId,
    wants: Vec<(&'a RepoPath, &'a dyn Parser, BlobKey)>,
}

/// Which blobs to read, and what came of reading them.
struct Reading<'a> {
    jobs: Vec<Job<'a>>,
    parsed: BTreeMap<(RepoPath, String), Arc<FileFacts>>,
    fresh: Vec<(BlobKey, FileFacts)>,
    findings: Vec<Finding>,
}

impl<'a> Reading<'a> {
    /// Asks every parser about every file, by its path alone. Equal blobs become one job.
    fn plan(entries: &'a [TreeEntry], parsers: &[&'a dyn Parser]) -> Self {
        let mut jobs: Vec<Job<'a>> = Vec::new();
        let mut by_blob: HashMap<&BlobId, usize> = HashMap::new();
        for entry in entries {
            if facts::exclusion_of(&entry.path).is_some() {
                continue;
            }
            for parser in parsers.iter().filter(|parser| parser.wants(&entry.path)) {
                let at = *by_blob.entry(&entry.blob).or_insert_with(|| {
                    jobs.push(Job { blob: &entry.blob, wants: Vec::new() });
                    jobs.len() - 1
                });
                let key = facts::blob_key(*parser, &entry.path, &entry.blob);
                jobs[at].wants.push((&entry.path, *parser, key));
            }
        }
        Self { jobs, parsed: BTreeMap::new(), fresh: Vec::new(), findings: Vec::new() }
    }

    /// Takes from the cache what it knows, and reads and parses each other blob once.
    fn parse(&mut self, repository: &Repository, cache: &dyn FactCache) {
        let keys: Vec<BlobKey> = self.jobs.iter().flat_map(|job| job.wants.iter().map(|w| w.2.clone())).collect();
        let mut known: HashMap<BlobKey, Arc<FileFacts>> =
            cache.load(&keys).into_iter().map(|(key, facts)| (key, Arc::new(facts))).collect();
        for job in std::mem::take(&mut self.jobs) {
            let mut bytes: Option<BlobRead> = None;
            for (path, parser, key) in &job.wants {
                let facts = match known.get(key) {
                    Some(facts) => Arc::clone(facts),
                    None => {
                        let read = bytes.get_or_insert_with(|| repository.read(job.blob, max_bytes(&job)));
                        let Some(facts) = self.parse_one(path, *parser, read) else { continue };
                        self.fresh.push((key.clone(), facts.clone()));
                        let facts = Arc::new(facts);
                        known.insert(key.clone(), Arc::clone(&facts));
                        facts
                    }
                };
                self.parsed.insert(((*path).clone(), parser.key().to_owned()), facts);
            }
        }
    }

    fn parse_one(&mut self, path: &RepoPath, parser: &dyn Parser, read: &BlobRead) -> Option<FileFacts> {
        match read {
            BlobRead::Read(bytes) if bytes.len() as u64 <= parser.max_bytes() => {
                return Some(parser.parse(path.file_name(), bytes));
            }
            BlobRead::Read(bytes) => self.too_large(path, parser, bytes.len() as u64),
            BlobRead::TooLarge { size } => self.too_large(path, parser, *size),
            BlobRead::Unreadable { reason } => self.findings.push(Finding {
                rule: "blob-unreadable".into(),
                severity: Severity::Error,
                path: Some(path.clone()),
                line: None,
                column: None,
                message: format!(
                    "The file cannot be read from the repository: {reason}. Run git fsck and fetch it again."
                ),
            }),
        }
        None
    }

    fn too_large(&mut self, path: &RepoPath, parser: &dyn Parser, size: u64) {
        // A source file beyond the limit is data in all but name, and most YAML files are no descriptors and define
        // nothing: only files that people maintain for their content deserve a word.
        let other_yaml = parser.key() == "descriptor" && !path.file_name().contains("catalog-info");
        if matches!(parser.key(), "source" | "symbols" | "definition") || other_yaml {
            return;
        }
        let limit = parser.max_bytes();
        self.findings.push(Finding {
            rule: "file-too-large".into(),
            severity: Severity::Warning,
            path: Some(path.clone()),
            line: None,
            column: None,
            message: format!(
                "The file has {size} bytes; {} files are read up to {limit} bytes. Split it, or leave it out.",
                parser.key()
            ),
        });
    }
}

fn max_bytes(job: &Job<'_>) -> u64 {
    job.wants.iter().map(|(_, parser, _)| parser.max_bytes()).max().unwrap_or_default()
}

fn empty_repository() -> Finding {
    Finding {
        rule: "repository-empty".into(),
        severity: Severity::Info,
        path: None,
        line: None,
        column: None,
        message: "The default branch has no commit yet. Push a first commit, and the next scan reads it.".into(),
    }
}
