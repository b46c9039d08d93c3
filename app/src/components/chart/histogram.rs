//! How long something took, by length: those that ended solid, those still under way hatched on top.
//! It must not drop the cases that have not ended: without them every duration looks shorter.
use super::{
    ChartFrame, ChartWords,
    frame::{linked, nothing},
    plot::{PLOT, TOP, drawing, grid, mark, percent, y},
    scale::{CountScale, days_label, spread},
};
use crate::{
    components::table::{TableRegion, header, header_number},
    words,
};
use leptos::prelude::*;
use shared::api::{DurationBin, Durations};

/// A bar for each bin, all as wide. `href` gives the cases of a bin.
#[component]
pub fn Histogram(
    words: ChartWords,
    durations: Durations,
    href: impl Fn(&DurationBin) -> String + 'static,
) -> impl IntoView {
    let bins = &durations.bins;
    if bins.iter().all(|bin| bin.ended + bin.censored == 0) {
        return nothing(words, "Nothing to draw: there is no case yet.");
    }
    let scale = CountScale::to(bins.iter().map(|bin| bin.ended + bin.censored).max().unwrap_or(0));
    let lines = scale.ticks().map(|n| (scale.share(n), words::grouped(n))).collect();
    let body = view! {
        {grid(lines)}
        {bars(bins, scale, &href)}
        {edges(bins)}
        {percentiles(&durations)}
    }
    .into_any();
    let svg = drawing(TOP + PLOT + 24.0, &words.title, &words.sentence, body);
    let table = table(words.title.clone(), bins, &href);
    let under_way = format!(
        "{} ended (solid), {} still under way (hatched).",
        words::grouped(durations.n),
        words::grouped(durations.censored)
    );
    view! {
        <ChartFrame words table=Some(table)>
            <div class="plot-box plot-top">{svg}</div>
            <p class="small quiet">{under_way}</p>
        </ChartFrame>
    }
    .into_any()
}

fn bars(bins: &[DurationBin], scale: CountScale, href: &impl Fn(&DurationBin) -> String) -> Vec<AnyView> {
    let width = 100.0 / bins.len() as f64;
    let bar = |(i, bin): (usize, &DurationBin)| {
        let (x, w) = (percent(width * (i as f64 + 0.08)), percent(width * 0.84));
        let (ended, top) = (y(scale.share(bin.ended)), y(scale.share(bin.ended + bin.censored)));
        let text = format!("{}: {} ended, {} under way", range(bin), bin.ended, bin.censored);
        let shape = view! {
            <rect class="hit" x=percent(width * i as f64) y=TOP width=percent(width) height=PLOT/>
            <rect class="ended" x=x.clone() y=ended width=w.clone() height=TOP + PLOT - ended/>
            <rect class="censored" x=x y=top width=w height=ended - top fill="url(#paint-open)"/>
        };
        mark(href(bin), text, bins.len(), shape.into_any())
    };
    bins.iter().enumerate().map(bar).collect()
}

/// The days at which bins begin.
fn edges(bins: &[DurationBin]) -> impl IntoView + use<> {
    let width = 100.0 / bins.len() as f64;
    let edge = |(i, bin): (usize, &DurationBin)| {
        let x = percent(width * i as f64);
        view! { <text class="tick" x=x y=TOP + PLOT + 18.0 text-anchor="middle">{days_label(bin.from_days)}</text> }
    };
    bins.iter().enumerate().map(edge).collect_view()
}

/// Where a number of days stands among bins of equal width; beyond the last edge in the middle of the open bin.
fn place(bins: &[DurationBin], days: f64) -> f64 {
    let width = 100.0 / bins.len() as f64;
    let i = bins.iter().rposition(|bin| days >= f64::from(bin.from_days)).unwrap_or(0);
    let from = f64::from(bins[i].from_days);
    let part = bins[i].to_days.map_or(0.5, |to| ((days - from) / (f64::from(to) - from).max(1.0)).clamp(0.0, 1.0));
    width * (i as f64 + part)
}

fn percentiles(durations: &Durations) -> impl IntoView + use<> {
    let all = [("p50", durations.p50_days), ("p75", durations.p75_days), ("p90", durations.p90_days)];
    let lines: Vec<(f64, String)> = all
        .into_iter()
        .filter_map(|(name, days)| days.map(|days| (place(&durations.bins, days), format!("{name} {days:.0} d"))))
        .collect();
    let rows = spread(&vec![0.0; lines.len()], 15.0, 0.0, 60.0);
    let line = |((x, label), row): ((f64, String), f64)| {
        let (anchor, dx) = if x > 70.0 { ("end", -5) } else { ("start", 5) };
        let at = percent(x);
        view! {
            <line class="hair" x1=at.clone() x2=at.clone() y1=row - 16.0 y2=TOP + PLOT/>
            <text class="percentile" x=at dx=dx y=row - 6.0 text-anchor=anchor>{label}</text>
        }
    };
    lines.into_iter().zip(rows).map(line).collect_view()
}

fn range(bin: &DurationBin) -> String {
    match bin.to_days {
        Some(to) => format!("{} to {to} days", bin.from_days),
        None => format!("{} days and more", bin.from_days),
    }
}

fn table(caption: String, bins: &[DurationBin], href: &impl Fn(&DurationBin) -> String) -> AnyView {
    let rows = bins.iter().map(|bin| {
        let ended = words::grouped(bin.ended);
        let ended = linked(href(bin), ended);
        view! { <tr><th scope="row">{range(bin)}</th><td class="number">{ended}</td><td class="number">{words::grouped(bin.censored)}</td></tr> }
    });
    let rows = rows.collect_view();
    let head = (header("How long"), header_number("Ended"), header_number("Still under way")).into_any();
    view! { <TableRegion caption=caption head=head>{rows}</TableRegion> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::chart::samples::{durations, words};

    #[test]
    fn those_under_way_are_drawn_and_counted() {
        let html = Owner::new().with(|| {
            let href = |bin: &DurationBin| format!("/l?{}", bin.from_days);
            view! { <Histogram words=words("Time") durations=durations() href/> }.into_view().to_html()
        });
        assert_eq!(html.matches("url(#paint-open)").count(), 6);
        assert!(html.contains("30 to 90 days: 6 ended, 2 under way") && html.contains("365 days and more"), "{html}");
        assert!(html.contains("26 ended (solid), 10 still under way (hatched)."), "{html}");
        assert!(html.contains("p50 34 d") && html.contains("p90 700 d"), "{html}");
        assert_eq!(html.matches("href=\"/l?30\"").count(), 2);
    }

    #[test]
    fn days_find_their_place_among_bins() {
        let bins = durations().bins;
        let near = |days, x: f64| assert!((place(&bins, days) - x).abs() < 1e-9, "{days}: {}", place(&bins, days));
        near(0.0, 0.0);
        near(7.0, 100.0 / 6.0);
        near(60.0, 250.0 / 6.0);
        near(5_000.0, 550.0 / 6.0);
    }

    #[test]
    fn no_case_is_said_in_words() {
        let empty = Durations { bins: vec![], ..durations() };
        let html = Owner::new().with(|| {
            view! { <Histogram words=words("Time") durations=empty href=|_| String::new()/> }.into_view().to_html()
        });
        assert!(html.contains("there is no case yet"), "{html}");
    }
}
