//! One pom.xml as it stands: coordinates, dependencies, plugins, parent, and what `resolve` needs to know.
//! It must not look at other files.
use super::{
    super::{
        manifest,
        xml_file::{self, child, elements, text},
    },
    ecosystem,
};
use crate::facts::model::{DependencyDecl, FileFacts, PackageDecl};
use roxmltree::{Document, Node};
use serde::{Deserialize, Serialize};
use shared::{DependencyKind, Scope};
use std::collections::BTreeMap;

/// What the other files of the repository may need of this one. Texts are as written, with `${…}` in them.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    pub(super) group: Option<String>,
    pub(super) artifact: Option<String>,
    pub(super) version: Option<String>,
    pub(super) parent: Option<Parent>,
    pub(super) properties: BTreeMap<String, String>,
    /// `group:artifact` to version, of dependencyManagement and pluginManagement.
    pub(super) managed: BTreeMap<String, String>,
    /// `group:artifact` of imported BOMs.
    pub(super) boms: Vec<String>,
}

/// The parent as written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Parent {
    pub(super) name: String,
    pub(super) version: Option<String>,
    /// Empty for "not in this repository".
    pub(super) relative_path: String,
    pub(super) line: u32,
}

pub(super) fn read(text: &str) -> FileFacts {
    let document = match xml_file::read(text) {
        Ok(document) => document,
        Err(problem) => return FileFacts { problems: vec![problem], ..FileFacts::default() },
    };
    let root = document.root_element();
    if !matches!(root.tag_name().name(), "project" | "extensions") {
        return FileFacts::default();
    }
    let mut reader = Reader { document: &document, facts: FileFacts::default(), extra: Extra::default() };
    if root.tag_name().name() == "extensions" {
        reader.extensions(elements(root));
        return reader.facts;
    }
    reader.project(root);
    reader.facts.extra = serde_json::to_value(&reader.extra).unwrap_or_default();
    reader.facts
}

struct Reader<'a, 'd> {
    document: &'a Document<'d>,
    facts: FileFacts,
    extra: Extra,
}

impl<'a> Reader<'a, '_> {
    fn line(&self, node: Node<'_, '_>) -> u32 {
        self.document.text_pos_at(node.range().start).row
    }

    fn project(&mut self, root: Node<'a, '_>) {
        self.extra.group = text(root, "groupId");
        self.extra.artifact = text(root, "artifactId");
        self.extra.version = text(root, "version");
        self.parent(root);
        self.properties(root);
        self.section(root, None);
        for profile in child(root, "profiles").into_iter().flat_map(elements) {
            self.properties(profile);
            self.section(profile, Some(Scope::Optional));
        }
        self.package(root);
    }

    /// Properties of the project come first: which profile is active is not known.
    fn properties(&mut self, node: Node<'a, '_>) {
        for property in child(node, "properties").into_iter().flat_map(elements) {
            let value = manifest::tidy(property.text().unwrap_or_default(), 500);
            self.extra.properties.entry(property.tag_name().name().to_owned()).or_insert(value);
        }
    }

    /// Extensions of Maven itself (`.mvn/extensions.xml`) or of a build.
    fn extensions<'n, 'i: 'n>(&mut self, extensions: impl Iterator<Item = Node<'n, 'i>>) {
        for extension in extensions {
            let Some(name) = coordinates(extension, None) else { continue };
            let line = self.line(child(extension, "artifactId").unwrap_or(extension));
            self.add(name, text(extension, "version"), Scope::Build, line);
        }
    }

    fn parent(&mut self, root: Node<'a, '_>) {
        let Some(parent) = child(root, "parent") else { return };
        let Some(name) = coordinates(parent, None) else { return };
        let relative = child(parent, "relativePath").map(|node| node.text().unwrap_or_default().trim().to_owned());
        let line = self.line(child(parent, "artifactId").unwrap_or(parent));
        let version = text(parent, "version");
        self.extra.parent = Some(Parent {
            name: name.clone(),
            version: version.clone(),
            relative_path: relative.unwrap_or_else(|| "../pom.xml".to_owned()),
            line,
        });
        self.add(name, version, Scope::Build, line);
    }

    /// A project or a profile: dependencies, management, build.
    fn section(&mut self, node: Node<'a, '_>, scope: Option<Scope>) {
        for dependency in list(node, &["dependencies"]) {
            let Some(name) = coordinates(dependency, None) else { continue };
            let line = self.line(child(dependency, "artifactId").unwrap_or(dependency));
            self.add(name, text(dependency, "version"), in_profile(scope_of(dependency), scope), line);
        }
        for managed in list(node, &["dependencyManagement", "dependencies"]) {
            let Some(name) = coordinates(managed, None) else { continue };
            if text(managed, "scope").as_deref() == Some("import") {
                let line = self.line(child(managed, "artifactId").unwrap_or(managed));
                self.extra.boms.push(name.clone());
                self.add(name, text(managed, "version"), Scope::Build, line);
            } else if let Some(version) = text(managed, "version") {
                self.extra.managed.insert(name, version);
            }
        }
        for managed in list(node, &["build", "pluginManagement", "plugins"]) {
            if let (Some(name), Some(version)) = (plugin_name(managed), text(managed, "version")) {
                self.extra.managed.insert(name, version);
            }
        }
        for plugin in list(node, &["build", "plugins"]).chain(list(node, &["reporting", "plugins"])) {
            let Some(name) = plugin_name(plugin) else { continue };
            let line = self.line(child(plugin, "artifactId").unwrap_or(plugin));
            self.add(name, text(plugin, "version"), Scope::Build, line);
            self.extensions(list(plugin, &["dependencies"]));
        }
        self.extensions(list(node, &["build", "extensions"]));
    }

    fn add(&mut self, name: String, version: Option<String>, scope: Scope, line: u32) {
        if !manifest::is_name(&name.replace(['{', '}'], "")) {
            self.facts.problems.push(manifest::bad_name(&name, (line, 1)));
            return;
        }
        self.facts.dependencies.push(DependencyDecl {
            ecosystem: ecosystem(),
            name,
            requirement: version,
            version: None,
            scope,
            kind: DependencyKind::Declared,
            line: Some(line),
        });
    }

    fn package(&mut self, root: Node<'a, '_>) {
        let (Some(artifact), Some(node)) = (self.extra.artifact.clone(), child(root, "artifactId")) else { return };
        let parents_group =
            || self.extra.parent.as_ref().and_then(|parent| parent.name.split_once(':')).map(|(g, _)| g.to_owned());
        let group = self.extra.group.clone().or_else(parents_group);
        let packaging = text(root, "packaging");
        let aggregates = packaging.as_deref() == Some("pom") && list(root, &["modules"]).next().is_some();
        let mut hints = vec![];
        if packaging.as_deref() == Some("war") {
            hints.push(manifest::hint("service", 50, "pom.xml has packaging war"));
        }
        let plugins = self.facts.dependencies.iter().filter(|dependency| dependency.scope == Scope::Build);
        for plugin in plugins.filter_map(|plugin| plugin.name.split_once(':')).map(|(_, artifact)| artifact) {
            if matches!(
                plugin,
                "spring-boot-maven-plugin" | "quarkus-maven-plugin" | "micronaut-maven-plugin" | "jib-maven-plugin"
            ) {
                hints.push(manifest::hint("service", 60, format!("pom.xml builds with {plugin}")));
            }
        }
        if aggregates {
            hints.clear();
        }
        self.facts.packages.push(PackageDecl {
            ecosystem: ecosystem(),
            name: group.map_or_else(|| artifact.clone(), |group| format!("{group}:{artifact}")),
            version: self.extra.version.clone(),
            description: text(root, "description")
                .or_else(|| text(root, "name"))
                .and_then(|d| manifest::description(&d)),
            hints,
            published: !aggregates,
            line: Some(self.line(node)),
        });
    }
}

/// The elements below a chain of names.
fn list<'a, 'i>(node: Node<'a, 'i>, names: &[&str]) -> impl Iterator<Item = Node<'a, 'i>> {
    names.iter().try_fold(node, |node, name| child(node, name)).into_iter().flat_map(elements)
}

fn coordinates(node: Node<'_, '_>, default_group: Option<&str>) -> Option<String> {
    let group = text(node, "groupId").or_else(|| default_group.map(str::to_owned))?;
    Some(format!("{group}:{}", text(node, "artifactId")?))
}

fn plugin_name(node: Node<'_, '_>) -> Option<String> {
    coordinates(node, Some("org.apache.maven.plugins"))
}

/// A profile may be off: what runs only with it is optional.
fn in_profile(scope: Scope, profile: Option<Scope>) -> Scope {
    profile.filter(|_| scope == Scope::Runtime).unwrap_or(scope)
}

fn scope_of(dependency: Node<'_, '_>) -> Scope {
    match text(dependency, "scope").as_deref() {
        Some("test") => Scope::Test,
        Some("provided" | "system") => Scope::Build,
        _ if text(dependency, "optional").as_deref() == Some("true") => Scope::Optional,
        _ => Scope::Runtime,
    }
}
