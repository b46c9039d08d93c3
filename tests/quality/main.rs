//! `cargo xtask quality -- --repositories FOLDER`: measures detection on public repositories and writes
//! docs/detection-quality.md. It must not judge: labels and judgements are committed tables under tests/quality.
mod report;
mod repositories;

use anyhow::{Context, Result, bail};
use server::catalog::Ruleset;
use std::{fs, path::PathBuf};
use tests::quality::{
    capabilities, checkouts, code_owners,
    compare::compare,
    folder,
    oracle::{Answers, Oracles},
    root, shared_data, tables,
};

fn main() -> Result<()> {
    let repositories = argument()?;
    let tables = folder();
    let target = root().join("target/quality");
    let oracles = Oracles::install(&tables.join("oracles"), &target.join("oracles"))?;
    let judgements = tables::judgements(&tables)?;
    let (rules, findings) = Ruleset::compose(&[], &[]);
    anyhow::ensure!(findings.is_empty(), "the starter ruleset has findings");

    let (mut ours, mut theirs, mut owners) = shared_part(&oracles, &target)?;
    let listed = tables::repositories(&tables)?;
    let mut measured = repositories::Measured::default();
    for one in checkouts::find(&repositories, &listed)? {
        eprintln!("quality: {}", one.name);
        repositories::measure(&one, &rules, &oracles, &target, &mut measured).with_context(|| one.name.clone())?;
    }
    ours.extend(measured.ours);
    theirs.names.extend(measured.theirs.names);
    theirs.refused.extend(measured.theirs.refused);
    owners.extend(measured.questions);

    let names = compare(&ours, &theirs, &judgements);
    let asked = target.join("code_owners.jsonl");
    let lines: Result<Vec<String>> = owners.iter().map(|one| Ok(serde_json::to_string(one)? + "\n")).collect();
    fs::write(&asked, lines?.concat())?;
    let answers = code_owners::answers(&oracles.code_owners(&asked)?)?;
    let agreement = code_owners::compare(&owners, &answers, &judgements)?;
    let outcomes = capabilities::judge(&tables::labels(&tables)?, &measured.seen);
    report::write(&report::Results {
        rules: &rules,
        scanned: measured.seen.len(),
        listed: listed.len(),
        seen: &measured.seen,
        names: &names,
        refused: &theirs.refused,
        agreement: &agreement,
        outcomes: &outcomes,
        judgements: &judgements,
    })
}

/// The shared data: our names, the oracles' and the questions on CODEOWNERS. What the oracles say is kept as the expectation
/// of the test that runs without them.
fn shared_part(
    oracles: &Oracles,
    target: &std::path::Path,
) -> Result<(tests::quality::names::Names, Answers, Vec<code_owners::Question>)> {
    let place = target.join("data");
    shared_data::write(&place)?;
    let theirs = oracles.ask(&place, true)?.below(shared_data::PREFIX);
    let expected = folder().join("expected");
    fs::create_dir_all(&expected)?;
    fs::write(expected.join("names.jsonl"), theirs.lines()?)?;
    let questions = code_owners::shared_questions()?;
    let asked = target.join("shared_code_owners.jsonl");
    let lines: Result<Vec<String>> = questions.iter().map(|one| Ok(serde_json::to_string(one)? + "\n")).collect();
    fs::write(&asked, lines?.concat())?;
    fs::write(expected.join("code_owners.jsonl"), oracles.code_owners(&asked)?)?;
    Ok((shared_data::ours()?, theirs, questions))
}

fn argument() -> Result<PathBuf> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--");
    match (arguments.next().as_deref(), arguments.next(), arguments.next()) {
        (Some("--repositories"), Some(folder), None) => Ok(PathBuf::from(folder)),
        _ => bail!("usage: detection-quality --repositories FOLDER, where FOLDER holds bare git repositories"),
    }
}
