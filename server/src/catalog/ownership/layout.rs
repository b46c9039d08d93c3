//! Which work belongs to which component and to which CODEOWNERS rule, in one pass over a log.
//! It must not weigh it.
use super::{model::RepositoryClaims, people::People, signals::Subject};
use crate::{
    facts::{code_owners::OwnerIndex, work::model::WorkLog},
    scan::Finding,
};
use shared::{RepoPath, Severity};
use std::collections::{BTreeMap, HashMap};

/// Rules of CODEOWNERS that are judged in one repository.
pub(super) const MAX_RULES: usize = 200;

/// The work on each component root and each rule.
pub(super) struct Layout {
    pub(super) by_root: BTreeMap<RepoPath, Subject>,
    /// By position in the CODEOWNERS file; those of most files when there are too many.
    pub(super) by_rule: BTreeMap<usize, RuleWork>,
    pub(super) findings: Vec<Finding>,
}

/// The work on the files of one rule.
#[derive(Default)]
pub(super) struct RuleWork {
    pub(super) subject: Subject,
    /// Files at the tip by component root.
    pub(super) roots: BTreeMap<RepoPath, u32>,
}

/// Where each file belongs.
struct Places<'a> {
    roots: Vec<Owning<'a>>,
    rules: Vec<Option<usize>>,
}

/// The roots that a file belongs to: the deepest above it and, when nobody declared what lies there, the deepest declared
/// one, whose descriptor speaks of everything below it that has none of its own.
#[derive(Clone, Copy, Default)]
struct Owning<'a> {
    deepest: Option<&'a RepoPath>,
    declared: Option<&'a RepoPath>,
}

impl<'a> Owning<'a> {
    fn each(self) -> impl Iterator<Item = &'a RepoPath> {
        self.deepest.into_iter().chain(self.declared)
    }
}

impl Layout {
    /// Deals the work out. A file belongs to the deepest root above it (and the deepest declared one, see `Owning`) and to the rule that decides about it; its work
    /// follows it through renames, and what was deleted since counts as work.
    pub(super) fn new(claims: &RepositoryClaims, log: &WorkLog, people: &People<'_>) -> Self {
        let mut layout = Self { by_root: BTreeMap::new(), by_rule: BTreeMap::new(), findings: vec![] };
        for component in &claims.components {
            layout.by_root.entry(component.root.clone()).or_default();
        }
        let places = layout.places(claims, log);
        layout.count_files(log, &places);
        layout.drop_rules(claims);
        for touch in &log.touches {
            let lines = u64::from(touch.added) + u64::from(touch.removed);
            if touch.formatting || !people.worked(touch.commit) {
                continue;
            }
            let lineage = touch.lineage as usize;
            let is_first = log.lineages[lineage].from == touch.commit && log.lineages[lineage].to.is_none();
            let worked = |subject: &mut Subject| {
                // A bare move is no work on what is in the file.
                if lines > 0 {
                    subject.add(touch.commit, lines);
                }
                if is_first {
                    subject.brought.push((touch.commit, u64::from(touch.added)));
                }
            };
            for root in places.roots[lineage].each() {
                if let Some(subject) = layout.by_root.get_mut(root) {
                    worked(subject);
                }
            }
            if let Some(rule) = places.rules[lineage].and_then(|rule| layout.by_rule.get_mut(&rule)) {
                worked(&mut rule.subject);
            }
        }
        layout
    }

    fn places<'a>(&mut self, claims: &'a RepositoryClaims, log: &WorkLog) -> Places<'a> {
        let mut roots: HashMap<&str, (&RepoPath, bool)> = HashMap::new();
        for component in &claims.components {
            let root = roots.entry(component.root.as_str()).or_insert((&component.root, false));
            root.1 |= component.descriptor.is_some();
        }
        let rules = claims.code_owners.as_ref().map_or(&[][..], |file| &file.rules);
        let mut index = OwnerIndex::new(rules);
        let places = Places {
            roots: log.lineages.iter().map(|lineage| owning(&roots, lineage.path.as_str())).collect(),
            rules: log.lineages.iter().map(|lineage| index.rule_of(&lineage.path)).collect(),
        };
        if index.is_exhausted() {
            let message = "Comparing the rules with the files takes too long; later files are judged without them.";
            self.too_many(claims, message.to_owned());
        }
        places
    }

    fn count_files(&mut self, log: &WorkLog, places: &Places<'_>) {
        for (at, lineage) in log.lineages.iter().enumerate().filter(|(_, lineage)| lineage.to.is_none()) {
            debug_assert!(at < places.roots.len(), "every file has its place: {}", lineage.path);
            let (root, rule) = (places.roots[at], places.rules[at]);
            for root in root.each() {
                if let Some(subject) = self.by_root.get_mut(root) {
                    subject.count_file(rule);
                }
            }
            if let Some(position) = rule {
                let work = self.by_rule.entry(position).or_default();
                work.subject.count_file(rule);
                if let Some(root) = root.deepest {
                    *work.roots.entry(root.clone()).or_default() += 1;
                }
            }
        }
    }

    /// Rules without owners clear; they claim nothing that could be judged.
    fn drop_rules(&mut self, claims: &RepositoryClaims) {
        let Some(file) = &claims.code_owners else { return };
        self.by_rule.retain(|position, _| file.rules.get(*position).is_some_and(|rule| !rule.owners.is_empty()));
        if self.by_rule.len() <= MAX_RULES {
            return;
        }
        let mut sizes: Vec<(u32, usize)> = self.by_rule.iter().map(|(at, rule)| (rule.subject.n_files, *at)).collect();
        sizes.sort_by_key(|(files, at)| (std::cmp::Reverse(*files), *at));
        sizes.iter().skip(MAX_RULES).for_each(|(_, at)| drop(self.by_rule.remove(at)));
        let message = format!(
            "{} rules speak of files; the {MAX_RULES} of most files are judged. Name folders instead of single files.",
            sizes.len()
        );
        self.too_many(claims, message);
    }

    fn too_many(&mut self, claims: &RepositoryClaims, message: String) {
        self.findings.push(Finding {
            rule: "code-owners-too-many-rules".to_owned(),
            severity: Severity::Warning,
            path: claims.code_owners.as_ref().map(|file| file.path.clone()),
            line: None,
            column: None,
            message,
        });
    }
}

impl Subject {
    /// Touches come by commit.
    fn add(&mut self, commit: u32, lines: u64) {
        match self.commits.last_mut() {
            Some((last, held)) if *last == commit => *held += lines,
            _ => self.commits.push((commit, lines)),
        }
    }

    fn count_file(&mut self, rule: Option<usize>) {
        self.n_files += 1;
        if let Some(rule) = rule {
            *self.rules.entry(rule).or_default() += 1;
        }
    }
}

/// The roots at or above the path that it belongs to.
fn owning<'a>(roots: &HashMap<&str, (&'a RepoPath, bool)>, path: &str) -> Owning<'a> {
    let (mut at, mut found) = (path, Owning::default());
    loop {
        match (roots.get(at), found.deepest) {
            (Some((root, is_declared)), None) => {
                found.deepest = Some(root);
                if *is_declared {
                    return found;
                }
            }
            (Some((root, true)), Some(_)) => {
                found.declared = Some(root);
                return found;
            }
            _ => {}
        }
        if at.is_empty() {
            return found;
        }
        at = at.rsplit_once('/').map_or("", |(folder, _)| folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_the_deepest_root_and_to_the_descriptor_above_it() {
        let path = |text: &str| RepoPath::new(text).unwrap();
        let (whole, app, web, kit) = (RepoPath::root(), path("app"), path("app/web"), path("kit"));
        let roots = HashMap::from([
            ("", (&whole, true)),
            ("app", (&app, false)),
            ("app/web", (&web, false)),
            ("kit", (&kit, true)),
        ]);
        let of = |file: &str| {
            let found = owning(&roots, file);
            (found.deepest.map(RepoPath::as_str), found.declared.map(RepoPath::as_str))
        };
        assert_eq!(of("README.md"), (Some(""), None));
        assert_eq!(of("app/web/a.ts"), (Some("app/web"), Some("")));
        assert_eq!(of("app/a.ts"), (Some("app"), Some("")));
        assert_eq!(of("kit/a.ts"), (Some("kit"), None));
    }
}
