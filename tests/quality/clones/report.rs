//! Prints the tables and puts them between the markers of docs/clone-quality.md. It must not compute: it shows what was
//! counted.
use crate::{clock::Took, jscpd, read::Code};
use anyhow::Result;
use server::catalog::clones::claim_of;
use shared::ShadowClaim;
use std::{fmt::Write, fs};
use tests::quality::{
    clones::{
        page::replace,
        places::Reach,
        reports::{Clusters, Fragment, Fragments},
        tables::{Pair, Place},
        tally::{Recall, SIZES, Share, precision},
    },
    root,
    tables::Listed,
};

/// Fewer labelled pairs of a class have no figure.
const FEW: u32 = 20;

/// Everything that was counted.
pub(crate) struct Results<'a> {
    pub listed: &'a [Listed],
    pub labels: &'a [Pair],
    /// Those whose repositories were read.
    pub pairs: &'a [Pair],
    /// Of the repositories that were there.
    pub names: &'a [String],
    pub code: &'a Code,
    pub clusters: &'a Clusters,
    /// Until all was read, and until all was compared.
    pub times: (Took, Took),
    /// Or why it was not run.
    pub theirs: Result<&'a jscpd::Reported, String>,
    pub fragments: Option<&'a Fragments>,
}

/// Prints every block, and writes the page.
pub(crate) fn write(results: &Results<'_>) -> Result<()> {
    let file = root().join("docs/clone-quality.md");
    let mut page = fs::read_to_string(&file)?;
    let blocks = [
        ("corpus", corpus(results)?),
        ("precision", precisions(results)?),
        ("recall", recalls(results)?),
        ("speed", speeds(results)?),
    ];
    for (name, text) in blocks {
        println!("{text}");
        page = replace(&page, name, &text)?;
    }
    fs::write(file, page)?;
    unlabelled(results)
}

/// What a person should look at next, in the columns of labels.tsv.
fn unlabelled(results: &Results<'_>) -> Result<()> {
    let mut text = "repository_a\tpath_a\tlines_a\trepository_b\tpath_b\tlines_b\tlabel\tnote\n".to_owned();
    for (a, b) in results.clusters.unlabelled(results.pairs) {
        for Place { file, lines } in [a, b] {
            write!(text, "{}\t{}\t{}-{}\t", file.0, file.1, lines.from, lines.to)?;
        }
        text.push_str("\t\n");
    }
    let file = root().join("target/quality/clones_unlabelled.tsv");
    fs::create_dir_all(root().join("target/quality"))?;
    fs::write(&file, text)?;
    println!("Clusters without a label: {}", file.display());
    Ok(())
}

fn corpus(results: &Results<'_>) -> Result<String> {
    let Results { listed, labels, pairs, names, code, clusters, .. } = results;
    let n_read = names.len() - code.unread.len();
    let n_clones = pairs.iter().filter(|pair| pair.is_clone).count();
    let mut text = format!(
        "{n_read} of {} listed repositories were read: {} source files, {:.0} MB, {} of them with {} lines compared. {} of {}\n\
        labelled pairs lie in them, {n_clones} of those are clones. Waymark reports {} clusters; {} of them cover half of no\n\
        labelled pair, so that no label says what they are.\n",
        listed.len(),
        grouped(code.files.len() as u64),
        code.n_bytes as f64 / 1e6,
        grouped(code.n_compared as u64),
        grouped(code.n_lines),
        pairs.len(),
        labels.len(),
        clusters.n_all(),
        clusters.unlabelled(pairs).len(),
    );
    let absent = listed.iter().map(|one| &one.name).filter(|name| !names.contains(name));
    let holes = (code.n_absent > 0).then(|| format!("{} files: their bytes are not in the copies", code.n_absent));
    for line in absent.map(|name| format!("{name}: not in the folder")).chain(code.unread.iter().cloned()).chain(holes)
    {
        write!(text, "\n- {line}")?;
    }
    Ok(text)
}

fn precisions(results: &Results<'_>) -> Result<String> {
    let counted = precision(results.pairs, results.clusters);
    let mut text = "| kind | lines | reported | clones | precision | claim |\n|---|---|--:|--:|--:|---|\n".to_owned();
    for ((kind, size), share) in &counted {
        let (from, name) = SIZES[*size];
        let claim = match claim_of(*kind, from) {
            ShadowClaim::Shadow => "may be called shadow",
            ShadowClaim::PossibleDuplicate => "possible duplicate",
        };
        writeln!(text, "| {kind} | {name} | {} | {} | {} | {claim} |", share.of, share.n, enough(*share))?;
    }
    for (size, (_, name)) in SIZES.iter().enumerate() {
        let share: Share = counted.iter().filter(|((_, of), _)| *of == size).map(|(_, share)| *share).sum();
        writeln!(text, "| all kinds | {name} | {} | {} | {} | |", share.of, share.n, enough(share))?;
    }
    for kind in shared::CloneKind::ALL {
        let share: Share = counted.iter().filter(|((of, _), _)| of == kind).map(|(_, share)| *share).sum();
        writeln!(text, "| {kind} | all | {} | {} | {} | |", share.of, share.n, enough(share))?;
    }
    let all: Share = counted.values().copied().sum();
    writeln!(text, "| all kinds | all | {} | {} | {} | |", all.of, all.n, enough(all))?;
    let open = u32::try_from(results.clusters.unlabelled(results.pairs).len())?;
    if open == 0 {
        return Ok(text);
    }
    let (none, every) = (Share { n: all.n, of: all.of + open }, Share { n: all.n + open, of: all.of + open });
    writeln!(
        text,
        "\nWith the {open} clusters that nobody labelled it lies between {} (none of them is a clone) and {} (each is one).",
        figure(none),
        figure(every)
    )?;
    Ok(text)
}

fn recalls(results: &Results<'_>) -> Result<String> {
    let mut text = "| tool | found | recall |".to_owned();
    SIZES.iter().try_for_each(|(_, name)| write!(text, " {name} |"))?;
    text.push_str(" any overlap | no clone, yet reported |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    row(&mut text, "Waymark", &Recall::of(results.pairs, |pair| results.clusters.reach(pair).0))?;
    let tool = format!("jscpd {}, comments skipped", jscpd::VERSION);
    match (&results.theirs, results.fragments) {
        (Ok(theirs), Some(fragments)) => {
            row(&mut text, &tool, &Recall::of(results.pairs, |pair| fragments.reach(pair)))?;
            let between = between_repositories(&theirs.fragments);
            let ours = between.iter().filter(|pair| results.clusters.reach(pair).0 == Reach::Half).count();
            write!(
                text,
                "\nThe other direction: jscpd reports {} pairs between two repositories; Waymark reports at least half of both\n\
                places of {ours} of them.\n",
                between.len()
            )?;
        }
        (Err(why), _) => writeln!(text, "\n{tool} was not run: {why}.")?,
        (Ok(_), None) => {}
    }
    Ok(text)
}

fn row(text: &mut String, tool: &str, recall: &Recall) -> Result<()> {
    let all = recall.all();
    write!(text, "| {tool} | {} | {} |", all.n, figure(all))?;
    recall.by_size.iter().try_for_each(|share| write!(text, " {}/{} |", share.n, share.of))?;
    let (overlaps, not) = (recall.overlaps, recall.not_clones);
    writeln!(text, " {}/{} | {}/{} |", overlaps.n, overlaps.of, not.n, not.of)?;
    Ok(())
}

fn between_repositories(fragments: &[Fragment]) -> Vec<Pair> {
    let two = fragments.iter().filter(|one| one.a.0.0 != one.b.0.0).cloned();
    let place = |(file, lines)| Place { file, lines };
    two.map(|one| Pair { a: place(one.a), b: place(one.b), is_clone: false }).collect()
}

fn speeds(results: &Results<'_>) -> Result<String> {
    let (reading, all) = results.times;
    let mut text = "| what | wall | processor time |\n|---|--:|--:|\n".to_owned();
    let seconds = |took: Took| {
        let processor = took.processor.map_or_else(|| "unknown".to_owned(), |seconds| format!("{seconds:.1} s"));
        format!("{:.1} s | {processor}", took.wall)
    };
    writeln!(text, "| Waymark: reads git, takes fingerprints | {} |", seconds(reading))?;
    writeln!(text, "| Waymark: the same, and clusters | {} |", seconds(all))?;
    if let Ok(theirs) = &results.theirs {
        writeln!(text, "| jscpd {}, comments skipped | {} |", jscpd::VERSION, seconds(theirs.took))?;
        write!(text, "\njscpd takes {:.1} times the wall time of Waymark", theirs.took.wall / all.wall)?;
        if let Some((theirs, ours)) = theirs.took.processor.zip(all.processor) {
            write!(text, ", {:.1} times its processor time", theirs / ours)?;
        }
        text.push_str(".\n");
    }
    text.push_str(match cfg!(debug_assertions) {
        true => "\nMeasured with an unoptimised build of Waymark: a release build is several times faster.\n",
        false => "\nMeasured with a release build of Waymark.\n",
    });
    Ok(text)
}

fn enough(share: Share) -> String {
    if share.of < FEW { "too few".to_owned() } else { figure(share) }
}

fn figure(share: Share) -> String {
    share.ratio().map_or_else(|| "none".to_owned(), |ratio| format!("{ratio:.2}"))
}

/// 5,569,774 rather than 5569774.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let parts: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|part| str::from_utf8(part).ok()).collect();
    parts.join(",")
}
