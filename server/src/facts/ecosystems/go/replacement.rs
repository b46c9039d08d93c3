//! What one `replace` says (<https://go.dev/ref/mod#go-mod-file-replace>).
//! It must not know whether the file is a go.mod or a go.work.
use super::super::manifest;
use crate::facts::model::DependencyDecl;
use serde::{Deserialize, Serialize};

/// `old [version] => target`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Replacement {
    pub old: String,
    /// Only this version is replaced.
    pub old_version: Option<String>,
    pub target: Target,
}

/// What is built in place of the module.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Target {
    /// A folder of the repository or of the disk.
    Folder,
    Module {
        name: String,
        version: String,
    },
}

impl Replacement {
    /// Reads the arguments of a directive; `None` when they say no replacement.
    pub(super) fn read(arguments: &[&str]) -> Option<Self> {
        let mut sides = arguments.split(|argument| *argument == "=>");
        let ([old, old_version @ ..], [new, new_version @ ..]) = (sides.next()?, sides.next()?) else { return None };
        let folder = new.starts_with(['.', '/']);
        let target = match new_version.first().and_then(|version| manifest::requirement(version)) {
            Some(version) if !folder => Target::Module { name: (*new).to_owned(), version },
            _ => Target::Folder,
        };
        let old_version = old_version.first().map(|version| (*version).to_owned());
        Some(Self { old: (*old).to_owned(), old_version, target })
    }

    /// Whether a dependency stays: a folder is the repository's own. What is built in place of a module is said as its
    /// requirement, while the name stays: that is what the code imports.
    pub(super) fn apply(&self, dependency: &mut DependencyDecl) -> bool {
        let version = self.old_version.as_deref();
        let meant = version.is_none_or(|version| dependency.requirement.as_deref() == Some(version));
        if dependency.name != self.old || !meant {
            return true;
        }
        let Target::Module { name, version } = &self.target else { return false };
        if *name == dependency.name {
            dependency.version = Some(version.clone());
        } else {
            dependency.requirement = Some(format!("{name} {version}"));
            dependency.version = None;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_told_apart() {
        let read = |text: &str| Replacement::read(&text.split(' ').collect::<Vec<_>>());
        let fork = read("acme.dev/a v1.0.0 => acme.dev/fork v1.0.1").unwrap();
        assert_eq!((fork.old.as_str(), fork.old_version.as_deref()), ("acme.dev/a", Some("v1.0.0")));
        assert!(matches!(fork.target, Target::Module { .. }));
        assert!(matches!(read("acme.dev/a => ../a").unwrap().target, Target::Folder));
        assert!(read("acme.dev/a v1.0.0").is_none() && read("=> x").is_none() && read("").is_none());
    }
}
