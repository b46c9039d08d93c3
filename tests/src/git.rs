//! Git repositories for tests, made by the git program in a temporary folder; the same commits have the same ids each time.
//! It must not read the user's git configuration.
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// The first commit's time, 2026-01-01T00:00:00Z in seconds; each later commit is an hour younger.
const FIRST_COMMIT: i64 = 1_767_225_600;

/// A temporary folder that holds repositories, removed when dropped.
pub struct Folder {
    dir: TempDir,
}

impl Folder {
    /// An empty folder.
    ///
    /// # Panics
    /// When the machine's temporary folder cannot be written.
    #[must_use]
    pub fn new() -> Self {
        Self { dir: TempDir::new().expect("the temporary folder can be written") }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// A new repository in it, on the branch `main`, without a commit. The name may hold slashes.
    #[must_use]
    pub fn repo(&self, name: &str) -> GitRepo {
        GitRepo::init(self.path().join(name), &[])
    }

    /// A new repository whose object ids are SHA-256.
    #[must_use]
    pub fn sha256_repo(&self, name: &str) -> GitRepo {
        GitRepo::init(self.path().join(name), &["--object-format=sha256"])
    }

    /// A repository made before, for further commits.
    #[must_use]
    pub fn existing(&self, name: &str) -> GitRepo {
        let path = self.path().join(name);
        let n_commits = git(&path, 0, &["rev-list", "--count", "HEAD"]).parse().expect("git counts in digits");
        GitRepo { path, n_commits }
    }

    /// A bare clone of a repository.
    #[must_use]
    pub fn bare_clone(&self, name: &str, of: &GitRepo) -> GitRepo {
        self.clone_of(name, of, &["--bare"])
    }

    /// A clone that holds the newest commit only.
    #[must_use]
    pub fn shallow_clone(&self, name: &str, of: &GitRepo) -> GitRepo {
        self.clone_of(name, of, &["--depth=1"])
    }

    fn clone_of(&self, name: &str, of: &GitRepo, options: &[&str]) -> GitRepo {
        let path = self.path().join(name);
        let url = format!("file://{}", of.path.display());
        git(self.path(), 0, &[&["clone", "--quiet"], options, &[&url, &path.to_string_lossy()]].concat());
        GitRepo { path, n_commits: of.n_commits }
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

/// One repository of a [`Folder`]; each step gives it back, so that steps read as a script.
#[derive(Debug, Clone)]
pub struct GitRepo {
    path: PathBuf,
    n_commits: i64,
}

impl GitRepo {
    fn init(path: PathBuf, options: &[&str]) -> Self {
        fs::create_dir_all(&path).expect("the temporary folder can be written");
        git(&path, 0, &[&["init", "--quiet", "--initial-branch=main"], options].concat());
        Self { path, n_commits: 0 }
    }

    /// Where its work tree is (for a bare one, the repository itself).
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file, with the folders above it.
    #[must_use]
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let file = self.path.join(path);
        fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(&file, content).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self
    }

    /// Removes a file.
    #[must_use]
    pub fn remove(self, path: &str) -> Self {
        fs::remove_file(self.path.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        self
    }

    /// Commits all that was written and removed since the last commit, even when that is nothing.
    #[must_use]
    pub fn commit(self, message: &str) -> Self {
        self.run(&["add", "--all"]).commit_index(message)
    }

    fn commit_index(mut self, message: &str) -> Self {
        git(&self.path, self.n_commits, &["commit", "--quiet", "--allow-empty", "--no-verify", "--message", message]);
        self.n_commits += 1;
        self
    }

    /// Any other git command: the way to an oddity.
    #[must_use]
    pub fn run(self, args: &[&str]) -> Self {
        git(&self.path, self.n_commits, args);
        self
    }

    /// The id that a revision names.
    #[must_use]
    pub fn id(&self, revision: &str) -> String {
        git(&self.path, self.n_commits, &["rev-parse", revision])
    }
}

/// Runs git and gives what it printed.
///
/// # Panics
/// When git is missing or fails: the test's own script is wrong then.
fn git(dir: &Path, n_commits: i64, args: &[&str]) -> String {
    let date = format!("{} +0000", FIRST_COMMIT + 3600 * n_commits);
    let mut command = Command::new("git");
    // A hook that runs the tests would otherwise point git at its own repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_TERMINAL_PROMPT", "0");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Fixture").env(format!("GIT_{role}_EMAIL"), "fixture@waymark.invalid");
        command.env(format!("GIT_{role}_DATE"), &date);
    }
    let output = command.current_dir(dir).args(args).stdin(Stdio::null()).output().expect("git is installed");
    assert!(output.status.success(), "git {args:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
