//! A report as one HTML file that prints on two A4 pages: its own style, no script, nothing fetched.
//! It must not let a name from a repository become markup.
use super::{
    heat::{Shown, shown},
    markdown::{capability, cost, dark_text, footer, team_or_nobody},
    words::{counted, cut, day, number, signed},
};
use shared::{
    ShadowClaim,
    api::{PlatformGap, ReportBody, ShadowItem, ShadowReport, TeamMatrix},
};
use std::fmt::Write;

const HEAT: (usize, usize) = (12, 14);
/// What two pages hold.
const MAX_GAPS: usize = 5;
const MAX_CHANGES: usize = 8;
const MAX_FIGURES: usize = 8;
/// Characters of all decisions together, shared among at least three.
const DECISIONS: usize = 900;

const STYLE: &str = include_str!("report.css");

/// The whole report as a document.
pub fn to_html(report: &ShadowReport) -> String {
    let body = &report.body;
    let title = format!("Shadow platform report, {}", day(&report.at));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<section class=\"page\">\n<p class=\"kicker\">{title}</p>\n"
    );
    let _ = writeln!(out, "<h1>{}</h1>", text(&body.headline, 400));
    let _ = writeln!(out, "<p class=\"sure\">{}</p>", text(&body.confidence, 500));
    figures(&mut out, body);
    heat(&mut out, &body.matrix);
    gaps(&mut out, body);
    out.push_str("</section>\n<section class=\"page\">\n");
    ranked(&mut out, body);
    decisions(&mut out, report);
    if let Some(dark) = dark_text(&body.dark) {
        let _ = writeln!(out, "<h2>Dark matter</h2>\n<p>{}</p>", text(&dark, 420));
    }
    changes(&mut out, body);
    list(&mut out, "What the figures rest on", body.assumptions.iter().map(|line| text(line, 300)));
    let _ = write!(out, "</section>\n</main>\n<footer>{}</footer>\n</body>\n</html>\n", text(&footer(report), 300));
    out
}

/// Text from outside, escaped, of at most `max` characters.
fn text(raw: &str, max: usize) -> String {
    let mut out = String::with_capacity(raw.len().min(max));
    for letter in cut(raw, max).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

fn list(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: String = lines.map(|line| format!("<li>{line}</li>\n")).collect();
    if !lines.is_empty() {
        let _ = write!(out, "<h2>{title}</h2>\n<ul>\n{lines}</ul>\n");
    }
}

fn figures(out: &mut String, body: &ReportBody) {
    out.push_str("<dl class=\"figures\">\n");
    for figure in body.figures.iter().take(MAX_FIGURES) {
        let (label, value) = (text(&figure.label, 60), text(&figure.text, 60));
        let _ = writeln!(out, "<div><dt>{label}</dt><dd>{value}</dd></div>");
    }
    out.push_str("</dl>\n");
}

fn heat(out: &mut String, matrix: &TeamMatrix) {
    out.push_str("<h2>Components off the golden path, team by capability</h2>\n");
    let shown = shown(matrix, HEAT.0, HEAT.1);
    if shown.teams.is_empty() {
        out.push_str("<p>No component is off a golden path.</p>\n");
        return;
    }
    out.push_str("<table class=\"heat\">\n<thead><tr><td></td>");
    for column in shown.capabilities {
        let _ = write!(out, "<th scope=\"col\"><span>{}</span></th>", text(&column.title, 28));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    shown.teams.iter().for_each(|row| heat_row(out, &shown, row));
    out.push_str("</tbody>\n</table>\n");
    if !shown.more().is_empty() {
        let _ = writeln!(out, "<p class=\"more\">{}</p>", shown.more());
    }
}

fn heat_row(out: &mut String, shown: &Shown<'_>, row: &shared::api::MatrixRow) {
    let _ = write!(out, "<tr><th scope=\"row\">{}</th>", text(&team_or_nobody(row.team.as_ref()), 28));
    for cell in row.cells.iter().take(shown.capabilities.len()) {
        let n = if cell.off_path == 0 { String::new() } else { number(cell.off_path) };
        let _ = write!(out, "<td class=\"h{}\">{n}</td>", shown.step(cell.off_path));
    }
    out.push_str("</tr>\n");
}

fn gaps(out: &mut String, body: &ReportBody) {
    let line = |gap: &PlatformGap| {
        let reach = format!("{} off the path in {}", number(gap.off_path), counted(gap.teams, "team"));
        format!("<b>{}</b> ({reach}): {}", text(&gap.title, 60), text(&gap.reasons.join(" "), 320))
    };
    list(out, "Why teams build: gaps of the platform", body.gaps.iter().take(MAX_GAPS).map(line));
    more(out, body.gaps.len().saturating_sub(MAX_GAPS));
}

fn more(out: &mut String, n: usize) {
    if n > 0 {
        let _ = writeln!(out, "<p class=\"more\">+{n} more</p>");
    }
}

fn ranked(out: &mut String, body: &ReportBody) {
    out.push_str("<h2>Homegrown platforms, the most work in the last year first</h2>\n");
    if body.shadows.is_empty() {
        out.push_str("<p>None was found.</p>\n");
        return;
    }
    out.push_str(
        "<table class=\"ranked\">\n<thead><tr><th scope=\"col\">Platform</th><th scope=\"col\">Capability</th>\
         <th scope=\"col\">Teams</th><th scope=\"col\">Consumers</th><th scope=\"col\">90 days</th>\
         <th scope=\"col\">Days, year</th><th scope=\"col\">Cost, year</th></tr></thead>\n<tbody>\n",
    );
    body.shadows.iter().for_each(|item| ranked_row(out, item));
    out.push_str("</tbody>\n</table>\n");
    let all = body.n_shadows + body.n_possible;
    more(out, usize::try_from(all).unwrap_or(usize::MAX).saturating_sub(body.shadows.len()));
}

fn ranked_row(out: &mut String, item: &ShadowItem) {
    let possible = if item.claim == ShadowClaim::Shadow { "" } else { "Possible: " };
    let (name, capability, cost) = (text(&item.name, 40), text(&capability(item), 36), text(&cost(item), 40));
    let (teams, users) = (item.teams.len(), number(item.consumers));
    let (growth, days) = (signed(item.growth_90d), number(item.author_days_year));
    let _ = writeln!(
        out,
        "<tr><th scope=\"row\">{possible}{name}</th><td>{capability}</td><td>{teams}</td><td>{users}</td>\
         <td>{growth}</td><td>{days}</td><td>{cost}</td></tr>"
    );
}

fn decisions(out: &mut String, report: &ShadowReport) {
    if report.decisions.is_empty() {
        return;
    }
    out.push_str("<h2>To decide</h2>\n<table class=\"decisions\">\n<tbody>\n");
    let most = DECISIONS / report.decisions.len().max(3);
    for (at, decision) in report.decisions.iter().take(super::MAX_DECISIONS).enumerate() {
        let due = text(decision.due.as_deref().unwrap_or("–"), 10);
        let (what, owner) = (text(&decision.text, most), text(&decision.owner, 60));
        let _ =
            writeln!(out, "<tr><td>{}.</td><td>{what}</td><th scope=\"row\">{owner}</th><td>{due}</td></tr>", at + 1);
    }
    out.push_str("</tbody>\n</table>\n");
}

fn changes(out: &mut String, body: &ReportBody) {
    let Some(since) = &body.since else { return };
    let title = format!("Since the report of {} ({})", day(&since.at), text(&since.id, 40));
    if body.changes.is_empty() {
        let _ = writeln!(out, "<h2>{title}</h2>\n<p>Nothing changed.</p>");
    }
    list(out, &title, body.changes.iter().take(MAX_CHANGES).map(|change| text(&change.text, 160)));
    more(out, body.changes.len().saturating_sub(MAX_CHANGES));
}
