//! Which names and addresses are of machines.
//! It must not take a person for one: "Abbott" and "Talbot" end like a bot and are none.

/// Words that name a machine wherever they stand, lower-case, parts separated by one space.
const NAMES: &[&str] = &[
    "all contributors",
    "allcontributors",
    "argocd image updater",
    "azure pipelines",
    "circle ci",
    "circleci",
    "copilot",
    "copybara",
    "crowdin",
    "dependabot",
    "dependabot preview",
    "depfu",
    "fluxcdbot",
    "github action",
    "github actions",
    "gitlab ci",
    "greenkeeper",
    "imgbot",
    "jenkins ci",
    "k8s ci robot",
    "mergify",
    "pre commit ci",
    "pyup",
    "release please",
    "renovate",
    "renovatebot",
    "scala steward",
    "semantic release",
    "snyk",
    "travis ci",
    "weblate",
];

/// Names and local parts that are a machine's when nothing else stands beside them. Some are people's names, too.
const WHOLE: &[&str] = &[
    "action",
    "actions",
    "automation",
    "bamboo",
    "bors",
    "bot",
    "build",
    "buildkite",
    "ci",
    "cloud build",
    "deploy",
    "drone",
    "github",
    "gitlab",
    "homu",
    "jenkins",
    "release",
    "robot",
    "teamcity",
    "travis",
];

/// Local parts from which nobody writes.
const NO_REPLY: &[&str] = &["noreply", "no reply", "donotreply", "do not reply"];

/// Whether a machine signs so.
pub(super) fn is_bot(name: &str, mail: &str) -> bool {
    let (local, domain) = mail.rsplit_once('@').unwrap_or((mail, ""));
    let (name_words, local_words) = (words(name), words(local));
    if ends_as_bot(name, &name_words) || ends_as_bot(local, &local_words) || is_project_bot(local, domain) {
        return true;
    }
    let named = |words: &str| NAMES.iter().any(|machine| format!(" {words} ").contains(&format!(" {machine} ")));
    if named(&name_words) || named(&local_words) || WHOLE.contains(&name_words.as_str()) {
        return true;
    }
    // A full name beside such an address is somebody who hides the address, or is called so.
    let full_name = name_words.contains(' ');
    !full_name && (WHOLE.contains(&local_words.as_str()) || NO_REPLY.contains(&local_words.as_str()))
}

/// `…[bot]`, `…-bot`, `… Bot`. "Le Bot" is a family name.
fn ends_as_bot(text: &str, words: &str) -> bool {
    let last_is_bot = words.strip_suffix(" bot").is_some_and(|rest| !rest.ends_with(" le") && rest != "le");
    last_is_bot || text.to_lowercase().ends_with("[bot]")
}

/// GitLab's tokens sign as `project_12_bot_…@noreply.…` and `group_12_bot_…@noreply.…`.
fn is_project_bot(local: &str, domain: &str) -> bool {
    domain.starts_with("noreply.")
        && ["project_", "group_"].iter().any(|start| local.starts_with(start))
        && local.contains("_bot")
}

/// Letters and digits in lower case, everything between them as one space.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_machines() {
        for (name, mail) in [
            ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
            ("renovate", "renovate@whitesourcesoftware.example"),
            ("Renovate Bot", "bot@renovateapp.example"),
            ("GitHub Actions", "actions@github.example"),
            ("github-actions", "x@y.example"),
            ("semantic-release-bot", "semantic-release-bot@acme.example"),
            ("Hosted Weblate", "hosted@weblate.example"),
            ("Acme", "deploy-bot@acme.example"),
            ("Jenkins", "jenkins@acme.example"),
            ("Pipeline", "noreply@ci.acme.example"),
            ("pay token", "project_12_bot_ab@noreply.gitlab.example"),
            ("acme_bot", ""),
        ] {
            assert!(is_bot(name, mail), "{name} <{mail}>");
        }
    }

    #[test]
    fn spares_people() {
        for (name, mail) in [
            ("Ann Abbott", "abbott@acme.example"),
            ("Jo Talbot", "talbot@acme.example"),
            ("Erwan Le Bot", "erwan@acme.example"),
            ("Kim Jenkins", "jenkins@acme.example"),
            ("Travis Roe", "travis@acme.example"),
            ("Ada Doe", "noreply@acme.example"),
            ("ada", "12345+ada@users.noreply.github.com"),
            ("Bottas", "bottas@acme.example"),
            ("", ""),
        ] {
            assert!(!is_bot(name, mail), "{name} <{mail}>");
        }
    }
}
