//! `cargo xtask known-answer -- --repositories FOLDER`: scans bare copies of the organisation of docs/examples/einride and
//! compares adoption at each day of expected.tsv with what plain git said. It must not compute a figure of its own.
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::PathBuf};
use tests::{Engine, TestServer, quality::root};

/// The column of the expected figures, where Waymark says it, and in which words.
const FIGURES: [(&str, &str, &str); 5] = [
    ("repositories", "build-platform", "eligible"),
    ("sage", "build-platform", "golden"),
    ("make_kit", "build-platform", "homegrown"),
    ("with_own_go_mod", "go-build-platform", "eligible"),
    ("sage_with_own_go_mod", "go-build-platform", "golden_eligible"),
];

#[tokio::main]
async fn main() -> Result<()> {
    let repositories = argument()?;
    let example = root().join("docs/examples/einride");
    let file = example.join("build-platform.yaml");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let server = TestServer::with_capabilities(Engine::Sqlite, vec![("build-platform.yaml".to_owned(), text)]).await;
    let scan = server.scan(&repositories).await;
    println!("{} repositories, {} failed, {} ms", scan.repositories, scan.failed, scan.duration_ms.unwrap_or_default());

    let expected = fs::read_to_string(example.join("expected.tsv"))?;
    let mut lines = expected.lines();
    let columns: Vec<&str> = lines.next().context("expected.tsv has a heading")?.split('\t').collect();
    let mut differences = 0;
    println!("at\tfigure\texpected\tfound");
    for line in lines {
        let cells: BTreeMap<&str, &str> = columns.iter().copied().zip(line.split('\t')).collect();
        // What is not known of a day is no figure of it.
        for (column, capability, field) in FIGURES.into_iter().filter(|(column, ..)| cells[column] != "-") {
            let found = at(&server, capability, cells["at"]).await?[field].clone();
            let told = found.to_string();
            let same = told == cells[column];
            differences += u32::from(!same);
            let mark = if same { "" } else { "\tDIFFERS" };
            println!("{}\t{column}\t{}\t{told}{mark}", cells["at"], cells[column]);
        }
    }
    ensure!(differences == 0, "{differences} figures differ");
    Ok(())
}

/// The last point of a capability's history up to a day, by repository.
async fn at(server: &TestServer, capability: &str, day: &str) -> Result<Value> {
    let path = format!("/api/v1/capabilities/{capability}/history?interval=day&scope=repository&from={day}&to={day}");
    let history = server.get(&path).await.json();
    let points = history["points"].as_array().context("a history has points")?;
    Ok(points.last().cloned().unwrap_or(Value::Null))
}

fn argument() -> Result<PathBuf> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.as_slice() {
        [flag, folder] if flag == "--repositories" => Ok(folder.into()),
        _ => bail!("give the folder of bare repositories: --repositories FOLDER"),
    }
}
