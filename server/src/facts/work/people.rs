//! Whose work a commit is, and who accepted it, in the words of a work log.
//! It must not decide who is the same person beyond equal names or addresses of one commit.
use super::{
    Hand, Person,
    dates::{DAY, EARLIEST},
};
use crate::scan::{Named, WorkHead, Worked};
use std::collections::HashMap;

/// Addresses under which forges commit what a person accepted on a page.
const FORGE_MAILS: &[&str] =
    &["noreply@github.com", "noreply@gitlab.com", "noreply@bitbucket.org", "noreply@gitea.com"];
/// What the host of a forge's private addresses begins with, e.g. `users.noreply.github.com`.
const FORGE_HOST: &str = "users.noreply.";
const FORGE_NAME: &str = "web-flow";

/// Everybody who was met, each once.
#[derive(Debug, Default)]
pub(super) struct People {
    pub list: Vec<Person>,
    numbers: HashMap<Person, u32>,
}

impl People {
    pub(super) fn new(list: Vec<Person>) -> Self {
        let numbers = list.iter().cloned().zip(0..).collect();
        Self { list, numbers }
    }

    fn number(&mut self, named: &Named) -> u32 {
        let person = Person { name: named.name.clone(), mail: named.mail.clone() };
        if let Some(number) = self.numbers.get(&person) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(person.clone());
        self.numbers.insert(person, number);
        number
    }

    /// Of a merge those who worked on its branch, of any other commit its author and co-authors.
    pub(super) fn hands(&mut self, head: &WorkHead) -> Vec<Hand> {
        let written = head.branch.iter().filter(|worked| !worked.merge);
        let mut hands = Hands::default();
        written.for_each(|worked| hands.add(self, worked));
        if hands.0.is_empty() {
            // All that can be seen of the branch are merges, or nothing at all.
            head.branch.iter().for_each(|worked| hands.add(self, worked));
        }
        if hands.0.is_empty() {
            hands.add(self, &head.own);
        }
        // There may be a million commits of one hand each.
        hands.0.shrink_to_fit();
        hands.0
    }

    /// Who accepted a commit.
    pub(super) fn merger(&mut self, head: &WorkHead) -> Option<u32> {
        let author = &head.own.author;
        let who = if head.merge { author } else { &head.committer };
        let same = |a: &str, b: &str| !a.is_empty() && a.eq_ignore_ascii_case(b);
        let by_itself = !head.merge && (same(&who.mail, &author.mail) || same(&who.name, &author.name));
        let nobody = *who == Named::default();
        (!by_itself && !nobody && !is_forge(who)).then(|| self.number(who))
    }
}

fn is_forge(who: &Named) -> bool {
    let mail = who.mail.to_ascii_lowercase();
    let host = mail.rsplit('@').next().unwrap_or_default();
    FORGE_MAILS.contains(&mail.as_str()) || host.starts_with(FORGE_HOST) || who.name.eq_ignore_ascii_case(FORGE_NAME)
}

/// Parts of one commit's work, by who was met first.
#[derive(Default)]
struct Hands(Vec<Hand>);

impl Hands {
    fn add(&mut self, people: &mut People, worked: &Worked) {
        let day = day(worked.authored);
        let mut all: Vec<u32> = vec![people.number(&worked.author)];
        for co_author in &worked.co_authors {
            let number = people.number(co_author);
            if !all.contains(&number) {
                all.push(number);
            }
        }
        for person in all {
            if let Some(hand) = self.0.iter_mut().find(|hand| hand.person == person) {
                hand.commits += 1;
                hand.first_day = hand.first_day.min(day);
                hand.last_day = hand.last_day.max(day);
            } else {
                self.0.push(Hand { person, commits: 1, first_day: day, last_day: day });
            }
        }
    }
}

/// Days since 1970, none before 1990.
pub(super) fn day(seconds: i64) -> i32 {
    i32::try_from(seconds.max(EARLIEST).div_euclid(DAY)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::CommitId;

    fn named(name: &str, mail: &str) -> Named {
        Named { name: name.to_owned(), mail: mail.to_owned() }
    }

    fn worked(name: &str, day: i64) -> Worked {
        Worked {
            author: named(name, &format!("{name}@acme.example")),
            authored: (10_000 + day) * DAY,
            ..Worked::default()
        }
    }

    fn head(own: Worked, committer: Named, branch: Option<Vec<Worked>>) -> WorkHead {
        let merge = branch.is_some();
        let commit = CommitId::new("1".repeat(40)).unwrap();
        WorkHead { commit, committed: 0, committer, own, merge, branch: branch.unwrap_or_default() }
    }

    fn merger(head: &WorkHead) -> Option<String> {
        let mut people = People::default();
        let number = people.merger(head)?;
        Some(people.list[number as usize].name.clone())
    }

    #[test]
    fn a_merge_is_the_work_of_its_branch_with_days() {
        let mut pair = worked("bo", 4);
        pair.co_authors = vec![named("di", "di@acme.example"), pair.author.clone()];
        let branch = vec![worked("bo", 7), pair, Worked { merge: true, ..worked("bo", 1) }];
        let merged = head(worked("ann", 9), named("ann", ""), Some(branch));
        let mut people = People::default();
        let bo = Hand { person: 0, commits: 2, first_day: 10_004, last_day: 10_007 };
        assert_eq!(people.hands(&merged), [bo, Hand { person: 1, commits: 1, first_day: 10_004, last_day: 10_004 }]);
        let alone = head(worked("ann", 9), named("ann", ""), Some(vec![]));
        assert_eq!(people.hands(&alone), [Hand { person: 2, commits: 1, first_day: 10_009, last_day: 10_009 }]);
        assert_eq!(merger(&merged).as_deref(), Some("ann"));
    }

    #[test]
    fn who_accepts_is_another_person_and_no_forge() {
        let by = |name: &str, mail: &str| merger(&head(worked("ann", 1), named(name, mail), None));
        assert_eq!(by("bo", "bo@acme.example").as_deref(), Some("bo"));
        for (name, mail) in [
            ("Ann", "other@acme.example"),
            ("other", "ANN@acme.example"),
            ("GitHub", "noreply@github.com"),
            ("bo", "1+bo@users.noreply.github.com"),
            ("web-flow", ""),
            ("", ""),
        ] {
            assert_eq!(by(name, mail), None, "{name} {mail}");
        }
    }

    #[test]
    fn nobody_is_a_person_too() {
        let mut people = People::default();
        let hands = people.hands(&head(Worked { authored: i64::MIN, ..Worked::default() }, Named::default(), None));
        assert_eq!(hands, [Hand { person: 0, commits: 1, first_day: 7_305, last_day: 7_305 }]);
        assert_eq!(people.list, [Person::default()]);
    }
}
