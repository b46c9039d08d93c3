//! What a reader must know of on a time axis: launches, campaigns, rule changes, where histories start, what was not read.
//! It must not drop a mark silently: each has its line in the plot and its words in the list below.
use super::{
    plot::{PLOT, TOP, percent},
    time_axis::{TimeAxis, day},
};
use crate::words;
use leptos::prelude::*;
use shared::{
    MarkKind,
    api::{Gap, Mark},
};

/// Flags nearer than this, in percent of the width, share one.
const APART: f64 = 9.0;
/// Entries of the list that do not fold.
const SHOWN: usize = 6;

/// A flag above the plot, for one mark or for several close together.
#[derive(Debug, Clone, PartialEq)]
struct Flag {
    x: f64,
    /// The numbers of the first and last mark, from 1.
    first: usize,
    last: usize,
}

/// A stretch that is not read in full, in percent of the width.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unread {
    pub(super) from: f64,
    pub(super) to: f64,
    text: String,
}

/// The marks on the axis, oldest first: their places here are their numbers.
pub(super) fn on_axis(mut marks: Vec<Mark>, axis: TimeAxis) -> Vec<Mark> {
    marks.retain(|mark| axis.covers(&mark.at));
    marks.sort_by(|a, b| a.at.cmp(&b.at));
    marks
}

fn flags(marks: &[Mark], axis: TimeAxis) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    for (i, mark) in marks.iter().enumerate() {
        let x = axis.x(&mark.at);
        match flags.last_mut() {
            Some(flag) if x - flag.x < APART => flag.last = i + 1,
            _ => flags.push(Flag { x, first: i + 1, last: i + 1 }),
        }
    }
    flags
}

/// A hairline at each mark and a numbered flag above it.
pub(super) fn hairlines(marks: &[Mark], axis: TimeAxis) -> impl IntoView + use<> {
    let lines = marks.iter().map(|mark| {
        let x = percent(axis.x(&mark.at));
        let text = format!("{}: {}", day(&mark.at), mark.text);
        view! { <g><line class="hair" x1=x.clone() x2=x y1=TOP - 6.0 y2=TOP + PLOT/><title>{text}</title></g> }
    });
    let flags = flags(marks, axis).into_iter().map(|flag| {
        let text =
            if flag.first == flag.last { flag.first.to_string() } else { format!("{}–{}", flag.first, flag.last) };
        let (x, width) = (percent(flag.x), 10.0 + 7.0 * text.chars().count() as f64);
        // A flag at the right end would stand over the label of the last value: it hangs to the left there.
        let shift = if flag.x > 90.0 { -width } else { 0.0 };
        view! {
            <g class="flag" transform=format!("translate({shift} 0)")>
                <rect x=x.clone() y="3" width=width height="17" rx="3"/>
                <text x=x dx=width / 2.0 y="16" text-anchor="middle">{text}</text>
            </g>
        }
    });
    (lines.collect_view(), flags.collect_view())
}

/// Stretches of the axis in which some history could not be read, oldest first, none of them touching.
pub(super) fn unread(gaps: &[Gap], axis: TimeAxis) -> Vec<Unread> {
    let mut gaps: Vec<&Gap> = gaps.iter().filter(|gap| axis.meets(&gap.from, &gap.to)).collect();
    gaps.sort_by(|a, b| a.from.cmp(&b.from));
    let mut out: Vec<Unread> = Vec::new();
    for gap in gaps {
        let (from, to) = (axis.x(&gap.from), axis.x(&gap.to));
        match out.last_mut() {
            Some(last) if from <= last.to => {
                last.to = last.to.max(to);
                last.text = format!("{}; {}", last.text, words_of(gap));
            }
            _ => out.push(Unread { from, to, text: words_of(gap) }),
        }
    }
    out
}

fn words_of(gap: &Gap) -> String {
    format!("{} not read from {} to {}: {}", gap.repository, day(&gap.from), day(&gap.to), gap.reason)
}

/// The stretches shaded, with "not read" where it has room.
pub(super) fn shades(stretches: &[Unread]) -> impl IntoView + use<> {
    let shade = |stretch: &Unread| {
        let width = (stretch.to - stretch.from).max(0.4);
        let label = (width >= 9.0).then(|| {
            view! { <text class="unread-label" x=percent(stretch.from + width / 2.0) y=TOP + PLOT - 6.0 text-anchor="middle">"not read"</text> }
        });
        view! {
            <g class="unread">
                <rect x=percent(stretch.from) y=TOP width=percent(width) height=PLOT/>
                {label}
                <title>{stretch.text.clone()}</title>
            </g>
        }
    };
    stretches.iter().map(shade).collect_view()
}

/// The marks and gaps in words, numbered as the flags are; many fold.
pub(super) fn mark_list(marks: Vec<Mark>, gaps: Vec<Gap>) -> impl IntoView {
    let mut marks: Vec<AnyView> = marks.into_iter().enumerate().map(|(i, mark)| entry(i + 1, mark)).collect();
    let rest = marks.split_off(marks.len().min(SHOWN));
    let start = (SHOWN + 1).to_string();
    let folded = (!rest.is_empty()).then(|| {
        let summary = words::counted(rest.len() as u64, "more mark", "more marks");
        view! { <details class="more"><summary>{summary}</summary><ol class="marks" start=start>{rest}</ol></details> }
    });
    let gaps = (!gaps.is_empty()).then(|| {
        let n = words::counted(gaps.len() as u64, "stretch was not read", "stretches were not read");
        let gaps = gaps.iter().map(|gap| view! { <li>{words_of(gap)}</li> }).collect_view();
        view! { <details class="more"><summary>{n}</summary><ul class="marks">{gaps}</ul></details> }
    });
    let marks = (!marks.is_empty()).then(|| view! { <ol class="marks">{marks}</ol> });
    view! { {marks}{folded}{gaps} }
}

fn entry(number: usize, mark: Mark) -> AnyView {
    let kind = match mark.kind {
        MarkKind::Launch => " (launch)",
        MarkKind::Campaign => " (campaign)",
        MarkKind::Rules => " (rules)",
        MarkKind::HistoryStart => "",
    };
    let text = match mark.permalink {
        Some(href) => view! { <a href=href rel="noreferrer">{mark.text}</a> }.into_any(),
        None => mark.text.into_any(),
    };
    let iso = mark.at.to_string();
    view! {
        <li>
            <span class="flag-number" aria-hidden="true">{number}</span>
            <time datetime=iso>{day(&mark.at)}</time>" "{text}<span class="quiet">{kind}</span>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::Timestamp;

    fn at(day: &str) -> Timestamp {
        Timestamp::new(format!("{day}T00:00:00Z")).unwrap()
    }

    fn axis() -> TimeAxis {
        TimeAxis::of_periods(&[at("2021-01-01"), at("2022-01-01"), at("2023-01-01")]).unwrap()
    }

    fn mark(day: &str) -> Mark {
        let text = format!("rules of {day}");
        Mark { at: at(day), kind: MarkKind::Rules, text, repository: None, commit: None, permalink: None }
    }

    #[test]
    fn marks_close_together_share_a_flag_and_keep_their_numbers() {
        let marks =
            on_axis(vec![mark("2022-06-01"), mark("2021-02-01"), mark("2021-03-01"), mark("2030-01-01")], axis());
        let flags = flags(&marks, axis());
        assert_eq!(flags.iter().map(|flag| (flag.first, flag.last)).collect::<Vec<_>>(), [(1, 2), (3, 3)]);
        let html = Owner::new().with(|| mark_list(marks, vec![]).to_html());
        assert!(
            html.contains("2021-02-01") && html.contains("rules of 2022-06-01") && !html.contains("2030"),
            "{html}"
        );
    }

    #[test]
    fn gaps_that_touch_are_one_shade_that_names_both() {
        let gap = |name: &str, from: &str, to: &str| Gap {
            repository: name.parse().unwrap(),
            from: at(from),
            to: at(to),
            reason: "objects are missing".into(),
        };
        let gaps = [
            gap("acme/b", "2021-05-01", "2021-09-01"),
            gap("acme/a", "2021-01-01", "2021-06-01"),
            gap("acme/c", "2010-01-01", "2011-01-01"),
        ];
        let shades = unread(&gaps, axis());
        assert_eq!(shades.len(), 1);
        assert!(
            shades[0].text.starts_with("acme/a not read from 2021-01-01 to 2021-06-01")
                && shades[0].text.contains("acme/b")
        );
    }

    #[test]
    fn many_marks_fold_and_none_is_lost() {
        let marks = vec![mark("2021-02-01"); 9];
        let html = Owner::new().with(|| mark_list(marks, vec![]).to_html());
        assert_eq!(html.matches("rules of 2021-02-01").count(), 9);
        assert!(html.contains("3 more marks") && html.contains("start=\"7\""), "{html}");
    }
}
