//! What to decide, by whom and until when: fields on the screen, sentences on paper.
//! It must not ask for a person: a decision belongs to a team or a role.
use crate::time;
use leptos::prelude::*;
use shared::{EntityRef, api::Decision};

/// Decisions that a report asks for.
const ASKED: usize = 3;

/// The fields work by a plain form post; on a live report the post freezes it together with them.
#[component]
pub fn Decisions(decisions: Vec<Decision>, frozen: bool, save: String) -> impl IntoView {
    let printed = decisions.iter().map(sentence).collect_view();
    let empty = || Decision { text: String::new(), owner: String::new(), due: None };
    let missing = ASKED.saturating_sub(decisions.len());
    let fields = decisions.into_iter().chain((0..missing).map(|_| empty())).enumerate().map(fields).collect_view();
    let (button, note) = if frozen {
        ("Save decisions", "Decisions are no part of the frozen figures: they can change, and the digest stays.")
    } else {
        (
            "Freeze this report with these decisions",
            "A frozen report keeps its link and its figures; decisions can be edited later.",
        )
    };
    view! {
        <section class="decisions" aria-labelledby="decisions">
            <div class="section-head"><h2 id="decisions">"Three decisions to take"</h2></div>
            <form id="decisions-form" method="post" action=save>
                <ol>{fields}</ol>
                <p class="row"><button class="button primary" type="submit">{button}</button><span class="small quiet">{note}</span></p>
            </form>
            <ol class="on-paper">{printed}</ol>
        </section>
    }
}

fn fields((i, decision): (usize, Decision)) -> impl IntoView {
    let n = i + 1;
    view! {
        <li class="decision">
            <label class="decision-text"><span>{format!("Decision {n}")}</span><input class="field" name="text" value=decision.text maxlength="500" autocomplete="off"/></label>
            <label><span>"Team or role"<span class="sr">{format!(" for decision {n}")}</span></span><input class="field" name="owner" value=decision.owner maxlength="200" autocomplete="off"/></label>
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
