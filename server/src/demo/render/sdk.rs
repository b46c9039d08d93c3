//! The libraries that a platform publishes: one small package per registry, all of one version.
//! It must not render a library's server.
use super::{State, node::pretty};
use crate::{demo::items::Item, scan::Files};
use serde_json::json;

pub(super) fn add(files: &mut Files, item: &Item, state: &State) {
    // The libraries grow with the service behind them, one call every few changes.
    let n_calls = state.parts.iter().map(|(_, times)| times).sum::<u32>() / 4;
    let word: String = item.key.split('-').collect();
    let calls = |call: &dyn Fn(u32) -> String| (1..=n_calls).map(call).collect::<String>();
    if let Some((name, _)) = item.go {
        files.insert("sdk/go/go.mod".into(), format!("module {name}\n\ngo 1.24\n"));
        let package = item.key.replace('-', "");
        files.insert("sdk/go/client.go".into(), format!("// Package {package} is the Go library of {}.\npackage {package}\n\n// Client talks to the service.\ntype Client struct {{\n\tAddress string\n}}\n{}", item.key, calls(&|n| format!("\n// {word}Call{n} asks for page {n}.\nfunc ({word} Client) {word}Call{n}() string {{\n\treturn {word}.Address + \"/{n}\"\n}}\n"))));
    }
    if let Some((name, version)) = item.npm {
        let manifest = json!({"name": name, "version": version, "description": format!("The TypeScript library of {}.", item.key), "main": "dist/index.js", "types": "dist/index.d.ts", "files": ["dist"]});
        files.insert("sdk/js/package.json".into(), pretty(&manifest));
        files.insert(
            "sdk/js/src/index.ts".into(),
            format!(
                "export class Client {{\n  constructor(readonly address: string) {{}}\n{}}}\n",
                calls(&|n| format!(
                    "\n  {word}Call{n}(): string {{\n    return `${{this.address}}/{word}/{n}`;\n  }}\n"
                ))
            ),
        );
    }
    if let Some((name, version)) = item.pypi {
        files.insert("sdk/python/pyproject.toml".into(), format!("[project]\nname = \"{name}\"\nversion = \"{version}\"\ndescription = \"The Python library of {}.\"\nrequires-python = \">=3.11\"\ndependencies = [\"httpx>=0.28\"]\n\n[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n", item.key));
        let module = name.replace('-', "_");
        files.insert(
            format!("sdk/python/{module}/__init__.py"),
            format!(
                "class Client:\n    def __init__(self, address: str) -> None:\n        self.address = address\n{}",
                calls(&|n| format!(
                    "\n    def {word}_call_{n}(self) -> str:\n        return f\"{{self.address}}/{word}/{n}\"\n"
                ))
            ),
        );
    }
    if let Some((group, artifact, version)) = item.maven.and_then(|(n, v)| n.split_once(':').map(|(g, a)| (g, a, v))) {
        files.insert("sdk/java/pom.xml".into(), format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n  <modelVersion>4.0.0</modelVersion>\n  <groupId>{group}</groupId>\n  <artifactId>{artifact}</artifactId>\n  <version>{version}</version>\n  <packaging>jar</packaging>\n</project>\n"));
        files.insert(
            "sdk/java/src/main/java/example/northpier/Client.java".into(),
            format!("package example.northpier;\n\n/** Talks to the service. */\npublic record Client(String address) {{\n{}}}\n", calls(&|n| format!("    public String {word}Call{n}() {{\n        return address + \"/{word}/{n}\";\n    }}\n"))),
        );
    }
    if let Some((name, version)) = item.cargo {
        files.insert("sdk/rust/Cargo.toml".into(), format!("[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2024\"\ndescription = \"The Rust library of {}.\"\n\n[lib]\npath = \"src/lib.rs\"\n", item.key));
        files.insert("sdk/rust/src/lib.rs".into(), format!("//! Talks to the service.\n\n/// A client of one address.\npub struct Client {{\n    pub address: String,\n}}\n{}", calls(&|n| format!("\nimpl Client {{\n    pub fn {word}_call_{n}(&self) -> String {{\n        format!(\"{{}}/{word}/{n}\", self.address)\n    }}\n}}\n"))));
    }
}
