//! What Argo CD (<https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml>) and Flux
//! (<https://fluxcd.io/flux/components/>) deploy from: charts, repositories, artifacts.
//! It must not fetch any of it, nor fill in a template.
use super::{Artifact, Extra, Release, remote};
use crate::facts::{
    ecosystems::{docker, helm, manifest, yaml_file::Node},
    model::FileFacts,
};

/// Adds the sources of an Application or ApplicationSet.
pub(super) fn argo(root: &Node, facts: &mut FileFacts) {
    let specs = [root.get("spec"), root.at(&["spec", "template", "spec"])];
    for spec in specs.into_iter().flatten() {
        let several = spec.get("sources").map(Node::items).unwrap_or_default();
        for source in spec.get("source").into_iter().chain(several) {
            argo_source(source, facts);
        }
    }
}

fn argo_source(source: &Node, facts: &mut FileFacts) {
    let Some(url) = source.get("repoURL") else { return };
    let (Some(text), revision) = (url.text(), source.text_of("targetRevision")) else { return };
    let found = match source.get("chart").and_then(|chart| Some((chart.text()?, chart.line))) {
        Some((chart, line)) => remote::chart(text, chart, revision, line),
        None => remote::git(text, revision, url.line),
    };
    found.into_iter().for_each(|dependency| docker::add(facts, dependency));
    if let Some(values) = source.at(&["helm", "valuesObject"]) {
        helm::value_images(values, facts);
    }
}

/// Adds what a Flux source or release names; what needs other files goes into `extra`.
pub(super) fn flux(kind: &str, root: &Node, facts: &mut FileFacts, extra: &mut Extra) {
    let Some(spec) = root.get("spec") else { return };
    match kind {
        "GitRepository" => {
            let Some(url) = spec.get("url") else { return };
            let reference = ["commit", "tag", "semver", "branch"].iter().find_map(|key| spec.at(&["ref", key])?.text());
            facts.dependencies.extend(url.text().and_then(|text| remote::git(text, reference, url.line)));
        }
        "HelmRepository" => {
            let name = root.at(&["metadata", "name"]).and_then(Node::text);
            let url = spec.text_of("url").filter(|url| !url.contains('$'));
            extra.repositories.extend(name.zip(url).map(|(name, url)| (name.to_owned(), url.to_owned())));
        }
        "OCIRepository" => extra.artifacts.extend(artifact(root, spec)),
        "HelmChart" => extra.releases.extend(release(spec)),
        "HelmRelease" => {
            extra.releases.extend(spec.at(&["chart", "spec"]).and_then(release));
            let reference = spec.get("chartRef").filter(|chart| chart.text_of("kind") == Some("OCIRepository"));
            extra.chart_refs.extend(reference.and_then(|chart| chart.text_of("name")).map(str::to_owned));
            if let Some(values) = spec.get("values") {
                helm::value_images(values, facts);
            }
        }
        _ => {}
    }
}

/// A chart of a HelmRepository. Of another source it is a folder, and the source says where it comes from.
fn release(spec: &Node) -> Option<Release> {
    let chart = spec.get("chart")?;
    let source = spec.get("sourceRef")?;
    let name = chart.text().filter(|name| manifest::is_name(name) && !name.contains(['/', '$', '{']))?;
    if source.text_of("kind").is_some_and(|kind| kind != "HelmRepository") {
        return None;
    }
    Some(Release {
        chart: name.to_owned(),
        requirement: spec.text_of("version").map(str::to_owned),
        repository: source.text_of("name").unwrap_or_default().to_owned(),
        line: chart.line,
    })
}

fn artifact(root: &Node, spec: &Node) -> Option<Artifact> {
    let url = spec.get("url")?;
    let place = url.text()?.strip_prefix("oci://")?;
    let at = |key: &str| spec.at(&["ref", key]).and_then(Node::text);
    let reference = match (at("digest"), at("tag").or_else(|| at("semver"))) {
        (Some(digest), Some(tag)) => format!(":{tag}@{digest}"),
        (Some(digest), None) => format!("@{digest}"),
        (None, Some(tag)) => format!(":{tag}"),
        (None, None) => String::new(),
    };
    let media = spec.at(&["layerSelector", "mediaType"]).and_then(Node::text).unwrap_or_default();
    Some(Artifact {
        name: root.at(&["metadata", "name"])?.text()?.to_owned(),
        image: format!("{place}{reference}"),
        is_chart: media.contains("helm.chart"),
        line: url.line,
    })
}
