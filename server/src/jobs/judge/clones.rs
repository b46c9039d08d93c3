//! Compares the code of all repositories, and stores the clusters with where each copy came from.
//! It must not decide what is equal; the catalog room does.
use super::{Judging, Logs, MadeFrom, People, Read, VERSION};
use crate::{
    catalog::{
        clones::{self, CodeFile, Context as Joined, Found, Holder, Origin, model::CodeListing},
        ownership::model::RepositoryClaims,
        shadow::model::CodeNames,
    },
    facts::prints::{self, CodePrint, LeftOut},
    store::{Judged, Store},
};
use anyhow::{Context, Result};
use shared::{BlobId, RepoName, RepoPath, api};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

/// Blobs whose fingerprints are asked for at once.
const CHUNK: usize = 5_000;

/// All code that can be compared.
pub(super) struct Code {
    /// By name.
    pub(super) repositories: Vec<RepoName>,
    pub(super) files: Vec<CodeFile>,
    /// Why other files were left out by their path: files and an example.
    left_out: BTreeMap<LeftOut, (u64, String)>,
}

/// Compares and stores, unless that was done with the same code. Gives the code, for those who want its names.
///
/// # Errors
/// When the store fails.
pub(super) async fn judge(
    judging: &Judging,
    read: &Read,
    (claims, people): (&Arc<Vec<RepositoryClaims>>, &Arc<People>),
) -> Result<Code> {
    let code = Arc::new(load(&judging.store, read).await?);
    // Clusters do not age: only what was read and who holds it count.
    let holders = Holders::new(claims);
    let text = MadeFrom::default().with(VERSION).with_keys(&read.code).with_keys(&read.work);
    let text = text.with(&holders.text()).text();
    if !judging.is_current(Judged::Clusters, &text).await? {
        let logs = Logs::new(&judging.store);
        let (of, people) = (Arc::clone(&code), Arc::clone(people));
        let compared = tokio::task::spawn_blocking(move || {
            let found = clones::clusters(&of.files);
            let origins = origins(&of, &found, &logs, &people);
            let items = described(&of, &found, &holders, &origins);
            (items, of.why_left_out(&found))
        });
        let (items, left_out) = compared.await.context("comparing code")?;
        judging.store.save_clusters(&items, &left_out, &text, &judging.now).await.context("storing clusters")?;
    }
    Arc::into_inner(code).context("the code is still being compared")
}

async fn load(store: &Store, read: &Read) -> Result<Code> {
    let mut repositories: Vec<RepoName> = read.code.keys().cloned().collect();
    repositories.sort();
    let (mut listings, mut keys) = (vec![], HashSet::new());
    let mut left_out: BTreeMap<LeftOut, (u64, String)> = BTreeMap::new();
    for (repository, name) in (0_u32..).zip(&repositories) {
        let Some(bytes) = store.load_code(name).await? else { continue };
        // The next scan lists anew what does not read back.
        let Ok(listing) = serde_json::from_slice::<CodeListing>(&bytes) else { continue };
        for (reason, n, example) in &listing.left_out {
            left_out.entry(*reason).or_insert_with(|| (0, format!("{name}: {example}"))).0 += n;
        }
        let key = |(path, blob): &(RepoPath, BlobId)| (blob.clone(), prints::variant(path).to_owned());
        keys.extend(listing.files.iter().map(key));
        listings.push((repository, listing));
    }
    let prints = load_prints(store, keys.into_iter().collect()).await?;
    let mut files = vec![];
    for (repository, listing) in listings {
        for (path, blob) in listing.files {
            let key = (blob.clone(), prints::variant(&path).to_owned());
            if let Some(print) = prints.get(&key) {
                files.push(CodeFile { repository, path, blob, print: Arc::clone(print) });
            }
        }
    }
    Ok(Code { repositories, files, left_out })
}

async fn load_prints(store: &Store, keys: Vec<(BlobId, String)>) -> Result<HashMap<(BlobId, String), Arc<CodePrint>>> {
    let mut prints = HashMap::with_capacity(keys.len());
    for chunk in keys.chunks(CHUNK) {
        let loaded = store.load_prints(chunk, prints::VERSION).await.context("loading fingerprints")?;
        prints.extend(
            loaded.into_iter().filter_map(|(key, bytes)| Some((key, Arc::new(CodePrint::from_bytes(&bytes).ok()?)))),
        );
    }
    Ok(prints)
}

impl Code {
    /// Names and imports of every file that is compared.
    pub(super) fn names(self) -> BTreeMap<(RepoName, RepoPath), CodeNames> {
        let repositories = self.repositories;
        let names = |file: CodeFile| {
            let name = repositories[file.repository as usize].clone();
            let names = CodeNames {
                names: file.print.names.clone(),
                imports: file.print.imports.clone(),
                lines: file.print.n_lines,
            };
            ((name, file.path), names)
        };
        self.files.into_iter().filter(|file| file.print.left_out.is_none()).map(names).collect()
    }

    fn repository(&self, file: &CodeFile) -> &RepoName {
        &self.repositories[file.repository as usize]
    }

    /// What was not compared: by path, and by content.
    fn why_left_out(&self, found: &Found) -> Vec<api::LeftOut> {
        let mut reasons = self.left_out.clone();
        for (reason, n, example) in &found.left_out {
            let file = &self.files[*example as usize];
            let example = || format!("{}: {}", self.repository(file), file.path);
            reasons.entry(*reason).or_insert_with(|| (0, example())).0 += n;
        }
        let item = |(reason, (files, example)): (LeftOut, (u64, String))| api::LeftOut {
            reason: reason.as_str().to_owned(),
            files,
            example: Some(example),
        };
        reasons.into_iter().map(item).collect()
    }
}

/// Who holds which folder, by repository; deeper folders first.
struct Holders(HashMap<RepoName, Vec<(RepoPath, Holder)>>);

impl Holders {
    fn new(claims: &[RepositoryClaims]) -> Self {
        let of = |claims: &RepositoryClaims| {
            let holder = |component: &crate::catalog::ownership::model::OwnedComponent| {
                let holder = Holder {
                    repository: claims.repository.clone(),
                    component: Some(component.reference.clone()),
                    owner: component.owner.clone(),
                };
                (component.root.clone(), holder)
            };
            let mut held: Vec<_> = claims.components.iter().map(holder).collect();
            held.sort_by_key(|(root, _)| std::cmp::Reverse(root.as_str().len()));
            (claims.repository.clone(), held)
        };
        Self(claims.iter().map(of).collect())
    }

    fn of(&self, repository: &RepoName, path: &RepoPath) -> Holder {
        let held = self.0.get(repository).map_or(&[][..], Vec::as_slice);
        let found = held.iter().find(|(root, _)| path.starts_with(root)).map(|(_, holder)| holder.clone());
        found.unwrap_or(Holder { repository: repository.clone(), component: None, owner: None })
    }

    /// The same holders give the same text.
    fn text(&self) -> String {
        let line = |(root, holder): &(RepoPath, Holder)| {
            let owner = holder.owner.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{} {root} {owner}", holder.repository)
        };
        let mut lines: Vec<String> = self.0.values().flatten().map(line).collect();
        lines.sort();
        lines.join("\n")
    }
}

type Origins = HashMap<(u32, RepoPath), Origin>;

/// Where each copy came from, one repository's work at a time.
fn origins(code: &Code, found: &Found, logs: &Logs, people: &People) -> Origins {
    let mut wanted: BTreeMap<u32, Vec<&RepoPath>> = BTreeMap::new();
    for copy in found.clusters.iter().flat_map(|cluster| &cluster.copies) {
        let file = &code.files[copy.file as usize];
        wanted.entry(file.repository).or_default().push(&file.path);
    }
    let mut origins = Origins::new();
    for (repository, paths) in wanted {
        let name = &code.repositories[repository as usize];
        let (Some(log), Some(members)) = (logs.of(name), people.members.get(name)) else { continue };
        let of = clones::origins(&log, members, &paths);
        origins.extend(of.into_iter().map(|(path, origin)| ((repository, path), origin)));
    }
    origins
}

fn described(code: &Code, found: &Found, holders: &Holders, origins: &Origins) -> Vec<api::ClusterItem> {
    clones::describe(
        &found.clusters,
        &Joined {
            files: &code.files,
            holder: &|file| holders.of(code.repository(file), &file.path),
            origin: &|file| origins.get(&(file.repository, file.path.clone())).cloned(),
            // The store knows the pages of repositories.
            file_link: &|_, _| None,
            commit_link: &|_, _| None,
        },
    )
}
