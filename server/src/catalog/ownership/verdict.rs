//! From what the work says to one of the seven verdicts, with the figures in words (DESIGN section 6).
//! It must not name a person, nor call an owner wrong where people of no known team could make it right.
//!
//! In this order, the first that holds:
//!
//! 1. `undeclared`: nobody claims it.
//! 2. `orphan`: the owner does not exist although the organisation describes such owners; or those who hold half of the
//!    recent work did nothing anywhere for 90 days, while others of the organisation did, and the declared owner was not here
//!    in that time either. A component without a commit for 90 to 180 days is merely quiet, and no orphan yet. Those who are
//!    still active elsewhere make no orphan: what they left is `dormant`.
//! 3. `dormant`: no person committed for 180 days.
//! 4. `stale`: others committed in 180 days, nobody of the declared owner committed or accepted a change. When most of that
//!    is by people of no known team and the declared owner was never seen here, nothing shows that they are not the owner.
//! 5. `disputed`: another team scores higher by 0.2, and would not score less if all strangers were the declared owner's.
//! 6. `confirmed`: the declared owner is top with at least 0.5.
//! 7. `unknown`: everything between. The declared owner is top with less than half, another is ahead by less than 0.2, or
//!    strangers decide: the work does not settle it, and saying so is the only one of the seven that is true.
use super::{
    model::{LastActive, RepositoryClaims},
    people::{self, People},
    roster::Roster,
    signals::{Share, Signals, WINDOW_SECONDS},
};
use crate::{catalog::nearest::did_you_mean, facts::work::model::WorkLog};
use shared::{EntityRef, Verdict};
use std::collections::HashMap;

/// Somebody who did nothing for so long, anywhere, is gone.
const GONE_SECONDS: i64 = 90 * 86_400;
const CLEARLY_HIGHER: f64 = 0.2;
const CONFIRMED: f64 = 0.5;
/// Sums of shares are equal when they differ by less.
const EPSILON: f64 = 1e-9;

/// Everything that one repository is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub claims: &'a RepositoryClaims,
    pub log: &'a WorkLog,
    /// By position in `WorkLog::people`.
    pub members: &'a [super::model::Member],
    pub roster: &'a Roster,
    /// Of all repositories.
    pub last_active: &'a LastActive,
    pub now: i64,
}

/// What verdicts of one repository need beside the signals.
pub(super) struct Judge<'a> {
    case: &'a Case<'a>,
    people: &'a People<'a>,
    last: HashMap<&'a str, i64>,
    /// Whether anybody of the organisation was active within the time after which people are gone.
    is_anybody_active: bool,
}

/// A verdict and why.
pub(super) struct Judgement {
    pub(super) verdict: Verdict,
    pub(super) reason: String,
    pub(super) score: Option<f64>,
    /// The team that the work points to, when it is not the declared owner, with its score.
    pub(super) guess: Option<(EntityRef, f64)>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(case: &'a Case<'a>, people: &'a People<'a>) -> Self {
        let last = people::last_anywhere(case.log, case.members, case.last_active);
        let newest = case.last_active.values().chain(last.values()).max();
        let is_anybody_active = newest.is_some_and(|at| case.now - at <= GONE_SECONDS);
        Self { case, people, last, is_anybody_active }
    }

    /// Judges the claim that the declared owners, none or more, own what the signals are of. `claimed` tells that somebody
    /// claims it though no owner can be read from the claim.
    pub(super) fn judge(&self, signals: &Signals, declared: &[EntityRef], claimed: bool) -> Judgement {
        let Some(owner) = declared.first() else { return self.unowned(signals, claimed) };
        let other = other(signals, declared);
        let (verdict, reason) = self.decide(signals, declared, owner, other);
        let settled = signals.declared.score > 0.0 || other.is_some();
        let ahead = other.filter(|other| other.score > signals.declared.score && verdict != Verdict::Confirmed);
        Judgement {
            verdict,
            reason,
            score: if settled { Some(signals.declared.score) } else { None },
            guess: ahead.and_then(guess),
        }
    }

    fn unowned(&self, signals: &Signals, claimed: bool) -> Judgement {
        let top = other(signals, &[]);
        let work = top.map_or_else(|| no_team(signals), |top| format!("{}.", did(top)));
        let (verdict, reason) = if claimed {
            (Verdict::Unknown, format!("It is claimed for an address that no user or group has. {work}"))
        } else if signals.last_work.is_some() && self.are_holders_gone(signals) {
            (Verdict::Undeclared, format!("Nobody claims it. {work} {}", self.gone(signals)))
        } else {
            (Verdict::Undeclared, format!("Nobody claims it. {work}"))
        };
        Judgement { verdict, reason, score: top.map(|top| top.score), guess: top.and_then(guess) }
    }

    fn decide(
        &self,
        signals: &Signals,
        declared: &[EntityRef],
        owner: &EntityRef,
        other: Option<&Share>,
    ) -> (Verdict, String) {
        let roster = self.case.roster;
        let Some(last) = signals.last_work else { return self.without_work(owner) };
        let last_at = self.case.log.commits[last as usize].at;
        let others = other.map_or_else(|| no_team(signals), |other| format!("{}.", did(other)));
        if declared.iter().all(|owner| !roster.exists(owner)) {
            return (Verdict::Orphan, format!("{} {others}", self.missing(owner)));
        }
        let own_gone = signals.declared_last.is_none_or(|at| self.case.now - at > GONE_SECONDS);
        let quiet = GONE_SECONDS..=WINDOW_SECONDS;
        if own_gone && !quiet.contains(&(self.case.now - last_at)) && self.are_holders_gone(signals) {
            return (Verdict::Orphan, format!("{} {}", self.gone(signals), self.owner_last(signals, owner)));
        }
        if self.case.now - last_at > WINDOW_SECONDS {
            let before = if signals.declared.work > 0.0 { did(&signals.declared) } else { others.clone() };
            let message = format!("No person has committed since {} ({}).", day(last_at), self.ago(last_at));
            return (Verdict::Dormant, format!("{message} Of what came before, {}.", before.trim_end_matches('.')));
        }
        if self.is_stale(signals) {
            return (Verdict::Stale, format!("{others} {}", self.owner_last(signals, owner)));
        }
        let figures = self.figures(signals, owner, other);
        if other.is_some_and(|other| is_clearly_higher(other, signals)) {
            return (Verdict::Disputed, format!("{figures} {}", self.owner_last(signals, owner)));
        }
        let top = other.is_none_or(|other| signals.declared.score + EPSILON >= other.score);
        if top && signals.declared.score + EPSILON >= CONFIRMED {
            return (Verdict::Confirmed, figures);
        }
        (Verdict::Unknown, unsettled(signals, &figures))
    }

    /// Only mass changes and bots, if anything: quiet when the history reaches back far enough to tell.
    fn without_work(&self, owner: &EntityRef) -> (Verdict, String) {
        if !self.case.roster.exists(owner) {
            return (Verdict::Orphan, self.missing(owner));
        }
        let first = self.case.log.commits.first().map(|commit| commit.at);
        match first.filter(|at| self.case.now - at > WINDOW_SECONDS) {
            Some(at) => {
                let since = day(at);
                (
                    Verdict::Dormant,
                    format!("No person has worked on these files since {since}: only bots and mass changes did."),
                )
            }
            None => (Verdict::Unknown, "No commit by a person shows who works on it.".to_owned()),
        }
    }

    fn is_stale(&self, signals: &Signals) -> bool {
        let here = signals.declared_last.is_some_and(|at| self.case.now - at <= WINDOW_SECONDS);
        let never_seen = signals.declared_last.is_none();
        let mostly_strangers = signals.unknown_lately.is_some_and(|share| share > 0.5);
        !here && signals.unknown_lately.is_some() && !(never_seen && mostly_strangers)
    }

    /// Whether all who hold half of the work are gone from everywhere, while the organisation goes on.
    fn are_holders_gone(&self, signals: &Signals) -> bool {
        let gone = |person: &u32| {
            let last = self.last.get(self.people.member(*person).key.as_str());
            last.is_some_and(|at| self.case.now - at > GONE_SECONDS)
        };
        self.is_anybody_active && !signals.holders.is_empty() && signals.holders.iter().all(gone)
    }

    fn gone(&self, signals: &Signals) -> String {
        match signals.holders.len() {
            1 => "The one person who holds half of the work has committed nowhere for 90 days.".to_owned(),
            n => format!("The {n} people who hold half of the work have committed nowhere for 90 days."),
        }
    }

    fn missing(&self, owner: &EntityRef) -> String {
        let near = did_you_mean(owner.name(), self.case.roster.names_of(owner.kind()));
        format!("The declared owner {} does not exist in the catalog.{near}", word(owner))
    }

    fn owner_last(&self, signals: &Signals, owner: &EntityRef) -> String {
        match signals.declared_last {
            Some(at) => format!("The last commit of {} was on {} ({}).", word(owner), day(at), self.ago(at)),
            None if self.case.roster.is_staffed(owner) => {
                format!("Nobody of {} is known to have worked here.", word(owner))
            }
            None => format!("No member of {} is known.", word(owner)),
        }
    }

    fn figures(&self, signals: &Signals, owner: &EntityRef, other: Option<&Share>) -> String {
        let own = format!("{} did {} of the recent work", word(owner), percent(signals.declared.work));
        let score = signals.declared.score;
        match other {
            Some(other) => {
                let team = other.team.as_ref().map(word).unwrap_or_default();
                let work = percent(other.work);
                format!("{own}, {team} {work} (scores {score:.2} and {:.2}).", other.score)
            }
            None => format!("{own} (score {score:.2})."),
        }
    }

    fn ago(&self, at: i64) -> String {
        match (self.case.now - at) / 86_400 {
            1 => "1 day ago".to_owned(),
            days => format!("{days} days ago"),
        }
    }
}

/// The known team that scores highest and is not declared.
fn other<'s>(signals: &'s Signals, declared: &[EntityRef]) -> Option<&'s Share> {
    let is_other = |team: &EntityRef| !declared.contains(team);
    signals.shares.iter().find(|share| share.score > 0.0 && share.team.as_ref().is_some_and(is_other))
}

fn guess(share: &Share) -> Option<(EntityRef, f64)> {
    share.team.clone().map(|team| (team, share.score))
}

/// Strangers may be the declared owner's: the other team must not score less than both together.
fn is_clearly_higher(other: &Share, signals: &Signals) -> bool {
    let own = signals.declared.score;
    other.score + EPSILON >= own + CLEARLY_HIGHER && other.score + EPSILON >= own + signals.unknown.score
}

fn unsettled(signals: &Signals, figures: &str) -> String {
    if signals.declared.score + signals.unknown.score + EPSILON >= CONFIRMED && signals.unknown.score > EPSILON {
        let strangers = percent(signals.unknown.work);
        return format!(
            "{strangers} of the recent work is by people of no known team, which leaves it open. {figures}"
        );
    }
    format!("The work does not settle it: {figures}")
}

fn did(share: &Share) -> String {
    let team = share.team.as_ref().map(word).unwrap_or_default();
    format!("{team} did {} of the recent work", percent(share.work))
}

fn no_team(signals: &Signals) -> String {
    let text = if signals.last_work.is_none() {
        "No commit by a person shows who works on it."
    } else {
        "No author of it is of a known team."
    };
    text.to_owned()
}

/// `group:pay`, or `group:acme/pay` outside the default namespace.
pub(super) fn word(owner: &EntityRef) -> String {
    format!("{}:{}", owner.kind(), owner.short())
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn day(at: i64) -> String {
    chrono::DateTime::from_timestamp(at.max(0), 0).unwrap_or_default().format("%Y-%m-%d").to_string()
}
