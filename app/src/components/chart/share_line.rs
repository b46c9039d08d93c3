//! The share that takes the golden path, over time: steps that are never smoothed, the target, what happened meanwhile.
//! It must not draw what is not known: an absent value is a hole, and in a stretch not read in full the line is dotted.
use super::{
    ChartFrame, ChartWords, LinePoint, ShareSeries,
    frame::{linked, nothing},
    marks::{Unread, hairlines, mark_list, on_axis, shades, unread},
    plot::{BOTTOM, PLOT, TOP, drawing, mark, percent, percent_grid, periods, thinned, time_ticks, y},
    time_axis::{TimeAxis, day},
};
use crate::{
    components::table::{TableRegion, header, header_number},
    words,
};
use leptos::prelude::*;
use shared::api::Target;

/// A step for each period, as high as the share at its end.
#[component]
pub fn ShareLine(words: ChartWords, series: ShareSeries) -> impl IntoView {
    let points = thinned(&series.points, |a, b| a.value == b.value && a.label == b.label);
    let Some(axis) = TimeAxis::of_periods(points.iter().map(|point| &point.at)) else {
        return nothing(words, "Nothing to draw yet: no commit was read.");
    };
    let marks = on_axis(series.marks, axis);
    let holes = unread(&series.gaps, axis);
    let body = view! {
        {shades(&holes)}
        {percent_grid()}
        {time_ticks(axis.ticks())}
        {hairlines(&marks, axis)}
        {steps(&points, axis, &holes)}
        {ends(&points, series.delta, series.target.as_ref())}
    }
    .into_any();
    let svg = drawing(TOP + PLOT + BOTTOM, &words.title, &words.sentence, body);
    let table = table(words.title.clone(), points);
    view! {
        <ChartFrame words table=Some(table)>
            <div class="plot-box">{svg}</div>
            {mark_list(marks, series.gaps)}
        </ChartFrame>
    }
    .into_any()
}

/// What is drawn of consecutive periods alike: one level line, and the rise or fall that leads to it.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    from: f64,
    to: f64,
    value: f64,
    /// The value just before, when it is known and another.
    before: Option<f64>,
    partly: bool,
}

fn runs(points: &[LinePoint], places: &[(f64, f64)], holes: &[Unread]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut before = None;
    for (point, (from, to)) in points.iter().zip(places.iter().copied()) {
        let partly = holes.iter().any(|hole| hole.from < to && hole.to > from);
        match (point.value, out.last_mut()) {
            (Some(value), Some(run)) if before == Some(value) && run.partly == partly => run.to = to,
            (Some(value), _) => out.push(Run { from, to, value, before: before.filter(|b| *b != value), partly }),
            (None, _) => {}
        }
        before = point.value;
    }
    out
}

fn steps(points: &[LinePoint], axis: TimeAxis, holes: &[Unread]) -> impl IntoView + use<> {
    let ends: Vec<f64> = points.iter().map(|point| axis.x(&point.at)).collect();
    let places = periods(&ends);
    let line = |run: Run| {
        let (x1, x2, at) = (percent(run.from), percent(run.to), y(run.value));
        let rise =
            run.before.map(|before| view! { <line class="share" x1=x1.clone() x2=x1.clone() y1=y(before) y2=at/> });
        let class = if run.partly { "share share-partly" } else { "share" };
        view! { {rise}<line class=class x1=x1.clone() x2=x2 y1=at y2=at/> }
    };
    let lines = runs(points, &places, holes).into_iter().map(line).collect_view();
    let hits: Vec<AnyView> =
        points.iter().zip(&places).filter_map(|(point, place)| hit(point, *place, points.len())).collect();
    (lines, hits)
}

/// Where a period is pointed at: its whole height, so that a thin line is easy to meet.
fn hit(point: &LinePoint, (from, to): (f64, f64), stops: usize) -> Option<AnyView> {
    let value = point.value?;
    let text = format!("{}: {} ({})", day(&point.at), words::percent(value), point.label);
    let shape = view! {
        <rect class="hit" x=percent(from) y=TOP width=percent(to - from) height=PLOT/>
        <line class="hit-line" x1=percent(from) x2=percent(to) y1=y(value) y2=y(value)/>
    };
    Some(mark(point.href.clone(), text, stops, shape.into_any()))
}

/// What stands right of the plot, beside the ends of the lines: the last known value, and the target.
fn ends(points: &[LinePoint], delta: Option<f64>, target: Option<&Target>) -> impl IntoView + use<> {
    let value = points.last().and_then(|point| point.value);
    let (at, aim) = beside(value.map(y), target.map(|target| y(target.adoption)));
    let target = target.map(|target| target_label(target, aim));
    let value = value.map(|value| value_label(value, delta, at));
    (target, value)
}

/// The heights of the value's label (three lines) and of the target's (two), which makes room for the value's.
fn beside(value: Option<f64>, target: Option<f64>) -> (f64, f64) {
    const UNDER_VALUE: f64 = 50.0;
    const UNDER_TARGET: f64 = 34.0;
    let (low, high) = (TOP - 14.0, TOP + PLOT - 16.0);
    let at = value.unwrap_or(high).clamp(TOP, high - 14.0);
    let Some(target) = target else { return (at, low) };
    match value {
        None => (at, target),
        Some(value) if target <= value => {
            let aim = target.min(at - UNDER_TARGET).max(low);
            (at.max(aim + UNDER_TARGET), aim)
        }
        Some(_) => {
            let aim = target.max(at + UNDER_VALUE).min(high);
            (at.min(aim - UNDER_VALUE), aim)
        }
    }
}

fn target_label(target: &Target, place: f64) -> impl IntoView + use<> {
    let line = y(target.adoption);
    view! {
        <line class="target" x2="100%" y1=line y2=line/>
        <svg x="100%" class="end-label">
            <path d=format!("M2 {line:.1}L8 {place:.1}")/>
            <text class="tick" x="11" y=place + 4.0>{format!("target {}", words::percent(target.adoption))}</text>
            <text class="tick" x="11" y=place + 18.0>{target.by.as_ref().map(|by| format!("by {by}"))}</text>
        </svg>
    }
}

fn value_label(value: f64, delta: Option<f64>, place: f64) -> impl IntoView + use<> {
    let at = y(value);
    let delta = delta.map(|delta| {
        view! {
            <text class="tick" x="11" y=place + 21.0>{points_of(delta)}</text>
            <text class="tick" x="11" y=place + 35.0>"in 90 days"</text>
        }
    });
    view! {
        <circle class="share-dot" cx="100%" cy=at r="4"/>
        <svg x="100%" class="end-label">
            <path d=format!("M5 {at:.1}L9 {place:.1}")/>
            <text class="value" x="11" y=place + 5.0>{words::percent(value)}</text>
            {delta}
        </svg>
    }
}

/// `+5 points`, with a true minus sign for a fall.
fn points_of(delta: f64) -> String {
    let points = (delta * 100.0).round();
    let sign = match points {
        p if p > 0.0 => "+",
        p if p < 0.0 => "−",
        _ => "±",
    };
    format!("{sign}{:.0} {}", points.abs(), if points.abs() == 1.0 { "point" } else { "points" })
}

fn table(caption: String, points: Vec<LinePoint>) -> AnyView {
    let row = |point: LinePoint| {
        let value = point.value.map_or_else(|| "unknown".to_owned(), words::percent);
        let value = linked(point.href, value);
        view! { <tr><th scope="row">{day(&point.at)}</th><td class="number">{value}</td><td>{point.label}</td></tr> }
    };
    let rows = points.into_iter().map(row).collect_view();
    let head = (header("End of period"), header_number("Share"), header("Of")).into_any();
    view! { <TableRegion caption=caption head=head>{rows}</TableRegion> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::chart::samples::{at, series, words};

    fn html(series: ShareSeries) -> String {
        Owner::new().with(|| view! { <ShareLine words=words("Share") series/> }.into_view().to_html())
    }

    fn point(day: &str, value: Option<f64>) -> LinePoint {
        LinePoint { at: at(day), value, href: format!("/l?at={day}"), label: "1 of 2".into() }
    }

    #[test]
    fn every_period_opens_its_list_and_stands_in_the_table() {
        let html = html(series());
        assert!(html.contains("<title>Share</title><desc>Golden adoption stands at 82%"), "{html}");
        assert_eq!(html.matches("href=\"/catalog?path=golden&amp;at=").count(), 2 * 60, "a mark and a row for each");
        assert_eq!(html.matches("<th scope=\"row\"").count(), 60);
        assert!(
            html.contains(">target 90%<") && html.contains(">by 2027-06-30<") && html.contains("+2 points"),
            "{html}"
        );
        assert!(html.contains("href=\"/explain?metric=adoption\""), "{html}");
        assert!(html.contains("2022-01-28: 52% (17 of 33)") && html.contains("tabindex=\"-1\""), "{html}");
    }

    #[test]
    fn the_unknown_is_a_hole_and_never_zero() {
        let points = vec![point("2022-01-01", Some(0.5)), point("2022-02-01", None), point("2022-03-01", Some(0.5))];
        let axis = TimeAxis::of_periods(points.iter().map(|point| &point.at)).unwrap();
        let ends: Vec<f64> = points.iter().map(|point| axis.x(&point.at)).collect();
        let runs = runs(&points, &periods(&ends), &[]);
        assert_eq!(runs.len(), 2);
        assert!(runs[0].to < runs[1].from && runs[1].before.is_none(), "nothing joins what is apart: {runs:?}");
        let html = html(ShareSeries { points, ..Default::default() });
        assert!(html.contains("unknown") && !html.contains(">0%</a>"), "{html}");
        assert_eq!(html.matches("class=\"hit\"").count(), 2);
    }

    #[test]
    fn what_is_not_read_in_full_is_dotted_and_said() {
        let html = html(series());
        assert!(html.contains("class=\"share share-partly\""), "{html}");
        assert!(html.contains("acme/api not read from 2023-06-01 to 2024-01-15: objects are missing"), "{html}");
        assert!(html.contains(">not read</text>"), "{html}");
    }

    #[test]
    fn nothing_known_draws_nothing() {
        assert!(html(ShareSeries::default()).contains("Nothing to draw yet"));
        assert!(
            !html(ShareSeries { points: vec![point("2022-01-01", None)], ..Default::default() })
                .contains("class=\"value\"")
        );
    }

    #[test]
    fn the_labels_at_the_end_never_touch() {
        for (value, target) in (0..=20).flat_map(|v| (0..=20).map(move |t| (f64::from(v) / 20.0, f64::from(t) / 20.0)))
        {
            let (at, aim) = beside(Some(y(value)), Some(y(target)));
            assert!(if target >= value { at - aim >= 34.0 } else { aim - at >= 50.0 }, "{value} {target}: {at} {aim}");
            assert!(
                (TOP - 14.0..=TOP + PLOT - 16.0).contains(&aim) && (TOP..=TOP + PLOT - 30.0).contains(&at.round()),
                "{at} {aim}"
            );
        }
    }

    #[test]
    fn a_change_is_said_in_points() {
        assert_eq!([points_of(0.012), points_of(-0.05), points_of(0.001)], ["+1 point", "−5 points", "±0 points"]);
    }

    #[test]
    fn days_on_which_nothing_changed_are_left_out_of_long_series() {
        let day = |i: u32| {
            point(
                &format!("20{:02}-{:02}-{:02}", 10 + i / 336, i / 28 % 12 + 1, i % 28 + 1),
                Some(f64::from(i / 100) / 10.0),
            )
        };
        let html = html(ShareSeries { points: (0..500).map(day).collect(), ..Default::default() });
        assert_eq!(html.matches("<th scope=\"row\"").count(), 5);
    }
}
