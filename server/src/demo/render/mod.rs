//! Turns a plan at a moment into the files that its repository holds then.
//! Pure: the same plan and state give the same text.
mod go;
mod homegrown;
mod infra;
mod maven;
mod node;
pub(super) mod org;
mod python;
mod rust;
mod sdk;

use super::{
    items::{self, Item},
    plan::{Claim, Plan, Stack},
};
use crate::scan::Files;

/// How far a repository has come.
pub(super) struct State {
    pub month: u32,
    /// Whether the descriptor has been added.
    pub described: bool,
    /// The parts of the source with how often each was worked on, in the order they came.
    pub parts: Vec<(&'static str, u32)>,
    /// How often the repository's own copies of homegrown code were worked on.
    pub upkeep: usize,
}

pub(super) fn files(plan: &Plan, state: &State) -> Files {
    let mut files = Files::new();
    files.insert("README.md".into(), readme(plan));
    if plan.claim != Claim::Nobody {
        files.insert(".github/CODEOWNERS".into(), format!("# Who reviews what\n* @northpier/{}\n", plan.team));
    }
    if state.described && !matches!(plan.claim, Claim::Nothing | Claim::Nobody) {
        files.insert("catalog-info.yaml".into(), descriptor(plan, state.month));
    }
    match plan.stack {
        Stack::Go | Stack::GoWork => go::add(&mut files, plan, state),
        Stack::TsService | Stack::TsWeb | Stack::TsWorkspaces => node::add(&mut files, plan, state),
        Stack::Poetry | Stack::Requirements => python::add(&mut files, plan, state),
        Stack::Maven => maven::add(&mut files, plan, state),
        Stack::Rust => rust::add(&mut files, plan, state),
        Stack::Terraform | Stack::Helm => infra::add(&mut files, plan, state),
        Stack::Plain => notes(&mut files, state),
    }
    if let Some(item) = plan.publishes.and_then(items::find) {
        sdk::add(&mut files, item, state);
    }
    delivery(&mut files, plan, state.month);
    homegrown::add(&mut files, plan, state);
    for extra in plan.extras.iter().filter(|extra| extra.from <= state.month) {
        files.insert(extra.path.into(), extra.text.into());
    }
    files
}

/// The items in use that are packages.
fn packages(plan: &Plan, month: u32) -> impl Iterator<Item = &'static Item> {
    items::ITEMS.iter().filter(move |item| plan.uses(item.key, month))
}

fn readme(plan: &Plan) -> String {
    let title = title(plan.name);
    format!(
        "# {title}\n\n{}\n\n## Work on it\n\nRun `make build test`. Changes are reviewed by the team {}.\n",
        plan.about, plan.team
    )
}

/// A name for what is the repository's own, as code spells it: no two repositories have the same code by chance.
fn word(plan: &Plan) -> String {
    plan.name.split('-').collect()
}

fn title(name: &str) -> String {
    let text = name.replace('-', " ");
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn descriptor(plan: &Plan, month: u32) -> String {
    let owner = if let Claim::Owner(other) = plan.claim { other } else { plan.team };
    let mut text = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {}\n  title: {}\n  description: >-\n    {}\n",
        plan.name,
        title(plan.name),
        plan.about
    );
    if plan.system == "money" {
        text += "  tags: [takes-money]\n";
    }
    let lifecycle = if plan.months.0 > 8 { "experimental" } else { "production" };
    text += &format!(
        "spec:\n  type: {}\n  lifecycle: {lifecycle}\n  owner: group:default/{owner}\n  system: {}\n",
        plan.subtype(),
        plan.system
    );
    let needs: Vec<&str> = ["courier", "gatehouse"].into_iter().filter(|item| plan.uses(item, month)).collect();
    if !needs.is_empty() {
        text += "  dependsOn:\n";
        needs.iter().for_each(|item| text += &format!("    - component:default/{item}\n"));
    }
    if let Some(api) = api_name(plan) {
        text += &format!(
            "  providesApis:\n    - api:default/{api}\n---\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: {api}\nspec:\n  type: openapi\n  lifecycle: production\n  owner: group:default/{owner}\n  system: {}\n  definition: |\n    openapi: 3.1.0\n    info: {{title: {api}, version: 1.0.0}}\n    paths: {{}}\n",
            plan.system
        );
    }
    text
}

fn api_name(plan: &Plan) -> Option<&'static str> {
    match plan.name {
        "flagship" => Some("flagship-api"),
        "gatehouse" => Some("gatehouse-api"),
        "payments-api" => Some("payments-api"),
        _ => None,
    }
}

/// Continuous integration and the image, by the golden path or not.
fn delivery(files: &mut Files, plan: &Plan, month: u32) {
    let head = "name: ci\non: [push, pull_request]\njobs:\n  build:\n";
    if plan.uses("pipelines", month) {
        let kind = if plan.subtype() == "website" { "website" } else { "service" };
        let uses = format!(
            "    uses: northpier/pipelines/.github/workflows/{kind}.yml@v3\n    with:\n      language: {}\n",
            language(plan.stack)
        );
        files.insert(".github/workflows/ci.yml".into(), format!("{head}{uses}"));
    } else if plan.uses("plain-ci", month) {
        let steps =
            "    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: make build test\n";
        files.insert(".github/workflows/ci.yml".into(), format!("{head}{steps}"));
    } else if plan.uses("circleci", month) {
        let text = "version: 2.1\njobs:\n  build:\n    docker:\n      - image: cimg/node:22.11\n    steps:\n      - checkout\n      - run: npm ci\n      - run: npm test\n";
        files.insert(".circleci/config.yml".into(), text.into());
    }
    if plan.uses("drawbridge", month) {
        files.insert("drawbridge.yaml".into(), format!("api: {}\nplan: partners\n", plan.name));
    }
    if plan.subtype() == "service" {
        files.insert("Dockerfile".into(), dockerfile(plan, month));
    }
}

fn dockerfile(plan: &Plan, month: u32) -> String {
    let (build, base) = match plan.stack {
        Stack::Go | Stack::GoWork => ("golang:1.24", "go"),
        Stack::TsService | Stack::TsWeb | Stack::TsWorkspaces => ("node:22", "node"),
        Stack::Poetry | Stack::Requirements => ("python:3.13", "python"),
        Stack::Maven => ("eclipse-temurin:21", "java"),
        _ => ("rust:1.90", "static"),
    };
    let run = if plan.uses("golden-images", month) {
        format!("registry.northpier.example/base/{base}:2026.1")
    } else {
        "debian:12-slim".to_owned()
    };
    format!(
        "FROM {build} AS build\nWORKDIR /src\nCOPY . .\nRUN make build\n\nFROM {run}\nCOPY --from=build /src/out /app\nENTRYPOINT [\"/app/run\"]\n"
    )
}

fn language(stack: Stack) -> &'static str {
    match stack {
        Stack::Go | Stack::GoWork => "go",
        Stack::TsService | Stack::TsWeb | Stack::TsWorkspaces => "typescript",
        Stack::Poetry | Stack::Requirements => "python",
        Stack::Maven => "java",
        Stack::Rust => "rust",
        Stack::Terraform => "terraform",
        Stack::Helm | Stack::Plain => "none",
    }
}

fn notes(files: &mut Files, state: &State) {
    for (part, times) in &state.parts {
        let lines: String = (1..=*times).map(|n| format!("\nDecision {n}: keep it simple.\n")).collect();
        files.insert(format!("docs/{part}.md"), format!("# {}\n{lines}", title(part)));
    }
}
