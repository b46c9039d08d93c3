//! The repository that describes the organisation: groups, users, domains and systems.
//! It must not describe components: those describe themselves.
use crate::{
    demo::teams::{N_MEMBERS, SYSTEMS, TEAMS, member_login, member_name},
    scan::Files,
};
use std::collections::BTreeSet;

/// The files, with the first `n_teams` teams, as the organisation grew.
pub(in crate::demo) fn files(n_teams: usize) -> Files {
    let teams = &TEAMS[..n_teams.min(TEAMS.len())];
    let mut groups = String::new();
    let mut users = String::new();
    for parent in teams.iter().map(|team| team.parent).collect::<BTreeSet<_>>() {
        groups += &format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: {parent}\nspec:\n  type: department\n  children: []\n---\n"
        );
    }
    for team in teams {
        groups += &format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: {0}\n  title: {1}\n  description: \"{2}\"\nspec:\n  type: team\n  parent: group:default/{3}\n  children: []\n  profile:\n    displayName: {1}\n    email: {0}-team@northpier.example\n---\n",
            team.name, team.title, team.about, team.parent
        );
        for number in 1..=N_MEMBERS {
            let (login, name) = (member_login(team.name, number), member_name(team.name, number));
            users += &format!(
                "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: {login}\nspec:\n  profile:\n    displayName: {name}\n    email: {login}@northpier.example\n  memberOf: [group:default/{}]\n---\n",
                team.name
            );
        }
    }
    let readme = "# Organisation\n\nWho we are: departments, teams and their members, and the systems they own.\n";
    Files::from([
        ("README.md".into(), readme.into()),
        (".github/CODEOWNERS".into(), "* @northpier/platform-delivery\n".into()),
        ("org/groups.yaml".into(), groups),
        ("org/users.yaml".into(), users),
        ("org/systems.yaml".into(), systems(teams.len() == TEAMS.len())),
    ])
}

fn systems(with_domains: bool) -> String {
    let mut text = String::new();
    if with_domains {
        for (domain, owner) in
            [("commerce", "storefront"), ("operations", "logistics"), ("platform", "platform-delivery")]
        {
            text += &format!(
                "apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata:\n  name: {domain}\nspec:\n  owner: group:default/{owner}\n---\n"
            );
        }
    }
    for (name, owner, domain) in SYSTEMS {
        text += &format!(
            "apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: {name}\nspec:\n  owner: group:default/{owner}\n  domain: {domain}\n---\n"
        );
    }
    text
}
