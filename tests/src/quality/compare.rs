//! Compares our names with the oracles', file by file, as sets, and applies the committed judgements.
//! It must not read a file.
use super::{
    names::{Named, Names, spoken_of},
    oracle::Answers,
    tables::{Judgement, Side, Verdict},
};
use std::collections::{BTreeMap, BTreeSet};

/// A name in a file that only one of the two sees.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Disagreement {
    pub path: String,
    pub ecosystem: String,
    pub name: String,
    pub side: Side,
    /// `None` when nobody has judged it: it counts against us.
    pub verdict: Option<Verdict>,
    pub reason: String,
}

/// The counts of one ecosystem or file kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    pub files: usize,
    /// Files in which both name the same.
    pub equal_files: usize,
    pub both: usize,
    pub only_ours: usize,
    pub only_theirs: usize,
    /// After judgement: what we found rightly, named wrongly and missed.
    pub found: usize,
    pub wrong: usize,
    pub missed: usize,
}

impl Score {
    /// Share of what there is that we name, before and after judgement. 1 when there is nothing.
    pub fn recall(&self) -> (f64, f64) {
        (share(self.both, self.only_theirs), share(self.found, self.missed))
    }

    /// Share of what we name that there is, before and after judgement.
    pub fn precision(&self) -> (f64, f64) {
        (share(self.both, self.only_ours), share(self.found, self.wrong))
    }

    /// The harmonic mean of the two, before and after judgement.
    pub fn f1(&self) -> (f64, f64) {
        let ((r, judged_r), (p, judged_p)) = (self.recall(), self.precision());
        (mean(r, p), mean(judged_r, judged_p))
    }
}

fn share(right: usize, not: usize) -> f64 {
    if right + not == 0 { 1.0 } else { as_f64(right) / as_f64(right + not) }
}

fn mean(recall: f64, precision: f64) -> f64 {
    if recall + precision == 0.0 { 0.0 } else { 2.0 * recall * precision / (recall + precision) }
}

fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("fewer than four thousand million names"))
}

/// What came of comparing.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// By ecosystem.
    pub ecosystems: BTreeMap<String, Score>,
    /// By kind of file, e.g. `go.mod`, `*.csproj`.
    pub kinds: BTreeMap<String, Score>,
    pub disagreements: Vec<Disagreement>,
}

/// Compares every file that an oracle has read.
pub fn compare(ours: &Names, theirs: &Answers, judgements: &[Judgement]) -> Comparison {
    let mut out = Comparison::default();
    let none = BTreeSet::new();
    for (path, expected) in &theirs.names {
        let named = ours.get(path).unwrap_or(&none);
        for ecosystem in spoken_of(path) {
            let of = |names: &BTreeSet<Named>| -> BTreeSet<String> {
                names.iter().filter(|(of, _)| of == ecosystem).map(|(_, name)| name.clone()).collect()
            };
            let (named, expected) = (of(named), of(expected));
            if named.is_empty() && expected.is_empty() {
                continue;
            }
            let place = (path.as_str(), *ecosystem);
            let found = differences(place, &named, &expected, judgements);
            let score = scored(named.intersection(&expected).count(), &found);
            add(out.ecosystems.entry((*ecosystem).to_owned()).or_default(), score);
            add(out.kinds.entry(kind_of(path)).or_default(), score);
            out.disagreements.extend(found);
        }
    }
    out
}

fn differences(
    (path, ecosystem): (&str, &str),
    named: &BTreeSet<String>,
    expected: &BTreeSet<String>,
    judgements: &[Judgement],
) -> Vec<Disagreement> {
    let ours = named.difference(expected).map(|name| (name, Side::Ours));
    let theirs = expected.difference(named).map(|name| (name, Side::Theirs));
    let judge = |(name, side): (&String, Side)| {
        let fits = |j: &&Judgement| {
            j.side == side && like(&j.ecosystem, ecosystem) && like(&j.path, path) && like(&j.name, name)
        };
        let judgement = judgements.iter().find(fits);
        Disagreement {
            path: path.to_owned(),
            ecosystem: ecosystem.to_owned(),
            name: name.clone(),
            side,
            verdict: judgement.map(|j| j.verdict),
            reason: judgement.map(|j| j.reason.clone()).unwrap_or_default(),
        }
    };
    ours.chain(theirs).map(judge).collect()
}

fn scored(both: usize, found: &[Disagreement]) -> Score {
    let mut score =
        Score { files: 1, equal_files: usize::from(found.is_empty()), both, found: both, ..Score::default() };
    for one in found {
        match one.side {
            Side::Ours => score.only_ours += 1,
            Side::Theirs => score.only_theirs += 1,
        }
        match (one.side, one.verdict) {
            (Side::Ours, Some(Verdict::Right)) => score.found += 1,
            (Side::Ours, Some(Verdict::Wrong) | None) => score.wrong += 1,
            (Side::Theirs, Some(Verdict::Right) | None) => score.missed += 1,
            (Side::Theirs, Some(Verdict::Wrong)) | (_, Some(Verdict::DifferentByDesign)) => {}
        }
    }
    score
}

fn add(total: &mut Score, one: Score) {
    total.files += one.files;
    total.equal_files += one.equal_files;
    total.both += one.both;
    total.only_ours += one.only_ours;
    total.only_theirs += one.only_theirs;
    total.found += one.found;
    total.wrong += one.wrong;
    total.missed += one.missed;
}

/// The kind of a file, for the table.
pub fn kind_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        _ if path.contains(".github/workflows/") => "workflows".to_owned(),
        _ if name.to_lowercase().contains("dockerfile") || name.starts_with("Containerfile") => "Dockerfile".to_owned(),
        _ if name.contains("compose") && ending.starts_with('y') => "compose.yaml".to_owned(),
        "csproj" | "fsproj" | "vbproj" | "gemspec" | "tf" => format!("*.{ending}"),
        "props" | "targets" => "Directory.*.props".to_owned(),
        "txt" | "in" => "requirements.txt".to_owned(),
        _ => name.to_owned(),
    }
}

/// Whether a text fits a pattern in which `*` stands for anything, nothing included.
pub fn like(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}
