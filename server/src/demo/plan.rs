//! What a repository of the estate is meant to be: its team, its stack, and what it used from when to when.
//! It must not render files.

/// The months of the estate's history, counted from May 2025 (0) to October 2026 (17).
pub(super) const LAST_MONTH: u32 = 17;

/// What a repository is built with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stack {
    Go,
    /// Two Go modules joined by a go.work.
    GoWork,
    TsService,
    TsWeb,
    /// npm workspaces: an app and a package.
    TsWorkspaces,
    Poetry,
    Requirements,
    Maven,
    Rust,
    Terraform,
    Helm,
    /// Nothing but the README and the extra files.
    Plain,
}

/// What the descriptor claims, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// A catalog-info.yaml with the team as the owner.
    Own,
    /// A catalog-info.yaml with another owner than CODEOWNERS has.
    Owner(&'static str),
    /// Only CODEOWNERS names a team.
    Nothing,
    /// Neither a descriptor nor CODEOWNERS.
    Nobody,
}

/// Something used from one month until before another.
pub(super) struct Use {
    pub item: &'static str,
    pub from: u32,
    pub until: u32,
}

/// A file that is there from a month on, with its text as written.
pub(super) struct Extra {
    pub path: &'static str,
    pub text: &'static str,
    pub from: u32,
}

/// One repository.
pub(super) struct Plan {
    pub name: &'static str,
    pub team: &'static str,
    pub system: &'static str,
    pub stack: Stack,
    /// The first paragraph of the README.
    pub about: &'static str,
    pub claim: Claim,
    /// From which month on another team does the work, whatever is declared.
    pub hands: &'static [(u32, &'static str)],
    /// Months of the first and the last commit.
    pub months: (u32, u32),
    /// Commits beside those that follow from the plan.
    pub n_changes: u32,
    pub uses: &'static [Use],
    /// The item that this repository publishes to every registry.
    pub publishes: Option<&'static str>,
    pub extras: &'static [Extra],
}

/// What most plans have in common.
pub(super) const PLAN: Plan = Plan {
    name: "",
    team: "",
    system: "",
    stack: Stack::Plain,
    about: "",
    claim: Claim::Own,
    hands: &[],
    months: (0, LAST_MONTH),
    n_changes: 20,
    uses: &[],
    publishes: None,
    extras: &[],
};

/// In use from a month on and still.
pub(super) const fn since(item: &'static str, from: u32) -> Use {
    Use { item, from, until: u32::MAX }
}

/// In use from a month until before another.
pub(super) const fn between(item: &'static str, from: u32, until: u32) -> Use {
    Use { item, from, until }
}

/// An extra file from a month on.
pub(super) const fn file(path: &'static str, text: &'static str, from: u32) -> Extra {
    Extra { path, text, from }
}

impl Plan {
    /// The component's type, as the descriptor has it.
    pub(super) fn subtype(&self) -> &'static str {
        match self.stack {
            Stack::TsWeb | Stack::TsWorkspaces => "website",
            Stack::Terraform | Stack::Helm => "infrastructure",
            Stack::Plain => "library",
            _ => "service",
        }
    }

    /// The team that works on it in a month.
    pub(super) fn team_at(&self, month: u32) -> &'static str {
        self.hands.iter().rev().find(|(from, _)| *from <= month).map_or(self.team, |(_, team)| team)
    }

    /// Whether an item is in use in a month.
    pub(super) fn uses(&self, item: &str, month: u32) -> bool {
        self.uses.iter().any(|u| u.item == item && u.from <= month && month < u.until)
    }
}
