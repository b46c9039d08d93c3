//! What to decide, by whom and until when: fields on the screen, sentences on paper.
//! It must not ask for a person: a decision belongs to a team or a role.
use crate::time;
use leptos::prelude::*;
use shared::{EntityRef, api::Decision};

/// Decisions that a report asks for.
const ASKED: usize = 3;

/// Sentences while the report is live: they are proposed anew with each scan, and kept when it is frozen. Then fields,
/// which work by a plain form post.
#[component]
pub fn Decisions(decisions: Vec<Decision>, frozen: Option<String>) -> impl IntoView {
    let said = decisions.iter().map(sentence).collect_view();
    let body = match frozen {
        Some(save) => view! {
            {form(decisions, save)}
            <ol class="on-paper">{said}</ol>
        }
        .into_any(),
        None => view! {
            <ol class="said">{said}</ol>
            <form id="freeze-form" class="row" method="post" action="/reports/shadow">
                <button class="button" type="submit">"Freeze this report"</button>
                <span class="small quiet">"Frozen, it keeps its link and its figures, and its decisions can be edited."</span>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="decisions" aria-labelledby="decisions">
            <div class="section-head"><h2 id="decisions">"Decisions to take"</h2></div>
            {body}
        </section>
    }
}

fn form(decisions: Vec<Decision>, save: String) -> impl IntoView {
    let empty = || Decision { text: String::new(), owner: String::new(), due: None };
    let missing = ASKED.saturating_sub(decisions.len());
    let fields = decisions.into_iter().chain((0..missing).map(|_| empty())).enumerate().map(fields).collect_view();
    view! {
        <form method="post" action=save>
            <ol>{fields}</ol>
            <p class="row"><button class="button primary" type="submit">"Save decisions"</button>
                <span class="small quiet">"They are no part of the frozen figures: the digest stays. An emptied one is dropped."</span></p>
        </form>
    }
}

fn fields((i, decision): (usize, Decision)) -> impl IntoView {
    let n = i + 1;
    // Who decides is asked for where something is to be decided; a spare row may stay empty.
    let owned = !decision.text.is_empty();
    view! {
        <li class="decision">
            <label class="decision-text"><span>{format!("Decision {n}")}</span><input class="field" name="text" value=decision.text maxlength="500" autocomplete="off"/></label>
            <label><span>"Team or role"<span class="sr">{format!(" for decision {n}")}</span></span><input class="field" name="owner" value=decision.owner maxlength="200" required=owned autocomplete="off"/></label>
            <label><span>"Due"<span class="sr">{format!(" for decision {n}")}</span></span><input class="field" type="date" name="due" value=decision.due.unwrap_or_default()/></label>
        </li>
    }
}

/// Text, owner, due day, as far as they are given.
fn sentence(decision: &Decision) -> impl IntoView + use<> {
    let owner = Some(decision.owner.trim()).filter(|owner| !owner.is_empty()).unwrap_or("nobody yet");
    // A team by its short name, as everywhere else.
    let owner = owner.parse::<EntityRef>().map_or_else(|_| owner.to_owned(), |team| team.short());
    let due = decision.due.as_deref().map_or_else(|| "no date yet".to_owned(), time::day);
    view! { <li>{decision.text.clone()}" "<span class="quiet">{format!("({owner}, {due})")}</span></li> }
}
