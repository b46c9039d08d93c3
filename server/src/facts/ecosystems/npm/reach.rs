//! Which installed copy is needed at run time, by who needs whom.
//! It must not know a file format.
use super::lines;
use shared::Scope;
use std::collections::HashMap;

/// A copy by name and version, the version with the peers behind it.
type Key<'a> = (&'a str, &'a str);

/// The copies of a lock file with the copies each of them needs.
#[derive(Default)]
pub(super) struct Reach<'a> {
    roots: Vec<(Key<'a>, Scope)>,
    /// Per copy what it needs, and whether it can do without.
    needs: HashMap<Key<'a>, Vec<(Key<'a>, bool)>>,
    open: Option<Key<'a>>,
}

impl<'a> Reach<'a> {
    /// A project of the repository asks for a copy.
    pub(super) fn root(&mut self, name: &'a str, version: &'a str, scope: Option<Scope>) {
        self.roots.extend(scope.map(|scope| (key(name, version), scope)));
    }

    /// The edges that follow start at this copy, `name@version(peers)`.
    pub(super) fn open(&mut self, copy: &'a str) {
        self.open = lines::split_at(copy);
    }

    /// The open copy needs another.
    pub(super) fn edge(&mut self, name: &'a str, version: &'a str, optional: bool) {
        if let Some(open) = self.open {
            self.needs.entry(open).or_default().push((key(name, version), optional));
        }
    }

    /// The widest scope in which each copy is needed, by name and version without peers.
    pub(super) fn scopes(&self) -> HashMap<Key<'a>, Scope> {
        let mut seen: HashMap<Key<'a>, Scope> = HashMap::with_capacity(self.needs.len());
        let mut optional = vec![];
        for scope in [Scope::Runtime, Scope::Optional, Scope::Dev] {
            let roots = self.roots.iter().filter(|(_, of)| *of == scope).map(|(key, _)| *key);
            let mut open: Vec<Key<'a>> = roots.collect();
            if scope == Scope::Optional {
                open.append(&mut optional);
            }
            while let Some(key) = open.pop() {
                if seen.contains_key(&key) {
                    continue;
                }
                seen.insert(key, scope);
                for (needed, can_miss) in self.needs.get(&key).into_iter().flatten() {
                    let aside = *can_miss && scope == Scope::Runtime;
                    if aside { optional.push(*needed) } else { open.push(*needed) }
                }
            }
        }
        without_peers(seen)
    }
}

fn without_peers(seen: HashMap<Key<'_>, Scope>) -> HashMap<Key<'_>, Scope> {
    let mut out = HashMap::with_capacity(seen.len());
    for ((name, version), scope) in seen {
        let plain = version.split('(').next().unwrap_or(version);
        let known = out.entry((name, plain)).or_insert(scope);
        *known = super::installed::wider(*known, scope);
    }
    out
}

/// The copy behind `name: version`; an alias says the real name in its version, `name: real@1.0.0`.
fn key<'a>(name: &'a str, version: &'a str) -> Key<'a> {
    let plain = version.split('(').next().unwrap_or(version);
    let alias = !plain.contains(':') && !plain.starts_with(|c: char| c.is_ascii_digit());
    if alias { lines::split_at(version).unwrap_or((name, version)) } else { (name, version) }
}
