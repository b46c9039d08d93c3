//! The scenarios together: one organisation, one scan, and the table in the documentation.
//! It must not hold a scenario; those are told beside it.
use super::{codeowners_and_claims, people, teams_that_change};
use shared::Verdict;
use std::{collections::BTreeMap, fmt::Write as _};
use tests::{Engine, Folder, Story, TestServer, Who};

/// One invented situation with what a person who knows it would say.
pub(super) struct Scenario {
    pub name: &'static str,
    /// In one sentence, for the table.
    pub tells: &'static str,
    pub teams: Vec<Team>,
    pub stories: Vec<Story>,
    /// Components with their true verdict; each stands in a repository of one of the stories.
    pub truth: Vec<(&'static str, Verdict)>,
}

/// A group and its members: login, name and address of each.
pub(super) struct Team {
    pub name: &'static str,
    pub parent: Option<&'static str>,
    pub mail: Option<&'static str>,
    pub members: Vec<(&'static str, Who)>,
}

/// A team without a parent.
pub(super) fn team(name: &'static str, members: &[(&'static str, Who)]) -> Team {
    Team { name, parent: None, mail: None, members: members.to_vec() }
}

/// The descriptor of a component.
pub(super) fn descriptor(name: &str, owner: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: service\n  lifecycle: production\n  owner: {owner}\n"
    )
}

fn documents(scenarios: &[Scenario]) -> String {
    let (mut text, mut users) = (String::new(), BTreeMap::<&str, (Who, Vec<&str>)>::new());
    for team in scenarios.iter().flat_map(|scenario| &scenario.teams) {
        let parent = team.parent.map(|parent| format!("  parent: {parent}\n")).unwrap_or_default();
        let mail = team.mail.map(|mail| format!("  profile:\n    email: {mail}\n")).unwrap_or_default();
        let _ = write!(
            text,
            "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: {}\nspec:\n  type: team\n  children: []\n{parent}{mail}---\n",
            team.name
        );
        for (login, who) in &team.members {
            users.entry(login).or_insert((*who, vec![])).1.push(team.name);
        }
    }
    for (login, ((name, mail), teams)) in users {
        let _ = write!(
            text,
            "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: {login}\nspec:\n  profile:\n    displayName: {name}\n    email: {mail}\n  memberOf: [{}]\n---\n",
            teams.join(", ")
        );
    }
    text
}

fn scenarios(now: i64) -> Vec<Scenario> {
    let all = [teams_that_change::scenarios(now), people::scenarios(now), codeowners_and_claims::scenarios(now)];
    all.into_iter().flatten().collect()
}

/// A row of the table for each component.
fn table(rows: &[(&Scenario, &str, Verdict, Option<String>)]) -> String {
    let mut text = String::from("| Scenario | What happened | Component | True | Judged |\n|---|---|---|---|---|\n");
    for (scenario, component, truth, judged) in rows {
        let judged = judged.as_deref().unwrap_or("nothing");
        let mark = if judged == truth.as_str() { "" } else { " ✗" };
        let _ = writeln!(text, "| {} | {} | {component} | {truth} | {judged}{mark} |", scenario.name, scenario.tells);
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn verdicts_agree_with_the_truth_and_the_documentation_says_how_well() {
    let now = chrono::Utc::now().timestamp();
    let scenarios = scenarios(now);
    assert!(scenarios.len() >= 20, "{}", scenarios.len());
    let folder = Folder::new();
    for story in scenarios.iter().flat_map(|scenario| &scenario.stories) {
        story.write_to(folder.path());
    }
    let organisation = documents(&scenarios);
    let platform = ("Org Keeper", "org.keeper@acme.example");
    Story::new("organisation", now)
        .commit(900, platform, &[("org.yaml", Some(&organisation))])
        .commit(1, platform, &[("README.md", Some("# Organisation\n"))])
        .write_to(folder.path());
    let server = TestServer::with(Engine::Sqlite, &folder).await;
    let judged: BTreeMap<String, String> = server
        .items("/api/v1/ownership?part=component")
        .await
        .into_iter()
        .filter_map(|item| {
            let name = item["entity"].as_str()?.rsplit('/').next()?.to_owned();
            Some((name, item["verdict"].as_str()?.to_owned()))
        })
        .collect();
    let rows: Vec<_> = scenarios
        .iter()
        .flat_map(|scenario| {
            let judged = &judged;
            scenario.truth.iter().map(move |(name, truth)| (scenario, *name, *truth, judged.get(*name).cloned()))
        })
        .collect();
    let agree = rows.iter().filter(|(_, _, truth, judged)| judged.as_deref() == Some(truth.as_str())).count();
    let table = format!("{agree} of {} components agree.\n\n{}", rows.len(), table(&rows));
    assert!(agree * 100 >= rows.len() * 95, "{table}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/ownership.md");
    let docs = std::fs::read_to_string(path).expect("docs/ownership.md is there");
    assert!(docs.contains(&table), "docs/ownership.md does not hold this table; put it there:\n\n{table}");
}
