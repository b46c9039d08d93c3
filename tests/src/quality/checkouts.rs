//! Finds the bare copies of listed repositories below a folder.
//! It must not read them.
use super::tables::Listed;
use anyhow::{Result, ensure};
use server::scan::{Located, locate};
use std::path::Path;

/// A listed repository that is there.
pub struct Found {
    /// `owner/name`.
    pub name: String,
    /// The commit that is measured.
    pub commit: String,
    pub located: Located,
}

/// The listed repositories below a folder, matched by a folder named `owner+name` or by their web address.
///
/// # Errors
/// When the folder cannot be searched, or none of them lies there.
pub fn find(folder: &Path, listed: &[Listed]) -> Result<Vec<Found>> {
    let mut found = vec![];
    for located in locate(folder)?.repositories {
        let is = |one: &&Listed| {
            let folder_name = one.name.replace('/', "+");
            let plus =
                located.git_dir.iter().any(|part| part.to_string_lossy().trim_end_matches(".git") == folder_name);
            plus || located.web_url.as_ref().is_some_and(|url| url.ends_with(&format!("/{}", one.name)))
        };
        if let Some(one) = listed.iter().find(is) {
            found.push(Found { name: one.name.clone(), commit: one.commit.clone(), located });
        }
    }
    ensure!(!found.is_empty(), "none of the listed repositories lies below {}", folder.display());
    Ok(found)
}
