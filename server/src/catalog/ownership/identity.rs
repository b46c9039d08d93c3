//! Tells people apart: which names and addresses of commits are one person, and of which teams.
//! It must not know what they worked on.
use super::{bots::is_bot, model::Member, roster::Roster};
use crate::facts::work::model::Person;
use shared::EntityRef;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// An address with so many unlike names is a shared mailbox.
const SHARED_NAMES: usize = 3;
/// Names of one address that are compared with each other; more of them are no one person's.
const MAX_COMPARED: usize = 40;
/// Full names that git, tutorials and images put in: they are nobody's.
const PLACEHOLDERS: &[&str] = &["first last", "git user", "no author", "test user", "unknown user", "your name"];

/// A person of a work log as the `.mailmap` names them, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alias {
    pub(super) name: String,
    pub(super) mail: String,
    /// The address of the commit itself: a team map may speak of that one.
    written_mail: String,
    bot: bool,
}

impl Alias {
    pub(super) fn new(written: &Person, mapped: &Person) -> Self {
        Self {
            name: plain(&mapped.name),
            mail: mapped.mail.trim().to_lowercase(),
            written_mail: written.mail.trim().to_lowercase(),
            bot: is_bot(&written.name, &written.mail) || is_bot(&mapped.name, &mapped.mail),
        }
    }

    /// Whether a pattern of a team map speaks of it: of the address when it holds an `@`, else of the name.
    pub(super) fn fits(&self, pattern: &str) -> bool {
        let pattern = plain(pattern);
        if pattern.contains('@') {
            glob(&pattern, &self.mail) || glob(&pattern, &self.written_mail)
        } else {
            glob(&pattern, &self.name)
        }
    }

    /// The name when it has two words or more: enough to know somebody by.
    fn full_name(&self) -> Option<&str> {
        full_name(&self.name)
    }
}

/// Lower case with single spaces.
pub(super) fn plain(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn full_name(plain: &str) -> Option<&str> {
    if plain.contains(' ') && !PLACEHOLDERS.contains(&plain) { Some(plain) } else { None }
}

/// Whose each alias is. Users of the catalog first; then equal addresses and equal full names are one person, while the
/// people behind a shared mailbox are told apart by name.
pub(super) fn members(roster: &Roster, aliases: &[Alias]) -> Vec<Member> {
    let shared = shared_mailboxes(roster, aliases);
    let is_shared = |alias: &Alias| shared.contains(alias.mail.as_str());
    let users: Vec<Option<EntityRef>> =
        aliases.iter().map(|alias| if alias.bot { None } else { roster.user(alias, is_shared(alias)) }).collect();
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, set) in joined(aliases, &shared).into_iter().enumerate() {
        sets.entry(set).or_default().push(at);
    }
    let mut members = vec![Member::default(); aliases.len()];
    for set in sets.values() {
        let known: BTreeSet<&EntityRef> = set.iter().filter_map(|at| users[*at].as_ref()).collect();
        // Namesakes: two users of one name stay two, and who is neither stays alone.
        let parts: Vec<&[usize]> = if known.len() > 1 { set.chunks(1).collect() } else { vec![set] };
        for part in parts {
            let user = part.iter().find_map(|at| users[*at].as_ref());
            let member = member(roster, &pick(aliases, part), user, &shared);
            part.iter().for_each(|at| members[*at] = member.clone());
        }
    }
    members
}

fn pick<'a>(aliases: &'a [Alias], part: &[usize]) -> Vec<&'a Alias> {
    part.iter().map(|at| &aliases[*at]).collect()
}

fn member(roster: &Roster, aliases: &[&Alias], user: Option<&EntityRef>, shared: &HashSet<&str>) -> Member {
    let bot = aliases.iter().all(|alias| alias.bot);
    let key = user.map(ToString::to_string).unwrap_or_else(|| {
        let by_name = aliases.iter().filter_map(|alias| alias.full_name()).min().map(|name| format!("name:{name}"));
        let own = |alias: &&&Alias| !alias.mail.is_empty() && !shared.contains(alias.mail.as_str());
        let by_mail = || aliases.iter().filter(own).map(|alias| format!("mail:{}", alias.mail)).min();
        let any = || aliases.first().map(|alias| format!("alias:{} {}", alias.mail, alias.name));
        by_name.or_else(by_mail).or_else(any).unwrap_or_default()
    });
    let teams = if bot { vec![] } else { teams(roster, aliases, user) };
    Member { key, bot, teams }
}

/// The team map wins; else the teams of the user; else the team whose mailbox it is.
fn teams(roster: &Roster, aliases: &[&Alias], user: Option<&EntityRef>) -> Vec<EntityRef> {
    if let Some(rule) = aliases.iter().filter_map(|alias| roster.rule_of(alias)).min() {
        return roster.rule_team(rule).into_iter().cloned().collect();
    }
    let of_user: BTreeSet<&EntityRef> = user.into_iter().flat_map(|user| roster.teams_of(user)).collect();
    if !of_user.is_empty() {
        return of_user.into_iter().cloned().collect();
    }
    let mailboxes: BTreeSet<_> = aliases.iter().filter_map(|alias| roster.team_of_mailbox(&alias.mail)).collect();
    mailboxes.into_iter().cloned().collect()
}

/// Addresses from which several people write: a team's mailbox, and one that unlike names share.
fn shared_mailboxes<'a>(roster: &Roster, aliases: &'a [Alias]) -> HashSet<&'a str> {
    let mut names: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for alias in aliases.iter().filter(|alias| !alias.bot && !alias.mail.is_empty()) {
        names.entry(&alias.mail).or_default().insert(&alias.name);
    }
    let is_shared = |mail: &str, names: &BTreeSet<&str>| roster.team_of_mailbox(mail).is_some() || are_several(names);
    names.into_iter().filter(|(mail, names)| is_shared(mail, names)).map(|(mail, _)| mail).collect()
}

/// Whether the names are of three people or more. "ada", "Ada Doe" and "adoe" are one.
fn are_several(names: &BTreeSet<&str>) -> bool {
    if names.len() > MAX_COMPARED {
        return true;
    }
    let mut unlike: Vec<&str> = vec![];
    for name in names.iter().filter(|name| !name.is_empty()) {
        if !unlike.iter().any(|other| akin(name, other)) {
            unlike.push(name);
        }
    }
    unlike.len() >= SHARED_NAMES
}

/// Whether a word of three letters or more of one name stands in the other.
fn akin(a: &str, b: &str) -> bool {
    let holds = |text: &str, name: &str| name.split(' ').any(|word| word.chars().count() >= 3 && text.contains(word));
    a == b || holds(a, b) || holds(b, a)
}

/// The set of each alias: joined by an address that is not shared, and by a full name.
fn joined(aliases: &[Alias], shared: &HashSet<&str>) -> Vec<usize> {
    let mut sets = Sets((0..aliases.len()).collect());
    let mut first: HashMap<(bool, &str), usize> = HashMap::new();
    for (at, alias) in aliases.iter().enumerate() {
        let own = !alias.mail.is_empty() && !shared.contains(alias.mail.as_str());
        let mail = own.then_some((true, alias.mail.as_str()));
        let name = if alias.bot { None } else { alias.full_name().map(|name| (false, name)) };
        for mark in mail.into_iter().chain(name) {
            let other = *first.entry(mark).or_insert(at);
            // A bot with a person's address stays a bot.
            if aliases[other].bot == alias.bot {
                sets.join(other, at);
            }
        }
    }
    (0..aliases.len()).map(|at| sets.root(at)).collect()
}

/// Disjoint sets, each known by its smallest position.
struct Sets(Vec<usize>);

impl Sets {
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

/// What a person is also known by over repositories: the same person may sign in one with a name that another lacks.
pub(super) fn marks(people: &[Person]) -> Vec<Vec<String>> {
    let aliases: Vec<Alias> = people.iter().map(|person| Alias::new(person, person)).collect();
    let shared = shared_mailboxes(&Roster::default(), &aliases);
    let of = |alias: &Alias| {
        let own = !alias.mail.is_empty() && !shared.contains(alias.mail.as_str());
        let mail = own.then(|| format!("mail:{}", alias.mail));
        mail.into_iter().chain(alias.full_name().map(|name| format!("name:{name}"))).collect()
    };
    aliases.iter().map(of).collect()
}

/// Whether the text is the pattern, where `*` stands for any run.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}
