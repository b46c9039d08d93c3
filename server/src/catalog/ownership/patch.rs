//! The change to a descriptor or to CODEOWNERS that would make an owner true: a diff to copy.
//! It must not decide who owns, nor change more than one owner.
use super::{
    diff,
    model::{CodeOwnersFile, OwnedComponent, RepositoryClaims},
    place::{self, InDescriptor, OwnerLine},
    roster::Roster,
};
use crate::facts::model::OwnerRule;
use shared::{EntityRef, RepoPath, api::OwnerPatch};
use std::collections::BTreeMap;

/// What patches of one repository are made of.
pub(super) struct Patcher<'a> {
    pub(super) claims: &'a RepositoryClaims,
    pub(super) roster: &'a Roster,
    /// Whether a file stands there at the tip.
    pub(super) is_file: &'a dyn Fn(&RepoPath) -> bool,
}

/// A rule of CODEOWNERS that claims a component.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClaimingRule {
    pub(super) position: usize,
    /// Whether all its files are the component's: then it can be changed without changing the owner of others.
    pub(super) is_own: bool,
}

impl Patcher<'_> {
    /// Makes the team the owner of a component: where the owner is written, else where one is missing, else in a rule of
    /// its own, else in a new descriptor.
    pub(super) fn component(
        &self,
        component: &OwnedComponent,
        rule: Option<ClaimingRule>,
        team: &EntityRef,
    ) -> Option<OwnerPatch> {
        let in_descriptor = self.in_descriptor(component, team);
        if component.owner.is_some() {
            return in_descriptor.or_else(|| self.claimed_rule(component, rule?, team));
        }
        let new_rule = || self.new_rule(&component.root, team);
        let new_descriptor = || self.new_descriptor(component, team);
        in_descriptor.or_else(new_rule).or_else(new_descriptor)
    }

    /// Names the team in a rule instead of its first declared owner.
    pub(super) fn rule(&self, position: usize, declared: &EntityRef, team: &EntityRef) -> Option<OwnerPatch> {
        let file = self.claims.code_owners.as_ref()?;
        let rule = file.rules.get(position)?;
        let text = self.text(&file.path)?;
        let is_declared = |word: &&String| self.roster.handle(word).as_ref() == Some(declared);
        let old = rule.owners.iter().find(is_declared)?;
        let at = (rule.line as usize).checked_sub(1)?;
        let line = renamed(text.lines().nth(at)?, old, &self.handle(file, team)?)?;
        Some(OwnerPatch { path: file.path.clone(), diff: diff::replace(&file.path, text, at, &line)? })
    }

    /// A text that was read as it stands: a diff of one with replaced bytes would not apply.
    fn text(&self, path: &RepoPath) -> Option<&String> {
        self.claims.texts.get(path).filter(|text| !text.contains(char::REPLACEMENT_CHARACTER))
    }

    fn in_descriptor(&self, component: &OwnedComponent, team: &EntityRef) -> Option<OwnerPatch> {
        let (path, line) = component.descriptor.as_ref()?;
        let text = self.text(path)?;
        let namespace = component.reference.namespace();
        let diff = match (place::in_descriptor(text, *line), &component.owner) {
            (InDescriptor::Owner(found), Some(owner)) => {
                let written = text.lines().nth(found.index)?;
                let old = &written[found.value.clone()];
                if place::owner_of(old, namespace).as_ref() != Some(owner) {
                    return None;
                }
                diff::replace(path, text, found.index, &with_value(written, &found, &as_before(old, team, namespace)))?
            }
            (InDescriptor::NoOwner { spec, indent }, None) => {
                let line = format!("{indent}owner: {}", plain(&as_before("", team, namespace)));
                diff::insert(path, text, spec + 1, &line)
            }
            _ => return None,
        };
        Some(OwnerPatch { path: path.clone(), diff })
    }

    /// A rule that speaks of other files as well stays, and the component gets one of its own.
    fn claimed_rule(&self, component: &OwnedComponent, rule: ClaimingRule, team: &EntityRef) -> Option<OwnerPatch> {
        if rule.is_own {
            return self.rule(rule.position, component.owner.as_ref()?, team);
        }
        self.new_rule(&component.root, team)
    }

    /// A rule wins over those before it, so that the new one stands before those for files of the same folder.
    fn new_rule(&self, root: &RepoPath, team: &EntityRef) -> Option<OwnerPatch> {
        let file = self.claims.code_owners.as_ref()?;
        let text = self.text(&file.path)?;
        let handle = self.handle(file, team)?;
        let pattern = if root.is_root() { "*".to_owned() } else { format!("/{}/", escaped(root.as_str())) };
        let is_below = |rule: &&OwnerRule| {
            root.is_root() || rule.pattern.trim_start_matches('/').starts_with(pattern.trim_start_matches('/'))
        };
        let below = file.rules.iter().filter(is_below).map(|rule| rule.line).min();
        let at = below.map_or(usize::MAX, |line| line.saturating_sub(1) as usize);
        let diff = diff::insert(&file.path, text, at, &format!("{pattern} {handle}"));
        Some(OwnerPatch { path: file.path.clone(), diff })
    }

    /// As Backstage's import writes them: `other` and `unknown` claim nothing that is not known.
    fn new_descriptor(&self, component: &OwnedComponent, team: &EntityRef) -> Option<OwnerPatch> {
        let path = component.root.join("catalog-info.yaml")?;
        if component.descriptor.is_some() || self.claims.texts.contains_key(&path) || (self.is_file)(&path) {
            return None;
        }
        let name = plain(component.reference.name());
        let namespace = match component.reference.namespace() {
            "default" => String::new(),
            other => format!("  namespace: {}\n", plain(other)),
        };
        let owner = plain(&as_before("", team, component.reference.namespace()));
        let text = format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n{namespace}spec:\n  \
            type: other\n  lifecycle: unknown\n  owner: {owner}\n"
        );
        Some(OwnerPatch { diff: diff::create(&path, &text), path })
    }

    /// How CODEOWNERS calls the team: as it does already, else below the organisation that most of its teams are of.
    fn handle(&self, file: &CodeOwnersFile, team: &EntityRef) -> Option<String> {
        let words = || file.rules.iter().flat_map(|rule| &rule.owners);
        if let Some(word) = words().find(|word| self.roster.handle(word).as_ref() == Some(team)) {
            return Some(word.clone());
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (organisation, _) in words().filter(|word| word.starts_with('@')).filter_map(|word| word.rsplit_once('/')) {
            *counts.entry(organisation).or_default() += 1;
        }
        let (organisation, _) = counts.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))?;
        Some(format!("{organisation}/{}", team.name()))
    }
}

/// The team as the old value was written: with the kind and the namespace if it had them, or if it needs them.
fn as_before(old: &str, team: &EntityRef, namespace: &str) -> String {
    let kind = if old.contains(':') { "group:" } else { "" };
    if old.contains('/') || team.namespace() != namespace {
        format!("{kind}{}/{}", team.namespace(), team.name())
    } else {
        format!("{kind}{}", team.name())
    }
}

fn with_value(line: &str, found: &OwnerLine, value: &str) -> String {
    let (before, after) = (&line[..found.value.start], &line[found.value.end..]);
    let is_quoted = before.ends_with(['"', '\'']);
    format!("{before}{}{after}", if is_quoted { value.to_owned() } else { plain(value) })
}

/// A value in quotes when YAML would read something else than a text.
fn plain(value: &str) -> String {
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&value);
    if is_word || value.starts_with(|c: char| c.is_ascii_digit()) { format!("\"{value}\"") } else { value.to_owned() }
}

/// The line with one owner for another; an owner who is named already is not named twice.
fn renamed(line: &str, old: &str, new: &str) -> Option<String> {
    let words = words(line);
    let (at, _) = words.iter().find(|(_, word)| *word == old)?;
    let end = at + old.len();
    if words.iter().any(|(_, word)| *word == new) {
        return Some(format!("{}{}", line[..*at].trim_end(), &line[end..]));
    }
    Some(format!("{}{new}{}", &line[..*at], &line[end..]))
}

/// Words before a comment, each with its place.
fn words(line: &str) -> Vec<(usize, &str)> {
    let mut words = vec![];
    let mut at = 0;
    for part in line.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        if word.starts_with('#') {
            break;
        }
        if !word.is_empty() {
            words.push((at, word));
        }
        at += part.len();
    }
    words
}

/// A folder as a pattern that matches nothing else.
fn escaped(folder: &str) -> String {
    let mut out = String::with_capacity(folder.len());
    for c in folder.chars() {
        if matches!(c, ' ' | '#' | '*' | '?' | '[' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
