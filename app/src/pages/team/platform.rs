//! What a team uses of the platform, what it built itself, and what others use of its.
//! It must not rank; rows stand as the API gives them.
use crate::{
    components::{
        counted,
        link::{EntityLink, capability_page},
        table::{TableRegion, header, header_number},
        team::TeamLink,
    },
    url::{PageUrl, encoded},
    words,
};
use leptos::prelude::*;
use shared::{
    EntityRef, OfferPath,
    api::{TeamServes, TeamShadow, TeamUse},
};

#[component]
pub fn Uses(team: EntityRef, uses: Vec<TeamUse>) -> impl IntoView {
    let own = PageUrl::new("/teams", vec![("owner", team.to_string())]);
    let body = if uses.is_empty() {
        view! { <p class="quiet">"No component of this team uses, or could use, a capability that is known."</p> }
            .into_any()
    } else {
        let head =
            (header("Capability"), header_number("Golden"), header_number("Off path"), header_number("Could use it"));
        let rows = uses.into_iter().map(|used| use_row(&own, used)).collect_view();
        view! { <TableRegion caption="Capabilities that the team uses or could use" head=head.into_any()>{rows}</TableRegion> }
            .into_any()
    };
    view! {
        <section id="uses">
            <div class="section-head"><h2>"What it uses of the platform"</h2><p class="quiet">"Components of the team"</p></div>
            {body}
        </section>
    }
}

fn use_row(own: &PageUrl, used: TeamUse) -> impl IntoView + use<> {
    let number = |n: u64, paths: &[OfferPath], eligible| {
        let href = counted::components(own, &used.capability, paths, eligible).href();
        view! { <td class="number"><a href=href>{words::grouped(n)}</a></td> }
    };
    view! {
        <tr>
            <th scope="row"><a href=capability_page(&used.capability)>{used.title.clone()}</a></th>
            {number(used.golden, &[OfferPath::Golden], false)}
            {number(used.off_path, &[OfferPath::Vendor, OfferPath::Homegrown], false)}
            {number(used.eligible, &[], true)}
        </tr>
    }
}

#[component]
pub fn Builds(builds: Vec<TeamShadow>) -> impl IntoView {
    let body = if builds.is_empty() {
        view! { <p class="quiet">"It takes part in no homegrown platform that was found."</p> }.into_any()
    } else {
        let head = (header("Platform"), header("Capability"), header_number("Author-days of the team"));
        let rows = builds.into_iter().map(|built| {
            let capability = match built.capability {
                Some(name) => view! { <a href=capability_page(&name)>{name.clone()}</a> }.into_any(),
                None => view! { <span class="quiet">"none yet"</span> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row"><a href=format!("/shadow/{}", encoded(&built.id))>{built.name}</a></th>
                    <td>{capability}</td>
                    <td class="number">{words::grouped(built.author_days)}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! { <TableRegion caption="Homegrown platforms that the team takes part in" head=head.into_any()>{rows}</TableRegion> }
            .into_any()
    };
    view! {
        <section id="builds"><div class="section-head"><h2>"What it built itself"</h2></div>{body}</section>
    }
}

#[component]
pub fn Serves(serves: Vec<TeamServes>) -> impl IntoView {
    let body = if serves.is_empty() {
        view! { <p class="quiet">"No component of another team is known to depend on one of this team's."</p> }
            .into_any()
    } else {
        let head = (header("Component"), header_number("Used by"), header("Teams"));
        let rows = serves.into_iter().map(|served| {
            let users = format!("{}#relations-table", served.component.page());
            let teams = served.teams.into_iter().map(|team| view! { <TeamLink team=Some(team)/> }).collect_view();
            view! {
                <tr>
                    <th scope="row"><EntityLink entity=Some(served.component)/></th>
                    <td class="number"><a href=users>{words::grouped(served.consumers)}</a></td>
                    <td><span class="row">{teams}</span></td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! { <TableRegion caption="Components that other teams depend on" head=head.into_any()>{rows}</TableRegion> }
            .into_any()
    };
    view! {
        <section id="serves">
            <div class="section-head"><h2>"What others use of its"</h2><p class="quiet">"Components of other teams that depend on it"</p></div>
            {body}
        </section>
    }
}
