//! Charts the size of a word: a line beside a number, a bar against its target.
//! The number itself stands beside them in the page; they must not be the only place that says it.
use super::plot::percent;
use crate::words;
use leptos::prelude::*;
use shared::api::{SparkPoint, Target};

const WIDTH: f64 = 80.0;
const HEIGHT: f64 = 20.0;

/// A small step line of shares with a dot at its end, and the same in words for those who cannot see it.
#[component]
pub fn Spark(points: Vec<SparkPoint>) -> impl IntoView {
    let known: Vec<f64> = points.iter().filter_map(|point| point.adoption).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return view! { <span class="quiet">"no history"</span> }.into_any();
    };
    let text = format!("from {} to {} over {} periods", words::percent(*first), words::percent(*last), points.len());
    let d = spark_path(&points);
    let dot = points.last().and_then(|point| point.adoption).map(spark_y);
    let dot = dot.map(|y| view! { <circle cx=WIDTH - 3.0 cy=y r="2.5"/> });
    view! {
        <svg class="spark" width=WIDTH height=HEIGHT viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true">
            <path d=d/>
            {dot}
        </svg>
        <span class="sr">{text}</span>
    }
    .into_any()
}

fn spark_y(share: f64) -> f64 {
    3.0 + (HEIGHT - 6.0) * (1.0 - share.clamp(0.0, 1.0))
}

/// Steps, with a new start after each hole.
fn spark_path(points: &[SparkPoint]) -> String {
    let step = (WIDTH - 3.0) / points.len() as f64;
    let mut d = String::new();
    let mut drawing = false;
    for (i, point) in points.iter().enumerate() {
        let Some(share) = point.adoption else {
            drawing = false;
            continue;
        };
        let (y, to) = (spark_y(share), step * (i + 1) as f64);
        d += &match drawing {
            true => format!("V{y:.1}H{to:.1}"),
            false => format!("M{:.1} {y:.1}H{to:.1}", step * i as f64),
        };
        drawing = true;
    }
    d
}

/// A share as a bar from zero, the target as a tick; the ground is darker up to half of the target.
#[component]
pub fn Bullet(value: Option<f64>, target: Option<Target>, #[prop(into)] label: String) -> impl IntoView {
    let share = value.map(|value| value.clamp(0.0, 1.0) * 100.0);
    let say = value.map_or_else(|| "unknown".to_owned(), words::percent);
    let say = match &target {
        Some(target) => format!("{label}: {say}, target {}", words::percent(target.adoption)),
        None => format!("{label}: {say}, no target"),
    };
    let goal = target.map(|target| target.adoption.clamp(0.0, 1.0) * 100.0);
    let near = goal.map(|goal| view! { <rect class="bullet-near" width=percent(goal / 2.0) height="14"/> });
    let tick =
        goal.map(|goal| view! { <line class="bullet-target" x1=percent(goal) x2=percent(goal) y1="0" y2="14"/> });
    let bar = share.map(|share| view! { <rect class="bullet-bar" y="4" width=percent(share) height="6"/> });
    let title = say.clone();
    view! {
        <svg class="bullet" width="100%" height="14" role="img" aria-label=say>
            <title>{title}</title>
            <rect class="bullet-ground" width="100%" height="14"/>
            {near}{bar}{tick}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::chart::samples::at;

    fn point(day: &str, adoption: Option<f64>) -> SparkPoint {
        SparkPoint { at: at(day), adoption, eligible: 4 }
    }

    #[test]
    fn a_line_is_said_in_words_and_breaks_where_nothing_is_known() {
        let points = vec![point("2022-01-01", Some(0.0)), point("2022-02-01", None), point("2022-03-01", Some(1.0))];
        assert_eq!(spark_path(&points), "M0.0 17.0H25.7M51.3 3.0H77.0");
        let html = Owner::new().with(|| view! { <Spark points/> }.into_view().to_html());
        assert!(html.contains("aria-hidden=\"true\"") && html.contains("from 0% to 100% over 3 periods"), "{html}");
        let html = Owner::new().with(|| view! { <Spark points=vec![]/> }.into_view().to_html());
        assert!(html.contains("no history"), "{html}");
    }

    #[test]
    fn a_bar_says_its_value_and_its_target() {
        let target = Some(Target { adoption: 0.9, by: None });
        let html =
            Owner::new().with(|| view! { <Bullet value=Some(0.82) target label="Build"/> }.into_view().to_html());
        assert!(html.contains("aria-label=\"Build: 82%, target 90%\"") && html.contains("width=\"82.000%\""), "{html}");
        assert!(html.contains("x1=\"90.000%\""), "{html}");
        let html = Owner::new().with(|| view! { <Bullet value=None target=None label="Build"/> }.into_view().to_html());
        assert!(html.contains("unknown, no target") && !html.contains("bullet-bar"), "{html}");
    }
}
