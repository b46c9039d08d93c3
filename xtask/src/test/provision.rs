//! Finds the programs that the tests drive, and on Debian, as root, installs what is absent.
//! It must not download anything from outside the package registries.
use crate::sh;
use anyhow::{Context, Result, bail, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The release of axe-core that the browser tests judge pages with.
const AXE_VERSION: &str = "4.14.1";

/// Where the programs are.
pub(crate) struct Tools {
    /// Folder with `initdb` and `pg_ctl`.
    pub postgres: PathBuf,
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
    /// The script that is put into a page.
    pub axe: PathBuf,
}

/// A program that must be there: how it is found, and how Debian calls its package.
struct Need {
    what: &'static str,
    package: &'static str,
    find: fn() -> Option<PathBuf>,
}

const NEEDS: [Need; 5] = [
    Need { what: "git", package: "git", find: || sh::which("git") },
    Need { what: "PostgreSQL's server (initdb, pg_ctl)", package: "postgresql", find: postgres },
    Need { what: "Chromium", package: "chromium", find: chromium },
    Need { what: "ChromeDriver", package: "chromium-driver", find: chromedriver },
    Need { what: "npm, to fetch axe-core", package: "npm", find: || sh::which("npm") },
];

/// All tools, installed first where that is possible.
///
/// # Errors
/// When something is absent and cannot be installed here; the message names it and how to get it.
pub(crate) fn provision(root: &Path) -> Result<Tools> {
    let absent: Vec<&Need> = NEEDS.iter().filter(|need| (need.find)().is_none()).collect();
    if !absent.is_empty() {
        install(&absent)?;
    }
    let tools = Tools {
        postgres: postgres().context("PostgreSQL's server is still not found")?,
        chromium: chromium().context("Chromium is still not found")?,
        chromedriver: chromedriver().context("ChromeDriver is still not found")?,
        axe: axe(root)?,
    };
    for path in [&tools.postgres, &tools.chromium, &tools.chromedriver, &tools.axe] {
        println!("{}", path.display());
    }
    Ok(tools)
}

fn install(absent: &[&Need]) -> Result<()> {
    let names = absent.iter().map(|need| need.what).collect::<Vec<_>>().join("; ");
    let packages: Vec<&str> = absent.iter().map(|need| need.package).collect();
    if sh::which("apt-get").is_none() {
        bail!(
            "missing: {names}. Install them with this machine's package manager \
             (on Debian they are called {}), put them on PATH, and run again",
            packages.join(" ")
        );
    }
    ensure!(is_root(), "missing: {names}. Run: sudo apt-get install --no-install-recommends {}", packages.join(" "));
    println!("missing: {names}; installing {}", packages.join(" "));
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").stdin(std::process::Stdio::null()).args(args);
        sh::run(&mut command)
    };
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages.as_slice()].concat())
}

/// Whether this process may install packages and must hand PostgreSQL to another user.
pub(super) fn is_root() -> bool {
    sh::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

fn postgres() -> Option<PathBuf> {
    let complete = |dir: &Path| ["initdb", "pg_ctl", "postgres"].iter().all(|name| dir.join(name).is_file());
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, dir)| complete(dir))
        .collect();
    versions.sort();
    let on_path = sh::which("initdb").and_then(|file| Some(file.parent()?.to_path_buf())).filter(|dir| complete(dir));
    versions.pop().map(|(_, dir)| dir).or(on_path)
}

fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].into_iter().find_map(sh::which)
}

fn chromedriver() -> Option<PathBuf> {
    sh::which("chromedriver")
}

/// axe-core's script from npm, at the pinned version.
fn axe(root: &Path) -> Result<PathBuf> {
    let prefix = root.join("target/npm");
    let package = prefix.join("node_modules/axe-core");
    let had = |package: &Path| {
        let manifest = fs::read_to_string(package.join("package.json")).unwrap_or_default();
        manifest.contains(&format!("\"version\": \"{AXE_VERSION}\"")) && package.join("axe.min.js").is_file()
    };
    if !had(&package) {
        fs::create_dir_all(&prefix).with_context(|| prefix.display().to_string())?;
        let mut npm = Command::new("npm");
        npm.args([
            "install",
            "--no-audit",
            "--no-fund",
            "--no-save",
            "--ignore-scripts",
            "--loglevel=error",
            "--prefix",
        ]);
        sh::run(npm.arg(&prefix).arg(format!("axe-core@{AXE_VERSION}")))?;
    }
    ensure!(had(&package), "npm put no axe-core {AXE_VERSION} into {}", package.display());
    Ok(package.join("axe.min.js"))
}
