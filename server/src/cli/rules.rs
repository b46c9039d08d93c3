//! `waymark rules`: tries the examples of rule files, explains which rules fire on a file, and lists the rules in force.
//! It must open no store and write nothing.
use super::{Ended, Failure, Format, config::File, usage};
use crate::{
    catalog::{self, Explanation, FileReport, Fired, Ruleset},
    jobs::{NoCache, ReadInput, ReadOutput, read_mirror},
    scan::{Limits, Located, locate},
};
use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use serde::Serialize;
use shared::{Confidence, RepoPath, api::Eligible};
use std::{
    fmt::Write,
    io::IsTerminal,
    path::{Path, PathBuf},
};

#[derive(Args)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Subcommand)]
enum RulesCommand {
    /// Try the examples and counterexamples of rule files; exit with 1 when one fails.
    #[command(after_help = "Example:\n  waymark rules test flags.yaml payments.yaml")]
    Test(TestArgs),
    /// Say which rules fire on a file at the tip of a git repository, and why what they see counts or does not.
    #[command(after_help = "Example:\n  waymark rules explain ~/src/pay services/api/package.json")]
    Explain(ExplainArgs),
    /// List the capabilities in force, with how many offers and matchers each has.
    List(ListArgs),
}

#[derive(Args)]
struct TestArgs {
    /// Files with Capability documents.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// How to print the outcome: a table on a terminal, JSON elsewhere, unless told.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Args)]
struct ExplainArgs {
    /// The folder of one git repository, bare or cloned.
    #[arg(value_name = "REPO")]
    repository: PathBuf,
    /// The file's path from the repository's root.
    #[arg(value_name = "PATH")]
    path: String,
    #[command(flatten)]
    rules: RuleFiles,
    /// How to print the explanation: a table on a terminal, JSON elsewhere, unless told.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Args)]
struct ListArgs {
    #[command(flatten)]
    rules: RuleFiles,
    /// How to print the list: a table on a terminal, JSON elsewhere, unless told.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Args)]
struct RuleFiles {
    /// Files with Capability documents, laid over the starter ruleset. [config: scan.capabilities]
    #[arg(long, env = "WAYMARK_SCAN_CAPABILITIES", value_name = "FILE", value_delimiter = ',')]
    capabilities: Vec<PathBuf>,
}

/// Runs the command that was asked for. Reading a repository takes its time, so that it runs beside the runtime's threads.
pub(super) async fn run(args: RulesArgs, file: &File) -> Result<Ended, Failure> {
    match args.command {
        RulesCommand::Test(args) => test(&args),
        RulesCommand::Explain(args) => {
            let capabilities = file.capability_files(&args.rules.capabilities).map_err(usage)?;
            let work = tokio::task::spawn_blocking(move || explain(&args, &capabilities));
            work.await.context("explaining")?
        }
        RulesCommand::List(args) => {
            let capabilities = file.capability_files(&args.rules.capabilities).map_err(usage)?;
            list(&Ruleset::compose(&capabilities, &[]).0, args.format)
        }
    }
}

/// A rule file and what trying it gave.
#[derive(Serialize)]
struct Tested {
    file: String,
    #[serde(flatten)]
    report: FileReport,
}

fn test(args: &TestArgs) -> Result<Ended, Failure> {
    let mut tested = Vec::new();
    for path in &args.files {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
        let report = catalog::check_file(&text.map_err(usage)?);
        tested.push(Tested { file: path.display().to_string(), report });
    }
    print(args.format, &tested, || tested.iter().map(test_text).collect())?;
    let failures: usize = tested.iter().map(|one| one.report.failures().count()).sum();
    if failures > 0 {
        return Err(Failure::Failed(anyhow!("{}", counted(failures, "failure"))));
    }
    Ok(Ended::Well)
}

fn test_text(tested: &Tested) -> String {
    let (file, report) = (&tested.file, &tested.report);
    let mut out = String::new();
    for finding in &report.findings {
        let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
        let _ = writeln!(out, "{file}{line}: {}: {} ({})", finding.severity, finding.message, finding.rule);
    }
    for note in &report.unproven {
        let (line, offer, matcher) = (note.line, &note.offer, &note.matcher);
        let _ = writeln!(out, "{file}:{line}: note: no example of \"{offer}\" proves {matcher}");
    }
    let counts = [
        counted(report.n_capabilities, "capability"),
        counted(report.n_offers, "offer"),
        counted(report.n_matchers, "matcher"),
        counted(report.n_examples, "example"),
        counted(report.n_counterexamples, "counterexample"),
        counted(report.failures().count(), "failure"),
        format!("{} unproven", report.unproven.len()),
    ];
    let _ = writeln!(out, "{file}: {}", counts.join(", "));
    out
}

fn counted(n: usize, noun: &str) -> String {
    match (n, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{n} {stem}ies"),
        _ => format!("{n} {noun}s"),
    }
}

fn explain(args: &ExplainArgs, capabilities: &[(String, String)]) -> Result<Ended, Failure> {
    let located = one_repository(&args.repository)?;
    let path = RepoPath::root().join(args.path.trim_start_matches("./"));
    let path = path.filter(|path| !path.is_root()).ok_or_else(|| {
        usage(anyhow!("\"{}\" is no path in a repository; write e.g. services/api/package.json", args.path))
    })?;
    let (facts, rules) = read(&located, capabilities)?;
    let explanation = catalog::explain(&facts, &rules, &path).ok_or_else(|| {
        let (name, tip) = (&located.name, &facts.tip);
        usage(anyhow!("{name} has no file {path} at the tip of {} ({}); check the path", tip.branch, tip.commit))
    })?;
    print(args.format, &explanation, || explanation_text(&explanation))?;
    Ok(Ended::Well)
}

fn one_repository(folder: &Path) -> Result<Located, Failure> {
    let mut found = locate(folder).map_err(usage)?.repositories;
    match (found.pop(), found.len()) {
        (Some(only), 0) => Ok(only),
        (None, _) => Err(usage(anyhow!("{} holds no git repository", folder.display()))),
        (Some(_), others) => {
            Err(usage(anyhow!("{} holds {} repositories; name the folder of one", folder.display(), others + 1)))
        }
    }
}

/// The facts of the repository, and the rules with the Capability documents that it holds itself. Those may want symbols
/// and imports looked for that the first reading did not know of.
fn read(
    located: &Located,
    capabilities: &[(String, String)],
) -> Result<(crate::facts::model::RepositoryFacts, Ruleset), Failure> {
    let (rules, _) = Ruleset::compose(capabilities, &[]);
    let facts = read_with(located, &rules)?;
    let own: Vec<_> = facts.descriptors.iter().map(|held| (facts.repository.clone(), held.clone())).collect();
    let (all, _) = Ruleset::compose(capabilities, &own);
    let facts = if all.needles() == rules.needles() { facts } else { read_with(located, &all)? };
    Ok((facts, all))
}

fn read_with(located: &Located, rules: &Ruleset) -> Result<crate::facts::model::RepositoryFacts, Failure> {
    let input = ReadInput {
        repository: located.name.clone(),
        git_dir: located.git_dir.clone(),
        limits: Limits::default(),
        needles: rules.needles(),
        unchanged_at: None,
    };
    match read_mirror(&input, &NoCache) {
        ReadOutput::Read(read) => Ok(read.facts),
        ReadOutput::Stopped { finding, .. } => Err(Failure::Failed(anyhow!("{}", finding.message))),
        ReadOutput::Unchanged => Err(Failure::Failed(anyhow!("the repository was taken for unchanged"))),
    }
}

fn explanation_text(explanation: &Explanation) -> String {
    let mut out = String::new();
    let components: Vec<_> = explanation.components.iter().map(ToString::to_string).collect();
    let speaks_for = if components.is_empty() { "no component".to_owned() } else { components.join(", ") };
    let _ = writeln!(out, "{} speaks for {speaks_for}", explanation.path);
    if let Some(reason) = &explanation.excluded {
        let _ = writeln!(out, "It is left out: {reason}");
    }
    for fired in &explanation.fired {
        out.push_str(&fired_text(fired));
    }
    if explanation.fired.is_empty() {
        let _ = writeln!(out, "No rule fires on it.");
    }
    if !explanation.unmatched.is_empty() {
        let _ = writeln!(out, "Read from it, and named by no rule:");
    }
    for unmatched in &explanation.unmatched {
        let _ = writeln!(out, "  {}{}", line_text(unmatched.line), unmatched.observed);
    }
    out
}

fn fired_text(fired: &Fired) -> String {
    let mark = if fired.confidence == Confidence::Possible { ", possible" } else { "" };
    let mut out = format!("{} / {} ({}{mark})\n", fired.capability, fired.offer, fired.path);
    let (at, observed, matcher, rung) = (line_text(fired.line), &fired.observed, &fired.matcher, fired.rung);
    let _ = writeln!(out, "  {at}{observed} meets {matcher} (rung {rung})");
    let verdict = match (&fired.component, &fired.why_not) {
        (Some(component), None) => format!("counts for {component}"),
        (Some(component), Some(why)) => format!("does not count for {component}: {why}"),
        (None, why) => format!("does not count: {}", why.as_deref().unwrap_or("it speaks for no component")),
    };
    let _ = writeln!(out, "  {verdict}");
    out
}

fn line_text(line: Option<u32>) -> String {
    line.map(|line| format!("line {line}: ")).unwrap_or_default()
}

/// One capability of `waymark rules list`.
#[derive(Serialize)]
struct Listed<'r> {
    name: &'r str,
    area: shared::Area,
    source: shared::RuleSource,
    eligible: Option<&'r Eligible>,
    offers: Vec<&'r str>,
    n_matchers: usize,
}

fn list(rules: &Ruleset, format: Option<Format>) -> Result<Ended, Failure> {
    let rows: Vec<Listed<'_>> = rules
        .capabilities
        .iter()
        .map(|held| Listed {
            name: held.reference.name(),
            area: held.area,
            source: held.source,
            eligible: held.eligible.as_ref(),
            offers: held.offers.iter().map(|offer| offer.name.as_str()).collect(),
            n_matchers: held.n_matchers(),
        })
        .collect();
    print(format, &rows, || list_text(&rows))?;
    Ok(Ended::Well)
}

fn list_text(rows: &[Listed<'_>]) -> String {
    let mut out = format!("{:<28}{:<22}{:<14}{:>7}{:>10}\n", "capability", "area", "source", "offers", "matchers");
    for row in rows {
        let (area, source) = (row.area.as_str(), row.source.as_str());
        let _ = writeln!(out, "{:<28}{area:<22}{source:<14}{:>7}{:>10}", row.name, row.offers.len(), row.n_matchers);
    }
    let offers: usize = rows.iter().map(|row| row.offers.len()).sum();
    let matchers: usize = rows.iter().map(|row| row.n_matchers).sum();
    let _ = writeln!(
        out,
        "{}, {}, {}",
        counted(rows.len(), "capability"),
        counted(offers, "offer"),
        counted(matchers, "matcher")
    );
    out
}

/// Prints as a table on a terminal and as JSON elsewhere, unless told.
fn print(format: Option<Format>, value: &impl Serialize, text: impl FnOnce() -> String) -> Result<(), Failure> {
    let terminal = std::io::stdout().is_terminal();
    match format.unwrap_or(if terminal { Format::Table } else { Format::Json }) {
        Format::Json => println!("{}", serde_json::to_string(value).context("writing JSON")?),
        Format::Table => print!("{}", text()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "apiVersion: waymark.dev/v1\nkind: Capability\nmetadata: {name: flags}\nspec:\n  area: data\n  offers:\n    - {name: a, path: vendor, detect: {packages: ['npm:a', 'npm:b']}, examples: ['npm:a', 'npm:c']}\n";

    #[test]
    fn a_failing_example_is_told_with_its_place() {
        let text = test_text(&Tested { file: "flags.yaml".to_owned(), report: catalog::check_file(GOOD) });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "flags.yaml:7: error: No matcher of \"a\" recognises this example; mend one of the two. (example-unmatched)",
                "flags.yaml:7: note: no example of \"a\" proves packages: npm:b",
                "flags.yaml: 1 capability, 1 offer, 2 matchers, 2 examples, 0 counterexamples, 1 failure, 1 unproven",
            ]
        );
    }

    #[test]
    fn the_exit_code_follows_the_failures() {
        let folder = tempfile::tempdir().unwrap();
        let outcome = |text: &str| {
            let path = folder.path().join("flags.yaml");
            std::fs::write(&path, text).unwrap();
            test(&TestArgs { files: vec![path], format: Some(Format::Table) })
        };
        assert!(matches!(outcome(GOOD), Err(Failure::Failed(_))));
        assert!(matches!(outcome(&GOOD.replace("npm:c", "npm:b")), Ok(Ended::Well)));
        let absent = TestArgs { files: vec![folder.path().join("absent.yaml")], format: None };
        assert!(matches!(test(&absent), Err(Failure::Usage(_))));
    }
}
