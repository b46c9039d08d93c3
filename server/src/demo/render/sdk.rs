//! The libraries that a platform publishes: one small package per registry, all of one version.
//! It must not render a library's server.
use super::node::pretty;
use crate::{demo::items::Item, scan::Files};
use serde_json::json;

pub(super) fn add(files: &mut Files, item: &Item) {
    if let Some((name, _)) = item.go {
        files.insert("sdk/go/go.mod".into(), format!("module {name}\n\ngo 1.24\n"));
        let package = item.key.replace('-', "");
        files.insert("sdk/go/client.go".into(), format!("// Package {package} is the Go library of {}.\npackage {package}\n\n// Client talks to the service.\ntype Client struct {{\n\tAddress string\n}}\n", item.key));
    }
    if let Some((name, version)) = item.npm {
        let manifest = json!({"name": name, "version": version, "description": format!("The TypeScript library of {}.", item.key), "main": "dist/index.js", "types": "dist/index.d.ts", "files": ["dist"]});
        files.insert("sdk/js/package.json".into(), pretty(&manifest));
        files.insert(
            "sdk/js/src/index.ts".into(),
            "export class Client {\n  constructor(readonly address: string) {}\n}\n".into(),
        );
    }
    if let Some((name, version)) = item.pypi {
        files.insert("sdk/python/pyproject.toml".into(), format!("[project]\nname = \"{name}\"\nversion = \"{version}\"\ndescription = \"The Python library of {}.\"\nrequires-python = \">=3.11\"\ndependencies = [\"httpx>=0.28\"]\n\n[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n", item.key));
        let module = name.replace('-', "_");
        files.insert(
            format!("sdk/python/{module}/__init__.py"),
            "class Client:\n    def __init__(self, address: str) -> None:\n        self.address = address\n".into(),
        );
    }
    if let Some((group, artifact, version)) = item.maven.and_then(|(n, v)| n.split_once(':').map(|(g, a)| (g, a, v))) {
        files.insert("sdk/java/pom.xml".into(), format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n  <modelVersion>4.0.0</modelVersion>\n  <groupId>{group}</groupId>\n  <artifactId>{artifact}</artifactId>\n  <version>{version}</version>\n  <packaging>jar</packaging>\n</project>\n"));
        files.insert(
            "sdk/java/src/main/java/example/northpier/Client.java".into(),
            "package example.northpier;\n\n/** Talks to the service. */\npublic record Client(String address) {}\n"
                .into(),
        );
    }
    if let Some((name, version)) = item.cargo {
        files.insert("sdk/rust/Cargo.toml".into(), format!("[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2024\"\ndescription = \"The Rust library of {}.\"\n\n[lib]\npath = \"src/lib.rs\"\n", item.key));
        files.insert("sdk/rust/src/lib.rs".into(), "//! Talks to the service.\n\n/// A client of one address.\npub struct Client {\n    pub address: String,\n}\n".into());
    }
}
