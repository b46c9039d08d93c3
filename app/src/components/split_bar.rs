//! How the users of a capability split over golden, tolerated, vendor and homegrown: a bar, its legend, its table.
//! Every mark and every number opens the list it counts.
use super::badge::mark;
use crate::{url::PageUrl, words};
use leptos::prelude::*;
use shared::{
    Confidence, OfferPath, State,
    api::{CapabilitySummary, EntityQuery},
};

/// One part of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub tone: &'static str,
    pub label: &'static str,
    pub n: u64,
    pub href: String,
}

/// The address of the components that use a capability by an offer of one path.
pub fn by_path(capability: &str, path: OfferPath) -> String {
    let query = EntityQuery {
        capability: vec![capability.to_owned()],
        path: vec![path.as_str().to_owned()],
        ..Default::default()
    };
    PageUrl::new("/catalog", query.pairs()).href()
}

/// The address of the components in one state for a capability.
pub fn by_state(capability: &str, state: State) -> String {
    let query = EntityQuery {
        capability: vec![capability.to_owned()],
        state: vec![state.as_str().to_owned()],
        ..Default::default()
    };
    PageUrl::new("/catalog", query.pairs()).href()
}

/// The parts by path, in the order of the golden path.
pub fn path_parts(capability: &CapabilitySummary) -> Vec<Part> {
    let counts = &capability.counts;
    let n = |path| match path {
        OfferPath::Golden => counts.golden,
        OfferPath::Tolerated => counts.tolerated,
        OfferPath::Vendor => counts.vendor,
        OfferPath::Homegrown => counts.homegrown,
    };
    let part = |path: &OfferPath| {
        let confidence =
            if *path == OfferPath::Homegrown { capability.homegrown_confidence } else { Confidence::Probable };
        let tag = words::offer(*path, confidence);
        Part { tone: tag.tone, label: tag.text, n: n(*path), href: by_path(&capability.name, *path) }
    };
    OfferPath::ALL.iter().map(part).collect()
}

/// A bar whose parts are as long as their counts; an empty bar when all are zero.
#[component]
pub fn SplitBar(parts: Vec<Part>, #[prop(optional)] tall: bool) -> impl IntoView {
    let total: u64 = parts.iter().map(|part| part.n).sum();
    let say: Vec<String> = parts.iter().filter(|p| p.n > 0).map(|p| format!("{} {}", p.n, p.label)).collect();
    let label = if say.is_empty() { "no component uses it yet".to_owned() } else { say.join(", ") };
    let mut x = 0.0;
    let marks = parts
        .into_iter()
        .filter(|part| part.n > 0)
        .map(|part| {
            let width = 100.0 * part.n as f64 / total as f64;
            let at = x;
            x += width;
            let title = format!("{} {}", part.n, part.label);
            let name = title.clone();
            view! {
                <a href=part.href tabindex="-1" aria-label=name>
                    <rect x=format!("{at:.2}%") width=format!("{width:.2}%") height="100%" fill=fill(part.tone)/>
                    <title>{title}</title>
                </a>
            }
        })
        .collect_view();
    let class = if tall { "split split-tall" } else { "split" };
    view! {
        <svg class=class width="100%" height=if tall { "20" } else { "8" } role="group" aria-label=label>
            <rect class="split-ground" width="100%" height="100%"/>
            {marks}
        </svg>
    }
}

/// The numbers under a bar; zeros are left out unless all are.
#[component]
pub fn SplitLegend(parts: Vec<Part>) -> impl IntoView {
    let items = parts
        .into_iter()
        .filter(|part| part.n > 0)
        .map(|part| {
            view! {
                <li class=format!("tone-{}", part.tone)>
                    <a href=part.href>{mark(part.tone)}<b>{words::grouped(part.n)}</b>" "{part.label}</a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="legend">{items}</ul> }
}

/// The paint of a tone: solid, or one of the patterns that the frame defines.
pub fn fill(tone: &str) -> &'static str {
    match tone {
        "golden" => "#0072B2",
        "tolerated" => "url(#paint-tolerated)",
        "vendor" => "url(#paint-vendor)",
        "homegrown" | "disputed" => "url(#paint-homegrown)",
        "confirmed" => "#2A8C5F",
        "stale" => "url(#paint-stale)",
        "dormant" => "url(#paint-dormant)",
        "orphan" => "url(#paint-orphan)",
        "unknown" => "url(#paint-open)",
        _ => "url(#paint-none)",
    }
}

/// The patterns, once a page.
pub fn paints() -> impl IntoView {
    view! {
        <svg class="paints" width="0" height="0" aria-hidden="true">
            <defs>
                <pattern id="paint-homegrown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect width="6" height="6" fill="#D55E00"/><rect width="2" height="6" fill="#fff" fill-opacity=".55"/>
                </pattern>
                <pattern id="paint-vendor" width="4" height="4" patternUnits="userSpaceOnUse">
                    <rect width="4" height="4" fill="#7D6BB0"/><rect width="4" height="1" fill="#fff" fill-opacity=".5"/>
                </pattern>
                <pattern id="paint-tolerated" width="5" height="5" patternUnits="userSpaceOnUse">
                    <rect width="5" height="5" fill="#56A3D0"/><rect width="1" height="5" fill="#fff" fill-opacity=".6"/>
                </pattern>
                <pattern id="paint-stale" width="4" height="4" patternUnits="userSpaceOnUse">
                    <rect width="4" height="4" fill="#B98A1C"/><rect width="1.5" height="4" fill="#fff" fill-opacity=".55"/>
                </pattern>
                <pattern id="paint-dormant" width="6" height="6" patternUnits="userSpaceOnUse">
                    <rect width="6" height="6" fill="#8A94A3"/><circle cx="3" cy="3" r="1.2" fill="#fff" fill-opacity=".6"/>
                </pattern>
                <pattern id="paint-orphan" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect width="6" height="6" fill="#B3261E"/><path d="M0 0h6M0 0v6" stroke="#fff" stroke-opacity=".7"/>
                </pattern>
                <pattern id="paint-none" width="4" height="4" patternUnits="userSpaceOnUse">
                    <circle cx="2" cy="2" r="1" fill="#767676"/>
                </pattern>
                <pattern id="paint-open" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
                    <rect width="1.5" height="6" fill="currentColor" fill-opacity=".5"/>
                </pattern>
            </defs>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_opens_the_list_it_counts() {
        let parts = vec![
            Part { tone: "golden", label: "golden", n: 3, href: by_path("feature-flags", OfferPath::Golden) },
            Part { tone: "homegrown", label: "homegrown", n: 1, href: by_path("feature-flags", OfferPath::Homegrown) },
        ];
        let html = Owner::new().with(|| view! { <SplitBar parts=parts.clone()/><SplitLegend parts/> }.to_html());
        assert!(html.contains("href=\"/catalog?capability=feature-flags&amp;path=golden\""), "{html}");
        assert!(html.contains("width=\"75.00%\""), "{html}");
        assert!(html.contains("x=\"75.00%\""), "{html}");
        assert!(html.contains("aria-label=\"3 golden, 1 homegrown\""), "{html}");
    }
}
