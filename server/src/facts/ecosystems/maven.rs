//! Maven projects: pom.xml and .mvn/extensions.xml, with parents, properties and managed versions within the repository
//! (<https://maven.apache.org/pom.html>). It must not fetch a parent or BOM from anywhere; document types are refused.
mod model;
mod project;

use super::manifest;
use crate::facts::{
    model::{Dependency, DependencyDecl, FileFacts, Package, RepositoryFiles},
    parser::{Parser, Resolved},
};
use model::Models;
use shared::{Ecosystem, RepoPath, Severity};

/// The parser of Maven's files.
pub(super) struct Maven;

impl Parser for Maven {
    fn key(&self) -> &'static str {
        "maven"
    }

    fn version(&self) -> u32 {
        2
    }

    fn wants(&self, path: &RepoPath) -> bool {
        let name = path.file_name();
        name == "pom.xml" || (name == "extensions.xml" && path.parent().file_name() == ".mvn")
    }

    fn parse(&self, _file_name: &str, bytes: &[u8]) -> FileFacts {
        match manifest::text(bytes) {
            Ok(text) => project::read(text),
            Err(facts) => *facts,
        }
    }

    fn resolve(&self, files: &RepositoryFiles) -> Resolved {
        let models = Models::of(files);
        let mut resolved = Resolved::default();
        for (path, blob, facts) in files.of_parser(self.key()) {
            for decl in &facts.packages {
                let mut decl = decl.clone();
                decl.name = models.package_name(path, &decl.name);
                decl.version = decl.version.or_else(|| models.version(path)).and_then(|v| models.fill(path, &v));
                if manifest::is_name(&decl.name) && !decl.name.contains('$') {
                    resolved.packages.push(Package { decl, path: path.clone(), blob: blob.clone() });
                }
            }
            for decl in &facts.dependencies {
                match resolve_dependency(&models, path, decl) {
                    Ok(Some(decl)) => {
                        resolved.dependencies.push(Dependency { decl, path: path.clone(), blob: blob.clone() });
                    }
                    Ok(None) => {}
                    Err(message) => {
                        let place = decl.line.map(|line| (line, 1));
                        let problem = manifest::problem("property-unresolved", Severity::Info, place, message);
                        resolved.findings.push(problem.at(path));
                    }
                }
            }
        }
        resolved
    }
}

/// `None` for a parent that lies in the repository.
fn resolve_dependency(
    models: &Models,
    path: &RepoPath,
    decl: &DependencyDecl,
) -> Result<Option<DependencyDecl>, String> {
    if models.is_own_parent(path, decl) {
        return Ok(None);
    }
    let mut decl = decl.clone();
    let Some(name) = models.fill(path, &decl.name) else {
        let shown = manifest::tidy(&decl.name, 120);
        return Err(format!("\"{shown}\" uses a property that no pom.xml of this repository sets; it is left out."));
    };
    decl.requirement = match decl.requirement.take() {
        // A property of a parent outside the repository is no version to show.
        Some(written) => models.fill(path, &written),
        None => models.managed(path, &name).and_then(|written| models.fill(path, &written)),
    };
    decl.name = name;
    Ok(Some(decl))
}

fn ecosystem() -> Ecosystem {
    Ecosystem::known("maven")
}
