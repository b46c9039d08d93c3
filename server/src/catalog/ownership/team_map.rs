//! The team map file: which team authors belong to, one rule a line.
//! It must not know which teams and authors exist.
//!
//! `PATTERN TEAM`, where the pattern is an address with `*` for anything, or a name (in quotes when it holds spaces), and the
//! team a group, `pay` or `group:default/pay`. The first rule that fits an author wins over everything else. Lines that begin
//! with `#` and what follows a ` #` are comments.
use super::model::TeamRule;
use shared::{EntityKind, EntityRef};

/// Rules that are read.
const MAX_RULES: usize = 10_000;

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMapProblem {
    /// 1-based.
    pub line: u32,
    pub message: String,
}

/// Reads the text. A line with a problem is left out.
pub fn parse_team_map(text: &str) -> (Vec<TeamRule>, Vec<TeamMapProblem>) {
    let (mut rules, mut problems) = (vec![], vec![]);
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let read = if rules.len() == MAX_RULES {
            Err(format!("only {MAX_RULES} rules are read; use * to say more with fewer"))
        } else {
            rule(line)
        };
        let is_full = rules.len() == MAX_RULES;
        match read {
            Ok(rule) => rules.push(rule),
            Err(message) => {
                problems.push(TeamMapProblem { line: u32::try_from(index + 1).unwrap_or(u32::MAX), message });
            }
        }
        if is_full {
            break;
        }
    }
    (rules, problems)
}

fn rule(line: &str) -> Result<TeamRule, String> {
    let (pattern, rest) = match line.strip_prefix('"') {
        Some(quoted) => {
            quoted.split_once('"').ok_or_else(|| "the quote is not closed; write \"Ada Doe\" team".to_owned())?
        }
        None => line.split_once(char::is_whitespace).unwrap_or((line, "")),
    };
    let pattern = pattern.trim();
    let mut words = rest.split_whitespace().take_while(|word| !word.starts_with('#'));
    let Some(team) = words.next() else {
        return Err(format!("\"{pattern}\" has no team; write PATTERN TEAM, e.g. *@pay.example group:default/pay"));
    };
    if let Some(extra) = words.next() {
        return Err(format!("\"{extra}\" is too much: a rule is PATTERN TEAM, and names with spaces stand in quotes"));
    }
    if pattern.chars().all(|c| matches!(c, '*' | '@' | '"')) {
        return Err(format!("\"{pattern}\" fits everybody; name a domain, an address or a name"));
    }
    let team = EntityRef::parse(team, Some(EntityKind::Group), "default").map_err(|error| error.to_string())?;
    if team.kind() != EntityKind::Group {
        return Err(format!("{team} is no group; name a team, e.g. group:default/pay"));
    }
    Ok(TeamRule { pattern: pattern.to_owned(), team })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_rules_and_names_what_is_wrong() {
        let text = "# teams\n*@pay.acme.example  group:default/pay # all of them\n\n\"Ada Doe\" pay\nbo@acme.example Search/Web\n\
            *@x.example\nCy Roe pay\n\"Di pay\n* pay\nel@acme.example user:el\nfy@acme.example -x\n";
        let (rules, problems) = parse_team_map(text);
        let read: Vec<_> = rules.iter().map(|rule| format!("{} {}", rule.pattern, rule.team)).collect();
        assert_eq!(
            read,
            ["*@pay.acme.example group:default/pay", "Ada Doe group:default/pay", "bo@acme.example group:search/web"]
        );
        let said: Vec<_> = problems.iter().map(|problem| (problem.line, problem.message.as_str())).collect();
        assert_eq!(said.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [6, 7, 8, 9, 10, 11]);
        for (at, part) in
            ["has no team", "\"pay\" is too much", "not closed", "fits everybody", "is no group", "\"-x\""]
                .iter()
                .enumerate()
        {
            assert!(said[at].1.contains(part), "{:?}", said[at]);
        }
    }

    #[test]
    fn too_many_rules_are_one_problem() {
        let text: String = (0..MAX_RULES + 9).map(|n| format!("a{n}@x.example pay\n")).collect();
        let (rules, problems) = parse_team_map(&text);
        assert_eq!((rules.len(), problems.len()), (MAX_RULES, 1));
    }
}
