//! Verdicts as rows: what is owned, by whom it is said, what the work says, and how many people know it.
//! It must not say whose work it is but by team.
use super::patch::{PatchText, Reproduce};
use crate::{
    components::{
        ago::Ago,
        badge::Badge,
        commit::commit_link,
        link::{EntityLink, Place, RepositoryLink},
        score::{ScoreBar, ScoreOf},
        table::{TableRegion, header, sortable},
        team::TeamLink,
        verdicts::{HalfOfWork, meaning},
    },
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use shared::{OwnedPart, api::OwnershipItem};

/// The list's own order.
const DEFAULT: &str = "verdict";

/// A table of verdicts; it sorts where it is the list of a page's address.
pub fn table(items: Vec<OwnershipItem>, part: OwnedPart, url: Option<&PageUrl>) -> AnyView {
    let column = |key: &'static str, label: &'static str| match url {
        Some(url) => sortable(url, key, label, DEFAULT),
        None => header(label),
    };
    let what = if part == OwnedPart::Path { header("Rule") } else { column("entity", "Component") };
    let head = (
        what,
        column("verdict", "Verdict"),
        header("Declared owner"),
        column("score", "Score"),
        column("knowledge", "Half of the work"),
        header("Last work"),
        column("repository", "Repository"),
    );
    let rows = items.into_iter().map(row).collect_view();
    view! { <TableRegion caption="Verdicts on declared owners" head=head.into_any()>{rows}</TableRegion> }.into_any()
}

fn row(item: OwnershipItem) -> impl IntoView {
    let what = match item.part {
        OwnedPart::Component => view! { <EntityLink entity=Some(item.entity.clone())/> }.into_any(),
        OwnedPart::Path => view! {
            <code>{item.path.clone()}</code>
            <div class="small quiet">"of "<EntityLink entity=Some(item.entity.clone())/></div>
        }
        .into_any(),
    };
    let class = (item.part == OwnedPart::Path).then_some("named");
    let last = match item.last_work.clone() {
        Some(last) => view! {
            <Ago time=Some(last.at)/>
            <div class="small">{commit_link(last.commit.as_str(), last.permalink)}</div>
        }
        .into_any(),
        None => view! { <span class="quiet">"unknown"</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row" class=class>{what}</th>
            <td class="verdict">{judged(&item)}</td>
            <td><Declared item=item.clone()/></td>
            <td><Scores item=item.clone()/></td>
            <td><HalfOfWork people=item.knowledge/></td>
            <td>{last}</td>
            <td><RepositoryLink name=item.repository.clone()/></td>
        </tr>
    }
}

/// Whose it is said to be; what is claimed for somebody who cannot be found says so.
#[component]
pub fn Declared(item: OwnershipItem) -> impl IntoView {
    match item.declared {
        Some(owner) => view! { <TeamLink team=Some(owner)/> }.into_any(),
        None if item.claim.is_some() => view! { <span class="quiet">"an address of nobody known"</span> }.into_any(),
        None => view! { <span class="quiet">"nobody"</span> }.into_any(),
    }
}

/// The verdict with its reason; of a component the proof is one link away, of a rule it stands here.
fn judged(item: &OwnershipItem) -> impl IntoView + use<> {
    let (reason, claim) = (item.reason.clone(), item.claim.clone());
    let place = claim.map(|claim| {
        view! { <p><code>{claim.text}</code>" "<Place path=Some(claim.path) line=claim.line permalink=claim.permalink/></p> }
    });
    let proof = match item.part {
        OwnedPart::Component => {
            let href = format!("{}#ownership", item.entity.page());
            view! { <p><a href=href>"Evidence"</a></p> }.into_any()
        }
        OwnedPart::Path => view! { <Reproduce item=item.clone()/><PatchText patch=item.patch.clone()/> }.into_any(),
    };
    view! {
        <span title=meaning(item.verdict)><Badge tag=words::verdict(item.verdict)/></span>
        <details class="quiet why"><summary>"why"</summary><p>{reason}</p>{place}{proof}</details>
    }
}

/// The declared owner's score, and that of the team at the top when it is another.
#[component]
pub fn Scores(item: OwnershipItem) -> impl IntoView {
    let declared = item.declared.clone().and(item.score);
    let declared_bar = declared
        .map(|value| view! { <ScoreBar of=ScoreOf::Declared value><span class="quiet">"declared"</span></ScoreBar> });
    let top = item.observed.first().filter(|top| top.team.is_none() || top.team != item.declared).cloned();
    let none = (declared.is_none() && top.is_none()).then(|| view! { <span class="quiet">"unknown"</span> });
    let top_bar =
        top.map(|top| view! { <ScoreBar of=ScoreOf::Other value=top.share><TeamLink team=top.team/></ScoreBar> });
    view! { {declared_bar}{top_bar}{none} }
}
