//! Moments of the past as the API gives them, with the address of the commit on the repository's web page.
//! It must not make a link that is not http(s).
use super::past::{PastMoment, PastRepository, timestamp};
use shared::{CommitId, api::Moment};

/// The moment, with a link when the repository has a web page.
pub fn moment(repository: &PastRepository, moment: &PastMoment) -> Moment {
    Moment {
        commit: commit_id(&moment.commit),
        at: timestamp(moment.at),
        permalink: commit_link(repository, &moment.commit),
    }
}

/// The id; a text that is none becomes git's null id.
pub(super) fn commit_id(text: &str) -> CommitId {
    let null = || CommitId::new("0".repeat(40)).expect("forty zeros are an object id");
    CommitId::new(text).unwrap_or_else(|_| null())
}

/// `https://github.com/acme/api/commit/…`; GitLab puts `/-` before.
pub(super) fn commit_link(repository: &PastRepository, commit: &str) -> Option<String> {
    let url = repository.web_url.as_deref()?.trim_end_matches('/');
    let safe = url.starts_with("https://") || url.starts_with("http://");
    let host = url.split('/').nth(2).unwrap_or_default();
    let separator = if host.contains("gitlab") { "/-/" } else { "/" };
    safe.then(|| format!("{url}{separator}commit/{commit}"))
}
