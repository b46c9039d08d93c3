//! A repository whose files have many lines of which each commit edits a few, as source code has.
//! It must not be random: the same number of commits gives the same repository.
use anyhow::{Context, Result, ensure};
use std::{
    io::{BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
};

/// 2024-11-01T00:00:00Z in seconds.
const BEGIN: u64 = 1_730_419_200;
const PACE: u64 = 3_000;
const FILES: usize = 600;
/// Lines of a new file.
const LINES: usize = 150;

/// Makes a bare repository of so many commits, packed as git packs what is fetched.
pub(crate) fn write(dir: &Path, commits: u64) -> Result<()> {
    std::fs::create_dir_all(dir)?;
    let git = || {
        let mut git = Command::new("git");
        git.arg("--git-dir").arg(dir);
        git
    };
    let init = Command::new("git").args(["init", "--quiet", "--bare", "--initial-branch=main"]).arg(dir).status()?;
    ensure!(init.success(), "git init {}", dir.display());
    let mut import = git().args(["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().context("git fast-import")?;
    let mut out = BufWriter::with_capacity(1 << 20, import.stdin.take().context("stdin of git")?);
    let mut files: Vec<Vec<String>> = vec![vec![]; FILES];
    let mut state = 1;
    for n in 0..commits {
        let (at, who) = (BEGIN + n * PACE, n % 23);
        writeln!(out, "commit refs/heads/main\ncommitter Author {who} <author-{who}@bench.example> {at} +0000")?;
        writeln!(out, "data 6\nChange")?;
        for _ in 0..1 + next(&mut state) % 5 {
            let number = next(&mut state) % FILES;
            edit(&mut files[number], &mut state);
            let text = files[number].join("\n");
            let path = format!("src/f{}/m{number}.ts", number % 40);
            write!(out, "M 100644 inline {path}\ndata {}\n{text}\n\n", text.len() + 1)?;
        }
    }
    out.flush()?;
    drop(out);
    ensure!(import.wait()?.success(), "git fast-import into {}", dir.display());
    ensure!(git().args(["repack", "-a", "-d", "-f", "-q"]).status()?.success(), "git repack in {}", dir.display());
    Ok(())
}

/// Begins a file, or inserts, drops and changes some lines of it.
fn edit(lines: &mut Vec<String>, state: &mut u64) {
    if lines.is_empty() {
        lines.extend((0..LINES).map(|_| line(state)));
        return;
    }
    for _ in 0..1 + next(state) % 12 {
        let at = next(state) % lines.len();
        match next(state) % 5 {
            0 if lines.len() > LINES / 2 => drop(lines.remove(at)),
            1 | 2 => lines.insert(at, line(state)),
            _ => lines[at] = line(state),
        }
    }
}

/// Every third line is one that occurs often.
fn line(state: &mut u64) -> String {
    match next(state) % 9 {
        0 => String::new(),
        1 => "    }".to_owned(),
        2 => "  }),".to_owned(),
        _ => format!("    const value{} = compute({}, {});", next(state) % 400, next(state) % 100, next(state) % 100),
    }
}

/// A number that looks random.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}
