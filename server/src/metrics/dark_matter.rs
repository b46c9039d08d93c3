//! Dark matter: how much of the organisation nobody claims, owns, or has brought to a golden path.
//! It must not know why.
use super::{Metric, share};
use shared::{RepoName, api::DarkMatter};

pub(super) const METRIC: Metric = Metric {
    key: "dark_matter",
    title: "Dark matter",
    formula: "|repositories without a claim, a golden path and an owner| / |repositories|, also by lines and author-days",
    doc: "The share of repositories, lines and author-days of the last year outside any claim, any golden path and any owner.",
};

/// Repositories that are named.
const MOST_EXAMPLES: usize = 10;

/// One repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DarkRow {
    pub repository: RepoName,
    /// Lines of code at the tip.
    pub lines: u64,
    /// Of the last 365 days, as `shadow::repository_days` counts them.
    pub author_days: u64,
    /// A descriptor or a CODEOWNERS file speaks of it.
    pub claimed: bool,
    /// A component of it uses a golden offer.
    pub golden: bool,
    /// A component of it has an owner.
    pub owned: bool,
}

impl DarkRow {
    fn is_dark(&self) -> bool {
        !self.claimed && !self.golden && !self.owned
    }
}

/// What lies outside all three; shares are absent where there is nothing to divide by.
pub fn dark_matter(rows: &[DarkRow]) -> DarkMatter {
    let mut dark: Vec<&DarkRow> = rows.iter().filter(|row| row.is_dark()).collect();
    dark.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.repository.cmp(&b.repository)));
    let lines: u64 = dark.iter().map(|row| row.lines).sum();
    let author_days: u64 = dark.iter().map(|row| row.author_days).sum();
    DarkMatter {
        repositories: dark.len() as u64,
        repositories_share: share(dark.len() as u64, rows.len() as u64),
        lines,
        lines_share: share(lines, rows.iter().map(|row| row.lines).sum()),
        author_days,
        author_days_share: share(author_days, rows.iter().map(|row| row.author_days).sum()),
        examples: dark.iter().take(MOST_EXAMPLES).map(|row| row.repository.to_string()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, lines: u64, marks: (bool, bool, bool)) -> DarkRow {
        let (claimed, golden, owned) = marks;
        DarkRow { repository: RepoName::new(name).unwrap(), lines, author_days: lines / 10, claimed, golden, owned }
    }

    #[test]
    fn one_mark_is_light_enough() {
        let rows = [
            row("acme/a", 100, (true, false, false)),
            row("acme/b", 300, (false, false, false)),
            row("acme/c", 200, (false, true, false)),
            row("acme/d", 400, (false, false, true)),
        ];
        let dark = dark_matter(&rows);
        assert_eq!((dark.repositories, dark.lines, dark.author_days), (1, 300, 30));
        assert_eq!((dark.repositories_share, dark.lines_share), (Some(0.25), Some(0.3)));
        assert_eq!(dark.examples, ["acme/b"]);
    }

    #[test]
    fn nothing_has_no_share() {
        assert_eq!(dark_matter(&[]), DarkMatter::default());
        let still = dark_matter(&[row("acme/a", 0, (false, false, false))]);
        assert_eq!((still.repositories_share, still.lines_share, still.author_days_share), (Some(1.0), None, None));
    }
}
