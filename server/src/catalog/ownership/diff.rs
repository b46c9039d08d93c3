//! Unified diffs of one small change, as `git apply` takes them (<https://git-scm.com/docs/diff-format>).
//! It must not know what the text means.
use shared::RepoPath;
use std::fmt::Write;

/// Lines around a change that are shown.
const CONTEXT: usize = 3;
const NO_NEWLINE: &str = "\\ No newline at end of file\n";

/// Replaces the line at the position. The new one comes without its line end; the old line's is kept.
pub(super) fn replace(path: &RepoPath, text: &str, at: usize, line: &str) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (_, end) = cut(lines.get(at)?);
    Some(change(path, &lines, at..at + 1, &[format!("{line}{end}")]))
}

/// Puts a line before the one at the position, or at the end; with the line ends of the text.
pub(super) fn insert(path: &RepoPath, text: &str, at: usize, line: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let ending = if lines.first().is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let new = format!("{line}{ending}");
    match lines.last() {
        // A last line without an end gets one, or the new line would be glued to it.
        Some(last) if at >= lines.len() && !last.ends_with('\n') => {
            change(path, &lines, lines.len() - 1..lines.len(), &[format!("{last}{ending}"), new])
        }
        _ => change(path, &lines, at.min(lines.len())..at.min(lines.len()), &[new]),
    }
}

/// A new file.
pub(super) fn create(path: &RepoPath, text: &str) -> String {
    let (old, new) = (quoted("a/", path), quoted("b/", path));
    let count = text.lines().count();
    let mut out = format!(
        "diff --git {old} {new}\nnew file mode 100644\n--- /dev/null\n+++ {}\n@@ -0,0 +1,{count} @@\n",
        header("b/", path)
    );
    text.split_inclusive('\n').for_each(|line| push(&mut out, '+', line));
    out
}

fn change(path: &RepoPath, lines: &[&str], old: std::ops::Range<usize>, new: &[String]) -> String {
    let from = old.start.saturating_sub(CONTEXT);
    let to = (old.end + CONTEXT).min(lines.len());
    let (n_old, n_new) = (to - from, to - from - old.len() + new.len());
    // A range of no lines is told by the line before it.
    let start = |count: usize| if count == 0 { from } else { from + 1 };
    let (a, b) = (quoted("a/", path), quoted("b/", path));
    let mut out = format!("diff --git {a} {b}\n--- {}\n+++ {}\n", header("a/", path), header("b/", path));
    writeln!(out, "@@ -{},{n_old} +{},{n_new} @@", start(n_old), start(n_new))
        .expect("writing to a string cannot fail");
    lines[from..old.start].iter().for_each(|line| push(&mut out, ' ', line));
    lines[old.clone()].iter().for_each(|line| push(&mut out, '-', line));
    new.iter().for_each(|line| push(&mut out, '+', line));
    lines[old.end..to].iter().for_each(|line| push(&mut out, ' ', line));
    out
}

fn push(out: &mut String, mark: char, line: &str) {
    out.push(mark);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push('\n');
        out.push_str(NO_NEWLINE);
    }
}

/// The line without its end, and the end.
fn cut(line: &str) -> (&str, &str) {
    let body = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
    line.split_at(body.len())
}

/// A path as git writes it: in quotes when it holds quotes or backslashes.
fn quoted(side: &str, path: &RepoPath) -> String {
    let path = path.as_str();
    if path.contains(['"', '\\']) {
        format!("\"{side}{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        format!("{side}{path}")
    }
}

/// A tab after a path with spaces tells where it ends.
fn header(side: &str, path: &RepoPath) -> String {
    let quoted = quoted(side, path);
    if quoted.contains(' ') && !quoted.starts_with('"') { quoted + "\t" } else { quoted }
}
