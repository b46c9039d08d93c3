//! What a person can see: every page with its path.
//! It must not render anything but the frame.
use crate::{components::Frame, pages::*};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// The frame with the page of the request's address in it. Pages are rendered whole, because their status and title
/// depend on data.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Frame>
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                    <Route path=path!("/search") view=SearchPage ssr=SsrMode::Async/>
                    <Route path=path!("/capabilities") view=CapabilitiesPage ssr=SsrMode::Async/>
                    <Route path=path!("/capabilities/:name") view=CapabilityPage ssr=SsrMode::Async/>
                    <Route path=path!("/capabilities/:name/moves") view=MovesPage ssr=SsrMode::Async/>
                    <Route path=path!("/adoption") view=AdoptionPage ssr=SsrMode::Async/>
                    <Route path=path!("/adoption/teams") view=TeamsPage ssr=SsrMode::Async/>
                    <Route path=path!("/shadow") view=ShadowsPage ssr=SsrMode::Async/>
                    <Route path=path!("/shadow/:id") view=ShadowPage ssr=SsrMode::Async/>
                    <Route path=path!("/clusters") view=ClustersPage ssr=SsrMode::Async/>
                    <Route path=path!("/clusters/:id") view=ClusterPage ssr=SsrMode::Async/>
                    <Route path=path!("/reports") view=ReportsPage ssr=SsrMode::Async/>
                    <Route path=path!("/reports/shadow") view=LiveReportPage ssr=SsrMode::Async/>
                    <Route path=path!("/reports/compare") view=ComparePage ssr=SsrMode::Async/>
                    <Route path=path!("/reports/:id") view=ReportPage ssr=SsrMode::Async/>
                    <Route path=path!("/explain") view=ExplainPage ssr=SsrMode::Async/>
                    <Route path=path!("/catalog") view=CatalogPage ssr=SsrMode::Async/>
                    <Route path=path!("/catalog/:kind/:namespace/:name") view=EntityPage ssr=SsrMode::Async/>
                    <Route path=path!("/ownership") view=OwnershipPage ssr=SsrMode::Async/>
                    <Route path=path!("/teams") view=TeamTreePage ssr=SsrMode::Async/>
                    <Route path=path!("/teams/:namespace/:name") view=TeamPage ssr=SsrMode::Async/>
                    <Route path=path!("/usages") view=UsagesPage ssr=SsrMode::Async/>
                    <Route path=path!("/dependencies") view=DependenciesPage ssr=SsrMode::Async/>
                    <Route path=path!("/findings") view=FindingsPage ssr=SsrMode::Async/>
                    <Route path=path!("/sources") view=SourcesPage ssr=SsrMode::Async/>
                    <Route path=path!("/scans/:id") view=ScanPage ssr=SsrMode::Async/>
                    <Route path=path!("/docs/api") view=ApiDocsPage ssr=SsrMode::Async/>
                </FlatRoutes>
            </Frame>
        </Router>
    }
}
