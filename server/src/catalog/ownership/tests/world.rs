//! A small organisation and one repository of its, written commit by commit.
//! It must not hold any expectation.
use crate::{
    catalog::ownership::{
        Case, Roster, judge, last_active,
        model::{
            CodeOwnersFile, GroupClaim, LastActive, Member, Organisation, OwnedComponent, RepositoryClaims,
            RepositoryOwnership, TeamRule, UserClaim,
        },
    },
    facts::{
        Parser,
        code_owners::CodeOwnersParser,
        work::model::{Hand, Lineage, Mass, Person, Touch, WorkCommit, WorkLog},
    },
    scan::{Finding, HistoryStart},
};
use shared::{CommitId, EntityKind, EntityRef, OwnedPart, RepoName, RepoPath, api::OwnershipItem};

pub(super) const DAY: i64 = 86_400;
/// 2026-11-21.
pub(super) const NOW: i64 = 20_778 * DAY;

pub(super) fn group(name: &str) -> EntityRef {
    EntityRef::parse(name, Some(EntityKind::Group), "default").unwrap()
}

pub(super) fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

/// The organisation and the repository.
pub(super) struct World {
    pub(super) organisation: Organisation,
    pub(super) claims: RepositoryClaims,
    pub(super) log: WorkLog,
    /// What people did in other repositories, by address and days ago.
    elsewhere: LastActive,
}

impl World {
    /// Nobody and nothing.
    pub(super) fn empty() -> Self {
        Self {
            organisation: Organisation::default(),
            claims: RepositoryClaims {
                repository: RepoName::new("acme/shop").unwrap(),
                web_url: Some("https://git.example/acme/shop".to_owned()),
                components: vec![],
                code_owners: None,
                mailmap: String::new(),
                texts: Default::default(),
            },
            log: WorkLog {
                reading: String::new(),
                tip: CommitId::new("f".repeat(40)).unwrap(),
                start: HistoryStart::Root,
                people: vec![],
                commits: vec![],
                lineages: vec![],
                touches: vec![],
                findings: vec![],
            },
            elsewhere: LastActive::new(),
        }
    }

    /// Three teams below one: pay (ada, bob, cy), search (sue, sam), platform (pat). Each user's address is at
    /// `acme.example`, each display name has two words. Somebody of platform is active elsewhere.
    pub(super) fn new() -> Self {
        let mut world = Self::empty();
        for team in ["pay", "search", "platform"] {
            world.group(team, Some("engineering"));
        }
        world.group("engineering", None);
        for (user, display, team) in [
            ("ada", "Ada Doe", "pay"),
            ("bob", "Bob Roe", "pay"),
            ("cy", "Cy Poe", "pay"),
            ("sue", "Sue Moe", "search"),
            ("sam", "Sam Lee", "search"),
            ("pat", "Pat Kay", "platform"),
        ] {
            world.user(user, display, &[team]);
        }
        world.active("pat", 2);
        world
    }

    pub(super) fn group(&mut self, name: &str, parent: Option<&str>) -> &mut GroupClaim {
        self.organisation.groups.push(GroupClaim {
            reference: group(name),
            title: None,
            parent: parent.map(group),
            children: vec![],
            members: vec![],
            mail: None,
            repository: RepoName::new("acme/org").unwrap(),
            path: Some((path("groups.yaml"), 1)),
        });
        self.organisation.groups.last_mut().unwrap()
    }

    pub(super) fn user(&mut self, name: &str, display: &str, teams: &[&str]) {
        self.organisation.users.retain(|user| user.reference.name() != name);
        self.organisation.users.push(UserClaim {
            reference: EntityRef::new(EntityKind::User, "default", name).unwrap(),
            mails: vec![format!("{name}@acme.example")],
            display_name: Some(display.to_owned()),
            member_of: teams.iter().map(|team| group(team)).collect(),
        });
    }

    pub(super) fn team_map(&mut self, pattern: &str, team: &str) {
        self.organisation.team_map.push(TeamRule { pattern: pattern.to_owned(), team: group(team) });
    }

    /// A user who worked in another repository.
    pub(super) fn active(&mut self, user: &str, days: i64) {
        self.elsewhere.insert(format!("user:default/{user}"), NOW - days * DAY);
    }

    /// A component with files below `root`, in the order of the calls.
    pub(super) fn component(&mut self, name: &str, root: &str, owner: Option<&str>) -> &mut OwnedComponent {
        self.claims.components.push(OwnedComponent {
            reference: EntityRef::new(EntityKind::Component, "default", name).unwrap(),
            title: None,
            root: path(root),
            owner: owner.map(group),
            descriptor: None,
        });
        self.claims.components.last_mut().unwrap()
    }

    pub(super) fn code_owners(&mut self, text: &str) {
        let rules = CodeOwnersParser.parse("CODEOWNERS", text.as_bytes()).code_owners;
        self.claims.code_owners = Some(CodeOwnersFile { path: path("CODEOWNERS"), rules });
        self.claims.texts.insert(path("CODEOWNERS"), text.to_owned());
    }

    /// A commit so many days ago by `login`, `Name <address>`, or several of them in equal parts, on files with their added
    /// lines. Calls go from old to new.
    pub(super) fn commit(&mut self, days: i64, by: &[&str], files: &[(&str, u32)]) -> &mut WorkCommit {
        let at = NOW - days * DAY;
        assert!(self.log.commits.last().is_none_or(|last| last.at <= at), "commits come oldest first");
        let number = u32::try_from(self.log.commits.len()).unwrap();
        let day = i32::try_from(at / DAY).unwrap();
        let hands =
            by.iter().map(|by| Hand { person: self.person(by), commits: 1, first_day: day, last_day: day }).collect();
        for (file, lines) in files {
            let lineage = self.lineage(file, number);
            self.log.touches.push(Touch { commit: number, lineage, added: *lines, removed: 0, formatting: false });
        }
        self.log.commits.push(WorkCommit {
            commit: CommitId::new(format!("{number:040x}")).unwrap(),
            at,
            authored: at,
            hands,
            merger: None,
            mass: None,
        });
        self.log.commits.last_mut().unwrap()
    }

    /// Commits of 40 lines at all these days.
    pub(super) fn commits(&mut self, days: impl IntoIterator<Item = i64>, by: &[&str], file: &str) {
        days.into_iter().for_each(|days| drop(self.commit(days, by, &[(file, 40)]).commit.clone()));
    }

    pub(super) fn mass(&mut self, days: i64, by: &str, files: &[(&str, u32)], mass: Mass) {
        self.commit(days, &[by], files).mass = Some(mass);
    }

    /// A merge by `merger` of a branch with so many commits of each.
    pub(super) fn merge(&mut self, days: i64, merger: &str, branch: &[(&str, u32)], files: &[(&str, u32)]) {
        let by: Vec<&str> = branch.iter().map(|(by, _)| *by).collect();
        let merger = self.person(merger);
        let commit = self.commit(days, &by, files);
        commit.merger = Some(merger);
        commit.hands.iter_mut().zip(branch).for_each(|(hand, (_, commits))| hand.commits = *commits);
    }

    /// Moves a file, without a change to it.
    pub(super) fn rename(&mut self, days: i64, by: &str, from: &str, to: &str) {
        let number = u32::try_from(self.log.commits.len()).unwrap();
        let lineage = self.lineage(from, number);
        self.commit(days, &[by], &[]);
        let moved = &mut self.log.lineages[lineage as usize];
        moved.earlier.push((moved.from, moved.path.clone()));
        moved.path = path(to);
        self.log.touches.push(Touch { commit: number, lineage, added: 0, removed: 0, formatting: false });
    }

    fn person(&mut self, by: &str) -> u32 {
        let person = match by.split_once(" <").or_else(|| by.strip_prefix('<').map(|mail| ("", mail))) {
            Some((name, mail)) => Person { name: name.to_owned(), mail: mail.trim_end_matches('>').to_owned() },
            None => Person { name: by.to_owned(), mail: format!("{by}@acme.example") },
        };
        let at = self.log.people.iter().position(|other| *other == person).unwrap_or_else(|| {
            self.log.people.push(person);
            self.log.people.len() - 1
        });
        u32::try_from(at).unwrap()
    }

    fn lineage(&mut self, file: &str, commit: u32) -> u32 {
        let at = self.log.lineages.iter().position(|lineage| lineage.path.as_str() == file).unwrap_or_else(|| {
            self.log.lineages.push(Lineage { path: path(file), earlier: vec![], from: commit, to: None });
            self.log.lineages.len() - 1
        });
        u32::try_from(at).unwrap()
    }

    pub(super) fn members(&self) -> (Vec<Member>, Vec<Finding>) {
        Roster::new(&self.organisation).members(&self.log, &self.claims.mailmap)
    }

    pub(super) fn judge(&self) -> RepositoryOwnership {
        let roster = Roster::new(&self.organisation);
        let (members, _) = roster.members(&self.log, &self.claims.mailmap);
        let mut active = self.elsewhere.clone();
        for (key, at) in last_active(&self.log, &members) {
            let held = active.entry(key).or_insert(at);
            *held = at.max(*held);
        }
        judge(&Case {
            claims: &self.claims,
            log: &self.log,
            members: &members,
            roster: &roster,
            last_active: &active,
            now: NOW,
        })
    }

    /// The items of components.
    pub(super) fn components(&self) -> Vec<OwnershipItem> {
        self.judge().items.into_iter().filter(|item| item.part == OwnedPart::Component).collect()
    }

    pub(super) fn rules(&self) -> Vec<OwnershipItem> {
        self.judge().items.into_iter().filter(|item| item.part == OwnedPart::Path).collect()
    }
}
