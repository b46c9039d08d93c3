//! Names for detected components: valid for Backstage, readable, unique within the repository.
//! It must not depend on the order in which files were read.
use sha2::{Digest, Sha256};
use shared::{EntityKind, EntityRef, RepoName, RepoPath};
use std::collections::BTreeSet;

const LONGEST: usize = 63;

/// The reference of the component detected at `root`: the repository's last segment, with the folder behind it when
/// nested, and a number when that name is taken.
pub(super) fn detected(repository: &RepoName, root: &RepoPath, taken: &BTreeSet<EntityRef>) -> EntityRef {
    let last = repository.as_str().rsplit('/').next().unwrap_or_default();
    let wish = if root.is_root() { slug(last) } else { slug(&format!("{last}-{}", root.as_str())) };
    for number in 1_u32.. {
        let name = if number == 1 { wish.clone() } else { shorten(&wish, &format!("-{number}")) };
        let reference = component(&name);
        if !taken.contains(&reference) {
            return reference;
        }
    }
    component(&wish)
}

fn component(name: &str) -> EntityRef {
    EntityRef::new(EntityKind::Component, "default", name).expect("a slug holds valid characters and is not empty")
}

/// Lower case, every run of other characters one `-`; a text that leaves nothing or too much ends in its own hash.
pub(super) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() || matches!(c, '_' | '.') => out.push(c),
            _ if out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    let trimmed = out.trim_matches(['-', '_', '.']);
    let hash: String = Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    match trimmed.len() {
        0 => format!("x-{hash}"),
        1..=LONGEST => trimmed.to_owned(),
        _ => shorten(trimmed, &format!("-{hash}")),
    }
}

/// `text` cut so that `end` still fits. Slugs are ASCII, so that every byte is a character.
fn shorten(text: &str, end: &str) -> String {
    let keep = text.len().min(LONGEST - end.len());
    format!("{}{end}", text[..keep].trim_end_matches(['-', '_', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(repository: &str, root: &str, taken: &[&str]) -> String {
        let taken = taken.iter().map(|name| component(name)).collect();
        detected(&RepoName::new(repository).unwrap(), &RepoPath::new(root).unwrap(), &taken).name().to_owned()
    }

    #[test]
    fn names_are_readable_valid_and_unique() {
        assert_eq!(named("acme/Billing API", "", &[]), "billing-api");
        assert_eq!(named("acme/shop", "services/pay", &[]), "shop-services-pay");
        assert_eq!(named("acme/shop", "", &["shop", "shop-2"]), "shop-3");
        assert_eq!(named("日本", "", &[]).len(), 10);
        let long = named("shop", "deep/".repeat(40).trim_end_matches('/'), &[]);
        assert!(long.len() <= LONGEST && long.starts_with("shop-deep-deep"), "{long}");
    }
}
