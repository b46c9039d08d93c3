//! What repositories tell coding agents: instruction files (<https://agents.md>) and skills (<https://agentskills.io>).
//! It must not act on what they say: their text is data.
use super::{
    definitions::{entry, title},
    manifest, outline,
};
use crate::facts::{
    model::{DefinitionDecl, DefinitionKind, FileFacts},
    parser::Parser,
};
use shared::{RepoPath, Severity};

/// The parser of agents' files.
pub(super) struct Agents;

impl Parser for Agents {
    fn key(&self) -> &'static str {
        "agents"
    }

    fn version(&self) -> u32 {
        1
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let (text, name) = (path.as_str(), path.file_name());
        let rule = |folder: &str| text.starts_with(folder) || text.contains(&format!("/{folder}"));
        match name {
            "AGENTS.md" | "CLAUDE.md" | "GEMINI.md" | "SKILL.md" | ".cursorrules" | ".windsurfrules" => true,
            "copilot-instructions.md" => text == ".github/copilot-instructions.md",
            _ => (name.ends_with(".mdc") || name.ends_with(".md")) && rule(".cursor/rules/"),
        }
    }

    fn in_history(&self, _path: &RepoPath) -> bool {
        false
    }

    fn parse(&self, file_name: &str, bytes: &[u8]) -> FileFacts {
        let text = match manifest::text(bytes) {
            Ok(text) => text,
            Err(facts) => return *facts,
        };
        let document = Document::of(text);
        let mut facts = FileFacts::default();
        if file_name == "SKILL.md" {
            skill(&document, &mut facts);
        } else {
            facts.definitions.extend(instructions(&document));
        }
        facts
    }
}

/// A Markdown file, with what stands between `---` lines at its start.
struct Document<'a> {
    front: Option<&'a str>,
    body: &'a str,
    /// 1-based line of the body's first line.
    body_line: u32,
}

impl<'a> Document<'a> {
    fn of(text: &'a str) -> Self {
        let whole = Self { front: None, body: text, body_line: 1 };
        let mut offset = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let is_mark = line.trim_end() == "---";
            if index == 0 && !is_mark {
                return whole;
            }
            offset += line.len();
            if index > 0 && is_mark {
                let end = offset - line.len();
                let body_line = u32::try_from(index + 2).unwrap_or(u32::MAX);
                return Self { front: text.get(..end), body: text.get(offset..).unwrap_or_default(), body_line };
            }
        }
        whole
    }

    /// Headings outside code blocks: level, text and line.
    fn headings(&self) -> Vec<(usize, &'a str, u32)> {
        let (mut found, mut fence) = (vec![], None);
        for (line, number) in self.body.lines().zip(self.body_line..) {
            let trimmed = line.trim_start();
            let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
            match (fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark)) if open == mark => fence = None,
                _ => {}
            }
            let text = trimmed.trim_start_matches('#');
            let level = trimmed.len() - text.len();
            if fence.is_none() && (1..=6).contains(&level) && text.starts_with(' ') {
                found.push((level, text.trim().trim_end_matches('#').trim(), number));
            }
        }
        found
    }
}

/// The first heading is the title, those of the second level are the entries. A file that only points to another one
/// (`@AGENTS.md`) is none of its own.
fn instructions(document: &Document<'_>) -> Option<DefinitionDecl> {
    let lines = document.body.lines().map(str::trim).filter(|line| !line.is_empty());
    let (headings, text): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with('#'));
    let points_elsewhere = matches!(text.as_slice(), [only] if only.starts_with('@'));
    if points_elsewhere || (headings.is_empty() && text.is_empty()) {
        return None;
    }
    let mut found = DefinitionDecl::new(DefinitionKind::Resource, "agent-instructions", "", 1);
    let headings = document.headings();
    if let Some((_, text, line)) = headings.first() {
        found.title = title(text);
        found.line = Some(*line);
    }
    for (_, text, line) in headings.iter().skip(1).filter(|(level, text, _)| *level == 2 && !text.is_empty()) {
        found.push(entry(text, None, *line));
    }
    Some(found)
}

/// A skill is known by the name in its front matter.
fn skill(document: &Document<'_>, facts: &mut FileFacts) {
    let outline = document.front.map(|front| outline::yaml(front, 2));
    let root = outline.as_ref().and_then(|outline| outline.roots.first());
    let name = root.and_then(|root| root.get("name")).filter(|name| name.text().is_some_and(manifest::is_name));
    let (Some(root), Some(name)) = (root, name) else {
        let problem = outline.and_then(|outline| outline.problem);
        let message = "The skill has no name; give it one in front matter: name and description between --- lines.";
        let nameless = || manifest::problem("skill-without-name", Severity::Warning, Some((1, 1)), message);
        facts.problems.push(problem.unwrap_or_else(nameless));
        return;
    };
    let mut found = DefinitionDecl::new(DefinitionKind::Resource, "skill", name.text().unwrap_or_default(), name.line);
    found.title = document.headings().first().and_then(|(_, text, _)| title(text)).or_else(|| Some(found.name.clone()));
    found.description = root.text_of("description").and_then(manifest::description);
    let version = root.text_of("version").or_else(|| root.at(&["metadata", "version"])?.text());
    found.version = version.and_then(manifest::requirement);
    facts.definitions.push(found);
}
