//! Go repositories: modules with their sums, and a workspace of two.
//! It must not name third-party versions that the item table has.
use super::{State, packages};
use crate::{
    demo::plan::{Plan, Stack},
    scan::Files,
};
use base64::Engine;
use sha2::{Digest, Sha256};

const COMMON: &[(&str, &str)] = &[("github.com/gorilla/mux", "v1.8.1"), ("golang.org/x/sync", "v0.15.0")];

pub(super) fn add(files: &mut Files, plan: &Plan, state: &State) {
    let mut needs: Vec<(&str, &str)> = COMMON.to_vec();
    needs.extend(packages(plan, state.month).filter_map(|item| item.go));
    needs.sort_unstable();
    if plan.stack == Stack::GoWork {
        files.insert("go.work".into(), "go 1.24\n\nuse (\n\t./indexer\n\t./server\n)\n".into());
        module(files, plan, "indexer/", &needs[..2]);
        module(files, plan, "server/", &needs);
    } else {
        module(files, plan, "", &needs);
    }
    let base = if plan.stack == Stack::GoWork { "server/" } else { "" };
    let imports: String = needs.iter().map(|(name, _)| format!("\t_ \"{name}\"\n")).collect();
    files.insert(
        format!("{base}cmd/{}/main.go", plan.name),
        format!("// Command {0} serves {0}.\npackage main\n\nimport (\n\t\"log\"\n\t\"net/http\"\n\n{imports})\n\nfunc main() {{\n\tlog.Fatal(http.ListenAndServe(\":8080\", nil))\n}}\n", plan.name),
    );
    for (part, times) in &state.parts {
        files.insert(format!("{base}internal/{part}/{part}.go"), source(plan, part, *times));
    }
}

fn module(files: &mut Files, plan: &Plan, base: &str, needs: &[(&str, &str)]) {
    let requires: String = needs.iter().map(|(name, version)| format!("\t{name} {version}\n")).collect();
    let suffix = base.trim_end_matches('/');
    let suffix = if suffix.is_empty() { String::new() } else { format!("/{suffix}") };
    let text =
        format!("module go.northpier.example/services/{}{suffix}\n\ngo 1.24\n\nrequire (\n{requires})\n", plan.name);
    files.insert(format!("{base}go.mod"), text);
    let sums = needs.iter().map(|(name, version)| {
        let sum = |text: String| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        format!(
            "{name} {version} h1:{}\n{name} {version}/go.mod h1:{}\n",
            sum(format!("{name}@{version}")),
            sum(format!("{name}@{version}/go.mod"))
        )
    });
    files.insert(format!("{base}go.sum"), sums.collect());
}

fn source(plan: &Plan, part: &str, times: u32) -> String {
    let word = super::word(plan);
    let functions: String = (1..=times)
        .map(|n| format!("\n// {word}Step{n} is step {n} of handling {part}.\nfunc {word}Step{n}({word} int) (int, error) {{\n\tif {word} < 0 {{\n\t\treturn 0, err{word}\n\t}}\n\treturn {word}*{n} + {}, nil\n}}\n", n + 1))
        .collect();
    format!(
        "// Package {part} handles {part}.\npackage {part}\n\nimport \"errors\"\n\n// err{word} is returned for input that makes no sense.\nvar err{word} = errors.New(\"{part}: bad input\")\n{functions}"
    )
}
