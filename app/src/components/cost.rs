//! What work has cost, always as a range with its currency.
//! It must not show a cost that rests on no rate.
use crate::words;
use leptos::prelude::*;
use shared::api::CostRange;

/// `EUR 31,200 to 62,400`; without a rate, what to set.
#[component]
pub fn Cost(cost: Option<CostRange>) -> impl IntoView {
    match cost {
        Some(cost) => view! { <span class="cost">{range(&cost)}</span> }.into_any(),
        None => view! { <span class="quiet">"set "<code>"report.day_rate"</code></span> }.into_any(),
    }
}

/// The range in words, the currency once.
pub fn range(cost: &CostRange) -> String {
    let high = words::grouped(cost.high.max(0.0).round() as u64);
    format!("{} to {high}", words::money(&cost.currency, cost.low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_a_range_and_without_a_rate_it_says_what_to_set() {
        let cost =
            CostRange { low: 31_200.4, likely: 44_000.0, high: 62_400.0, currency: "EUR".into(), day_rate: 800.0 };
        let html = |cost| Owner::new().with(|| view! { <Cost cost/> }.to_html());
        assert!(html(Some(cost)).contains("EUR 31,200 to 62,400"));
        assert!(html(None).contains("report.day_rate") && !html(None).contains('0'));
    }
}
