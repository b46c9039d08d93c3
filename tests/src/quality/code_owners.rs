//! Compares our reading of CODEOWNERS with an npm package's, on real files and on made-up hostile patterns.
//! It must not decide which of the two is right: that stands in `judged.tsv`.
use super::tables::{Judgement, Verdict};
use crate::quality::compare::like;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use server::facts::{
    Parser,
    code_owners::{CodeOwnersParser, owners_of},
};
use shared::RepoPath;
use std::{collections::BTreeMap, fs};

/// A CODEOWNERS file and the paths that are asked.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// Where the file is from, e.g. `data/CODEOWNERS/001`.
    pub file: String,
    pub text: String,
    pub paths: Vec<String>,
}

/// An answer of the oracle.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Answer {
    pub file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    #[serde(default)]
    pub owners: Vec<String>,
    /// Why the oracle refused the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// A path about which the two disagree.
#[derive(Debug, Clone)]
pub struct Difference {
    pub file: String,
    pub path: String,
    pub ours: Vec<String>,
    pub theirs: Vec<String>,
    pub verdict: Option<Verdict>,
    pub reason: String,
}

/// The counts, and every difference.
#[derive(Debug, Clone, Default)]
pub struct Agreement {
    pub files: usize,
    /// Files that the oracle refused, with its words.
    pub refused: BTreeMap<String, String>,
    pub pairs: usize,
    pub equal: usize,
    pub differences: Vec<Difference>,
}

impl Agreement {
    /// Pairs in which we are right: equal, or judged for us.
    pub fn right(&self) -> usize {
        let ours = |d: &&Difference| matches!(d.verdict, Some(Verdict::Right));
        self.equal + self.differences.iter().filter(ours).count()
    }

    /// Adds another part.
    pub fn join(&mut self, other: Self) {
        self.files += other.files;
        self.refused.extend(other.refused);
        self.pairs += other.pairs;
        self.equal += other.equal;
        self.differences.extend(other.differences);
    }
}

/// Patterns that are easy to get wrong, each with paths beside it.
const HOSTILE: &[(&str, &[&str])] = &[
    ("*", &["a", "a/b", ".hidden", "a/.b/c"]),
    ("*.js", &["a.js", "x/a.js", "a.jsx", "a.js/b", ".js"]),
    ("/*.js", &["a.js", "x/a.js"]),
    ("docs", &["docs", "docs/a", "x/docs", "x/docs/a", "docs2/a"]),
    ("docs/", &["docs", "docs/a", "x/docs/a", "x/docs"]),
    ("/docs/", &["docs/a", "docs/x/y", "x/docs/a"]),
    ("/docs", &["docs", "docs/a", "x/docs/a"]),
    ("docs/*", &["docs/a", "docs/x/a", "x/docs/a"]),
    ("/docs/*", &["docs/a", "docs/x/a", "x/docs/a"]),
    ("docs/**", &["docs/a", "docs/x/y/z", "x/docs/a"]),
    ("**/docs", &["docs", "docs/a", "x/docs/a", "x/y/docs"]),
    ("**/docs/**", &["docs/a", "x/docs/a", "x/y/docs/z/a"]),
    ("docs/**/a.md", &["docs/a.md", "docs/x/a.md", "docs/x/y/a.md", "docs/b.md"]),
    ("/src/*/test", &["src/a/test", "src/a/test/b", "src/a/b/test", "src/test"]),
    ("src/*/test/", &["src/a/test/b", "src/a/test", "src/a/b/test/c"]),
    ("apps/*/src/*.ts", &["apps/web/src/a.ts", "apps/web/src/x/a.ts", "apps/src/a.ts"]),
    ("fo?.go", &["foo.go", "x/fox.go", "fo.go", "fooo.go"]),
    ("a**b", &["ab", "axb", "a/b", "axyb"]),
    ("*a*a*a*b", &["aaaaaaaaaaaaaaaaaaaaaaaac", "aaab", "xaxaxab"]),
    ("**", &["a", "a/b/c"]),
    ("/**", &["a", "a/b/c"]),
    ("**/*.md", &["a.md", "x/a.md", "x/y/a.md", "a.txt"]),
    (".github/", &[".github/a", ".github/x/y", "x/.github/a"]),
    (".github/workflows/*.yml", &[".github/workflows/a.yml", ".github/workflows/x/a.yml"]),
    ("a/b", &["a/b", "a/b/c", "x/a/b"]),
    ("a.b+c(d)", &["a.b+c(d)", "axb+c(d)", "x/a.b+c(d)"]),
    ("é/ü.txt", &["é/ü.txt", "é/u.txt"]),
    ("Makefile", &["Makefile", "x/Makefile", "Makefile.am"]),
    ("/a/**/", &["a/b/c", "a/b", "b/a/c"]),
    ("\\*.md", &["*.md", "a.md"]),
];

/// The questions of the shared data: real files with the real paths of their repositories, real files whose trees are not
/// there with paths made from their own patterns, and the hostile patterns.
///
/// # Errors
/// When the data cannot be read.
pub fn shared_questions() -> Result<Vec<Question>> {
    let manifests = super::shared_data::data()?;
    let mut questions = vec![];
    let mut names: Vec<String> = vec![];
    for entry in fs::read_dir(manifests.join("CODEOWNERS"))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    for name in names {
        let text = String::from_utf8_lossy(&fs::read(manifests.join("CODEOWNERS").join(&name))?).into_owned();
        let paths = made_paths(&text);
        questions.push(Question { file: format!("data/CODEOWNERS/{name}"), text, paths });
    }
    questions.extend(organisation(&manifests.with_file_name("org"))?);
    questions.extend(HOSTILE.iter().enumerate().map(|(index, (pattern, paths))| Question {
        file: format!("hostile/{index:02}"),
        text: format!("{pattern} @acme/team\n"),
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
    }));
    Ok(questions)
}

fn organisation(folder: &std::path::Path) -> Result<Vec<Question>> {
    let mut repositories: Vec<_> = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    repositories.sort_by_key(fs::DirEntry::file_name);
    let mut questions = vec![];
    for repository in repositories {
        let places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
        let file = places.iter().map(|place| repository.path().join("files").join(place)).find(|file| file.is_file());
        let (Some(file), Ok(tree)) = (file, fs::read_to_string(repository.path().join("tree.tsv"))) else { continue };
        let paths: Vec<String> = tree
            .lines()
            .filter_map(|line| line.split('\t').find(|cell| cell.contains(['/', '.'])))
            .map(str::to_owned)
            .collect();
        let name = repository.file_name().to_string_lossy().into_owned();
        let text = String::from_utf8_lossy(&fs::read(file)?).into_owned();
        questions.push(Question { file: format!("data/org/{name}"), text, paths: sample(&paths, 20) });
    }
    Ok(questions)
}

/// At most `n` of the paths, spread evenly.
pub fn sample(paths: &[String], n: usize) -> Vec<String> {
    let step = paths.len().div_ceil(n).max(1);
    paths.iter().step_by(step).cloned().collect()
}

/// For each rule a path that it should match, one deeper, one in another folder, one beside it.
fn made_paths(text: &str) -> Vec<String> {
    let mut paths = vec!["README.md".to_owned(), "src/main.rs".to_owned()];
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some(pattern) = line.split_whitespace().next() else { continue };
        let plain = pattern.trim_matches('/').replace("**", "x/y").replace(['*', '?'], "z");
        if RepoPath::new(plain.as_str()).is_ok_and(|path| !path.is_root()) {
            paths.extend([
                plain.clone(),
                format!("{plain}/inner.txt"),
                format!("other/{plain}"),
                format!("{plain}.bak"),
            ]);
        }
    }
    paths.sort();
    paths.dedup();
    sample(&paths, 60)
}

/// Compares our answers with the oracle's.
///
/// # Errors
/// When the oracle answers what was not asked.
pub fn compare(questions: &[Question], answers: &[Answer], judgements: &[Judgement]) -> Result<Agreement> {
    let mut out = Agreement { files: questions.len(), ..Agreement::default() };
    let rules: BTreeMap<&str, _> = questions
        .iter()
        .map(|one| (one.file.as_str(), CodeOwnersParser.parse("CODEOWNERS", one.text.as_bytes()).code_owners))
        .collect();
    for answer in answers {
        if let Some(why) = &answer.refused {
            out.refused.insert(answer.file.clone(), why.clone());
            continue;
        }
        let rules = rules.get(answer.file.as_str()).with_context(|| format!("{} was not asked", answer.file))?;
        let path = answer.path.clone().context("an answer has a path")?;
        let rule = owners_of(rules, &RepoPath::new(path.as_str())?);
        let ours = rule.map(|rule| rule.owners.clone()).unwrap_or_default();
        out.pairs += 1;
        if ours == answer.owners {
            out.equal += 1;
            continue;
        }
        let place = format!("{}:{path}", answer.file);
        let judged = judgements.iter().find(|j| j.ecosystem == "codeowners" && like(&j.path, &place));
        out.differences.push(Difference {
            file: answer.file.clone(),
            path,
            ours,
            theirs: answer.owners.clone(),
            verdict: judged.map(|j| j.verdict),
            reason: judged.map(|j| j.reason.clone()).unwrap_or_default(),
        });
    }
    Ok(out)
}

/// The lines of the oracle.
///
/// # Errors
/// When a line is none of the oracle's.
pub fn answers(lines: &str) -> Result<Vec<Answer>> {
    lines.lines().map(|line| serde_json::from_str(line).with_context(|| line.to_owned())).collect()
}
