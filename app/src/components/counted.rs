//! Ways from a number to the list it counts, and to what it is made of, under the filters of the page it stands on.
//! It must not ask for anything else than the number did.
use crate::url::{PageUrl, encoded};
use shared::OfferPath;

/// Filters that adoption, history and the catalog's list understand alike.
pub const FILTERS: [&str; 4] = ["owner", "system", "language", "repository"];

/// The page's filters for another path. An empty filter asks for what is unknown, e.g. the components of nobody.
pub fn narrowed(url: &PageUrl, path: &str) -> PageUrl {
    kept(url, path, &[])
}

/// The page's filters and these keys of it for another path.
fn kept(url: &PageUrl, path: &str, more: &[&str]) -> PageUrl {
    let kept = |key: &str| FILTERS.contains(&key) || more.contains(&key);
    let pairs = url.pairs.iter().filter(|(key, _)| kept(key)).cloned().collect();
    PageUrl { path: path.to_owned(), pairs, part: None }
}

/// Components of a capability, by paths of the offers they use, and only those that could use it if so asked.
pub fn components(url: &PageUrl, capability: &str, paths: &[OfferPath], eligible: bool) -> PageUrl {
    let mut list = PageUrl::new("/catalog", vec![("capability", capability.to_owned())]);
    list.pairs.extend(paths.iter().map(|path| ("path".to_owned(), path.to_string())));
    list.pairs.extend(eligible.then(|| ("eligible".to_owned(), "true".to_owned())));
    list.pairs.extend(kept(url, "", &["at"]).pairs);
    list
}

/// What a number is made of; without a capability, over all of them.
pub fn explain(url: &PageUrl, metric: &str, capability: Option<&str>) -> String {
    let mut page = PageUrl::new("/explain", vec![("metric", metric.to_owned())]);
    page.pairs.extend(capability.map(|name| ("capability".to_owned(), name.to_owned())));
    page.pairs
        .extend(kept(url, "", &["at", "scope"]).pairs.into_iter().filter(|(key, v)| key != "scope" || !v.is_empty()));
    page.href()
}

/// The capability's page under the same filters, at its part about the past.
pub fn over_time(url: &PageUrl, capability: &str) -> String {
    let mut page = kept(url, &format!("/capabilities/{}", encoded(capability)), &["at", "scope"]);
    for pair in &mut page.pairs {
        // A day on a list is the last day of a history.
        if pair.0 == "at" {
            *pair = ("to".to_owned(), pair.1.chars().take(10).collect());
        }
    }
    page.to("over-time").href()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_opens_the_list_it_counts_under_the_same_filters() {
        let url = PageUrl::parse("/adoption?area=data&owner=group:default/pay&at=2025-03-01&sort=gap&scope=component");
        let golden = components(&url, "flags", &[OfferPath::Golden], true).href();
        assert_eq!(golden, "/catalog?capability=flags&path=golden&eligible=true&owner=group:default/pay&at=2025-03-01");
        let why = explain(&url, "adoption", Some("flags"));
        let asked = "metric=adoption&capability=flags&owner=group:default/pay&at=2025-03-01&scope=component";
        assert_eq!(why, format!("/explain?{asked}"));
        let page = over_time(&url, "flags");
        assert_eq!(page, "/capabilities/flags?owner=group:default/pay&to=2025-03-01&scope=component#over-time");
    }

    #[test]
    fn the_components_of_nobody_stay_asked_for() {
        let url = PageUrl::parse("/adoption?owner=&scope=");
        assert_eq!(components(&url, "flags", &[], false).href(), "/catalog?capability=flags&owner=");
        assert_eq!(explain(&url, "adoption", None), "/explain?metric=adoption&owner=");
    }
}
