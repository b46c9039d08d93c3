//! The invented organisation: teams, what they are for, and their members by role.
//! Nobody here exists; every address ends in `.example`.

/// A team, its place and its purpose.
pub(super) struct Team {
    pub name: &'static str,
    pub title: &'static str,
    pub parent: &'static str,
    pub about: &'static str,
}

const fn team(name: &'static str, title: &'static str, parent: &'static str, about: &'static str) -> Team {
    Team { name, title, parent, about }
}

pub(super) const TEAMS: &[Team] = &[
    team(
        "platform-delivery",
        "Platform Delivery",
        "platform",
        "From commit to customer: pipelines, images, flags, telemetry.",
    ),
    team("platform-identity", "Platform Identity", "platform", "Who people and services are, and what they may do."),
    team("platform-data", "Platform Data", "platform", "Events, schemas and the warehouse."),
    team("platform-ml", "Platform ML", "platform", "Models from notebook to production."),
    team("payments", "Payments", "commerce", "Takes money, gives it back, and books it."),
    team("storefront", "Storefront", "commerce", "Everything that shoppers see."),
    team("logistics", "Logistics", "operations", "From the shelf to the door."),
    team("insights", "Insights", "operations", "Numbers that people can act on."),
];

/// Systems with their owners and domains.
pub(super) const SYSTEMS: &[(&str, &str, &str)] = &[
    ("money", "payments", "commerce"),
    ("shop", "storefront", "commerce"),
    ("delivery", "logistics", "operations"),
    ("knowing", "insights", "operations"),
    ("delivery-platform", "platform-delivery", "platform"),
    ("identity-platform", "platform-identity", "platform"),
    ("data-platform", "platform-data", "platform"),
    ("ml-platform", "platform-ml", "platform"),
];

/// Members of each team.
pub(super) const N_MEMBERS: u64 = 3;

/// The name of a team's member, e.g. `Payments Engineer 1`.
pub(super) fn member_name(team: &str, number: u64) -> String {
    let title = TEAMS.iter().find(|t| t.name == team).map_or("Former", |t| t.title);
    format!("{title} Engineer {number}")
}

/// The login of a team's member, e.g. `payments-engineer-1`.
pub(super) fn member_login(team: &str, number: u64) -> String {
    member_name(team, number).to_lowercase().replace(' ', "-")
}
