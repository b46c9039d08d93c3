//! What a number is made of: its formula, its members, the commits it was read at, and how to get it without us.
//! It must not leave out a member.
use crate::{
    api::get,
    components::{
        ago::Ago,
        commit::commit_link,
        delta::share,
        link::{EntityLink, RepositoryLink, capability_page},
        load::{loading, page_url},
        table::{TableRegion, header},
    },
    time, words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::{
    EntityRef, RepoName, Unit,
    api::{ExplainedCommit, Explanation},
};
use std::collections::HashSet;

/// Names shown before the rest folds.
const SHOWN: usize = 60;

#[component]
pub fn ExplainPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let json = url.at("/api/v1/explain", &["view"]).href();
        let explanation = get::<Explanation>(json.clone()).await?;
        Ok(view! {
            <Title text=format!("{}, explained · Waymark", explanation.title)/>
            <Explained explanation json/>
        }
        .into_any())
    })
}

/// The page from its answer.
#[component]
fn Explained(explanation: Explanation, json: String) -> impl IntoView {
    let e = explanation;
    let crumb = match &e.capability {
        Some(name) => view! { <a href=capability_page(name)>{name.clone()}</a> }.into_any(),
        None => view! { <a href="/adoption">"Adoption"</a> }.into_any(),
    };
    let rules: String = e.rules_version.chars().take(12).collect();
    let fraction = format!("{} of {}", words::grouped(e.numerator), words::grouped(e.denominator));
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">{crumb}<span aria-hidden="true">"/"</span><span>"Why this number"</span></nav>
        <div class="page-head">
            <h1>{e.title}</h1>
            <p class="headline">{e.sentence}</p>
        </div>
        <dl class="answers">
            <div><dt>"Value"</dt><dd><b>{share(e.value)}</b><span class="quiet small">{fraction}</span></dd></div>
            <div><dt>"Formula"</dt><dd><code>{e.formula}</code></dd></div>
            <div>
                <dt>"As of"</dt>
                <dd><time datetime=e.at.to_string()>{time::day(e.at.as_str())}</time><span class="quiet small"><Ago time=Some(e.at.clone())/></span></dd>
            </div>
            <div><dt>"Rules"</dt><dd><code>{rules}</code><span class="quiet small">"the past is judged by the rules of today"</span></dd></div>
        </dl>
        <Members scope=e.scope numerator=e.numerator_members denominator=e.denominator_members/>
        <Reproduce commands=e.reproduce/>
        <Commits commits=e.commits/>
        <p class="quiet small known"><a href=json rel="nofollow">"The same as JSON"</a></p>
    }
}

/// Who is in the numerator, and who in the denominator only.
#[component]
fn Members(scope: Unit, numerator: Vec<String>, denominator: Vec<String>) -> impl IntoView {
    let above: HashSet<&String> = numerator.iter().collect();
    let below: HashSet<&String> = denominator.iter().collect();
    let part = above.is_subset(&below);
    let rest: Vec<String> = if part {
        denominator.iter().filter(|name| !above.contains(name)).cloned().collect()
    } else {
        denominator.clone()
    };
    let label = if part { "Rest of the denominator" } else { "Denominator" };
    let units = words::units(scope).to_lowercase();
    view! {
        <div class="two">
            <section class="panel" aria-labelledby="above">
                <div class="section-head"><h2 id="above">"Numerator"</h2><span class="quiet">{format!("{} {units}", words::grouped(numerator.len() as u64))}</span></div>
                {names(numerator)}
            </section>
            <section class="panel" aria-labelledby="below">
                <div class="section-head"><h2 id="below">{label}</h2><span class="quiet">{format!("{} {units}", words::grouped(rest.len() as u64))}</span></div>
                {names(rest)}
            </section>
        </div>
    }
}

fn names(mut names: Vec<String>) -> impl IntoView {
    if names.is_empty() {
        return view! { <p class="quiet">"None."</p> }.into_any();
    }
    let rest = names.split_off(names.len().min(SHOWN));
    let list = |names: Vec<String>| names.into_iter().map(|name| view! { <li>{member(name)}</li> }).collect_view();
    let more = (!rest.is_empty()).then(|| {
        let n = rest.len();
        view! { <details class="more"><summary>{format!("{n} more")}</summary><ul class="members">{list(rest)}</ul></details> }
    });
    view! { <ul class="members">{list(names)}</ul>{more} }.into_any()
}

/// A component or a team by its reference, a repository by its name, anything else as it is; of a pair, both.
fn member(name: String) -> AnyView {
    if let Some((unit, capability)) = name.split_once(' ') {
        let capability = capability.to_owned();
        let page = capability_page(&capability);
        return view! { {member(unit.to_owned())}" "<a class="small" href=page>{capability}</a> }.into_any();
    }
    if let Ok(entity) = name.parse::<EntityRef>() {
        return view! { <EntityLink entity=Some(entity)/> }.into_any();
    }
    match RepoName::new(name.clone()) {
        Ok(name) => view! { <RepositoryLink name/> }.into_any(),
        Err(_) => name.into_any(),
    }
}

#[component]
fn Reproduce(commands: Vec<String>) -> impl IntoView {
    (!commands.is_empty()).then(|| {
        view! {
            <section aria-labelledby="reproduce">
                <div class="section-head"><h2 id="reproduce">"See it yourself, with git alone"</h2></div>
                <pre class="sample" tabindex="0"><code>{commands.join("\n")}</code></pre>
            </section>
        }
    })
}

#[component]
fn Commits(commits: Vec<ExplainedCommit>) -> impl IntoView {
    let n = words::counted(commits.len() as u64, "repository", "repositories");
    let rows = commits.into_iter().map(|read| {
        view! {
            <tr>
                <th scope="row"><RepositoryLink name=read.repository/></th>
                <td>{commit_link(read.commit.as_str(), read.permalink)}</td>
                <td><Ago time=Some(read.at)/></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head = (header("Repository"), header("Commit"), header("Committed"));
    view! {
        <section aria-labelledby="commits">
            <div class="section-head"><h2 id="commits">"Read at these commits"</h2><span class="quiet">{n}</span></div>
            <TableRegion caption="The commit at which each repository was judged" head=head.into_any()>{rows}</TableRegion>
        </section>
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn explanation() -> Explanation {
        let names =
            |from: u32, to: u32| (from..to).map(|i| format!("component:default/app-{i:02}")).collect::<Vec<_>>();
        let commit = |name: &str| ExplainedCommit {
            repository: name.parse().unwrap(),
            commit: "0123456789abcdef0123456789abcdef01234567".parse().unwrap(),
            at: "2026-11-20T10:00:00Z".parse().unwrap(),
            permalink: Some("https://git.acme.dev/acme/api/commit/0123456789".into()),
        };
        Explanation {
            metric: "adoption".into(),
            title: "Golden-path adoption".into(),
            formula: "|A∩E| / |E|".into(),
            sentence: "27 of the 44 components that could use Feature flags use a golden offer.".into(),
            capability: Some("feature-flags".into()),
            scope: Unit::Component,
            at: "2026-11-21T10:00:00Z".parse().unwrap(),
            value: Some(27.0 / 44.0),
            numerator: 27,
            denominator: 44,
            numerator_members: names(0, 27),
            denominator_members: names(0, 44),
            rules_version: "3f2a9b0c11d2e4f5".into(),
            commits: vec![commit("acme/api"), commit("acme/web")],
            reproduce: vec!["git -C acme/api grep -n 'acme.dev/flags' 0123456789 -- '*go.mod'".into()],
        }
    }

    pub(crate) fn html(explanation: Explanation) -> String {
        let json = "/api/v1/explain?metric=adoption".to_owned();
        Owner::new().with(|| view! { <Explained explanation json/> }.to_html())
    }

    pub(crate) fn example() -> String {
        html(explanation())
    }

    #[test]
    fn every_member_is_named_once() {
        let page = example();
        for i in 0..44 {
            let link = format!("href=\"/catalog/component/default/app-{i:02}\"");
            assert_eq!(page.matches(&link).count(), 1, "{link}");
        }
        assert!(page.contains("27 components") && page.contains("17 components"), "{page}");
        assert!(page.contains("git -C acme/api grep"), "{page}");
    }

    #[test]
    fn pairs_and_other_units_open_what_they_are() {
        let all = Explanation {
            capability: None,
            numerator_members: vec!["component:default/api feature-flags".into()],
            denominator_members: vec!["acme/web".into(), "group:default/pay".into()],
            ..explanation()
        };
        let page = html(all);
        assert!(page.contains("href=\"/capabilities/feature-flags\""), "{page}");
        assert!(page.contains("href=\"/catalog?repository=acme/web\""), "{page}");
        assert!(page.contains("href=\"/catalog/group/default/pay\"") && page.contains(">Denominator<"), "{page}");
    }
}
