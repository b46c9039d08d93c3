//! Shell commands that show with git alone what a number rests on: the commit of each repository, and where offers occur.
//! It must not claim to judge: a command finds text, rules decide what it means.
use super::{
    past::{Past, PastOffer, PastRepository, Time, timestamp},
    search::{Search, searches},
};
use std::collections::BTreeSet;

/// More repositories are only counted.
const MAX_REPOSITORIES: usize = 20;

/// For each repository, by name: the first-parent commit at the time, then one search for each kind of matcher. Each line is
/// one valid shell command, to be run where the clones lie as `owner/name`.
pub(super) fn commands(past: &Past, repositories: &BTreeSet<usize>, offers: &[&PastOffer], at: Time) -> Vec<String> {
    let mut repositories: Vec<&PastRepository> = repositories.iter().map(|held| &past.repositories[*held]).collect();
    repositories.sort_by(|a, b| a.name.cmp(&b.name));
    let searches = searches(offers);
    let mut out = Vec::new();
    for repository in repositories.iter().take(MAX_REPOSITORIES) {
        let (git, commit) = (git(repository), commit_command(repository, at));
        out.push(commit.clone());
        out.extend(searches.iter().map(|search| command(search, &git, &format!("\"$({commit})\""))));
    }
    if repositories.len() > MAX_REPOSITORIES {
        out.push(format!("# and the same for {} more repositories", repositories.len() - MAX_REPOSITORIES));
    }
    out
}

fn git(repository: &PastRepository) -> String {
    format!("git -C {}", quoted(repository.name.as_str()))
}

/// The last first-parent commit of the default branch at the time.
fn commit_command(repository: &PastRepository, at: Time) -> String {
    let before = quoted(timestamp(at).as_str());
    format!("{} rev-list -1 --first-parent --before={before} {}", git(repository), quoted(&repository.branch))
}

fn command(search: &Search, git: &str, commit: &str) -> String {
    match search {
        Search::Lines { pattern, files } => {
            let files: Vec<String> = files.iter().map(|glob| quoted(&format!(":(glob){glob}"))).collect();
            format!("{git} grep -liE -e {} {commit} -- {}", quoted(pattern), files.join(" "))
        }
        Search::Text(text) => format!("{git} grep -lF -e {} {commit}", quoted(text)),
        Search::Names(pattern) => {
            format!("{git} ls-tree -r --name-only {commit} | grep -E -e {}", quoted(pattern))
        }
    }
}

/// The text as one word of a POSIX shell.
pub(super) fn quoted(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:@%+,".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_shell_are_quoted_when_they_must_be() {
        assert_eq!(quoted("acme/api"), "acme/api");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("$(rm -r x)`y`\"z\""), "'$(rm -r x)`y`\"z\"'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("~x"), "'~x'");
        assert_eq!(quoted("a\nb"), "'a\nb'");
    }
}
