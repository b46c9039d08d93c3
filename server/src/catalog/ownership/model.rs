//! What ownership is judged by: the people and groups of the organisation, and what each repository claims.
//! Nothing here decides.
use crate::scan::Finding;
use shared::{EntityRef, RepoName, RepoPath, api::OwnershipItem};
use std::collections::BTreeMap;

/// Users and groups of the whole organisation, and the team map.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Organisation {
    pub users: Vec<UserClaim>,
    pub groups: Vec<GroupClaim>,
    /// In the order of the file: the first rule that fits an author wins over everything else.
    pub team_map: Vec<TeamRule>,
}

/// A User entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserClaim {
    pub reference: EntityRef,
    /// `spec.profile.email`, and addresses in well-known annotations.
    pub mails: Vec<String>,
    pub display_name: Option<String>,
    /// `spec.memberOf`.
    pub member_of: Vec<EntityRef>,
}

/// A Group entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupClaim {
    pub reference: EntityRef,
    pub title: Option<String>,
    pub parent: Option<EntityRef>,
    pub children: Vec<EntityRef>,
    /// `spec.members`.
    pub members: Vec<EntityRef>,
    pub mail: Option<String>,
    /// Where it is written.
    pub repository: RepoName,
    pub path: Option<(RepoPath, u32)>,
}

/// One line of a team map: authors whose address fits belong to the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRule {
    /// A mail address with `*` for anything, e.g. `*@pay.acme.example`; or a name when it holds no `@`.
    pub pattern: String,
    pub team: EntityRef,
}

/// What one repository claims, at its tip.
#[derive(Debug, Clone, PartialEq)]
pub struct RepositoryClaims {
    pub repository: RepoName,
    pub web_url: Option<String>,
    pub components: Vec<OwnedComponent>,
    /// Rules of the CODEOWNERS file in force, in file order.
    pub code_owners: Option<CodeOwnersFile>,
    /// The text of `.mailmap`; empty when there is none.
    pub mailmap: String,
    /// Ids that `.git-blame-ignore-revs` lists are `Mass::Listed` in the work log already.
    /// The texts of the files that declare owners, by path: patches are made of them.
    pub texts: BTreeMap<RepoPath, String>,
}

/// The CODEOWNERS file in force.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeOwnersFile {
    pub path: RepoPath,
    pub rules: Vec<crate::facts::model::OwnerRule>,
}

/// A component and who is said to own it.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnedComponent {
    pub reference: EntityRef,
    pub title: Option<String>,
    pub root: RepoPath,
    /// The owner in force, by DESIGN's precedence.
    pub owner: Option<EntityRef>,
    /// The descriptor's place, when it has one.
    pub descriptor: Option<(RepoPath, u32)>,
}

/// Whose a person of a work log is; stands at the person's position in `WorkLog::people`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// What tells people apart over names, addresses and repositories. Never shown.
    pub key: String,
    pub bot: bool,
    /// The groups that the person is a direct member of, by reference; empty when unknown.
    pub teams: Vec<EntityRef>,
}

/// When somebody last worked anywhere: an orphan is what only those know who work nowhere any more. The key is
/// whatever tells people apart over repositories.
pub type LastActive = BTreeMap<String, i64>;

/// Everything said of one repository.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RepositoryOwnership {
    pub items: Vec<OwnershipItem>,
    pub findings: Vec<Finding>,
}
