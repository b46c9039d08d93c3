//! What effort, growth and cost rest on, each a sentence.
//! It must not hide a weakness that the figures have.
use super::{assemble::One, growth::Growth, ledger::Ledger};
use shared::{CloneKind, RepoName, ShadowKind};
use std::collections::BTreeSet;

/// The sentences for one candidate, those that always hold first.
pub(super) fn assumptions(one: &One<'_>, ledger: &Ledger, growth: &Growth) -> Vec<String> {
    let mut told = vec![
        "An author-day is a day on which somebody changed this code: it need not be a whole day's work.".to_owned(),
        "Squash merges hide the days of a branch and pair work shows one author: both make figures too small."
            .to_owned(),
        "Bots, mass changes and changes of format alone are left out.".to_owned(),
    ];
    told.push(match one.input.rate {
        Some(rate) => format!(
            "Cost is the author-days of the last 365 days at {} {} a day; the range is half to one and a half times that.",
            rate.day, rate.currency
        ),
        None => "There is no cost: no day rate is configured.".to_owned(),
    });
    told.extend(of_history(one));
    if ledger.of_nobody > 0 {
        told.push(format!("{} of {} author-days are by people of no known team.", ledger.of_nobody, ledger.days));
    }
    told.extend(of_growth(one, growth));
    if one.clusters.iter().any(|cluster| cluster.kind == CloneKind::Region) {
        told.push(
            "Of files that share less than half of their lines no work is counted: it cannot be told apart.".to_owned(),
        );
    }
    if one.candidate.successor.is_some() {
        let formula = "Order of retirement: author-days of the last 365 days / (1 + consumers without the golden offer + \
                       public names that the successor lacks / 10), the largest first.";
        told.push(formula.to_owned());
    }
    told
}

fn of_growth(one: &One<'_>, growth: &Growth) -> Option<String> {
    if growth.known {
        return None;
    }
    Some(match one.candidate.kind {
        ShadowKind::Package => "When each consumer began to depend on it is not kept: growth is shown as 0.".to_owned(),
        ShadowKind::Offer | ShadowKind::Cluster => {
            "No history of its consumers was read: growth is shown as 0.".to_owned()
        }
    })
}

/// Repositories whose past is short or was not read.
fn of_history(one: &One<'_>) -> Vec<String> {
    let mut told = Vec::new();
    let parts: BTreeSet<&RepoName> = one.candidate.parts.iter().map(|part| &part.repository).collect();
    let read: BTreeSet<&RepoName> = one.efforts.iter().map(|effort| &effort.repository).collect();
    let unread = parts.difference(&read).count();
    if unread > 0 {
        told.push(format!("In {unread} of {} repositories no work on it was found.", parts.len()));
    }
    let short = one.efforts.iter().filter(|effort| effort.first_change.is_some_and(|(_, known)| !known)).count();
    if short > 0 {
        told.push(format!(
            "The history of {short} of {} repositories is cut off: what came before is not counted.",
            parts.len()
        ));
    }
    told
}
