//! Mirror in, fingerprints of its code out: everything that touches the bytes of source for finding equal code, as one
//! function of plain data. It must not reach the database or the network, and compares nothing.
use crate::{
    catalog::clones::model::CodeListing,
    facts::prints::{self, CodePrint, LeftOut},
    scan::{BlobRead, Limits, Repository, TreeEntry},
};
use anyhow::Context;
use shared::{BlobId, CommitId, RepoPath};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::PathBuf,
};

/// Raised when the same tree would give another listing.
const VERSION: u32 = 1;

/// Larger files are data in all but name. Bytes.
const MAX_BYTES: u64 = 1 << 20;

/// Whose code to read, and how far.
#[derive(Debug, Clone)]
pub struct CodeInput {
    pub git_dir: PathBuf,
    pub limits: Limits,
}

/// The code at the tip.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeOutput {
    pub tip: CommitId,
    pub listing: CodeListing,
    /// Fingerprints that no cache held: blob, variant, bytes.
    pub fresh: Vec<(BlobId, String, Vec<u8>)>,
}

/// What was read before, in any repository.
pub trait PrintCache {
    /// Those of the keys (blob and variant) that are known, as `CodePrint::to_bytes` gave them.
    fn known(&self, keys: &[(BlobId, String)]) -> HashMap<(BlobId, String), Vec<u8>>;
}

impl CodeOutput {
    /// How code is read today.
    pub fn reading() -> String {
        format!("code {VERSION}, prints {}", prints::VERSION)
    }
}

/// Lists the code at a repository's tip and takes the fingerprints of what was never seen.
///
/// # Errors
/// When the repository cannot be opened or has no commit.
pub fn read_code(input: &CodeInput, cache: &dyn PrintCache) -> anyhow::Result<CodeOutput> {
    let repository = Repository::open(&input.git_dir, &input.limits)?;
    let tip = repository.tip()?.context("the default branch has no commit")?;
    let walked = repository.walk(&tip);
    let (entries, mut reasons) = code_of(walked.entries);
    let keys: Vec<_> =
        entries.iter().map(|entry| (entry.blob.clone(), prints::variant(&entry.path).to_owned())).collect();
    let known = cache.known(&keys);
    let mut fresh: Vec<(BlobId, String, Vec<u8>)> = vec![];
    let mut seen: HashSet<(BlobId, String)> = HashSet::new();
    let mut blobs = repository.blobs();
    let mut listing = CodeListing::default();
    for (entry, key) in entries.into_iter().zip(keys) {
        if !known.contains_key(&key) && seen.insert(key.clone()) {
            let print = match blobs.read(&entry.blob, MAX_BYTES) {
                BlobRead::Read(bytes) => prints::print_of(entry.path.file_name(), &bytes),
                BlobRead::TooLarge { .. } => left_out(LeftOut::TooLarge),
                BlobRead::Unreadable { .. } => continue,
            };
            fresh.push((key.0, key.1, print.to_bytes()));
        }
        listing.files.push((entry.path, entry.blob));
    }
    listing.left_out = reasons.drain_all();
    Ok(CodeOutput { tip: tip.commit, listing, fresh })
}

fn left_out(reason: LeftOut) -> CodePrint {
    CodePrint { left_out: Some(reason), ..CodePrint::default() }
}

/// Files left out by their path alone, counted by reason with an example each.
#[derive(Default)]
struct Reasons(BTreeMap<LeftOut, (u64, RepoPath)>);

impl Reasons {
    fn drain_all(&mut self) -> Vec<(LeftOut, u64, RepoPath)> {
        std::mem::take(&mut self.0).into_iter().map(|(reason, (n, example))| (reason, n, example)).collect()
    }
}

fn code_of(entries: Vec<TreeEntry>) -> (Vec<TreeEntry>, Reasons) {
    let mut reasons = Reasons::default();
    let mut code = vec![];
    for entry in entries {
        match prints::left_out(&entry.path) {
            Some(reason) => reasons.0.entry(reason).or_insert_with(|| (0, entry.path.clone())).0 += 1,
            None => code.push(entry),
        }
    }
    (code, reasons)
}
