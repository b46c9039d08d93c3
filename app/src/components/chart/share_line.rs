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
        {series.target.as_ref().map(target)}
        {steps(&points, axis, &holes)}
        {last(&points, series.delta)}
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

fn target(target: &Target) -> impl IntoView + use<> {
    let line = y(target.adoption);
    let by = target.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
    let text = format!("target {}{by}", words::percent(target.adoption));
    // Below the line where there is no room for words above it.
    let below = target.adoption > 0.92;
    view! {
        <line class="target" x2="100%" y1=line y2=line/>
        <text class="target-label" x="0" dx="6" y=if below { line + 15.0 } else { line - 6.0 }>{text}</text>
    }
}

fn steps(points: &[LinePoint], axis: TimeAxis, holes: &[Unread]) -> impl IntoView + use<> {
    let ends: Vec<f64> = points.iter().map(|point| axis.x(&point.at)).collect();
    let mut before = None;
    let mut out = Vec::new();
    for (point, (from, to)) in points.iter().zip(periods(&ends)) {
        if let (Some(before), Some(value)) = (before, point.value)
            && before != value
        {
            let x = percent(from);
            out.push(view! { <line class="share" x1=x.clone() x2=x y1=y(before) y2=y(value)/> }.into_any());
        }
        before = point.value;
        let partly = holes.iter().any(|hole| hole.from < to && hole.to > from);
        out.extend(point.value.map(|value| step(point, value, (from, to, partly), points.len())));
    }
    out
}

fn step(point: &LinePoint, value: f64, (from, to, partly): (f64, f64, bool), stops: usize) -> AnyView {
    let class = if partly { "share share-partly" } else { "share" };
    let (x1, x2, at) = (percent(from), percent(to), y(value));
    let text = format!("{}: {} ({})", day(&point.at), words::percent(value), point.label);
    let shape = view! {
        <rect class="hit" x=x1.clone() y=TOP width=percent(to - from) height=PLOT/>
        <line class=class x1=x1 x2=x2 y1=at y2=at/>
    };
    mark(point.href.clone(), text, stops, shape.into_any())
}

/// The last known value, said at the right of the line.
fn last(points: &[LinePoint], delta: Option<f64>) -> Option<impl IntoView + use<>> {
    let value = points.last()?.value?;
    let at = y(value);
    let text = at.clamp(TOP + 6.0, TOP + PLOT - 16.0);
    let delta =
        delta.map(|delta| view! { <text class="tick" x="100%" dx="10" y=text + 20.0>{points_of(delta)}</text> });
    Some(view! {
        <circle class="share-dot" cx="100%" cy=at r="4"/>
        <text class="value" x="100%" dx="10" y=text + 5.0>{words::percent(value)}</text>
        {delta}
    })
}

/// `+5 pts in 90 d`; a minus sign for a fall, and no sign for what did not move.
pub(super) fn points_of(delta: f64) -> String {
    let points = (delta * 100.0).round();
    let sign = if points > 0.0 {
        "+"
    } else if points < 0.0 {
        "−"
    } else {
        "±"
    };
    format!("{sign}{:.0} in 90 d", points.abs())
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
