//! How much a capability is used over time, and who serves it: three bands from zero, golden lowest.
//! It must not hide that a unit with two offers stands in two bands.
use super::{
    ChartFrame, ChartWords,
    frame::{linked, nothing},
    marks::{hairlines, mark_list, on_axis, shades, unread},
    plot::{BOTTOM, PLOT, TOP, drawing, grid, mark, percent, periods, thinned, time_ticks, y},
    scale::{CountScale, spread},
    time_axis::{TimeAxis, day},
};
use crate::{
    components::{
        split_bar::fill,
        table::{TableRegion, header, header_number},
    },
    words,
};
use leptos::prelude::*;
use shared::{
    OfferPath,
    api::{Gap, HistoryPoint, Mark},
};

/// A band: its tone, its name, and whose users it counts.
type Band = (&'static str, &'static str, &'static [OfferPath]);

/// The bands, lowest first; the middle one is named after what is in it.
fn bands_of(points: &[HistoryPoint]) -> [Band; 3] {
    let middle: Band = match (points.iter().any(|p| p.vendor > 0), points.iter().any(|p| p.tolerated > 0)) {
        (false, true) => ("tolerated", "tolerated", &[OfferPath::Tolerated]),
        (true, true) => ("vendor", "vendor or tolerated", &[OfferPath::Tolerated, OfferPath::Vendor]),
        _ => ("vendor", "vendor", &[OfferPath::Vendor]),
    };
    [("golden", "golden", &[OfferPath::Golden]), middle, ("homegrown", "homegrown", &[OfferPath::Homegrown])]
}

/// Bands of users for each period as they stood at its end. `href` gives the list of a point's users by these paths.
#[component]
pub fn StackedDemand(
    words: ChartWords,
    points: Vec<HistoryPoint>,
    marks: Vec<Mark>,
    gaps: Vec<Gap>,
    href: impl Fn(&HistoryPoint, &[OfferPath]) -> String + 'static,
) -> impl IntoView {
    let points = thinned(&points, |a, b| counts(a) == counts(b));
    let Some(axis) = TimeAxis::of_periods(points.iter().map(|point| &point.at)) else {
        return nothing(words, "Nothing to draw yet: no commit was read.");
    };
    let scale = CountScale::to(points.iter().map(|point| counts(point).iter().sum()).max().unwrap_or(0));
    let marks = on_axis(marks, axis);
    let lines = scale.ticks().map(|n| (scale.share(n), words::grouped(n))).collect();
    let body = view! {
        {shades(&unread(&gaps, axis))}
        {grid(lines)}
        {time_ticks(axis.ticks())}
        {bands(&points, axis, scale, &href)}
        {hairlines(&marks, axis)}
        {points.last().map(|point| ends(point, bands_of(&points), scale))}
    }
    .into_any();
    let svg = drawing(TOP + PLOT + BOTTOM, &words.title, &words.sentence, body);
    let table = table(words.title.clone(), &points, &href);
    view! {
        <ChartFrame words table=Some(table)>
            <div class="plot-box">{svg}</div>
            {mark_list(marks, gaps)}
        </ChartFrame>
    }
    .into_any()
}

/// Users in each band.
fn counts(point: &HistoryPoint) -> [u64; 3] {
    [point.golden, point.tolerated + point.vendor, point.homegrown]
}

fn bands(
    points: &[HistoryPoint],
    axis: TimeAxis,
    scale: CountScale,
    href: &impl Fn(&HistoryPoint, &[OfferPath]) -> String,
) -> Vec<AnyView> {
    let places: Vec<f64> = points.iter().map(|point| axis.x(&point.at)).collect();
    let mut out = Vec::new();
    for (point, (from, to)) in points.iter().zip(periods(&places)) {
        let mut below = 0;
        for ((tone, name, paths), n) in bands_of(points).into_iter().zip(counts(point)) {
            let (bottom, top) = (y(scale.share(below)), y(scale.share(below + n)));
            below += n;
            if n == 0 {
                continue;
            }
            let text = format!("{}: {} {name}", day(&point.at), words::grouped(n));
            let shape = view! { <rect class="band" x=percent(from) y=top width=percent(to - from) height=bottom - top fill=fill(tone)/> };
            out.push(mark(href(point, paths), text, 3 * points.len(), shape.into_any()));
        }
    }
    out
}

/// The last counts at the right, each beside its band, moved apart where bands are thin.
fn ends(point: &HistoryPoint, bands: [Band; 3], scale: CountScale) -> impl IntoView + use<> {
    let mut below = 0;
    let mut labels = Vec::new();
    for ((tone, name, _), n) in bands.into_iter().zip(counts(point)) {
        let middle = f64::midpoint(y(scale.share(below)), y(scale.share(below + n)));
        below += n;
        if n > 0 {
            labels.push((tone, name, words::grouped(n), middle));
        }
    }
    let middles: Vec<f64> = labels.iter().map(|(.., middle)| *middle).collect();
    let places = spread(&middles, 44.0, TOP + 8.0, TOP + PLOT - 28.0);
    // A name of three words takes two lines: the room beside the plot is narrow.
    let label = |((tone, name, n, middle), place): ((&str, &'static str, String, f64), f64)| {
        let (name, rest) =
            name.split_once(" or ").map_or((name.to_owned(), None), |(a, b)| (format!("{a} or"), Some(b)));
        view! {
            <svg x="100%" class=format!("band-label tone-{tone}")>
                <path d=format!("M2 {middle:.1}L8 {place:.1}")/>
                <text class="value" x="11" y=place + 4.0>{n}</text>
                <text class="tick" x="11" y=place + 17.0>{name}</text>
                {rest.map(|rest| view! { <text class="tick" x="11" y=place + 30.0>{rest}</text> })}
            </svg>
        }
    };
    labels.into_iter().zip(places).map(label).collect_view()
}

fn table(caption: String, points: &[HistoryPoint], href: &impl Fn(&HistoryPoint, &[OfferPath]) -> String) -> AnyView {
    let bands = bands_of(points);
    let rows = points.iter().map(|point| {
        let cells = bands.into_iter().zip(counts(point)).map(|((_, _, paths), n)| {
            view! { <td class="number">{linked(href(point, paths), words::grouped(n))}</td> }
        });
        view! { <tr><th scope="row">{day(&point.at)}</th>{cells.collect_view()}<td class="number">{words::grouped(point.migrating)}</td></tr> }
    });
    let head = (
        header("End of period"),
        header_number("Golden"),
        header_number(if bands[1].1 == "tolerated" {
            "Tolerated"
        } else if bands[1].1 == "vendor" {
            "Vendor"
        } else {
            "Vendor or tolerated"
        }),
        header_number("Homegrown"),
        header_number("In two bands"),
    );
    let rows = rows.collect_view();
    view! { <TableRegion caption=caption head=head.into_any()>{rows}</TableRegion> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::chart::samples::{marks, months, words};

    fn html(points: Vec<HistoryPoint>) -> String {
        let href = |point: &HistoryPoint, paths: &[OfferPath]| format!("/l?{}:{}", day(&point.at), paths[0]);
        Owner::new().with(|| {
            view! { <StackedDemand words=words("Demand") points marks=marks() gaps=vec![] href/> }.into_view().to_html()
        })
    }

    #[test]
    fn each_band_opens_its_users_and_none_is_drawn_of_nobody() {
        let html = html(months());
        let bands = months().iter().flat_map(counts).filter(|n| *n > 0).count();
        assert_eq!(html.matches("class=\"band\"").count(), bands);
        assert!(html.contains("aria-label=\"2021-01-28: 20 homegrown\""), "{html}");
        assert!(html.contains("href=\"/l?2022-01-28:golden\"") && html.contains("url(#paint-homegrown)"), "{html}");
        assert_eq!(html.matches("<th scope=\"row\"").count(), 60);
        assert!(html.contains("sage is offered") && html.contains("3 vendor or tolerated"), "{html}");
    }

    #[test]
    fn bands_stand_on_each_other_from_zero() {
        let month = months().swap_remove(30);
        let total: u64 = counts(&month).iter().sum();
        let html = html(vec![month]);
        let heights: f64 = html
            .split("<rect")
            .filter(|part| part.contains("class=\"band\""))
            .map(|part| part.split(" height=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap())
            .sum();
        assert!((heights - PLOT * CountScale::to(total).share(total)).abs() < 0.01, "{heights}");
        assert!(html.contains("<title>Demand</title>"), "{html}");
    }
}
