//! The organisation as a lookup: whose an address is, who is in which team, which team is below which.
//! It must not look at work.
use super::{
    identity::{self, Alias},
    mailmap::Mailmap,
    model::{GroupClaim, Member, Organisation, TeamRule, UserClaim},
};
use crate::{facts::work::model::WorkLog, scan::Finding};
use shared::{EntityKind, EntityRef};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Domains at which anybody may have an address: there an equal local part says nothing.
const PUBLIC_DOMAINS: &[&str] = &[
    "aol.com",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mac.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "outlook.com",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "web.de",
    "yahoo.com",
    "yandex.ru",
    "163.com",
];

/// Names that are one thing, or several and then nothing.
type Unique = HashMap<String, Option<EntityRef>>;

/// Users, groups and the team map of the whole organisation, ready to be asked.
#[derive(Debug, Default)]
pub struct Roster {
    users_by_mail: Unique,
    users_by_name: Unique,
    users_by_display: Unique,
    /// Of the addresses of users.
    domains: HashSet<String>,
    groups_by_mail: Unique,
    groups_by_name: Unique,
    /// The direct teams of each user.
    teams: HashMap<EntityRef, BTreeSet<EntityRef>>,
    parents: HashMap<EntityRef, EntityRef>,
    /// Everything that exists as an owner.
    owners: HashSet<EntityRef>,
    /// Teams of which somebody is known, with their ancestors.
    staffed: HashSet<EntityRef>,
    rules: Vec<TeamRule>,
    has_groups: bool,
    has_users: bool,
}

impl Roster {
    /// Reads the organisation. Of addresses and names that several claim none counts.
    pub fn new(organisation: &Organisation) -> Self {
        let mut roster = Self {
            rules: organisation.team_map.clone(),
            has_groups: !organisation.groups.is_empty(),
            has_users: !organisation.users.is_empty(),
            ..Self::default()
        };
        organisation.users.iter().for_each(|user| roster.add_user(user));
        organisation.groups.iter().for_each(|group| roster.add_group(group));
        roster.staff();
        roster
    }

    /// Whose each person of the log is, by position in `WorkLog::people`, and what is wrong with the `.mailmap`.
    pub fn members(&self, log: &WorkLog, mailmap: &str) -> (Vec<Member>, Vec<Finding>) {
        let (mailmap, findings) = Mailmap::read(mailmap);
        let aliases: Vec<Alias> =
            log.people.iter().map(|person| Alias::new(person, &mailmap.resolve(person))).collect();
        (identity::members(self, &aliases), findings)
    }

    /// Whether the team is the declared one or lies below it. Parents in a circle end.
    pub fn belongs(&self, team: &EntityRef, declared: &EntityRef) -> bool {
        self.upwards(team).contains(&declared)
    }

    /// Whether something says that the owner exists. An organisation that describes no groups (or users) does not say.
    pub fn exists(&self, owner: &EntityRef) -> bool {
        let described = if owner.kind() == EntityKind::User { self.has_users } else { self.has_groups };
        !described || self.owners.contains(owner)
    }

    /// Names of owners of the kind, for messages about a name that is none.
    pub(super) fn names_of(&self, kind: EntityKind) -> impl Iterator<Item = &str> {
        self.owners.iter().filter(move |owner| owner.kind() == kind).map(EntityRef::name)
    }

    /// Whether anybody is known to be in the team or below it; of a user always.
    pub(super) fn is_staffed(&self, owner: &EntityRef) -> bool {
        owner.kind() == EntityKind::User || self.staffed.contains(owner)
    }

    /// The team and all above it, nearest first, each once.
    pub(super) fn upwards<'a>(&'a self, team: &'a EntityRef) -> Vec<&'a EntityRef> {
        let mut way = vec![team];
        while let Some(parent) = way.last().and_then(|at| self.parents.get(*at)) {
            if way.contains(&parent) {
                break;
            }
            way.push(parent);
        }
        way
    }

    /// Whom CODEOWNERS names: `@login`, `@org/team` or an address. An address of nobody known is nobody.
    pub(super) fn handle(&self, owner: &str) -> Option<EntityRef> {
        let Some(name) = owner.strip_prefix('@') else {
            let mail = owner.to_lowercase();
            return unique(&self.groups_by_mail, &mail).or_else(|| unique(&self.users_by_mail, &mail)).cloned();
        };
        let (kind, name, known) = match name.rsplit_once('/') {
            Some((_, team)) => (EntityKind::Group, team, &self.groups_by_name),
            None => (EntityKind::User, name, &self.users_by_name),
        };
        let reference = EntityRef::new(kind, "default", name).ok()?;
        if self.owners.contains(&reference) {
            return Some(reference);
        }
        // The only team or user of that name in another namespace is meant.
        Some(unique(known, reference.name()).cloned().unwrap_or(reference))
    }

    /// The user behind a name and an address, both in lower case. Of a shared mailbox only the name counts.
    pub(super) fn user(&self, alias: &Alias, shared: bool) -> Option<EntityRef> {
        let by_mail = || {
            let found = unique(&self.users_by_mail, &alias.mail).cloned();
            found.or_else(|| self.user_of_forge(&alias.mail)).or_else(|| self.user_of_domain(&alias.mail))
        };
        let by_mail = if shared { None } else { by_mail() };
        by_mail.or_else(|| unique(&self.users_by_display, &alias.name).cloned())
    }

    /// `12345+login@users.noreply.github.com`, `12345-login@users.noreply.gitlab.com`, or without the number.
    fn user_of_forge(&self, mail: &str) -> Option<EntityRef> {
        let (local, domain) = mail.rsplit_once('@')?;
        domain.strip_prefix("users.noreply.")?;
        let rest = local.trim_start_matches(|c: char| c.is_ascii_digit());
        let login = if rest.len() < local.len() { rest.strip_prefix(['+', '-']).unwrap_or(local) } else { local };
        self.handle(&format!("@{login}"))
    }

    /// A local part that is a user's name, at a domain at which users have addresses.
    fn user_of_domain(&self, mail: &str) -> Option<EntityRef> {
        let (local, domain) = mail.rsplit_once('@')?;
        if self.domains.contains(domain) { unique(&self.users_by_name, local).cloned() } else { None }
    }

    /// The team whose mailbox it is.
    pub(super) fn team_of_mailbox(&self, mail: &str) -> Option<&EntityRef> {
        unique(&self.groups_by_mail, mail)
    }

    /// The direct teams of a user.
    pub(super) fn teams_of(&self, user: &EntityRef) -> impl Iterator<Item = &EntityRef> {
        self.teams.get(user).into_iter().flatten()
    }

    /// Whether a team of anybody is known.
    pub(super) fn knows_people(&self) -> bool {
        !self.staffed.is_empty()
    }

    /// The groups of the circle of parents that the team is part of.
    pub(super) fn circle<'a>(&'a self, team: &'a EntityRef) -> Option<Vec<&'a EntityRef>> {
        let way = self.upwards(team);
        let last = way.last().and_then(|last| self.parents.get(*last));
        if last == Some(team) { Some(way) } else { None }
    }

    /// The position of the first rule of the team map that fits.
    pub(super) fn rule_of(&self, alias: &Alias) -> Option<usize> {
        self.rules.iter().position(|rule| alias.fits(&rule.pattern))
    }

    pub(super) fn rule_team(&self, position: usize) -> Option<&EntityRef> {
        self.rules.get(position).map(|rule| &rule.team)
    }

    fn add_user(&mut self, user: &UserClaim) {
        for mail in &user.mails {
            let mail = mail.trim().to_lowercase();
            if let Some((_, domain)) = mail.rsplit_once('@')
                && !PUBLIC_DOMAINS.contains(&domain)
                && !domain.contains("noreply")
            {
                self.domains.insert(domain.to_owned());
            }
            put(&mut self.users_by_mail, mail, &user.reference);
        }
        put(&mut self.users_by_name, user.reference.name().to_owned(), &user.reference);
        if let Some(name) = &user.display_name {
            put(&mut self.users_by_display, identity::plain(name), &user.reference);
        }
        self.teams.entry(user.reference.clone()).or_default().extend(user.member_of.iter().cloned());
        self.owners.insert(user.reference.clone());
    }

    fn add_group(&mut self, group: &GroupClaim) {
        if let Some(mail) = &group.mail {
            put(&mut self.groups_by_mail, mail.trim().to_lowercase(), &group.reference);
        }
        put(&mut self.groups_by_name, group.reference.name().to_owned(), &group.reference);
        for member in &group.members {
            self.teams.entry(member.clone()).or_default().insert(group.reference.clone());
        }
        if let Some(parent) = &group.parent {
            self.parents.insert(group.reference.clone(), parent.clone());
        }
        for child in &group.children {
            self.parents.entry(child.clone()).or_insert_with(|| group.reference.clone());
        }
        self.owners.insert(group.reference.clone());
    }

    /// Teams of which somebody is known. Such a team exists though no Group describes it.
    fn staff(&mut self) {
        let mut teams: HashSet<EntityRef> = self.teams.values().flatten().cloned().collect();
        teams.extend(self.rules.iter().map(|rule| rule.team.clone()));
        teams.extend(self.groups_by_mail.values().flatten().cloned());
        self.staffed = teams.iter().flat_map(|team| self.upwards(team)).cloned().collect();
        self.owners.extend(teams);
    }
}

fn put(names: &mut Unique, name: String, reference: &EntityRef) {
    if name.is_empty() {
        return;
    }
    let held = names.entry(name).or_insert_with(|| Some(reference.clone()));
    if held.as_ref() != Some(reference) {
        *held = None;
    }
}

fn unique<'a>(names: &'a Unique, name: &str) -> Option<&'a EntityRef> {
    names.get(name)?.as_ref()
}
