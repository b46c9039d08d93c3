//! Says whether the site must be built again: one fingerprint over everything it is made of.
//! It must not use file times: a fresh clone and a rebase change them all.
use anyhow::{Context, Result};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

/// What the site is made of, from the workspace's root.
const INPUTS: [&str; 8] =
    ["app", "shared", "style", "Cargo.toml", "Cargo.lock", "xtask/Cargo.lock", "xtask/src/web.rs", "xtask/src/web"];

/// A fingerprint of the compiler and of every input's path and content.
///
/// # Errors
/// When an input that exists cannot be read, or there is no rustc.
pub(crate) fn fingerprint(root: &Path) -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = crate::sh::output(std::process::Command::new(rustc).current_dir(root).arg("-vV"))?;
    let mut parts = vec![version.into_bytes()];
    for input in INPUTS.iter().map(|name| root.join(name)) {
        let files = if input.is_file() { vec![input] } else { crate::sh::files_under(&input)? };
        for file in files {
            parts.push(file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned().into_bytes());
            parts.push(fs::read(&file).with_context(|| file.display().to_string())?);
        }
    }
    Ok(format!("{:016x}", hash(&parts)))
}

/// A hash over byte strings that keeps their borders; the same in every run of one build of xtask.
pub(crate) fn hash<T: AsRef<[u8]>>(parts: &[T]) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.iter().for_each(|part| part.as_ref().hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn changes_with_content_and_with_name_only() {
        let dir = tempfile::tempdir().unwrap();
        let style = dir.path().join("style");
        std::fs::create_dir(&style).unwrap();
        std::fs::write(style.join("main.css"), "p{}").unwrap();
        let first = fingerprint(dir.path()).unwrap();
        std::fs::write(style.join("main.css"), "p{}").unwrap();
        assert_eq!(first, fingerprint(dir.path()).unwrap());
        std::fs::write(style.join("main.css"), "p{color:red}").unwrap();
        let second = fingerprint(dir.path()).unwrap();
        assert_ne!(first, second);
        std::fs::rename(style.join("main.css"), style.join("other.css")).unwrap();
        assert_ne!(second, fingerprint(dir.path()).unwrap());
    }
}
