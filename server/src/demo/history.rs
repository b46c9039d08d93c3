//! Turns a plan into dated commits: a start, the descriptor, what came and went, and the work in between.
//! It must not read a clock or a random source: every choice follows from the repository's name.
use super::{
    plan::{LAST_MONTH, Plan},
    render::State,
    teams::{N_MEMBERS, member_login, member_name},
};
use chrono::{Datelike, Days, Months, NaiveDate};

/// One commit to be.
pub(super) struct Step {
    /// Seconds since 1970.
    pub at: i64,
    pub message: String,
    /// Which member of the team commits, from 1.
    pub member: u64,
    pub what: What,
}

/// What a commit changes, beside what the month brings.
#[derive(Clone, Copy)]
pub(super) enum What {
    Start,
    Describe,
    /// Something came into use or went: the month of it decides what.
    Uses,
    Part(&'static str),
    /// A copy of homegrown code is patched where it lies.
    Upkeep,
}

const PARTS: &[&str] =
    &["orders", "limits", "pricing", "customers", "retries", "exports", "audit", "search", "cache", "webhooks"];
const WORK: &[&str] = &[
    "Add a step to",
    "Fix rounding in",
    "Speed up",
    "Handle empty input in",
    "Tidy up",
    "Log failures of",
    "Validate input of",
    "Cover the edge cases of",
];
const DAY: u64 = 86_400;

/// The commits in order of time.
pub(super) fn steps(plan: &Plan) -> Vec<Step> {
    let (first, last) = plan.months;
    let mut steps = vec![step(plan, (first, 2), "Start the repository".to_owned(), What::Start)];
    steps.push(step(plan, (first, 20), "Describe the component for the catalog".to_owned(), What::Describe));
    for used in plan.uses.iter().filter(|used| used.from > first && used.from <= last) {
        steps.push(step(plan, (used.from, 9), format!("Adopt {}", used.item), What::Uses));
    }
    for used in plan.uses.iter().filter(|used| used.until > first && used.until <= last) {
        steps.push(step(plan, (used.until, 16), format!("Remove {}", used.item), What::Uses));
    }
    for extra in plan.extras.iter().filter(|extra| extra.from > first && extra.from <= last) {
        steps.push(step(plan, (extra.from, 12), format!("Add {}", extra.path), What::Uses));
    }
    for copied in plan.uses.iter().filter(|used| ["own-flags", "deploykit"].contains(&used.item)) {
        let n_patches = 2 + u32::try_from(hash(plan.name) % 3).unwrap_or_default();
        let until = copied.until.min(last);
        for n in 0..n_patches {
            let month = copied.from + 1 + n * until.saturating_sub(copied.from + 1) / n_patches;
            if month < until {
                steps.push(step(plan, (month, 14), format!("Patch our {}", copied.item), What::Upkeep));
            }
        }
    }
    let span = u64::from(last - first + 1) * 30;
    for n in 0..u64::from(plan.n_changes) {
        let mixed = hash(&format!("{}/{n}", plan.name));
        let part = PARTS[(mixed % (PARTS.len() as u64)) as usize];
        let work = WORK[((mixed >> 16) % (WORK.len() as u64)) as usize];
        let day = 4 + n * (span - 6) / u64::from(plan.n_changes);
        steps.push(step_on(plan, day_of(first, 1, day), format!("{work} {part}"), What::Part(part)));
    }
    if last == LAST_MONTH {
        steps.push(step_on(
            plan,
            day_of(LAST_MONTH, 31, 0),
            "Prepare the November release".to_owned(),
            What::Part("orders"),
        ));
    }
    steps.sort_by_key(|step| step.at);
    steps
}

impl State {
    /// Brings the state to the moment of a step.
    pub(super) fn advance(&mut self, step: &Step) {
        match step.what {
            What::Describe => self.described = true,
            What::Part(part) => match self.parts.iter_mut().find(|(name, _)| *name == part) {
                Some((_, times)) => *times += 1,
                None => self.parts.push((part, 1)),
            },
            What::Upkeep => self.upkeep += 1,
            // Only these bring what the month has, so that a thing comes into use by the commit that says so.
            What::Start | What::Uses => self.month = month_of(step.at),
        }
    }
}

impl Step {
    /// The month in which it is committed.
    pub(super) fn month(&self) -> u32 {
        month_of(self.at)
    }

    /// Name and address of the committer.
    pub(super) fn author(&self, team: &str) -> (String, String) {
        (member_name(team, self.member), format!("{}@northpier.example", member_login(team, self.member)))
    }
}

fn step(plan: &Plan, (month, day): (u32, u32), message: String, what: What) -> Step {
    step_on(plan, day_of(month, day, 0), message, what)
}

/// A commit in working hours of a day, by a member chosen by the message.
fn step_on(plan: &Plan, day: NaiveDate, message: String, what: What) -> Step {
    let mixed = hash(&format!("{}/{message}/{day}", plan.name));
    let midnight = day.and_hms_opt(0, 0, 0).expect("every day has a midnight").and_utc().timestamp();
    let seconds = 8 * 3_600 + mixed % (DAY / 3);
    Step { at: midnight + seconds.cast_signed(), message, member: 1 + (mixed >> 20) % N_MEMBERS, what }
}

/// A day of the estate's calendar: month 0 is May 2025.
fn day_of(month: u32, day: u32, later: u64) -> NaiveDate {
    let may = NaiveDate::from_ymd_opt(2025, 5, 1).expect("a day of the calendar");
    may + Months::new(month) + Days::new(u64::from(day - 1) + later)
}

fn month_of(at: i64) -> u32 {
    let date = chrono::DateTime::from_timestamp(at, 0).unwrap_or_default();
    ((date.year() - 2025) * 12 + date.month0().cast_signed() - 4).clamp(0, LAST_MONTH.cast_signed()).cast_unsigned()
}

/// FNV-1a, 64 bit, with its bits mixed once more as in SplitMix64: small, and the same everywhere.
fn hash(text: &str) -> u64 {
    let fnv = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, fnv);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (hash ^ (hash >> 31)) >> 8
}
