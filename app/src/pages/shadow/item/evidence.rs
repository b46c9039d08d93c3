//! The code that a homegrown platform consists of, and who uses it, each with the line that shows it.
//! It must not leave out a user.
use crate::{
    components::{
        badge::Badge,
        link::{EntityLink, Place, RepositoryLink},
        table::{TableRegion, header},
    },
    words::{self, Tag},
};
use leptos::prelude::*;
use shared::{
    State,
    api::{ShadowPart, ShadowUser},
};

/// Parts shown before the rest folds.
const SHOWN: usize = 12;

#[component]
pub fn Evidence(parts: Vec<ShadowPart>, users: Vec<ShadowUser>) -> impl IntoView {
    view! {
        <section id="evidence" aria-labelledby="parts">
            <div class="section-head"><h2 id="parts">"What it consists of"</h2><span class="quiet">{words::counted(parts.len() as u64, "part", "parts")}</span></div>
            <Parts parts/>
        </section>
        <section aria-labelledby="users">
            <div class="section-head"><h2 id="users">"Who uses it"</h2><span class="quiet">{words::counted(users.len() as u64, "component", "components")}</span></div>
            <Users users/>
        </section>
    }
}

#[component]
fn Parts(mut parts: Vec<ShadowPart>) -> impl IntoView {
    if parts.is_empty() {
        return view! { <p class="quiet">"Its code was not found in the scanned repositories."</p> }.into_any();
    }
    let rest = parts.split_off(parts.len().min(SHOWN));
    let n = rest.len();
    let more = (n > 0).then(|| {
        view! { <details class="more"><summary>{format!("{n} more")}</summary>{parts_table(rest, "More files and folders")}</details> }
    });
    view! { {parts_table(parts, "Files and folders that effort is counted on")}{more} }.into_any()
}

fn parts_table(parts: Vec<ShadowPart>, caption: &'static str) -> impl IntoView {
    let rows = parts.into_iter().map(|part| {
        view! {
            <tr>
                <th scope="row"><RepositoryLink name=part.repository/></th>
                <td><Place path=Some(part.path) line=None permalink=part.permalink/></td>
                <td><EntityLink entity=part.component/></td>
                <td><EntityLink entity=part.owner/></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head = (header("Repository"), header("File or folder"), header("Component"), header("Team"));
    view! { <TableRegion caption=caption head=head.into_any()>{rows}</TableRegion> }
}

#[component]
fn Users(users: Vec<ShadowUser>) -> impl IntoView {
    if users.is_empty() {
        return view! { <p class="quiet">"No component that uses it is known."</p> }.into_any();
    }
    let rows = users.into_iter().map(user).collect_view();
    let head = (
        header("Component"),
        header("Team"),
        header("Repository"),
        header("Shown by"),
        header("Since"),
        header("State"),
    );
    view! { <TableRegion caption="Components that use it or hold a copy" head=head.into_any()>{rows}</TableRegion> }
        .into_any()
}

fn user(user: ShadowUser) -> impl IntoView {
    let migrating = words::state(State::Migrating);
    let tag = if user.migrating { migrating } else { Tag { text: "only this", tone: "homegrown" } };
    let since = match user.since {
        Some(since) => view! { <time datetime=since.to_string()>{since.as_str()[..10].to_owned()}</time> }.into_any(),
        None => view! { <span class="quiet">"unknown"</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><EntityLink entity=Some(user.component)/></th>
            <td><EntityLink entity=user.owner/></td>
            <td><RepositoryLink name=user.repository/></td>
            <td><Place path=user.path line=user.line permalink=user.permalink/></td>
            <td>{since}</td>
            <td><Badge tag/></td>
        </tr>
    }
}
