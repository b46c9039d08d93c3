//! Keeps bare mirrors of remote repositories in the data folder: made whole or not at all, then fetched incrementally.
//! It must not be run twice at once for one URL.
use super::{Limits, Located, Repository, ScanError, fetch, install_tls, naming};
use sha2::{Digest, Sha256};
use shared::RepoUrl;
use std::{
    fs,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

/// Brings the mirror of a URL up to date, cloning it first if need be, and says where it lies.
/// A mirror found corrupt is moved aside (`….git.broken`) and cloned anew once.
///
/// # Errors
/// `MirrorFailed` and `GitMissing` leave an existing mirror as it was; `DataUnusable` when the data folder cannot be
/// written; `RepositoryBroken` when even a new clone cannot be read.
pub fn mirror(url: &RepoUrl, data_dir: &Path, limits: &Limits) -> Result<Located, ScanError> {
    install_tls();
    if url.as_str().starts_with("file://") && !git_is_on_path() {
        return Err(ScanError::GitMissing { url: url.to_string() });
    }
    let place = place(url, data_dir);
    if place.exists() && looks_whole(&place, limits).is_err() {
        set_aside(&place)?;
    }
    if !place.exists() {
        clone(url, &place, limits)?;
    } else if refresh(url, &place, limits)?.is_err() {
        set_aside(&place)?;
        clone(url, &place, limits)?;
    }
    let web_url = naming::web_url(url.as_str());
    Ok(Located { name: naming::of_url(url), git_dir: place, location: url.to_string(), web_url })
}

/// Where the mirror of a URL lies, whether it exists or not: `<data>/mirrors/<host>/<path>.git`.
pub fn place(url: &RepoUrl, data_dir: &Path) -> PathBuf {
    let (scheme, rest) = url.as_str().split_once("://").unwrap_or(("", url.as_str()));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = if scheme == "file" { "file" } else { host };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let mut out = data_dir.join("mirrors").join(segment(&host.to_ascii_lowercase()));
    let segments: Vec<String> = path.split('/').filter(|s| !s.is_empty()).map(segment).collect();
    let (last, above) = segments.split_last().map_or(("repository", &[][..]), |(last, above)| (last.as_str(), above));
    out.extend(above);
    out.join(format!("{last}.git"))
}

/// A URL's segment as a safe folder name; one that had to be changed gets a hash, so that no two become the same.
fn segment(text: &str) -> String {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"-_.~+".contains(b);
    let is_plain = text.len() <= 100 && text.bytes().all(|b| plain(&b)) && !text.starts_with('.');
    if is_plain {
        return text.to_owned();
    }
    let kept: String = text.bytes().filter(plain).take(60).map(char::from).collect();
    let hash: String = Sha256::digest(text.as_bytes()).iter().take(6).map(|b| format!("{b:02x}")).collect();
    format!("{}-{hash}", kept.trim_start_matches('.'))
}

/// Clones under a name that nobody reads, then renames: a mirror is whole or absent.
fn clone(url: &RepoUrl, place: &Path, limits: &Limits) -> Result<(), ScanError> {
    let parent = place.parent().unwrap_or(place);
    fs::create_dir_all(parent).map_err(|e| ScanError::data(parent, &e))?;
    let incoming = place.with_extension("incoming");
    remove(&incoming)?;
    if let Err(reason) = fetch::clone_into(url.as_str(), &incoming, limits) {
        remove(&incoming)?;
        return Err(failed(url, reason));
    }
    check(&incoming, limits)?;
    fs::rename(&incoming, place).map_err(|e| ScanError::data(place, &e))
}

/// Fetches; the inner result says whether what lies there afterwards is whole.
fn refresh(url: &RepoUrl, place: &Path, limits: &Limits) -> Result<Result<(), ScanError>, ScanError> {
    let moved = fetch::fetch_into(url.as_str(), place, limits).map_err(|reason| failed(url, reason))?;
    Ok(if moved { check(place, limits) } else { Ok(()) })
}

/// A cheap look at a mirror before it is used: its tip is readable and no pack is cut short.
fn looks_whole(place: &Path, limits: &Limits) -> Result<(), ScanError> {
    let repository = Repository::open(place, limits)?;
    repository.tip()?;
    let n = repository.hash_bytes();
    let packs = fs::read_dir(place.join("objects/pack")).into_iter().flatten().flatten();
    for index in packs.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "idx")) {
        // A pack ends in its checksum; its index ends in the same one and its own.
        let of_index = tail(&index, 2 * n).map(|bytes| bytes[..n].to_vec());
        let of_pack = tail(&index.with_extension("pack"), n);
        if of_index.is_err() || of_index.ok() != of_pack.ok() {
            return Err(ScanError::broken(place, format!("{} and its pack do not belong together", index.display())));
        }
    }
    Ok(())
}

/// The last bytes of a file.
fn tail(path: &Path, bytes: usize) -> io::Result<Vec<u8>> {
    let mut file = fs::File::open(path)?;
    file.seek(SeekFrom::End(-i64::try_from(bytes).map_err(io::Error::other)?))?;
    let mut out = vec![0; bytes];
    file.read_exact(&mut out)?;
    Ok(out)
}

/// Whether the tip of a mirror and every folder of it can be read: gix does not check what a fetch brought.
fn check(place: &Path, limits: &Limits) -> Result<(), ScanError> {
    let repository = Repository::open(place, limits)?;
    let Some(tip) = repository.tip()? else { return Ok(()) };
    let walked = repository.walk(&tip);
    match walked.findings.into_iter().find(|f| f.rule == "object-missing") {
        Some(finding) => Err(ScanError::broken(place, finding.message)),
        None => Ok(()),
    }
}

fn set_aside(place: &Path) -> Result<(), ScanError> {
    let aside = place.with_extension("git.broken");
    remove(&aside)?;
    fs::rename(place, &aside).map_err(|e| ScanError::data(place, &e))
}

fn remove(folder: &Path) -> Result<(), ScanError> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(ScanError::data(folder, &e)),
        _ => Ok(()),
    }
}

fn failed(url: &RepoUrl, reason: String) -> ScanError {
    ScanError::MirrorFailed { url: url.to_string(), reason }
}

fn git_is_on_path() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join("git").is_file())
}
