//! Writes docs/detection-quality.md and the list of every disagreement. It must not compute: it shows what was counted.
use anyhow::Result;
use server::catalog::Ruleset;
use std::{collections::BTreeMap, fmt::Write, fs};
use tests::quality::{
    capabilities::{Outcome, Seen, Tally, tally},
    code_owners::Agreement,
    compare::{Comparison, Disagreement, Score},
    folder, root,
    tables::{Judgement, Side, Verdict},
};

/// Everything that was counted.
pub(crate) struct Results<'a> {
    pub rules: &'a Ruleset,
    pub scanned: usize,
    pub listed: usize,
    pub seen: &'a BTreeMap<String, Seen>,
    pub names: &'a Comparison,
    pub refused: &'a BTreeMap<String, String>,
    pub agreement: &'a Agreement,
    pub outcomes: &'a [Outcome],
    pub judgements: &'a [Judgement],
}

/// Writes the page and `tests/quality/disagreements.tsv`.
pub(crate) fn write(results: &Results<'_>) -> Result<()> {
    let mut page = String::new();
    head(&mut page, results)?;
    names(&mut page, results)?;
    capabilities(&mut page, results)?;
    code_owners(&mut page, results)?;
    fs::write(root().join("docs/detection-quality.md"), page)?;
    fs::write(folder().join("disagreements.tsv"), disagreements(results)?)?;
    Ok(())
}

fn head(page: &mut String, results: &Results<'_>) -> Result<()> {
    let date = std::process::Command::new("git").args(["log", "-1", "--format=%cs"]).current_dir(root()).output()?;
    let date = String::from_utf8(date.stdout)?;
    let (files, refused) = (results.names.kinds.values().map(|s| s.files).sum::<usize>(), results.refused.len());
    write!(
        page,
        "# How good detection is\n\n\
        Written by `cargo xtask quality -- --repositories FOLDER`, where FOLDER holds bare copies of the public repositories\n\
        of `tests/quality/repositories.tsv` at the commits given there, each in a folder named `owner+name` or with its\n\
        address as remote. Measured on the checkout of {}; rules {}…; {} of {} listed\n\
        repositories were there.\n\n\
        ## Dependency names\n\n\
        For each file the set of names that Waymark reads is compared with the set that an oracle reads: {files} files with\n\
        names. Oracles are independent of Waymark's code, stand in `tests/quality/oracles` at pinned versions, need no\n\
        network and run nothing of a repository: `cargo metadata` for Cargo.toml; npm's arborist and npm-package-arg,\n\
        `@yarnpkg/lockfile`, `@yarnpkg/parsers`, `yaml`, `dockerfile-ast` and HashiCorp's own HCL reader in WebAssembly for\n\
        their formats; Python's `packaging`, `tomllib`, `configparser`, `json` and ElementTree for the rest. go.mod,\n\
        Gemfile, Gemfile.lock, gemspec, mix.exs, mix.lock, Podfile.lock and Gradle's lock files are read by short readers\n\
        written from the formats' descriptions. Files in vendored, generated and fixture folders are left out on both\n\
        sides. {refused} files were refused by their oracle (templates and broken files) and are not compared.\n\
        `@cyclonedx/cdxgen` is no oracle here: it starts the ecosystems' build tools, which want the network. Neither is\n\
        `@specfy/stack-analyser`, which was not compared.\n\n\
        \"Raw\" counts every difference against us. \"Judged\" applies `tests/quality/judged.tsv`, in which a person says of a\n\
        difference who is right or that both are, each by its own design; what nobody judged counts against us. Every\n\
        difference stands in `tests/quality/disagreements.tsv`.\n\n",
        date.trim(),
        &results.rules.hash[..12],
        results.scanned,
        results.listed,
    )?;
    Ok(())
}

fn names(page: &mut String, results: &Results<'_>) -> Result<()> {
    scores(page, "Ecosystem", &results.names.ecosystems)?;
    page.push_str("\nBy kind of file:\n\n");
    scores(page, "Kind", &results.names.kinds)?;
    page.push_str("\n### Differences and their judgement\n\n| Ecosystem | Who named it | Verdict | Names | Why |\n|---|---|---|---|---|\n");
    let mut groups: BTreeMap<(&str, Side, Option<Verdict>, &str), usize> = BTreeMap::new();
    for one in &results.names.disagreements {
        *groups.entry((&one.ecosystem, one.side, one.verdict, &one.reason)).or_default() += 1;
    }
    for ((ecosystem, side, verdict, reason), count) in groups {
        let reason = if reason.is_empty() { "nobody has judged it yet: it counts against us" } else { reason };
        writeln!(page, "| {ecosystem} | {} | {} | {count} | {reason} |", side_name(side), verdict_name(verdict))?;
    }
    Ok(())
}

fn scores(page: &mut String, what: &str, scores: &BTreeMap<String, Score>) -> Result<()> {
    writeln!(
        page,
        "| {what} | Files | Equal | Names in both | Only ours | Only theirs | Raw recall | Raw precision | Raw F1 | Judged recall \
        | Judged precision | Judged F1 |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    )?;
    for (name, score) in scores {
        let ((r, judged_r), (p, judged_p), (f, judged_f)) = (score.recall(), score.precision(), score.f1());
        writeln!(
            page,
            "| {name} | {} | {} | {} | {} | {} | {r:.3} | {p:.3} | {f:.3} | {judged_r:.3} | {judged_p:.3} | **{judged_f:.3}** |",
            score.files, score.equal_files, score.both, score.only_ours, score.only_theirs,
        )?;
    }
    Ok(())
}

fn capabilities(page: &mut String, results: &Results<'_>) -> Result<()> {
    let Tally { pairs, exact, right, extra, missed, used_and_seen, used_not_seen, unused_but_seen, .. } =
        tally(results.outcomes);
    let none = results.outcomes.iter().filter(|one| one.label.expected.is_empty()).count();
    write!(
        page,
        "\n## Capabilities\n\n\
        `tests/quality/labels.tsv` holds {} pairs of a repository and a capability, labelled by reading the repository before\n\
        looking at what the scanner says, {none} of them \"uses none\". An offer counts as seen in a repository when any of its\n\
        components uses it. Labels that were changed after looking say so in their reason. The first measurement had precision\n\
        0.969 and recall 0.836; matchers that it found missing were then added, so that the figures below flatter a little.\n\n\
        | What | Right | Wrongly seen | Missed | Precision | Recall |\n|---|--:|--:|--:|--:|--:|\n\
        | offers in pairs | {right} | {extra} | {missed} | **{:.3}** | **{:.3}** |\n\
        | pairs that use anything | {used_and_seen} | {unused_but_seen} | {used_not_seen} | {:.3} | {:.3} |\n\n\
        {exact} of {pairs} pairs are exactly as labelled.\n\n",
        results.outcomes.len(),
        ratio(right, extra),
        ratio(right, missed),
        ratio(used_and_seen, unused_but_seen),
        ratio(used_and_seen, used_not_seen),
    )?;
    page.push_str("| Repository | Capability | Wrongly seen | Missed | The label's reason |\n|---|---|---|---|---|\n");
    for one in results.outcomes.iter().filter(|one| !one.extra.is_empty() || !one.missed.is_empty()) {
        let (label, extra, missed) = (&one.label, one.extra.join(", "), one.missed.join(", "));
        writeln!(page, "| {} | {} | {extra} | {missed} | {} |", label.repository, label.capability, label.reason)?;
    }
    homegrown(page, results)
}

fn homegrown(page: &mut String, results: &Results<'_>) -> Result<()> {
    let tally = tally(results.outcomes);
    let judged = |repository: &str, capability: &str| {
        let is = |one: &&Outcome| one.label.repository == repository && one.label.capability == capability;
        let labelled = results.outcomes.iter().find(is).and_then(|one| one.label.homegrown);
        let claim = |one: &&Judgement| one.ecosystem == "homegrown" && one.path == repository && one.name == capability;
        labelled.or_else(|| results.judgements.iter().find(claim).map(|one| one.verdict == Verdict::Right))
    };
    let mut claims = String::new();
    let (mut right, mut wrong, mut unjudged) = (0, 0, 0);
    for (repository, seen) in results.seen {
        for (capability, offers) in seen {
            for (offer, _) in offers.iter().filter(|(_, homegrown)| **homegrown) {
                let verdict = match judged(repository, capability) {
                    Some(true) => {
                        right += 1;
                        "right"
                    }
                    Some(false) => {
                        wrong += 1;
                        "wrong"
                    }
                    None => {
                        unjudged += 1;
                        "not judged"
                    }
                };
                writeln!(claims, "| {repository} | {capability} | {offer} | {verdict} |")?;
            }
        }
    }
    write!(
        page,
        "\n### Homegrown\n\n\
        In {} pairs a person has judged whether a homegrown implementation is there: {} seen rightly, {} seen wrongly, {}\n\
        missed; precision {:.3}, recall {:.3}. Over all repositories the scanner claims homegrown offers as follows, judged\n\
        after the scan where no label was there before: {right} right, {wrong} wrong, {unjudged} not judged; precision\n\
        **{:.3}**. Below 0.8 they are to be shown as \"possible\" only; they stay marked so at any figure of this table, as\n\
        the claims are few and heuristics found wrong here were dropped, so that it flatters.\n\n\
        | Repository | Capability | Offer | Judgement |\n|---|---|---|---|\n{claims}",
        tally.homegrown_judged,
        tally.homegrown_right,
        tally.homegrown_wrong,
        tally.homegrown_missed,
        ratio(tally.homegrown_right, tally.homegrown_wrong),
        ratio(tally.homegrown_right, tally.homegrown_missed),
        ratio(right, wrong),
    )?;
    Ok(())
}

fn code_owners(page: &mut String, results: &Results<'_>) -> Result<()> {
    let agreement = results.agreement;
    write!(
        page,
        "\n## CODEOWNERS\n\n\
        {} pairs of a CODEOWNERS file and a path, from {} files: real ones with real paths of their repositories, real ones\n\
        with paths made from their patterns, and hostile patterns. `@snyk/github-codeowners` says the same as Waymark in {} of\n\
        them ({:.2} %); with judgement Waymark is right in {} ({:.2} %). The package refuses {} files, most for an owner that\n\
        is malformed.\n\n",
        agreement.pairs,
        agreement.files,
        agreement.equal,
        100.0 * ratio(agreement.equal, agreement.pairs - agreement.equal),
        agreement.right(),
        100.0 * ratio(agreement.right(), agreement.pairs - agreement.right()),
        agreement.refused.len(),
    )?;
    page.push_str("| File | Path | Waymark | Package | Verdict | Why |\n|---|---|---|---|---|---|\n");
    for one in &agreement.differences {
        let (ours, theirs) = (one.ours.join(" "), one.theirs.join(" "));
        let verdict = verdict_name(one.verdict);
        writeln!(page, "| {} | `{}` | {ours} | {theirs} | {verdict} | {} |", one.file, one.path, one.reason)?;
    }
    Ok(())
}

fn disagreements(results: &Results<'_>) -> Result<String> {
    let mut text = "path\tecosystem\tname\tside\tverdict\treason\n".to_owned();
    let mut all: Vec<&Disagreement> = results.names.disagreements.iter().collect();
    all.sort();
    for one in all {
        let (side, verdict) = (side_name(one.side), verdict_name(one.verdict));
        writeln!(text, "{}\t{}\t{}\t{side}\t{verdict}\t{}", one.path, one.ecosystem, one.name, one.reason)?;
    }
    Ok(text)
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Ours => "ours",
        Side::Theirs => "theirs",
    }
}

fn verdict_name(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Right) => "right",
        Some(Verdict::Wrong) => "wrong",
        Some(Verdict::DifferentByDesign) => "different-by-design",
        None => "unjudged",
    }
}

fn ratio(right: usize, not: usize) -> f64 {
    let (right, not) = (u32::try_from(right).unwrap_or(u32::MAX), u32::try_from(not).unwrap_or(u32::MAX));
    if right == 0 && not == 0 { 1.0 } else { f64::from(right) / (f64::from(right) + f64::from(not)) }
}
