//! Tells the compiler where the browser's half lies, and to embed it anew when `cargo xtask web` has written another.
//! It must not build anything itself.
use std::{env, path::PathBuf};

fn main() {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for every build script"));
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| manifest.join("../target"), PathBuf::from);
    // A relative CARGO_TARGET_DIR is meant from where cargo was started, which is the workspace by custom.
    let target = if target.is_absolute() { target } else { manifest.join("..").join(target) };
    let site = target.join("site");
    // A watched folder that does not exist would make every build start anew.
    let _ = std::fs::create_dir_all(&site);
    println!("cargo::rerun-if-env-changed=CARGO_TARGET_DIR");
    println!("cargo::rerun-if-changed={}", site.display());
    println!("cargo::rustc-env=WAYMARK_SITE={}", site.display());
}
