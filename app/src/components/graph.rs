//! An entity's relations one step away, drawn on the server; the same are in the table beside it.
//! It never drops a relation silently: what does not fit is counted in the drawing.
use leptos::prelude::*;
use shared::{EntityRef, api::RelationItem};

/// Neighbours drawn at most.
const MOST: usize = 60;
const WIDTH: usize = 860;
const NODE_WIDTH: usize = 236;
const NODE_HEIGHT: usize = 40;
const STEP: usize = 50;

/// One neighbour and how it is related.
struct Neighbour {
    entity: EntityRef,
    label: String,
    exists: bool,
    observed: bool,
}

/// The drawing: what points here on the left, what this points at on the right.
#[component]
pub fn RelationGraph(entity: EntityRef, relations: Vec<RelationItem>) -> impl IntoView {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for relation in relations {
        let outgoing = relation.from == entity;
        let (other, exists) =
            if outgoing { (relation.to, relation.to_exists) } else { (relation.from, relation.from_exists) };
        let observed = relation.origin == "observed";
        let label = if observed { format!("{} (observed)", relation.kind) } else { relation.kind };
        let side = if outgoing { &mut right } else { &mut left };
        side.push(Neighbour { entity: other, label, exists, observed });
    }
    let all = left.len() + right.len();
    let room = MOST.saturating_sub(left.len().min(MOST / 2));
    right.truncate(room);
    left.truncate(MOST - right.len());
    let hidden = all - left.len() - right.len();
    let rows = left.len().max(right.len()).max(1);
    let height = rows * STEP + if hidden > 0 { 40 } else { 10 };
    let middle = rows * STEP / 2;
    let label = format!("{all} relations of {entity}");
    view! {
        <div class="region graph" role="region" aria-label="Relations as a drawing" tabindex="0">
            <svg width=WIDTH height=height viewBox=format!("0 0 {WIDTH} {height}") role="group" aria-label=label>
                {side(left, 0, middle, rows)}
                {side(right, WIDTH - NODE_WIDTH, middle, rows)}
                {centre(&entity, middle)}
                {more(hidden, height)}
            </svg>
        </div>
    }
}

fn side(neighbours: Vec<Neighbour>, x: usize, middle: usize, rows: usize) -> impl IntoView {
    let top = (rows - neighbours.len().min(rows)) * STEP / 2;
    let place = |(i, neighbour)| node(neighbour, x, top + i * STEP + STEP / 2, middle);
    neighbours.into_iter().enumerate().map(place).collect_view()
}

fn node(neighbour: Neighbour, x: usize, y: usize, middle: usize) -> impl IntoView {
    let left = x == 0;
    let (from, to) = if left { (NODE_WIDTH, WIDTH / 2 - NODE_WIDTH / 2) } else { (x, WIDTH / 2 + NODE_WIDTH / 2) };
    let bend = usize::midpoint(from, to);
    let curve = format!("M{from} {y}C{bend} {y} {bend} {middle} {to} {middle}");
    let edge = if neighbour.observed { "edge edge-observed" } else { "edge" };
    let class = if neighbour.exists { "node" } else { "node node-missing" };
    let name = clip(&neighbour.entity.short(), 28);
    let label = clip(&format!("{} · {}", neighbour.entity.kind(), neighbour.label), 34);
    let title = format!("{} ({})", neighbour.entity, neighbour.label);
    let body = view! {
        <rect x=x y=y - NODE_HEIGHT / 2 width=NODE_WIDTH height=NODE_HEIGHT rx="6"/>
        <text class="node-name" x=x + 12 y=y - 2>{name}</text>
        <text class="node-label" x=x + 12 y=y + 13>{label}</text>
        <title>{title}</title>
    };
    let node = if neighbour.exists {
        view! { <a class=class href=neighbour.entity.page()>{body}</a> }.into_any()
    } else {
        view! { <g class=class>{body}</g> }.into_any()
    };
    view! { <path class=edge d=curve/>{node} }
}

fn centre(entity: &EntityRef, y: usize) -> impl IntoView + use<> {
    let x = WIDTH / 2 - NODE_WIDTH / 2;
    view! {
        <g class="node node-self">
            <rect x=x y=y - NODE_HEIGHT / 2 width=NODE_WIDTH height=NODE_HEIGHT rx="6"/>
            <text class="node-name" x=WIDTH / 2 y=y - 2 text-anchor="middle">{clip(&entity.short(), 28)}</text>
            <text class="node-label" x=WIDTH / 2 y=y + 13 text-anchor="middle">{entity.kind().to_string()}</text>
        </g>
    }
}

fn more(hidden: usize, height: usize) -> Option<impl IntoView> {
    (hidden > 0).then(|| {
        view! {
            <a href="#relations-table">
                <text class="node-more" x=WIDTH / 2 y=height - 12 text-anchor="middle">{format!("+{hidden} more in the table")}</text>
            </a>
        }
    })
}

fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(from: &str, to: &str) -> RelationItem {
        RelationItem {
            from: from.parse().unwrap(),
            kind: "dependsOn".into(),
            to: to.parse().unwrap(),
            origin: "observed".into(),
            from_exists: true,
            to_exists: true,
            repository: None,
            path: None,
            line: None,
        }
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let me: EntityRef = "component:default/core".parse().unwrap();
        let mut relations: Vec<_> =
            (0..70).map(|i| relation(&format!("component:default/c{i}"), "component:default/core")).collect();
        relations.push(relation("component:default/core", "component:default/base"));
        let html = Owner::new().with(|| view! { <RelationGraph entity=me relations/> }.to_html());
        assert_eq!(html.matches("class=\"edge edge-observed\"").count(), 60);
        assert!(html.contains("+11 more"), "{html}");
        assert!(html.contains("71 relations"), "{html}");
        assert!(html.contains("/catalog/component/default/base"), "{html}");
    }
}
