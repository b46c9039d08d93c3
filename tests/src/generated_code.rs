//! Repositories of source code with known copies between them, written by `git fast-import`.
//! It must not be random: the same numbers give the same code.
use crate::generated::import;
use anyhow::Result;
use std::{fmt::Write as _, io::Write, path::Path};

const LANGUAGES: [&str; 4] = ["go", "ts", "py", "java"];
const VERBS: [&str; 12] =
    ["load", "store", "merge", "split", "count", "price", "route", "check", "parse", "render", "retry", "index"];
const NOUNS: [&str; 16] = [
    "order", "basket", "parcel", "invoice", "account", "token", "event", "price", "shelf", "driver", "route", "report",
    "refund", "tariff", "stock", "label",
];

/// One repository of generated code.
#[derive(Debug, Clone, Copy)]
pub struct CodePlan {
    /// Makes repositories differ.
    pub seed: u64,
    pub files: u64,
    pub functions: u64,
    /// Every how many files one is the same in every repository, and every how many holds one function that is.
    pub shared_file_every: u64,
    pub shared_function_every: u64,
}

impl CodePlan {
    /// The same repository with one file more.
    #[must_use]
    pub fn with_one_file_more(self) -> Self {
        Self { files: self.files + 1, ..self }
    }

    /// Makes a bare repository of it, in one commit.
    ///
    /// # Errors
    /// When git is missing or refuses the stream, or the folder cannot be written.
    pub fn write(&self, dir: &Path) -> Result<u64> {
        import(dir, |out| {
            writeln!(out, "commit refs/heads/main\ncommitter Author <author@bench.example> 1790000000 +0000")?;
            writeln!(out, "data 4\nCode")?;
            let mut n_lines = 0;
            for n in 0..self.files {
                let (path, text) = self.file(n);
                n_lines += text.lines().count() as u64;
                writeln!(out, "M 100644 inline {path}\ndata {}\n{text}", text.len())?;
            }
            Ok(n_lines)
        })
    }

    /// Path and text of the n-th file.
    fn file(&self, n: u64) -> (String, String) {
        let language = LANGUAGES[(n % 4) as usize];
        let shared = n.is_multiple_of(self.shared_file_every);
        let seed = if shared { 0 } else { self.seed };
        let mut text = String::new();
        for at in 0..self.functions {
            let copied = n.is_multiple_of(self.shared_function_every) && at == 1;
            function(&mut text, language, mix(if copied { 0 } else { seed } + 1, n * 1_000 + at));
        }
        (format!("src/part{}/file{n}.{language}", n % 9), text)
    }
}

/// One function of some ten lines, told by a number.
fn function(text: &mut String, language: &str, n: u64) {
    let pick = |words: &[&'static str], shift: u32| words[((n >> shift) % words.len() as u64) as usize];
    let (verb, noun, other) = (pick(&VERBS, 3), pick(&NOUNS, 9), pick(&NOUNS, 17));
    let (a, b) = (n % 977, (n >> 23) % 613);
    let name = format!("{verb}_{noun}_{}", n % 100_000);
    let _ = match language {
        "py" => write!(
            text,
            "def {name}({noun}, {other}_limit):\n    total = {a}\n    for item in {noun}.{verb}s():\n        if item.{other} > {other}_limit:\n            total += item.{other} * {b}\n        else:\n            {other}_limit -= {}\n    return total - len({noun}.{other}s)\n\n",
            n % 31
        ),
        "ts" => write!(
            text,
            "export function {name}({noun}: {noun}Type, {other}Limit: number): number {{\n  let total = {a};\n  for (const item of {noun}.{verb}s()) {{\n    if (item.{other} > {other}Limit) {{\n      total += item.{other} * {b};\n    }} else {{\n      {other}Limit -= {};\n    }}\n  }}\n  return total - {noun}.{other}s.length;\n}}\n\n",
            n % 31
        ),
        "java" => write!(
            text,
            "final class C{name} {{\n  static long {verb}({noun}Type {noun}, long {other}Limit) {{\n    long total = {a};\n    for (var item : {noun}.{verb}s()) {{\n      if (item.{other}() > {other}Limit) {{\n        total += item.{other}() * {b};\n      }} else {{\n        {other}Limit -= {};\n      }}\n    }}\n    return total;\n  }}\n}}\n\n",
            n % 31
        ),
        _ => write!(
            text,
            "func {name}({noun} *{noun}Type, {other}Limit int) int {{\n\ttotal := {a}\n\tfor _, item := range {noun}.{verb}s() {{\n\t\tif item.{other} > {other}Limit {{\n\t\t\ttotal += item.{other} * {b}\n\t\t}} else {{\n\t\t\t{other}Limit -= {}\n\t\t}}\n\t}}\n\treturn total - len({noun}.{other}s)\n}}\n\n",
            n % 31
        ),
    };
}

/// `SplitMix64` over two numbers.
fn mix(seed: u64, n: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(n.wrapping_mul(0xbf58_476d_1ce4_e5b9));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
