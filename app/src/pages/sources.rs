//! Where repositories come from, what the last scan made of each, and how to scan again.
//! It must not hide a repository that failed.
use crate::{
    api::get,
    components::{
        ago::Ago,
        badge::Badge,
        icon::{Icon, icon},
        link::{RepositoryLink, findings_of},
        list::{ListFrame, Listing, PAGE_KEYS},
        load::{loading, page_url},
        table::{TableRegion, header, header_number, sortable},
    },
    time,
    url::PageUrl,
    words,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::api::{EntityQuery, Facet, Page, RepositoryItem, ScanItem, SourceItem};

const API: &str = "/api/v1/repositories";
/// Scans shown of the past.
const SCANS: usize = 8;

#[component]
pub fn SourcesPage() -> impl IntoView {
    let url = page_url();
    loading(async move {
        let sources = get::<Page<SourceItem>>("/api/v1/sources".to_owned()).await?.items;
        let scans = get::<Page<ScanItem>>("/api/v1/scans".to_owned()).await?.items;
        let list = get::<Page<RepositoryItem>>(url.at(API, PAGE_KEYS).href()).await?;
        let facets = get::<Vec<Facet>>(url.at("/api/v1/repositories/facets", PAGE_KEYS).href()).await?;
        let head = (
            sortable(&url, "name", "Repository", "name"),
            header("Status"),
            sortable(&url, "committed_at", "Last commit", "name"),
            sortable(&url, "scanned_at", "Scanned", "name"),
            header("Languages"),
            header_number("Components"),
            sortable(&url, "findings", "Findings", "name"),
        );
        let listing = Listing {
            url,
            api: API.into(),
            one: "repository",
            many: "repositories",
            extra: vec!["source"],
            facets,
            total: list.total,
            shown: list.items.len(),
            next: list.next,
            sorts: vec![
                ("", "By name"),
                ("-committed_at", "Last changed"),
                ("-findings", "Most findings"),
                ("-files", "Largest"),
            ],
            dated: false,
        };
        let rows = list.items.into_iter().map(row).collect_view();
        Ok(view! {
            <Title text="Sources and scans · Waymark"/>
            <div class="page-head">
                <h1>"Sources and scans"</h1>
                <p class="lead">"Folders and URLs that hold git repositories. Nothing in them is ever changed or run."</p>
            </div>
            <StartForm/>
            <div class="two">
                <Sources sources/>
                <Scans scans/>
            </div>
            <section>
                <div class="section-head"><h2>"Repositories"</h2></div>
                <ListFrame listing>
                    <TableRegion caption="Repositories" head=head.into_any()>{rows}</TableRegion>
                </ListFrame>
            </section>
        }
        .into_any())
    })
}

/// Starts a scan by a plain form post; an empty field scans every source again.
#[component]
pub fn StartForm() -> impl IntoView {
    view! {
        <form class="start-form" method="post" action="/scans">
            <input class="field" name="source" aria-label="Folder or URL to scan" placeholder="/srv/git or https://git.example.org/team/repo" autocomplete="off"/>
            <button class="button primary" type="submit">"Scan"</button>
            <span class="quiet small">"Leave it empty to scan every source again."</span>
        </form>
    }
}

#[component]
fn Sources(sources: Vec<SourceItem>) -> impl IntoView {
    let none = sources.is_empty().then(|| view! { <p class="quiet">"No source yet: scan a folder or a URL."</p> });
    let items = sources.into_iter().map(|source| {
        let href = PageUrl::new("/sources", vec![("source", source.id.to_string())]).href();
        view! {
            <li>
                <p><span class="entity">{icon(Icon::Repository)}<code>{source.location}</code></span></p>
                <p class="small quiet">
                    <a href=href>{words::counted(source.repositories, "repository", "repositories")}</a>
                    ", scanned "<Ago time=source.last_scanned_at/>
                </p>
                {source.message.map(|text| view! { <p class="small missing">{text}</p> })}
            </li>
        }
    });
    view! {
        <section class="panel">
            <div class="section-head"><h2>"Sources"</h2></div>
            {none}
            <ul class="reasons">{items.collect_view()}</ul>
        </section>
    }
}

#[component]
fn Scans(scans: Vec<ScanItem>) -> impl IntoView {
    let none = scans.is_empty().then(|| view! { <p class="quiet">"No scan yet."</p> });
    let items = scans.into_iter().take(SCANS).map(|scan| {
        let took = scan.duration_ms.map(|ms| format!("in {}", time::span(ms)));
        view! {
            <li class="row">
                <Badge tag=words::scan(scan.status)/>
                <a href=format!("/scans/{}", scan.id)>{format!("Scan {}", scan.id)}</a>
                <span class="quiet">
                    {format!("{} of {}, {} unchanged, {} failed ", scan.done, scan.repositories, scan.unchanged, scan.failed)}{took}
                </span>
                <span class="push quiet"><Ago time=Some(scan.started_at)/></span>
            </li>
        }
    });
    view! {
        <section class="panel">
            <div class="section-head"><h2>"Scans"</h2></div>
            {none}
            <ul class="reasons">{items.collect_view()}</ul>
        </section>
    }
}

fn row(item: RepositoryItem) -> impl IntoView {
    let languages: Vec<String> = item.languages.into_iter().take(3).map(|l| l.language).collect();
    let web = item.web_url.filter(|url| url.starts_with("https://")).map(|url| {
        view! { <a class="small" href=url rel="noreferrer">{icon(Icon::External)}<span class="sr">"Open on the web"</span></a> }
    });
    let components =
        EntityQuery { kind: vec!["component".into()], repository: vec![item.name.to_string()], ..Default::default() };
    let findings = findings_of(&item.name);
    view! {
        <tr>
            <th scope="row"><RepositoryLink name=item.name/>" "{web}</th>
            <td><Badge tag=words::repository(item.status)/>{item.message.map(|text| view! { <p class="small quiet">{text}</p> })}</td>
            <td><Ago time=item.committed_at/></td>
            <td><Ago time=item.scanned_at/></td>
            <td>{languages.join(", ")}</td>
            <td class="number"><a href=PageUrl::new("/catalog", components.pairs()).href()>{words::grouped(item.components)}</a></td>
            <td class="number"><a href=findings>{words::grouped(item.findings)}</a></td>
        </tr>
    }
}
