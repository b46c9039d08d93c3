//! Kustomize files (<https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/>).
//! It must not render anything; local resources are files of the repository, and generators make none.
use super::remote;
use crate::facts::{
    ecosystems::{docker, yaml_file::Node},
    model::FileFacts,
};
use shared::Scope;

/// Adds replaced images, charts, and resources fetched from elsewhere.
pub(super) fn read(root: &Node, facts: &mut FileFacts) {
    for key in ["resources", "bases", "components", "crds"] {
        for item in items(root, key) {
            let found = item.text().and_then(|text| remote::resource(text.trim(), item.line));
            found.into_iter().for_each(|dependency| docker::add(facts, dependency));
        }
    }
    items(root, "images").iter().for_each(|item| image(item, facts));
    for key in ["helmCharts", "helmChartInflationGenerator"] {
        items(root, key).iter().for_each(|item| chart(item, facts));
    }
}

fn items<'a>(root: &'a Node, key: &str) -> &'a [Node] {
    root.get(key).map(Node::items).unwrap_or_default()
}

/// `name` stands in the manifests; `newName` is what runs.
fn image(item: &Node, facts: &mut FileFacts) {
    let Some(name) = item.get("newName").or_else(|| item.get("name")) else { return };
    let Some(text) = name.text() else { return };
    // The name alone changes nothing.
    let (tag, digest) = (item.text_of("newTag"), item.text_of("digest"));
    if item.get("newName").is_none() && tag.is_none() && digest.is_none() {
        return;
    }
    let tag = tag.map(|tag| format!(":{tag}")).unwrap_or_default();
    let digest = digest.map(|digest| format!("@{digest}")).unwrap_or_default();
    docker::add_written(facts, &format!("{text}{tag}{digest}"), Scope::Runtime, name.line);
}

fn chart(item: &Node, facts: &mut FileFacts) {
    let Some(node) = item.get("name").or_else(|| item.get("chartName")) else { return };
    let repository = item.text_of("repo").or_else(|| item.text_of("chartRepoUrl")).unwrap_or_default();
    let Some(name) = node.text() else { return };
    // Without a repository the chart lies in the folder `charts`.
    if repository.is_empty() {
        return;
    }
    let version = item.text_of("version").or_else(|| item.text_of("chartVersion"));
    facts.dependencies.extend(remote::chart(repository, name, version, node.line));
}
