//! Our own small drawings: no icon font, no request.
//! A drawing never carries meaning alone; text stands beside it.
use leptos::prelude::*;

/// The drawings, each on a 16 by 16 field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Search,
    Component,
    Api,
    Resource,
    System,
    Group,
    Capability,
    Package,
    Repository,
    Template,
    External,
    Warning,
    Arrow,
    Download,
}

impl Icon {
    /// The drawing of an entity kind, `repository` or `package`.
    pub fn of(kind: &str) -> Self {
        match kind {
            "api" => Self::Api,
            "resource" => Self::Resource,
            "system" | "domain" => Self::System,
            "group" | "user" => Self::Group,
            "capability" => Self::Capability,
            "package" => Self::Package,
            "repository" | "location" => Self::Repository,
            "template" => Self::Template,
            _ => Self::Component,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Search => "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.600-1.400L14 14",
            Self::Component => {
                "M8 1.500 14 4.750v6.500L8 14.500 2 11.250v-6.500Zm0 0M2.200 4.900 8 8l5.800-3.100M8 8v6.300"
            }
            Self::Api => {
                "M5.500 2.500c-2 0-2 1-2 2.500S3.500 8 2 8c1.500 0 1.500 1.500 1.500 3s0 2.500 2 2.500M10.500 2.500c2 0 2 1 2 2.500s0 3 1.500 3c-1.500 0-1.500 1.500-1.500 3s0 2.500-2 2.500"
            }
            Self::Resource => {
                "M8 6c3 0 5.500-.9 5.500-2S11 2 8 2 2.500 2.900 2.500 4 5 6 8 6Zm5.500-2v8c0 1.100-2.500 2-5.500 2s-5.500-.9-5.500-2V4m11 4c0 1.100-2.500 2-5.500 2s-5.500-.9-5.500-2"
            }
            Self::System => "M2 2h5v5H2Zm7 0h5v5H9ZM2 9h5v5H2Zm7 0h5v5H9Z",
            Self::Group => {
                "M6 7.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Zm-4.500 6c0-2.500 2-4 4.500-4s4.500 1.500 4.500 4M10.500 2.700a2.500 2.500 0 0 1 0 4.600m1.500 2.500c1.600.6 2.500 1.900 2.500 3.700"
            }
            Self::Capability => {
                "m8 1.500 1.800 4.100 4.400.5-3.300 3 .9 4.400L8 11.200l-3.800 2.300.9-4.400-3.300-3 4.400-.5Z"
            }
            Self::Package => "M2.500 5 8 2l5.500 3v6L8 14l-5.500-3Zm0 0L8 8l5.500-3M8 8v6M5 3.600l5.500 3",
            Self::Repository => {
                "M4.500 5.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Zm0 0v5m0 0a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3Zm7-5a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3Zm0 0c0 3-3 3-7 4"
            }
            Self::Template => "M3 1.500h6l4 4v9H3Zm6 0v4h4M5.500 9h5m-5 2.500h5",
            Self::External => "M6 3H3v10h10v-3M9 2.500h4.500V7m0-4.500L7.500 8.500",
            Self::Warning => "M8 2 14.500 13.500h-13Zm0 4.500v3m0 2v.1",
            Self::Arrow => "M3 8h10M9 4l4 4-4 4",
            Self::Download => "M8 2v8M4.500 6.500 8 10l3.500-3.500M2.500 13.500h11",
        }
    }
}

/// One drawing, in the colour and size of the text around it; the size in the markup keeps an unstyled page readable.
pub fn icon(icon: Icon) -> impl IntoView {
    view! { <svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d=icon.path()/></svg> }
}

/// The product's mark.
pub fn logo() -> impl IntoView {
    view! {
        <svg class="logo" width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="logo-field" width="32" height="32" rx="8"/>
            <path class="logo-line" d="M7 10l4.500 12L16 12l4.500 10L25 10"/>
            <circle class="logo-dot" cx="25" cy="9" r="2.500"/>
        </svg>
    }
}
