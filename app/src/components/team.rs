//! Links to teams.
//! It must not name a person: an owner who is no group is said to be one.
use super::icon::{Icon, icon};
use leptos::prelude::*;
use shared::{EntityKind, EntityRef};

/// The page of a team: `/teams/{namespace}/{name}`.
pub fn team_page(team: &EntityRef) -> String {
    format!("/teams/{}/{}", team.namespace(), team.name())
}

/// A team by its short name; work of people who are of no known team is of none.
#[component]
pub fn TeamLink(team: Option<EntityRef>) -> impl IntoView {
    match team {
        None => view! { <span class="quiet">"no known team"</span> }.into_any(),
        Some(team) if team.kind() == EntityKind::User => view! { <span class="quiet">"one person"</span> }.into_any(),
        Some(team) => {
            let (href, full) = (team_page(&team), team.to_string());
            view! { <a class="entity" href=href title=full>{icon(Icon::Group)}{team.short()}</a> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_not_named() {
        let html = |text: &str| Owner::new().with(|| view! { <TeamLink team=text.parse().ok()/> }.to_html());
        assert!(html("group:acme/pay").contains("href=\"/teams/acme/pay\""), "{}", html("group:acme/pay"));
        assert!(!html("user:default/jane").contains("jane"), "{}", html("user:default/jane"));
    }
}
