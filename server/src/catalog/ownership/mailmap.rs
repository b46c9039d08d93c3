//! Git's `.mailmap`: which name and address a commit's person goes by (<https://git-scm.com/docs/gitmailmap>).
//! It must not guess: what the file does not map stays as it is.
use crate::{facts::work::model::Person, scan::Finding};
use shared::{RepoPath, Severity};
use std::collections::HashMap;

/// Lines that are read; git itself has no limit.
const MAX_LINES: usize = 20_000;
/// Steps of a chain (`a` goes by `b`, `b` by `c`) that are followed. Git follows one.
const MAX_STEPS: usize = 16;

/// A read `.mailmap`. Names and addresses are looked up without regard to case, as git does.
#[derive(Debug, Default)]
pub(super) struct Mailmap {
    /// By the commit's address in lower case.
    entries: HashMap<String, Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    simple: Option<Proper>,
    /// By the commit's name in lower case.
    by_name: HashMap<String, Proper>,
}

/// What somebody goes by.
#[derive(Debug, Clone, Default)]
struct Proper {
    name: Option<String>,
    mail: Option<String>,
}

impl Mailmap {
    /// Reads the text. Lines without an address say nothing, as in git. Chains that come back to their start are a finding.
    pub(super) fn read(text: &str) -> (Self, Vec<Finding>) {
        let mut mailmap = Self::default();
        let mut findings = vec![];
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if index == MAX_LINES {
                let message = format!("Only the first {MAX_LINES} lines of .mailmap are read; shorten the file.");
                findings.push(finding("mailmap-too-long", index, message));
                break;
            }
            mailmap.learn(line.trim());
        }
        findings.extend(mailmap.cycle(text));
        (mailmap, findings)
    }

    /// Who the person is. A chain is followed to its end; one that comes back ends where it would repeat itself.
    pub(super) fn resolve(&self, person: &Person) -> Person {
        let mut at = person.clone();
        let mut seen = vec![at.mail.to_lowercase()];
        for _ in 0..MAX_STEPS {
            let Some(proper) = self.proper(&at) else { break };
            if let Some(name) = &proper.name {
                at.name.clone_from(name);
            }
            let Some(mail) = &proper.mail else { break };
            at.mail.clone_from(mail);
            if seen.contains(&mail.to_lowercase()) {
                break;
            }
            seen.push(mail.to_lowercase());
        }
        at
    }

    fn proper(&self, person: &Person) -> Option<&Proper> {
        let entry = self.entries.get(&person.mail.to_lowercase())?;
        entry.by_name.get(&person.name.to_lowercase()).or(entry.simple.as_ref())
    }

    fn learn(&mut self, line: &str) {
        if line.starts_with('#') {
            return;
        }
        let Some((first_name, first_mail, rest)) = name_and_mail(line) else { return };
        let (proper, name, mail) = match name_and_mail(rest) {
            Some((name, mail, _)) => (Proper { name: text(first_name), mail: text(first_mail) }, text(name), mail),
            None => (Proper { name: text(first_name), mail: None }, None, first_mail),
        };
        let entry = self.entries.entry(mail.to_lowercase()).or_default();
        let held = match name {
            Some(name) => entry.by_name.entry(name.to_lowercase()).or_default(),
            None => entry.simple.get_or_insert_default(),
        };
        // A later line wins, field by field.
        held.name = proper.name.or(held.name.take());
        held.mail = proper.mail.or(held.mail.take());
    }

    /// The first address whose chain comes back to itself by way of another one. Each address is walked once.
    fn cycle(&self, text: &str) -> Option<Finding> {
        let mut walk_of: HashMap<&str, usize> = HashMap::new();
        let mut starts: Vec<&str> = self.entries.keys().map(String::as_str).collect();
        starts.sort_unstable();
        for (walk, start) in starts.into_iter().enumerate() {
            let mut at = start;
            while !walk_of.contains_key(at) {
                walk_of.insert(at, walk);
                let Some(next) = self.next(at) else { break };
                if next != at && walk_of.get(next) == Some(&walk) {
                    return Some(cycle_finding(text, next));
                }
                at = next;
            }
        }
        None
    }

    fn next(&self, mail: &str) -> Option<&str> {
        let proper = self.entries.get(mail)?.simple.as_ref()?.mail.as_deref()?;
        // The key rather than the written text: it is in lower case.
        self.entries.get_key_value(&proper.to_lowercase()).map(|(key, _)| key.as_str())
    }
}

/// The name before the first `<`, the address up to its `>`, and what follows.
fn name_and_mail(line: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = line.split_once('<')?;
    let (mail, rest) = rest.split_once('>')?;
    Some((name.trim(), mail.trim(), rest))
}

fn text(part: &str) -> Option<String> {
    if part.is_empty() { None } else { Some(part.to_owned()) }
}

/// Names the line and no address: findings are read by everybody.
fn cycle_finding(text: &str, mail: &str) -> Finding {
    let index = text.lines().position(|line| line.to_lowercase().contains(mail)).unwrap_or_default();
    let message = "Lines of .mailmap send an address round in a circle; let every line lead to the address in use.";
    finding("mailmap-cycle", index, message.to_owned())
}

fn finding(rule: &str, index: usize, message: String) -> Finding {
    Finding {
        rule: rule.to_owned(),
        severity: Severity::Warning,
        path: RepoPath::new(".mailmap").ok(),
        line: u32::try_from(index + 1).ok(),
        column: None,
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, mail: &str) -> Person {
        Person { name: name.to_owned(), mail: mail.to_owned() }
    }

    fn rules(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.rule.as_str()).collect()
    }

    #[test]
    fn reads_the_four_forms_of_git() {
        let text = "# c\nAda Doe <ada@a.example>\n<bo@a.example> <BO@b.example>\n\
            Cy Roe <cy@a.example> <cy@b.example>\nDi Poe <di@a.example> root <root@a.example>\nno address\n<open";
        let (mailmap, findings) = Mailmap::read(text);
        assert_eq!(rules(&findings), [""; 0]);
        for (from, to) in [
            (person("ada", "Ada@A.example"), person("Ada Doe", "Ada@A.example")),
            (person("bo", "bo@b.example"), person("bo", "bo@a.example")),
            (person("c", "cy@b.example"), person("Cy Roe", "cy@a.example")),
            (person("Root", "root@a.example"), person("Di Poe", "di@a.example")),
            (person("other", "root@a.example"), person("other", "root@a.example")),
        ] {
            assert_eq!(mailmap.resolve(&from), to);
        }
    }

    #[test]
    fn follows_chains_and_leaves_circles() {
        let (chain, findings) = Mailmap::read("<b@x> <a@x>\n<c@x> <b@x>\nC <c@x> <c@x>\n");
        assert_eq!(rules(&findings), [""; 0], "an address that goes by itself is no circle");
        assert_eq!(chain.resolve(&person("n", "a@x")), person("C", "c@x"));
        let (circle, findings) = Mailmap::read("<b@x> <a@x>\n<c@x> <b@x>\n<A@x> <c@x>\n");
        assert_eq!(rules(&findings), ["mailmap-cycle"]);
        assert!(!findings[0].message.contains('@'));
        assert!(circle.resolve(&person("n", "a@x")).mail.ends_with("@x"));
    }

    #[test]
    fn long_files_end() {
        let chain: String = (0..MAX_LINES + 5).map(|n| format!("<m{}@x> <m{n}@x>\n", n + 1)).collect();
        let (mailmap, findings) = Mailmap::read(&chain);
        assert_eq!(rules(&findings), ["mailmap-too-long"]);
        assert_eq!(mailmap.resolve(&person("n", "m0@x")).mail, format!("m{MAX_STEPS}@x"));
    }
}
