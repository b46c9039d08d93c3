//! npm repositories: services, websites and a workspace, each with its lock file.
//! It must not render anything but what npm and TypeScript read.
use super::{State, packages};
use crate::{
    demo::plan::{Plan, Stack},
    scan::Files,
};
use serde_json::{Map, Value, json};

const SERVICE: &[(&str, &str)] = &[("express", "4.21.2"), ("zod", "3.25.28")];
const WEBSITE: &[(&str, &str)] = &[("react", "19.1.0"), ("react-dom", "19.1.0")];
const TOOLS: &[(&str, &str)] = &[("typescript", "5.8.3"), ("vite", "6.3.5"), ("vitest", "3.1.4")];

pub(super) fn add(files: &mut Files, plan: &Plan, state: &State) {
    let website = plan.stack != Stack::TsService;
    let mut needs: Vec<(&str, &str)> = if website { WEBSITE } else { SERVICE }.to_vec();
    needs.extend(packages(plan, state.month).filter_map(|item| item.npm));
    needs.sort_unstable();
    let name = format!("@northpier/{}-app", plan.name);
    let scripts = if website {
        json!({"dev": "vite", "build": "vite build", "test": "vitest"})
    } else {
        json!({"start": "node dist/server.js", "build": "tsc", "test": "vitest"})
    };
    let manifest = json!({
        "name": name, "version": "1.0.0", "private": true, "description": plan.about, "scripts": scripts,
        "dependencies": requirements(&needs), "devDependencies": requirements(TOOLS),
    });
    let base = if plan.stack == Stack::TsWorkspaces { "apps/shop/" } else { "" };
    files.insert(format!("{base}package.json"), pretty(&manifest));
    if plan.stack == Stack::TsWorkspaces {
        workspace(files, plan);
    }
    files.insert("package-lock.json".into(), pretty(&lock(&name, &manifest, &needs)));
    files.insert(
        format!("{base}tsconfig.json"),
        "{\n  \"compilerOptions\": { \"strict\": true, \"target\": \"es2023\" }\n}\n".into(),
    );
    sources(files, base, &needs, (plan, state));
}

fn workspace(files: &mut Files, plan: &Plan) {
    let root = json!({"name": format!("@northpier/{}-root", plan.name), "private": true, "workspaces": ["apps/*", "packages/*"]});
    files.insert("package.json".into(), pretty(&root));
    let kit = json!({"name": "@northpier/design-kit", "version": "2.2.0", "main": "src/index.ts", "peerDependencies": {"react": ">=18"}});
    files.insert("packages/design-kit/package.json".into(), pretty(&kit));
    files.insert(
        "packages/design-kit/src/index.ts".into(),
        "export const space = [0, 4, 8, 12, 16, 24, 32];\nexport const radius = { card: 8, button: 6 };\n".into(),
    );
    files.insert(
        "packages/design-kit/README.md".into(),
        "# Design kit\n\nSpaces, colours and buttons of the shop.\n".into(),
    );
}

fn requirements(needs: &[(&str, &str)]) -> Value {
    Value::Object(needs.iter().map(|(name, version)| ((*name).to_owned(), json!(format!("^{version}")))).collect())
}

/// A package-lock of version 3: the root's own entry, then every package at its place in node_modules.
fn lock(name: &str, manifest: &Value, needs: &[(&str, &str)]) -> Value {
    let mut packages = Map::new();
    packages.insert(String::new(), json!({"name": name, "version": "1.0.0", "dependencies": manifest["dependencies"], "devDependencies": manifest["devDependencies"]}));
    for (dev, (package, version)) in needs.iter().map(|n| (false, n)).chain(TOOLS.iter().map(|n| (true, n))) {
        let file = package.rsplit('/').next().unwrap_or(package);
        let mut entry = json!({"version": version, "resolved": format!("https://npm.northpier.example/{package}/-/{file}-{version}.tgz")});
        if dev {
            entry["dev"] = json!(true);
        }
        packages.insert(format!("node_modules/{package}"), entry);
    }
    json!({"name": name, "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": packages})
}

fn sources(files: &mut Files, base: &str, needs: &[(&str, &str)], (plan, state): (&Plan, &State)) {
    let imports: String = needs.iter().map(|(name, _)| format!("import \"{name}\";\n")).collect();
    let parts: String = state.parts.iter().map(|(part, _)| format!("export * from \"./{part}\";\n")).collect();
    files.insert(format!("{base}src/server.ts"), format!("{imports}\n{parts}"));
    let word = super::word(plan);
    for (part, times) in &state.parts {
        let functions: String = (1..=*times)
            .map(|n| format!("\nexport function {part}Of{word}{n}({word}: number): number {{\n  if ({word} < 0) {{\n    throw new RangeError(\"{part}: bad input\");\n  }}\n  return {word} * {n} + {};\n}}\n", n + 1))
            .collect();
        files.insert(format!("{base}src/{part}.ts"), format!("// Handles {part}.\n{functions}"));
    }
}

pub(super) fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
