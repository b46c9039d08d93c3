//! How long adopters stay: a curve that falls by a step whenever somebody leaves, with the number still watched below.
//! It must not go on beyond what was seen.
use super::{
    ChartFrame, ChartWords,
    frame::{linked, nothing},
    plot::{PLOT, TOP, drawing, mark, percent, percent_grid, y},
    scale::DayScale,
};
use crate::{
    components::table::{TableRegion, header_number},
    words,
};
use leptos::prelude::*;
use shared::api::{Survival, SurvivalPoint};

/// Numbers at risk nearer than this, in percent of the width, are left to the table.
const APART: f64 = 14.0;

/// The curve of those still using the golden offer. `href` gives those who left by a point.
#[component]
pub fn SurvivalCurve(
    words: ChartWords,
    survival: Survival,
    href: impl Fn(&SurvivalPoint) -> String + 'static,
) -> impl IntoView {
    let Some(end) = survival.curve.last().map(|point| point.days) else {
        let text = match survival.adopters {
            0 => "Nothing to draw: nobody has adopted it yet.".to_owned(),
            n => format!("Nothing to draw: none of {} left.", words::counted(n, "adopter", "adopters")),
        };
        return nothing(words, text);
    };
    let scale = DayScale::to(end);
    let body = view! {
        {percent_grid()}
        {days(scale)}
        {curve(&survival.curve, scale, &href)}
        {at_risk(&survival, scale)}
    }
    .into_any();
    let svg = drawing(TOP + PLOT + 48.0, &words.title, &words.sentence, body);
    let table = table(words.title.clone(), &survival.curve, &href);
    view! {
        <ChartFrame words table=Some(table)><div class="plot-box">{svg}</div></ChartFrame>
    }
    .into_any()
}

/// Ticks of days below the plot.
pub(super) fn days(scale: DayScale) -> impl IntoView {
    let tick = |(x, label): (f64, String)| {
        let x = percent(x);
        view! {
            <line class="grid" x1=x.clone() x2=x.clone() y1=TOP y2=TOP + PLOT + 4.0/>
            <text class="tick" x=x y=TOP + PLOT + 18.0 text-anchor="middle">{label}</text>
        }
    };
    scale.ticks().into_iter().map(tick).collect_view()
}

fn curve(points: &[SurvivalPoint], scale: DayScale, href: &impl Fn(&SurvivalPoint) -> String) -> Vec<AnyView> {
    let (mut x, mut share) = (0.0, 1.0);
    let mut out = Vec::new();
    for point in points {
        let to = scale.x(point.days);
        let text = format!(
            "after {:.0} days {} still use it; {} of {} left then",
            point.days,
            words::percent(point.share),
            point.left,
            point.at_risk
        );
        let shape = view! {
            <rect class="hit" x=percent(x) y=TOP width=percent(to - x) height=PLOT/>
            <line class="share" x1=percent(x) x2=percent(to) y1=y(share) y2=y(share)/>
            <line class="share" x1=percent(to) x2=percent(to) y1=y(share) y2=y(point.share)/>
        };
        out.push(mark(href(point), text, points.len(), shape.into_any()));
        (x, share) = (to, point.share);
    }
    let end = view! {
        <circle class="share-dot" cx=percent(x) cy=y(share) r="4"/>
        <text class="value" x="100%" dx="10" y=y(share).clamp(TOP + 6.0, TOP + PLOT) + 5.0>{words::percent(share)}</text>
    };
    out.push(end.into_any());
    out
}

fn at_risk(survival: &Survival, scale: DayScale) -> impl IntoView + use<> {
    let line = TOP + PLOT + 38.0;
    let mut shown = vec![(0.0, survival.adopters)];
    for point in &survival.curve {
        let x = scale.x(point.days);
        if shown.last().is_none_or(|(last, _)| x - last >= APART) {
            shown.push((x, point.at_risk));
        }
    }
    let number = |(x, n): (f64, u64)| view! { <text class="tick" x=percent(x) y=line text-anchor="middle">{words::grouped(n)}</text> };
    view! {
        {shown.into_iter().map(number).collect_view()}
        <text class="tick" x="100%" dx="22" y=line>"at risk"</text>
    }
}

fn table(caption: String, curve: &[SurvivalPoint], href: &impl Fn(&SurvivalPoint) -> String) -> AnyView {
    let rows = curve.iter().map(|point| {
        let left = words::grouped(point.left);
        let left = linked(href(point), left);
        view! {
            <tr>
                <th scope="row" class="number">{format!("{:.0}", point.days)}</th>
                <td class="number">{words::percent(point.share)}</td>
                <td class="number">{words::grouped(point.at_risk)}</td>
                <td class="number">{left}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head =
        (header_number("Days"), header_number("Still using it"), header_number("At risk"), header_number("Left then"));
    view! { <TableRegion caption=caption head=head.into_any()>{rows}</TableRegion> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::chart::samples::{survival, words};

    fn html(survival: Survival) -> String {
        let href = |point: &SurvivalPoint| format!("/left?{:.0}", point.days);
        Owner::new().with(|| view! { <SurvivalCurve words=words("Stay") survival href/> }.into_view().to_html())
    }

    #[test]
    fn each_step_opens_those_who_left_and_the_watched_are_counted() {
        let html = html(survival());
        assert!(html.contains("after 400 days 88% still use it; 2 of 30 left then"), "{html}");
        assert_eq!(html.matches("href=\"/left?400\"").count(), 2);
        assert!(html.contains("at risk") && html.contains(">36</text>") && html.contains(">74%</text>"), "{html}");
        assert_eq!(html.matches("scope=\"row\"").count(), 5);
    }

    #[test]
    fn nobody_gone_is_said_in_words() {
        assert!(html(Survival { curve: vec![], ..survival() }).contains("none of 36 adopters left"));
        assert!(html(Survival { curve: vec![], adopters: 0, ..survival() }).contains("nobody has adopted it"));
    }
}
