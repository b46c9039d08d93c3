//! Runs the oracles over a folder, or reads what they once said.
//! It must not know a file format: each oracle is a script of its own under `tests/quality/oracles`.
use super::names::{Names, spelled};
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

/// What the oracles said.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// Files that were read, with their names, which may be none.
    pub names: Names,
    /// Files that a format's own reader refused, with its words.
    pub refused: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ecosystem: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// Where the oracles' libraries are installed, and how each is called.
pub struct Oracles {
    scripts: PathBuf,
}

impl Oracles {
    /// Copies the scripts below `target` and installs what they need there, at the versions they pin.
    ///
    /// # Errors
    /// When Python, Node or their package managers are absent or fail.
    pub fn install(scripts: &Path, target: &Path) -> Result<Self> {
        fs::create_dir_all(target)?;
        for entry in fs::read_dir(scripts)? {
            let entry = entry?;
            fs::copy(entry.path(), target.join(entry.file_name()))?;
        }
        if !target.join("node_modules").is_dir() {
            let flags = ["install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"];
            run(Command::new("npm").args(flags).current_dir(target))?;
        }
        if !target.join("python").is_dir() {
            let flags = ["-m", "pip", "install", "--quiet", "--only-binary", ":all:", "--target", "python"];
            run(Command::new("python3").args(flags).args(["-r", "requirements.txt"]).current_dir(target))?;
        }
        Ok(Self { scripts: target.to_path_buf() })
    }

    /// What the oracles read below a folder, which is one repository, or with `each` one every two levels down. Where Cargo itself has read a manifest, it is believed before our reader.
    ///
    /// # Errors
    /// When an oracle fails as a whole.
    pub fn ask(&self, folder: &Path, each: bool) -> Result<Answers> {
        let mut answers = Answers::default();
        answers.take(&self.python("manifests.py", folder, each)?)?;
        answers.take(&run(Command::new("node").arg(self.scripts.join("manifests.mjs")).arg(folder))?)?;
        let mut cargo = Answers::default();
        cargo.take(&self.python("cargo.py", folder, false)?)?;
        answers.names.extend(cargo.names);
        Ok(answers)
    }

    /// The same as one repository of its own, kept below `kept` under a name that changes with the scripts: asking all
    /// repositories again takes long.
    ///
    /// # Errors
    /// When an oracle fails as a whole, or the answers cannot be kept.
    pub fn ask_once(&self, folder: &Path, kept: &Path, name: &str) -> Result<Answers> {
        let mut hasher = DefaultHasher::new();
        for script in ["manifests.py", "manifests.mjs", "cargo.py", "package.json", "requirements.txt"] {
            fs::read(self.scripts.join(script))?.hash(&mut hasher);
        }
        let file = kept.join(format!("{name}-{:016x}.jsonl", hasher.finish()));
        if let Ok(lines) = fs::read_to_string(&file) {
            let mut answers = Answers::default();
            answers.take(&lines)?;
            return Ok(answers);
        }
        let answers = self.ask(folder, false)?;
        fs::create_dir_all(kept)?;
        fs::write(file, answers.lines()?)?;
        Ok(answers)
    }

    /// Answers of the npm package on CODEOWNERS: one line of `script` output for each line of standard input.
    ///
    /// # Errors
    /// When the script fails.
    pub fn code_owners(&self, questions: &Path) -> Result<String> {
        run(Command::new("node").arg(self.scripts.join("code_owners.mjs")).arg(questions))
    }

    fn python(&self, script: &str, folder: &Path, each: bool) -> Result<String> {
        let mut command = Command::new("python3");
        command.env("PYTHONPATH", self.scripts.join("python")).env("PYTHONUTF8", "1");
        run(command.arg(self.scripts.join(script)).arg(folder).args(each.then_some("--each")))
    }
}

impl Answers {
    /// Adds the lines of an oracle.
    ///
    /// # Errors
    /// When a line is none of an oracle's.
    pub fn take(&mut self, lines: &str) -> Result<()> {
        for text in lines.lines() {
            let line: Line = serde_json::from_str(text).with_context(|| text.to_owned())?;
            match (line.refused, line.ecosystem, line.name) {
                (Some(why), ..) => {
                    self.refused.insert(line.path, why);
                }
                (None, Some(ecosystem), Some(name)) => {
                    self.names.entry(line.path).or_default().insert(spelled(&ecosystem, &name));
                }
                _ => {
                    self.names.entry(line.path).or_default();
                }
            }
        }
        Ok(())
    }

    /// Moves every file below a prefix.
    #[must_use]
    pub fn below(self, prefix: &str) -> Self {
        let at = |path: String| format!("{prefix}{path}");
        Self {
            names: self.names.into_iter().map(|(path, names)| (at(path), names)).collect(),
            refused: self.refused.into_iter().map(|(path, why)| (at(path), why)).collect(),
        }
    }

    /// The lines that [`take`](Self::take) reads back, sorted.
    ///
    /// # Errors
    /// Never in practice: every line is plain text.
    pub fn lines(&self) -> Result<String> {
        let mut lines = BTreeSet::new();
        for (path, names) in &self.names {
            lines.insert(serde_json::json!({"path": path}).to_string());
            for (ecosystem, name) in names {
                lines.insert(serde_json::json!({"path": path, "ecosystem": ecosystem, "name": name}).to_string());
            }
        }
        for (path, why) in &self.refused {
            lines.insert(serde_json::json!({"path": path, "refused": why}).to_string());
        }
        Ok(lines.into_iter().map(|line| line + "\n").collect())
    }
}

fn run(command: &mut Command) -> Result<String> {
    let done = command.output().with_context(|| format!("starting {command:?}"))?;
    ensure!(done.status.success(), "{command:?} failed:\n{}", String::from_utf8_lossy(&done.stderr));
    Ok(String::from_utf8(done.stdout)?)
}
