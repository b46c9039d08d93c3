//! The name a person probably meant, for messages about unknown ones.
//! It must not decide anything: a near miss is shown, never taken.

/// The candidate nearest to `word`, when a third of its letters at most would have to change. Ties go to the smaller name.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let most = (word.chars().count() / 3).max(1);
    let scored = candidates.into_iter().map(|name| (strsim::osa_distance(&word, &name.to_lowercase()), name));
    scored.filter(|(distance, _)| *distance <= most).min().map(|(_, name)| name)
}

/// ` Did you mean "x"?`, or nothing.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map(|name| format!(" Did you mean \"{name}\"?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_is_near_and_nothing_else() {
        assert_eq!(nearest("eligable", ["area", "eligible", "offers"]), Some("eligible"));
        assert_eq!(nearest("zzz", ["area", "eligible"]), None);
        assert_eq!(nearest("offer", ["offerb", "offera"]), Some("offera"));
    }
}
