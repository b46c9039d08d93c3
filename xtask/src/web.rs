//! `cargo xtask web`: builds the browser's half (WASM, its JS glue, one style sheet) into `target/site`.
//! It must not start the server, and has one form only: what is tested is what is shipped.
use crate::sh;
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

pub(crate) mod budget;
mod compress;
mod css;
mod inputs;

const TARGET: &str = "wasm32-unknown-unknown";

/// Overrides of the stock release profile by environment, not a profile of our own: a custom profile has its own
/// folder for host artifacts, so that every procedural macro would be built again.
const SMALL: [(&str, &str); 5] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z"),
    ("CARGO_PROFILE_RELEASE_LTO", "fat"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
    ("CARGO_PROFILE_RELEASE_PANIC", "abort"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// Builds the site if anything it is made of has changed, prints its sizes and gives them.
///
/// # Errors
/// When the target is missing and cannot be added, or any part of the build fails. The old site stays then.
pub(crate) fn web(root: &Path) -> Result<budget::Sizes> {
    let site = sh::target_dir(root).join("site");
    let fingerprint = inputs::fingerprint(root)?;
    let stamp = site.join("inputs.txt");
    if fs::read_to_string(&stamp).is_ok_and(|old| old == fingerprint) && site.join("name.txt").is_file() {
        eprintln!("xtask: web: nothing changed since the last build");
    } else {
        ensure_target(root)?;
        let css = sh::timed("style sheet", || css::bundle(&root.join("style/main.css")))?;
        let wasm = sh::timed("wasm (opt z, fat LTO)", || build_wasm(root))?;
        lay_out(&site, &wasm, &css)?;
        fs::write(&stamp, &fingerprint).with_context(|| stamp.display().to_string())?;
    }
    let sizes = budget::Sizes::measure(&site.join("pkg"))?;
    eprintln!("xtask: web: {sizes}");
    Ok(sizes)
}

/// Adds the WASM target to the toolchain when it is not there.
pub(crate) fn ensure_target(root: &Path) -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let libdir = sh::output(std::process::Command::new(rustc).current_dir(root).args([
        "--print",
        "target-libdir",
        "--target",
        TARGET,
    ]))?;
    if Path::new(&libdir).is_dir() {
        return Ok(());
    }
    ensure!(
        sh::which("rustup").is_some(),
        "the Rust target {TARGET} is missing and there is no rustup to add it; \
         install it with the package manager that installed Rust, or install Rust by rustup"
    );
    eprintln!("xtask: adding the Rust target {TARGET}");
    sh::run(std::process::Command::new("rustup").current_dir(root).args(["target", "add", TARGET]))
}

fn build_wasm(root: &Path) -> Result<Vec<u8>> {
    let args = ["rustc", "-p", "app", "--lib", "--crate-type", "cdylib", "--target", TARGET, "--profile", "release"];
    sh::run(sh::cargo(root).envs(SMALL).args(args))?;
    let wasm = sh::target_dir(root).join(TARGET).join("release/app.wasm");
    fs::read(&wasm).with_context(|| wasm.display().to_string())
}

/// Writes all files beside the old site and then puts the new one in its place, so that a failure leaves the old one.
fn lay_out(site: &Path, wasm: &[u8], css: &str) -> Result<()> {
    // One hash names every file of a build, so that a page can never mix two builds.
    let name = format!("app-{:016x}", inputs::hash(&[wasm, css.as_bytes()]));
    let fresh = site.with_extension("new");
    let _ = fs::remove_dir_all(&fresh);
    let pkg = fresh.join("pkg");
    fs::create_dir_all(&pkg).with_context(|| pkg.display().to_string())?;
    sh::timed("wasm-bindgen", || bind(&name, wasm, &pkg))?;
    fs::write(pkg.join(format!("{name}.css")), css)?;
    fs::write(fresh.join("name.txt"), &name)?;
    sh::timed("brotli and gzip", || compress::folder(&pkg))?;
    let _ = fs::remove_dir_all(site);
    fs::rename(&fresh, site).with_context(|| format!("{} could not be put in place", site.display()))
}

fn bind(name: &str, wasm: &[u8], pkg: &Path) -> Result<()> {
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    // The name goes in here: `out_name` is only read together with `input_path`.
    bindgen
        .input_bytes(name, wasm.to_vec())
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(pkg)
}
