//! What would have to be true to retire it, and which teams to do that with.
//! It must not rank people, and it says what stands in the way.
use crate::{
    components::{
        commit::moment,
        delta::Grown,
        link::EntityLink,
        table::{TableRegion, header, header_number},
    },
    words,
};
use leptos::prelude::*;
use shared::{
    EntityRef,
    api::{Partner, Readiness},
};

/// Missing names shown before the rest folds.
const SHOWN: usize = 12;

#[component]
pub fn Retire(order: Option<u32>, readiness: Readiness) -> impl IntoView {
    let Readiness { remaining, migrating, last_change, successor, covered, missing, n_missing, blockers } = readiness;
    let last = match last_change {
        Some(last) => moment(last),
        None => view! { <span class="quiet">"unknown"</span> }.into_any(),
    };
    let order = order.map(|place| view! { <span>{format!("place {place} in the order to retire")}</span> });
    let users = |n: u64, what: &'static str| {
        view! { <a href="#users">{words::counted(n, "component", "components")}</a><span class="quiet">{what}</span> }
    };
    view! {
        <section id="retire" aria-labelledby="retire-head">
            <div class="section-head"><h2 id="retire-head">"Ready to retire?"</h2>{order}</div>
            <dl class="facts">
                <div><dt>"In the way"</dt><dd>{in_the_way(blockers)}</dd></div>
                <div><dt>"Still on it"</dt><dd class="row">{users(remaining, "use it and not the golden offer")}</dd></div>
                <div><dt>"On the way"</dt><dd class="row">{users(migrating, "use both")}</dd></div>
                <div><dt>"Last change by hand"</dt><dd>{last}</dd></div>
                <div><dt>"Goes to"</dt><dd>{match successor {
                    Some(successor) => view! { <EntityLink entity=Some(successor)/> }.into_any(),
                    None => view! { <span class="quiet">"No golden offer to go to"</span> }.into_any(),
                }}</dd></div>
                <div><dt>"Public names"</dt><dd>{names(covered, missing, n_missing)}</dd></div>
            </dl>
        </section>
    }
}

fn in_the_way(blockers: Vec<String>) -> AnyView {
    if blockers.is_empty() {
        return "Nothing that the repositories show.".into_any();
    }
    let items = blockers.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    view! { <ul class="reasons bullets">{items}</ul> }.into_any()
}

/// What of its surface the successor has, and what not.
fn names(covered: u64, mut missing: Vec<String>, n_missing: u64) -> AnyView {
    if covered == 0 && n_missing == 0 {
        return view! { <span class="quiet">"Not compared"</span> }.into_any();
    }
    let said =
        format!("{} of {} are in the successor too", words::grouped(covered), words::grouped(covered + n_missing));
    let unnamed = n_missing.saturating_sub(missing.len() as u64);
    let rest = missing.split_off(missing.len().min(SHOWN));
    let code = |names: Vec<String>| names.into_iter().map(|name| view! { <li><code>{name}</code></li> }).collect_view();
    let beyond =
        (unnamed > 0).then(|| view! { <li class="quiet">{format!("and {} more", words::grouped(unnamed))}</li> });
    let lacks = (n_missing > 0).then(|| {
        let n = rest.len();
        let folded = (n > 0).then(|| {
            view! { <details class="more"><summary>{format!("{n} more names")}</summary><ul class="names">{code(rest)}</ul></details> }
        });
        view! { <p class="small quiet">"It lacks:"</p><ul class="names">{code(missing)}{beyond}</ul>{folded} }
    });
    view! { {said}{lacks} }.into_any()
}

/// Teams to build the golden path with, and teams that have stayed on it.
#[component]
pub fn Teams(partners: Vec<Partner>, champions: Vec<EntityRef>) -> impl IntoView {
    let champions_view = if champions.is_empty() {
        view! { <p class="quiet">"No team has kept the golden offer in two or more repositories for 90 days."</p> }
            .into_any()
    } else {
        let items = champions.into_iter().map(|team| view! { <li><EntityLink entity=Some(team)/></li> });
        view! { <ul class="plain">{items.collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="two">
            <section aria-labelledby="partners">
                <div class="section-head"><h2 id="partners">"Design partners"</h2><span class="quiet">"by effort and growth"</span></div>
                {partner_table(partners)}
            </section>
            <section aria-labelledby="champions">
                <div class="section-head"><h2 id="champions">"Champions"</h2><span class="quiet">"kept the golden offer"</span></div>
                {champions_view}
            </section>
        </div>
    }
}

fn partner_table(partners: Vec<Partner>) -> AnyView {
    if partners.is_empty() {
        return view! { <p class="quiet">"No team of it is known."</p> }.into_any();
    }
    let rows = partners.into_iter().map(|partner| {
        view! {
            <tr>
                <th scope="row"><EntityLink entity=Some(partner.team)/></th>
                <td class="number">{words::grouped(partner.author_days_year)}</td>
                <td class="number">{words::grouped(partner.consumers)}</td>
                <td class="number"><Grown by=partner.growth_90d/></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head =
        (header("Team"), header_number("Author-days, last year"), header_number("Consumers"), header_number("90 days"));
    view! { <TableRegion caption="Teams worth asking first" head=head.into_any()>{rows}</TableRegion> }.into_any()
}
