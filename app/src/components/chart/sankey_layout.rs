//! Where the nodes and ribbons of a Sankey stand: heights proportional to units, nothing over anything else in a column.
//! It must not lose a unit: what is not drawn by name is in the flow of all others.
use shared::{
    OfferPath,
    api::{Flow, FlowEnd},
};

/// Flows drawn by name at most.
pub(super) const MOST: usize = 8;
/// All units together, in pixels.
const UNITS: f64 = 200.0;
/// A node's label of two lines needs this much height, and nodes are this far apart.
const LABEL: f64 = 32.0;
const SPACE: f64 = 8.0;

/// What a node stands for: one end of flows, or the ends of all flows that are not drawn by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    Of(FlowEnd),
    Others,
}

/// A bar of one column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) end: End,
    pub(super) n: u64,
    pub(super) y: f64,
    pub(super) height: f64,
}

/// A flow from a node on the left to one on the right; `y` are the upper edges.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ribbon {
    /// The place in the given flows; absent for all others together.
    pub(super) flow: Option<usize>,
    pub(super) from: End,
    pub(super) n: u64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) height: f64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Layout {
    pub(super) left: Vec<Node>,
    pub(super) right: Vec<Node>,
    pub(super) ribbons: Vec<Ribbon>,
    pub(super) height: f64,
    /// Flows that are not drawn by name.
    pub(super) others: usize,
}

/// Lays out the largest flows; those beyond the most become one.
pub(super) fn layout(flows: &[Flow]) -> Layout {
    let mut order: Vec<usize> = (0..flows.len()).filter(|i| flows[*i].n > 0).collect();
    order.sort_by_key(|i| std::cmp::Reverse(flows[*i].n));
    let rest = order.split_off(order.len().min(MOST));
    let mut drawn: Vec<(Option<usize>, End, End, u64)> = order
        .into_iter()
        .map(|i| (Some(i), End::Of(flows[i].from.clone()), End::Of(flows[i].to.clone()), flows[i].n))
        .collect();
    if !rest.is_empty() {
        drawn.push((None, End::Others, End::Others, rest.iter().map(|i| flows[*i].n).sum()));
    }
    let total: u64 = drawn.iter().map(|(.., n)| n).sum();
    let unit = UNITS / total.max(1) as f64;
    let left = column(drawn.iter().map(|(_, from, _, n)| (from, *n)), unit);
    let right = column(drawn.iter().map(|(_, _, to, n)| (to, *n)), unit);
    let bottom =
        |nodes: &[Node]| nodes.last().map_or(0.0, |node| node.y + f64::midpoint(node.height, node.height.max(LABEL)));
    let height = bottom(&left).max(bottom(&right));
    Layout { ribbons: ribbons(drawn, &left, &right, unit), others: rest.len(), height, left, right }
}

/// The nodes of one column from top to bottom: by path, then the largest first.
fn column<'a>(ends: impl Iterator<Item = (&'a End, u64)>, unit: f64) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for (end, n) in ends {
        match nodes.iter_mut().find(|node| node.end == *end) {
            Some(node) => node.n += n,
            None => nodes.push(Node { end: end.clone(), n, y: 0.0, height: 0.0 }),
        }
    }
    nodes.sort_by(|a, b| rank(&a.end).cmp(&rank(&b.end)).then(b.n.cmp(&a.n)));
    let mut top = 0.0;
    for node in &mut nodes {
        node.height = node.n as f64 * unit;
        let slot = node.height.max(LABEL);
        node.y = top + (slot - node.height) / 2.0;
        top += slot + SPACE;
    }
    nodes
}

fn rank(end: &End) -> u8 {
    match end {
        End::Others => 7,
        End::Of(end) => match (end.path, end.name.as_str()) {
            (Some(OfferPath::Golden), _) => 0,
            (Some(OfferPath::Tolerated), _) => 2,
            (Some(OfferPath::Vendor), _) => 3,
            (Some(OfferPath::Homegrown), _) => 4,
            (None, "none") => 5,
            (None, "absent") => 6,
            (None, _) => 1,
        },
    }
}

/// Ribbons leave and reach each bar in the order of the nodes at their other ends, so that they cross as little as can be.
fn ribbons(drawn: Vec<(Option<usize>, End, End, u64)>, left: &[Node], right: &[Node], unit: f64) -> Vec<Ribbon> {
    let place = |nodes: &[Node], end: &End| nodes.iter().position(|node| node.end == *end).unwrap_or(0);
    let mut out: Vec<(usize, usize, Ribbon)> = drawn
        .into_iter()
        .map(|(flow, from, to, n)| {
            let (l, r) = (place(left, &from), place(right, &to));
            (l, r, Ribbon { flow, from, n, left: 0.0, right: 0.0, height: n as f64 * unit })
        })
        .collect();
    let mut tops: Vec<f64> = left.iter().map(|node| node.y).collect();
    out.sort_by_key(|(l, r, _)| (*l, *r));
    for (l, _, ribbon) in &mut out {
        ribbon.left = tops[*l];
        tops[*l] += ribbon.height;
    }
    let mut tops: Vec<f64> = right.iter().map(|node| node.y).collect();
    out.sort_by_key(|(l, r, _)| (*r, *l));
    for (_, r, ribbon) in &mut out {
        ribbon.right = tops[*r];
        tops[*r] += ribbon.height;
    }
    out.into_iter().map(|(.., ribbon)| ribbon).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn end(i: u8) -> FlowEnd {
        let (name, path) = match i {
            0 => ("sage", Some(OfferPath::Golden)),
            1 => ("make-kit", Some(OfferPath::Homegrown)),
            2 => ("launchdarkly", Some(OfferPath::Vendor)),
            3 => ("make-kit + sage", None),
            4 => ("none", None),
            5 => ("absent", None),
            _ => ("unleash", Some(OfferPath::Tolerated)),
        };
        FlowEnd { name: name.into(), path }
    }

    fn flow((from, to, n): (u8, u8, u64)) -> Flow {
        Flow { from: end(from), to: end(to), n, members: Vec::new() }
    }

    #[test]
    fn what_is_beyond_the_most_is_one_flow_of_all_others() {
        let flows: Vec<Flow> =
            (0..6).flat_map(|from| [(from, 0, 20 - u64::from(from)), (from, 1, 1)]).map(flow).collect();
        let layout = layout(&flows);
        assert_eq!(layout.others, 4);
        assert_eq!(layout.ribbons.len(), MOST + 1);
        assert_eq!(layout.ribbons.iter().find(|ribbon| ribbon.flow.is_none()).map(|ribbon| ribbon.n), Some(4));
        assert_eq!(layout.left.last().map(|node| (&node.end, node.n)), Some((&End::Others, 4)));
    }

    #[test]
    fn golden_stands_on_top() {
        let layout = layout(&[flow((1, 0, 25)), flow((1, 1, 2)), flow((5, 0, 7))]);
        assert_eq!(layout.right.iter().map(|node| node.n).collect::<Vec<_>>(), [32, 2]);
        assert_eq!(layout.left[0].end, End::Of(end(1)));
    }

    proptest! {
        #[test]
        fn every_unit_is_drawn_once_on_each_side(flows in prop::collection::vec((0_u8..7, 0_u8..7, 0_u64..50), 0..40)) {
            let flows: Vec<Flow> = flows.into_iter().map(flow).collect();
            let total: u64 = flows.iter().map(|flow| flow.n).sum();
            let layout = layout(&flows);
            prop_assert_eq!(layout.ribbons.iter().map(|ribbon| ribbon.n).sum::<u64>(), total);
            prop_assert_eq!(layout.left.iter().map(|node| node.n).sum::<u64>(), total);
            prop_assert_eq!(layout.right.iter().map(|node| node.n).sum::<u64>(), total);
            prop_assert!(layout.ribbons.len() <= MOST + 1);
            let named = layout.ribbons.iter().filter(|ribbon| ribbon.flow.is_some()).count();
            prop_assert_eq!(named + layout.others, flows.iter().filter(|flow| flow.n > 0).count());
        }

        #[test]
        fn nothing_overlaps_and_all_fits(flows in prop::collection::vec((0_u8..7, 0_u8..7, 1_u64..50), 1..40)) {
            let flows: Vec<Flow> = flows.into_iter().map(flow).collect();
            let layout = layout(&flows);
            for nodes in [&layout.left, &layout.right] {
                for pair in nodes.windows(2) {
                    prop_assert!(pair[0].y + pair[0].height + SPACE <= pair[1].y + 1e-9);
                    let middles = pair.iter().map(|node| node.y + node.height / 2.0).collect::<Vec<_>>();
                    prop_assert!(middles[1] - middles[0] >= LABEL - 1e-9, "labels have room");
                }
                prop_assert!(nodes.iter().all(|node| node.y >= 0.0 && node.y + node.height <= layout.height + 1e-9));
            }
            for (side, nodes) in [(0, &layout.left), (1, &layout.right)] {
                let mut spans: Vec<(f64, f64)> =
                    layout.ribbons.iter().map(|r| (if side == 0 { r.left } else { r.right }, r.height)).collect();
                spans.sort_by(|a, b| a.0.total_cmp(&b.0));
                prop_assert!(spans.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0 + 1e-6), "{spans:?}");
                let inside = |span: &(f64, f64)| nodes.iter().any(|node| span.0 >= node.y - 1e-6 && span.0 + span.1 <= node.y + node.height + 1e-6);
                prop_assert!(spans.iter().all(inside));
            }
        }
    }
}
