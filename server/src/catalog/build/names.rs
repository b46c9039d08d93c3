//! Names for what is detected: valid for Backstage, readable, unique within the repository.
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
    free(EntityKind::Component, &wish, taken)
}

/// The reference of an entity that a definition makes: its name behind the repository's last segment, unless it begins with
/// that already; what has no name of its own is called by its format behind the component's name.
pub(super) fn defined(
    repository: &RepoName,
    kind: EntityKind,
    (holder, name, format): (Option<&str>, &str, &str),
    taken: &BTreeSet<EntityRef>,
) -> EntityRef {
    let last = slug(repository.as_str().rsplit('/').next().unwrap_or_default());
    let own = slug(name);
    let wish = match () {
        () if name.is_empty() => slug(&format!("{}-{format}", holder.unwrap_or(&last))),
        () if own.strip_prefix(&last).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.', '_'])) => own,
        () => slug(&format!("{last}-{name}")),
    };
    free(kind, &wish, taken)
}

/// The wish, with a number when it is taken.
pub(super) fn free(kind: EntityKind, wish: &str, taken: &BTreeSet<EntityRef>) -> EntityRef {
    for number in 1_u32.. {
        let name = if number == 1 { wish.to_owned() } else { shorten(wish, &format!("-{number}")) };
        let reference = reference(kind, &name);
        if !taken.contains(&reference) {
            return reference;
        }
    }
    reference(kind, wish)
}

fn reference(kind: EntityKind, name: &str) -> EntityRef {
    EntityRef::new(kind, "default", name).expect("a slug holds valid characters and is not empty")
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
        let taken = taken.iter().map(|name| reference(EntityKind::Component, name)).collect();
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

    #[test]
    fn definitions_are_named_by_themselves_or_by_their_component() {
        let named = |holder: Option<&str>, name: &str, taken: &[&str]| {
            let taken = taken.iter().map(|name| reference(EntityKind::Api, name)).collect();
            let repository = RepoName::new("acme/shop").unwrap();
            defined(&repository, EntityKind::Api, (holder, name, "graphql"), &taken).name().to_owned()
        };
        assert_eq!(named(None, "Orders API", &[]), "shop-orders-api");
        assert_eq!(named(None, "Shop Orders", &["shop-orders"]), "shop-orders-2");
        assert_eq!(named(None, "shop", &[]), "shop");
        assert_eq!(named(None, "acme.orders.v1", &[]), "shop-acme.orders.v1");
        assert_eq!(named(Some("shop-web"), "", &[]), "shop-web-graphql");
        assert_eq!(named(None, "", &[]), "shop-graphql");
        assert!(named(None, "日本", &[]).starts_with("shop"));
    }
}
