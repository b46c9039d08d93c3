//! Where the users of a capability's offers went between two dates: those who stayed are drawn too.
//! It must not drop a flow silently; the table has every one of them.
use super::{
    ChartFrame, ChartWords,
    frame::{linked, nothing},
    plot::{drawing, mark, percent},
    sankey_layout::{End, Layout, Node, Ribbon, layout},
    time_axis::day,
};
use crate::{
    components::{
        split_bar::fill,
        table::{TableRegion, header, header_number},
    },
    words,
};
use leptos::prelude::*;
use shared::api::{Flow, FlowEnd, Substitution};

/// Room above for the dates, the width of the ribbons' own coordinates, and where they begin and end in percent.
const TOP: f64 = 30.0;
const WIDE: f64 = 1000.0;
const LEFT: f64 = 33.0;
const RIGHT: f64 = 67.0;
/// Letters of a label beside a bar at the least width of the drawing.
const LETTERS: usize = 20;

/// Two columns of bars and ribbons between them. `href` gives the list of the units of a flow; empty for none.
#[component]
pub fn Sankey(
    words: ChartWords,
    substitution: Substitution,
    href: impl Fn(&Flow) -> String + 'static,
) -> impl IntoView {
    let flows = &substitution.flows;
    let plan = layout(flows);
    if plan.ribbons.is_empty() {
        return nothing(words, "Nothing to draw: nobody was there at either date.");
    }
    let body = view! {
        <text class="tick" x=percent(LEFT) y="14" text-anchor="end">{day(&substitution.from)}</text>
        <text class="tick" x=percent(RIGHT) y="14">{day(&substitution.to)}</text>
        {ribbons(&plan, flows, &href)}
        {column(&plan.left, true)}
        {column(&plan.right, false)}
    }
    .into_any();
    let svg = drawing(TOP + plan.height + 4.0, &words.title, &words.sentence, body);
    let label = format!("{}, as a drawing", words.title);
    let table = table(words.title.clone(), flows, &href);
    view! {
        <ChartFrame words table=Some(table)>
            <div class="plot-scroll" role="region" aria-label=label tabindex="0"><div class="sankey">{svg}</div></div>
        </ChartFrame>
    }
    .into_any()
}

fn ribbons(plan: &Layout, flows: &[Flow], href: &impl Fn(&Flow) -> String) -> AnyView {
    let height = plan.height;
    let shapes = plan.ribbons.iter().map(|ribbon| {
        let (href, text) = match ribbon.flow.map(|i| &flows[i]) {
            Some(flow) => (href(flow), said(flow)),
            None => ("#all-flows".to_owned(), others(plan.others, ribbon.n)),
        };
        let tone = tone(&ribbon.from);
        let shape = view! { <path class=format!("ribbon tone-{tone}") d=outline(ribbon)/> };
        mark(href, text, plan.ribbons.len(), shape.into_any())
    });
    let shapes = shapes.collect_view();
    let counts = plan.ribbons.iter().filter(|ribbon| ribbon.height >= 12.0).map(|ribbon| {
        let y = TOP + ribbon.left + ribbon.height / 2.0 + 4.0;
        view! { <text class="ribbon-count" x=percent(LEFT) dx="20" y=y>{words::grouped(ribbon.n)}</text> }
    });
    view! {
        <svg x=percent(LEFT) y=TOP width=percent(RIGHT - LEFT) height=height viewBox=format!("0 0 {WIDE} {height:.1}") preserveAspectRatio="none">
            {shapes}
        </svg>
        {counts.collect_view()}
    }
    .into_any()
}

fn outline(ribbon: &Ribbon) -> String {
    let (bend, a, b) = (WIDE / 2.0, ribbon.left, ribbon.right);
    let (c, d) = (a + ribbon.height, b + ribbon.height);
    format!("M0 {a:.1}C{bend} {a:.1} {bend} {b:.1} {WIDE} {b:.1}V{d:.1}C{bend} {d:.1} {bend} {c:.1} 0 {c:.1}Z")
}

fn column(nodes: &[Node], left: bool) -> impl IntoView + use<> {
    let node = |node: &Node| {
        let (x, shift, dx, anchor) = if left { (LEFT, 0, -8, "end") } else { (RIGHT, -12, 8, "start") };
        let middle = TOP + node.y + node.height / 2.0;
        let name = name(&node.end, left);
        let x = percent(x);
        view! {
            <g>
                <rect class="node-bar" x=x.clone() y=TOP + node.y width="12" height=node.height.max(1.5) transform=format!("translate({shift} 0)") fill=fill(tone(&node.end))/>
                <text class="node-name" x=x.clone() dx=dx y=middle - 2.0 text-anchor=anchor>{clip(&name)}</text>
                <text class="node-label" x=x dx=dx y=middle + 12.0 text-anchor=anchor>{words::grouped(node.n)}</text>
                <title>{format!("{name}: {}", words::grouped(node.n))}</title>
            </g>
        }
    };
    nodes.iter().map(node).collect_view()
}

fn tone(end: &End) -> &'static str {
    match end {
        End::Of(FlowEnd { path: Some(path), .. }) => words::path(*path).tone,
        End::Of(FlowEnd { name, .. }) if name != "none" && name != "absent" => "tolerated",
        _ => "none",
    }
}

fn name(end: &End, left: bool) -> String {
    match end {
        End::Of(end) => end_name(end, left).to_owned(),
        End::Others => "other moves".to_owned(),
    }
}

/// An end in words: nothing in use, not there yet, gone, or the offers.
fn end_name(end: &FlowEnd, left: bool) -> &str {
    match (end.path, end.name.as_str()) {
        (None, "none") => "nothing found",
        (None, "absent") if left => "not there yet",
        (None, "absent") => "gone",
        _ => &end.name,
    }
}

fn said(flow: &Flow) -> String {
    let (from, to) = (end_name(&flow.from, true), end_name(&flow.to, false));
    if flow.from == flow.to {
        format!("{} stayed with {from}", flow.n)
    } else {
        format!("{} from {from} to {to}", flow.n)
    }
}

fn others(flows: usize, n: u64) -> String {
    format!("other moves ({flows}): {}", words::grouped(n))
}

fn clip(text: &str) -> String {
    match text.chars().count() {
        n if n > LETTERS => text.chars().take(LETTERS - 1).chain(['…']).collect(),
        _ => text.to_owned(),
    }
}

fn table(caption: String, flows: &[Flow], href: &impl Fn(&Flow) -> String) -> AnyView {
    let rows = flows.iter().map(|flow| {
        let n = words::grouped(flow.n);
        let n = linked(href(flow), n);
        view! {
            <tr>
                <th scope="row">{end_name(&flow.from, true).to_owned()}</th>
                <td>{end_name(&flow.to, false).to_owned()}</td>
                <td class="number">{n}</td>
                <td>{flow.members.join(", ")}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head = (header("From"), header("To"), header_number("Number"), header("Who")).into_any();
    view! { <div id="all-flows"><TableRegion caption=caption head=head>{rows}</TableRegion></div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::chart::samples::{at, flows, words};
    use shared::Unit;

    fn html(flows: Vec<Flow>) -> String {
        let substitution = Substitution {
            capability: "build".into(),
            from: at("2021-12-31"),
            to: at("2026-11-21"),
            scope: Unit::Component,
            flows,
        };
        let href = |flow: &Flow| format!("/moves?from={}&to={}", flow.from.name, flow.to.name);
        Owner::new().with(|| view! { <Sankey words=words("Moves") substitution href/> }.into_view().to_html())
    }

    #[test]
    fn eight_flows_are_drawn_the_rest_is_counted_and_the_table_has_all() {
        let html = html(flows());
        assert_eq!(html.matches("class=\"ribbon tone-").count(), 9);
        assert!(
            html.contains("other moves (2): 2")
                && html.contains("href=\"#all-flows\"")
                && html.contains("id=\"all-flows\""),
            "{html}"
        );
        assert_eq!(html.matches("<th scope=\"row\"").count(), 10);
        assert!(html.contains("25 from make-kit to sage") && html.contains("2 stayed with sage"), "{html}");
        assert!(html.contains("href=\"/moves?from=make-kit&amp;to=sage\""), "{html}");
        assert!(html.contains("7 from not there yet to sage") && html.contains("gone"), "{html}");
        assert!(html.contains("ribbon tone-homegrown") && html.contains("url(#paint-homegrown)"), "{html}");
        assert!(html.contains("2021-12-31") && html.contains("2026-11-21"), "{html}");
    }

    #[test]
    fn without_flows_it_says_so() {
        assert!(html(vec![]).contains("nobody was there"));
    }
}
