//! What is declared where: CODEOWNERS beside descriptors, owners that do not exist, persons as owners, no claim at all.
//! It must not say how a verdict is reached: only what happened, and what is true.
use super::{
    teams_that_change::{owned, work},
    truth::{Scenario, team},
};
use shared::Verdict;
use tests::{Story, Who};

pub(super) fn scenarios(now: i64) -> Vec<Scenario> {
    vec![ghost(now), misspelt(now), against(now), undeclared(now), person(now), only_code_owners(now)]
}

fn ghost(now: i64) -> Scenario {
    const A: &[Who] = &[("Ghost Ann", "ghost.ann@acme.example")];
    Scenario {
        name: "owner without a group",
        tells: "The declared team exists nowhere; another one does the work.",
        teams: vec![team("ghost-workers", &[("ghost-ann", A[0])])],
        stories: vec![owned("ghost-api", "ghost-hunters", 400, A[0], now).work(work(A, (390, 4), 30))],
        truth: vec![("ghost-api", Verdict::Orphan)],
    }
}

fn misspelt(now: i64) -> Scenario {
    const A: &[Who] = &[("Spelt Ann", "spelt.ann@acme.example")];
    Scenario {
        name: "misspelt owner",
        tells: "The name of the team lacks a letter: as it stands, nobody owns it.",
        teams: vec![team("spelling-team", &[("spelt-ann", A[0])])],
        stories: vec![owned("spelt-api", "speling-team", 400, A[0], now).work(work(A, (390, 4), 30))],
        truth: vec![("spelt-api", Verdict::Orphan)],
    }
}

fn against(now: i64) -> Scenario {
    const A: &[Who] = &[("Against Ann", "against.ann@acme.example")];
    const B: &[Who] = &[("Against Bob", "against.bob@acme.example")];
    Scenario {
        name: "CODEOWNERS against descriptor",
        tells: "The descriptor names one team, CODEOWNERS the one that works.",
        teams: vec![team("against-a", &[("against-ann", A[0])]), team("against-b", &[("against-bob", B[0])])],
        stories: vec![
            owned("against-api", "against-a", 500, A[0], now)
                .work(work(A, (490, 400), 8))
                .commit(380, B[0], &[(".github/CODEOWNERS", Some("* @acme/against-b\n"))])
                .work(work(B, (370, 4), 30)),
            owned("against-next", "against-a", 300, A[0], now).work(work(A, (290, 4), 10)),
        ],
        truth: vec![("against-api", Verdict::Stale), ("against-next", Verdict::Confirmed)],
    }
}

fn undeclared(now: i64) -> Scenario {
    const A: &[Who] = &[("Silent Ann", "silent.ann@acme.example")];
    Scenario {
        name: "no claim",
        tells: "Nobody ever wrote down whose it is.",
        teams: vec![team("silent-team", &[("silent-ann", A[0])])],
        stories: vec![
            Story::new("silent-api", now)
                .commit(300, A[0], &[("package.json", Some("{\"name\": \"silent-api\", \"version\": \"1.0.0\"}\n"))])
                .work(work(A, (290, 4), 20)),
        ],
        truth: vec![("silent-api", Verdict::Undeclared)],
    }
}

fn person(now: i64) -> Scenario {
    const A: &[Who] = &[("Solo Ann", "solo.ann@acme.example")];
    Scenario {
        name: "owner is a person",
        tells: "A person is declared, and does the work.",
        teams: vec![team("solo-team", &[("solo-ann", A[0])])],
        stories: vec![owned("solo-api", "user:solo-ann", 300, A[0], now).work(work(A, (290, 4), 20))],
        truth: vec![("solo-api", Verdict::Confirmed)],
    }
}

fn only_code_owners(now: i64) -> Scenario {
    const A: &[Who] = &[("Coded Ann", "coded.ann@acme.example")];
    let manifest = "{\"name\": \"coded-api\", \"version\": \"1.0.0\"}\n";
    Scenario {
        name: "CODEOWNERS alone",
        tells: "No descriptor; CODEOWNERS names the team that works.",
        teams: vec![team("coded-team", &[("coded-ann", A[0])])],
        stories: vec![
            Story::new("coded-api", now)
                .commit(300, A[0], &[("package.json", Some(manifest)), ("CODEOWNERS", Some("* @acme/coded-team\n"))])
                .work(work(A, (290, 4), 20)),
        ],
        truth: vec![("coded-api", Verdict::Confirmed)],
    }
}
