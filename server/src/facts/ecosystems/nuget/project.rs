//! One MSBuild file as it stands: package references, versions, properties, and what the project is.
//! It must not look at the files that it imports.
use super::{
    super::{
        manifest::{self, hint},
        xml_file::{elements, line, metadata},
    },
    declared, ecosystem,
    lists::add,
};
use crate::facts::model::{FileFacts, PackageDecl, TypeHint};
use roxmltree::{Document, Node};
use serde::{Deserialize, Serialize};
use shared::Scope;
use std::collections::BTreeMap;

/// What the other files of the repository may need of this one. Texts are as written, with `$(…)` in them.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Extra {
    pub properties: BTreeMap<String, String>,
    /// Lower-case package name to its central version.
    pub versions: BTreeMap<String, String>,
    /// Files that it imports, as written.
    pub imports: Vec<String>,
    /// References whose name is made of properties: name, version, line.
    pub named_by_property: Vec<(String, Option<String>, u32)>,
}

/// Properties kept of one file; more are no versions.
const MAX_PROPERTIES: usize = 2_000;

/// Packages that only projects of tests reference.
const TEST_SDKS: &[&str] =
    &["microsoft.net.test.sdk", "xunit", "xunit.v3", "nunit", "mstest", "mstest.testframework", "tunit"];

/// Reads a project, props or targets file.
pub(super) fn read(document: &Document<'_>, file_name: &str) -> FileFacts {
    let root = document.root_element();
    let mut facts = FileFacts::default();
    if root.tag_name().name() != "Project" {
        return facts;
    }
    let mut extra = Extra::default();
    for node in root.descendants().filter(Node::is_element) {
        match node.tag_name().name() {
            "PackageReference" | "GlobalPackageReference" | "DotNetCliToolReference" => {
                reference(node, &mut facts, &mut extra)
            }
            "PackageVersion" => version(node, &mut extra),
            "PropertyGroup" => properties(node, &mut extra),
            "Import" => extra.imports.extend(node.attribute("Project").map(str::to_owned)),
            "Sdk" => sdk(node.attribute("Name"), node.attribute("Version"), line(node), &mut facts),
            _ => {}
        }
    }
    if let Some((name, version)) = root.attribute("Sdk").and_then(|sdk| sdk.split_once('/')) {
        sdk(Some(name), Some(version), line(root), &mut facts);
    }
    if let Some(stem) = project_name(file_name) {
        package(root, stem, &extra, &mut facts);
    }
    facts.extra = serde_json::to_value(&extra).unwrap_or_default();
    facts
}

fn project_name(file_name: &str) -> Option<&str> {
    [".csproj", ".fsproj", ".vbproj"].into_iter().find_map(|ending| file_name.strip_suffix(ending))
}

fn reference(node: Node<'_, '_>, facts: &mut FileFacts, extra: &mut Extra) {
    // `Update` changes a reference made elsewhere and `Remove` takes one away.
    let Some(include) = node.attribute("Include") else { return };
    let version = metadata(node, "VersionOverride").or_else(|| metadata(node, "Version"));
    let private = metadata(node, "PrivateAssets").is_some_and(|assets| assets.eq_ignore_ascii_case("all"));
    let global = node.tag_name().name() != "PackageReference";
    let scope = if private || global { Scope::Build } else { Scope::Runtime };
    for name in include.split(';').map(str::trim).filter(|name| !name.is_empty()) {
        if name.contains("$(") {
            extra.named_by_property.push((manifest::tidy(name, 300), version.clone(), line(node)));
        } else {
            add(facts, declared(name, version.clone(), scope, line(node)));
        }
    }
}

fn version(node: Node<'_, '_>, extra: &mut Extra) {
    let name = node.attribute("Include").or_else(|| node.attribute("Update"));
    if let (Some(name), Some(version)) = (name, metadata(node, "Version")) {
        extra.versions.entry(name.trim().to_lowercase()).or_insert(version);
    }
}

/// A property set twice (in groups with conditions) keeps its first value.
fn properties(group: Node<'_, '_>, extra: &mut Extra) {
    for property in elements(group) {
        if let Some(value) = property.text().and_then(manifest::requirement)
            && extra.properties.len() < MAX_PROPERTIES
        {
            extra.properties.entry(property.tag_name().name().to_owned()).or_insert(value);
        }
    }
}

/// An SDK with a version comes from NuGet; one without is part of .NET.
fn sdk(name: Option<&str>, version: Option<&str>, line: u32, facts: &mut FileFacts) {
    if let (Some(name), Some(version)) = (name, version.and_then(manifest::requirement)) {
        add(facts, declared(name, Some(version), Scope::Build, line));
    }
}

fn package(root: Node<'_, '_>, stem: &str, extra: &Extra, facts: &mut FileFacts) {
    let property = |name: &str| extra.properties.get(name).map(String::as_str);
    let plain = |name: &str| property(name).filter(|value| !value.contains('$') && manifest::is_name(value));
    let is_true = |name: &str| property(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let test = is_test(stem, is_true("IsTestProject"), facts);
    if test {
        for dependency in facts.dependencies.iter_mut().filter(|dependency| dependency.scope == Scope::Runtime) {
            dependency.scope = Scope::Test;
        }
    }
    let name = plain("PackageId").or_else(|| plain("AssemblyName")).unwrap_or(stem);
    if !manifest::is_name(name) {
        return facts.problems.push(manifest::bad_name(name, (1, 1)));
    }
    let packs = is_true("IsPackable") || is_true("GeneratePackageOnBuild") || property("PackageId").is_some();
    facts.packages.push(PackageDecl {
        ecosystem: ecosystem(),
        name: name.to_owned(),
        version: plain("Version").or_else(|| plain("VersionPrefix")).map(str::to_owned),
        description: property("Description").filter(|text| !text.contains("$(")).and_then(manifest::description),
        hints: hints(root, test, property("OutputType"), is_true("UseMaui")),
        published: packs && !test,
        line: Some(line(root)),
    });
}

fn is_test(stem: &str, told: bool, facts: &FileFacts) -> bool {
    let named = stem.ends_with("Tests") || stem.ends_with(".Test") || stem.ends_with(".Testing");
    told || named || facts.dependencies.iter().any(|found| TEST_SDKS.contains(&found.name.to_lowercase().as_str()))
}

fn hints(root: Node<'_, '_>, test: bool, output: Option<&str>, maui: bool) -> Vec<TypeHint> {
    if test {
        return vec![hint("library", 10, "it is a .NET project of tests")];
    }
    let names: Vec<&str> = root
        .attribute("Sdk")
        .into_iter()
        .chain(elements(root).filter(|node| node.tag_name().name() == "Sdk").filter_map(|node| node.attribute("Name")))
        .map(|sdk| sdk.split('/').next().unwrap_or_default())
        .collect();
    let exe = output.is_some_and(|output| output.eq_ignore_ascii_case("exe"));
    let asp = root.descendants().any(|node| {
        node.tag_name().name() == "FrameworkReference" && node.attribute("Include") == Some("Microsoft.AspNetCore.App")
    });
    let mut hints = vec![];
    for sdk in names {
        let (subtype, weight) = match sdk {
            "Microsoft.NET.Sdk.Web" => ("service", 60),
            "Microsoft.NET.Sdk.Worker" => ("service", 55),
            "Microsoft.NET.Sdk.Functions" => ("service", 60),
            "Microsoft.NET.Sdk.BlazorWebAssembly" => ("website", 65),
            _ => continue,
        };
        // A web project with OutputType Library is a library of pages or controllers.
        let weight = if output.is_some_and(|output| output.eq_ignore_ascii_case("library")) { 15 } else { weight };
        hints.push(hint(subtype, weight, format!("the project uses the SDK {sdk}")));
    }
    match () {
        () if maui => hints.push(hint("mobile-app", 80, "the project sets UseMaui")),
        () if exe && asp => hints.push(hint("service", 55, "the project is a program on ASP.NET Core")),
        () if exe => hints.push(hint("cli", 45, "the project has OutputType Exe")),
        () if hints.is_empty() => hints.push(hint("library", 30, "it is a .NET project without a program")),
        () => {}
    }
    hints.sort_by_key(|hint| std::cmp::Reverse(hint.weight));
    hints
}
