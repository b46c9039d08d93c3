//! A report as Markdown, for a wiki, a pull request or a terminal.
//! It must not let a name from a repository become a link, a table cell's end or HTML.
use super::{
    heat::shown,
    words::{counted, day, listed, money, number, percent, signed, team},
};
use shared::{
    EntityRef, ShadowClaim,
    api::{DarkMatter, ReportBody, ShadowItem, ShadowReport, TeamMatrix},
};
use std::fmt::Write;

/// Rows and columns of the heat map.
const HEAT: (usize, usize) = (12, 14);

/// The whole report.
pub fn to_markdown(report: &ShadowReport) -> String {
    let body = &report.body;
    let mut out = format!("# Shadow platform report, {}\n\n", day(&report.at));
    let _ = write!(out, "**{}**\n\n{}\n\n", escape(&body.headline), escape(&body.confidence));
    out.push_str("| Figure | |\n|---|---|\n");
    for figure in &body.figures {
        let _ = writeln!(out, "| {} | {} |", escape(&figure.label), escape(&figure.text));
    }
    gaps(&mut out, body);
    ranked(&mut out, body);
    heat(&mut out, &body.matrix);
    dark(&mut out, &body.dark);
    changes(&mut out, body);
    decisions(&mut out, report);
    section(&mut out, "What the figures rest on", body.assumptions.iter().map(|text| escape(text)));
    let _ = write!(out, "\n---\n\n{}\n", footer(report));
    out
}

/// What a report is, in one line.
pub(super) fn footer(report: &ShadowReport) -> String {
    let id = report.id.as_deref().unwrap_or("live, not frozen");
    let (at, rules, digest) = (day(&report.at), &report.rules_version, &report.digest);
    format!("{id} · {at} · rules {} · SHA-256 {digest}", rules.get(..12).unwrap_or(rules))
}

/// Text from outside as Markdown shows it unchanged.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => out.extend(['\\', letter]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = write!(out, "\n## {title}\n\n");
        lines.for_each(|line| {
            let _ = writeln!(out, "- {line}");
        });
    }
}

fn gaps(out: &mut String, body: &ReportBody) {
    let line = |gap: &shared::api::PlatformGap| {
        let reach = format!("{} off the path in {}", number(gap.off_path), counted(gap.teams, "team"));
        format!("**{}** ({reach}): {}", escape(&gap.title), escape(&gap.reasons.join(" ")))
    };
    section(out, "Why teams build: gaps of the platform", body.gaps.iter().map(line));
}

/// `EUR 1,000 to 3,000`, or a dash.
pub(super) fn cost(item: &ShadowItem) -> String {
    item.cost.as_ref().map_or_else(|| "–".to_owned(), |cost| money(cost.low, cost.high, &cost.currency))
}

/// The capability that it rivals, or what it is proposed to be called.
pub(super) fn capability(item: &ShadowItem) -> String {
    let known = item.capability_title.clone().or_else(|| item.capability.clone());
    known.or_else(|| item.proposed.as_ref().map(|name| format!("{name} (proposed)"))).unwrap_or_else(|| "–".to_owned())
}

fn ranked(out: &mut String, body: &ReportBody) {
    if body.shadows.is_empty() {
        return;
    }
    let _ = write!(out, "\n## Homegrown platforms\n\n");
    out.push_str("| # | Platform | Capability | Teams | Consumers | 90 days | Days, year | Cost, year | Claim |\n");
    out.push_str("|---:|---|---|---:|---:|---:|---:|---|---|\n");
    for (at, item) in body.shadows.iter().enumerate() {
        let claim = if item.claim == ShadowClaim::Shadow { "shadow" } else { "possible" };
        let (name, capability) = (escape(&item.name), escape(&capability(item)));
        let (teams, growth, cost) = (item.teams.len(), signed(item.growth_90d), escape(&cost(item)));
        let (users, days) = (number(item.consumers), number(item.author_days_year));
        let at = at + 1;
        let _ = writeln!(
            out,
            "| {at} | {name} | {capability} | {teams} | {users} | {growth} | {days} | {cost} | {claim} |"
        );
    }
    let more = (body.n_shadows + body.n_possible).saturating_sub(body.shadows.len() as u64);
    if more > 0 {
        let _ = writeln!(out, "\n{} more are not listed.", number(more));
    }
}

/// A team, or the words for what nobody owns.
pub(super) fn team_or_nobody(owner: Option<&EntityRef>) -> String {
    owner.map_or_else(|| "no owner".to_owned(), team)
}

fn heat(out: &mut String, matrix: &TeamMatrix) {
    let shown = shown(matrix, HEAT.0, HEAT.1);
    if shown.teams.is_empty() {
        return;
    }
    let _ = write!(out, "\n## Components off the golden path, team by capability\n\n| Team |");
    shown.capabilities.iter().for_each(|column| {
        let _ = write!(out, " {} |", escape(&column.title));
    });
    let _ = write!(out, "\n|---|{}\n", "---:|".repeat(shown.capabilities.len()));
    for row in shown.teams {
        let _ = write!(out, "| {} |", escape(&team_or_nobody(row.team.as_ref())));
        for cell in row.cells.iter().take(shown.capabilities.len()) {
            let _ = write!(out, " {} |", if cell.off_path == 0 { String::new() } else { number(cell.off_path) });
        }
        out.push('\n');
    }
    if !shown.more().is_empty() {
        let _ = writeln!(out, "\n{}", shown.more());
    }
}

/// What lies outside any claim, in one sentence.
pub(super) fn dark_text(dark: &DarkMatter) -> Option<String> {
    let share = dark.repositories_share?;
    let part = |n: u64, share: Option<f64>, noun: &str| {
        share.map(|share| format!("{} ({})", counted(n, noun), percent(share)))
    };
    let parts = [
        Some(format!("{} ({})", counted(dark.repositories, "repository"), percent(share))),
        part(dark.lines, dark.lines_share, "line"),
        part(dark.author_days, dark.author_days_share, "author-day"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let lie = if dark.repositories == 1 { "lies" } else { "lie" };
    let mut text = format!("{} {lie} outside any claim, any golden path and any owner.", listed(&parts));
    if !dark.examples.is_empty() {
        let named: Vec<&str> = dark.examples.iter().take(5).map(String::as_str).collect();
        let _ = write!(text, " The largest: {}.", named.join(", "));
    }
    Some(text)
}

fn dark(out: &mut String, dark: &DarkMatter) {
    if let Some(text) = dark_text(dark) {
        let _ = write!(out, "\n## Dark matter\n\n{}\n", escape(&text));
    }
}

fn changes(out: &mut String, body: &ReportBody) {
    let Some(since) = &body.since else { return };
    let _ = write!(out, "\n## Since {}\n\n", escape(&since.id));
    if body.changes.is_empty() {
        out.push_str("Nothing changed.\n");
    }
    for change in &body.changes {
        let _ = writeln!(out, "- {}", escape(&change.text));
    }
}

fn decisions(out: &mut String, report: &ShadowReport) {
    if report.decisions.is_empty() {
        return;
    }
    let _ = write!(out, "\n## To decide\n\n| Decision | Owner | By |\n|---|---|---|\n");
    for decision in &report.decisions {
        let due = decision.due.as_deref().unwrap_or("–");
        let _ = writeln!(out, "| {} | {} | {} |", escape(&decision.text), escape(&decision.owner), escape(due));
    }
}
