//! The ground of a plot: grid, axis labels, links, and the places of periods.
//! It must not know what is measured.
use super::time_axis::Tick;
use leptos::prelude::*;

/// Room above the plot for flags, the plot, and below for the time axis, in pixels.
pub(super) const TOP: f64 = 26.0;
pub(super) const PLOT: f64 = 180.0;
pub(super) const BOTTOM: f64 = 24.0;
/// More marks than this are left out of the order of the keyboard: their table is in it.
const MOST_STOPS: usize = 12;

/// A drawing with its name and description.
pub(super) fn drawing(height: f64, title: &str, desc: &str, body: AnyView) -> impl IntoView + use<> {
    let (name, title, desc) = (title.to_owned(), title.to_owned(), desc.to_owned());
    view! {
        <svg class="plot" width="100%" height=height role="group" aria-label=name>
            <title>{title}</title>
            <desc>{desc}</desc>
            {body}
        </svg>
    }
}

/// A mark that opens the list it counts; without an address it is only drawn.
pub(super) fn mark(href: String, text: String, stops: usize, shape: AnyView) -> AnyView {
    if href.is_empty() {
        return view! { <g>{shape}<title>{text}</title></g> }.into_any();
    }
    let tabindex = (stops > MOST_STOPS).then_some("-1");
    let name = text.clone();
    view! { <a href=href tabindex=tabindex aria-label=name>{shape}<title>{text}</title></a> }.into_any()
}

/// The height of a share of the plot.
pub(super) fn y(share: f64) -> f64 {
    TOP + PLOT * (1.0 - share.clamp(0.0, 1.0))
}

/// `12.34%`.
pub(super) fn percent(x: f64) -> String {
    format!("{x:.3}%")
}

/// Horizontal lines with their labels at the left.
pub(super) fn grid(lines: Vec<(f64, String)>) -> impl IntoView {
    let line = |(share, label): (f64, String)| {
        let y = y(share);
        let class = if share == 0.0 { "grid base" } else { "grid" };
        view! { <line class=class x2="100%" y1=y y2=y/><text class="tick" x="0" dx="-8" y=y + 4.0 text-anchor="end">{label}</text> }
    };
    lines.into_iter().map(line).collect_view()
}

/// The grid of 0 to 100 %.
pub(super) fn percent_grid() -> impl IntoView {
    grid([0_u32, 25, 50, 75, 100].into_iter().map(|p| (f64::from(p) / 100.0, format!("{p}%"))).collect())
}

/// Places and labels below the plot.
pub(super) fn time_ticks(ticks: Vec<Tick>) -> impl IntoView {
    let base = TOP + PLOT;
    let tick = |tick: Tick| {
        let x = percent(tick.x);
        let class = if tick.always { "tick" } else { "tick tick-wide" };
        view! {
            <line class="grid" x1=x.clone() x2=x.clone() y1=TOP y2=base + 4.0/>
            <text class=class x=x y=base + 18.0 text-anchor="middle">{tick.label}</text>
        }
    };
    ticks.into_iter().map(tick).collect_view()
}

/// Where each period begins and ends, in percent, given where they end: each begins where the one before ended.
pub(super) fn periods(ends: &[f64]) -> Vec<(f64, f64)> {
    let begin = |i: usize| if i == 0 { 0.0 } else { ends[i - 1] };
    ends.iter().enumerate().map(|(i, end)| (begin(i).min(*end), *end)).collect()
}

/// Of more points than can be told apart, only the last of each run of equal ones.
pub(super) fn thinned<T: Clone>(points: &[T], equal: impl Fn(&T, &T) -> bool) -> Vec<T> {
    const MOST: usize = 130;
    if points.len() <= MOST {
        return points.to_vec();
    }
    let ends = points.iter().enumerate().filter(|(i, point)| points.get(i + 1).is_none_or(|next| !equal(point, next)));
    ends.map(|(_, point)| point.clone()).collect()
}
