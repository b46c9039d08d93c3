//! One file per page; each asks the API and lays out the answer.
//! Nothing here computes a number that the API does not give.
pub mod adoption;
pub mod api_docs;
pub mod capabilities;
pub mod capability;
pub mod catalog;
pub mod clusters;
pub mod dependencies;
pub mod entity;
pub mod explain;
pub mod findings;
pub mod home;
pub mod not_found;
pub mod ownership;
pub mod reports;
pub mod scan;
pub mod search;
pub mod shadow;
pub mod sources;
pub mod team;
pub mod usages;

pub use adoption::{AdoptionPage, teams::TeamsPage};
pub use api_docs::ApiDocsPage;
pub use capabilities::CapabilitiesPage;
pub use capability::{CapabilityPage, moves::MovesPage};
pub use catalog::CatalogPage;
pub use clusters::{ClustersPage, item::ClusterPage};
pub use dependencies::DependenciesPage;
pub use entity::EntityPage;
pub use explain::ExplainPage;
pub use findings::FindingsPage;
pub use home::HomePage;
pub use not_found::NotFoundPage;
pub use ownership::OwnershipPage;
pub use reports::{
    ReportsPage,
    compare::ComparePage,
    report::{LiveReportPage, ReportPage},
};
pub use scan::ScanPage;
pub use search::SearchPage;
pub use shadow::{ShadowsPage, item::ShadowPage};
pub use sources::SourcesPage;
pub use team::{TeamPage, tree::TeamTreePage};
pub use usages::UsagesPage;
