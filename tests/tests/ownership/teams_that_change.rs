//! Work that moves between teams, or ends.
//! It must not say how a verdict is reached: only what happened, and what is true.
use super::truth::{Scenario, Team, descriptor, team};
use shared::Verdict;
use tests::{Story, Who, Work};

/// A repository whose one component is declared to be a team's.
pub(super) fn owned(name: &str, owner: &str, since: i64, by: Who, now: i64) -> Story {
    let text = descriptor(name, owner);
    Story::new(name, now).commit(since, by, &[("catalog-info.yaml", Some(&text)), ("go.mod", Some("module acme\n"))])
}

pub(super) const fn work(who: &'static [Who], days: (i64, i64), commits: i64) -> Work {
    Work { who, days, commits, lines: 12, folder: "internal" }
}

pub(super) fn scenarios(now: i64) -> Vec<Scenario> {
    vec![
        steady(now),
        reorg(now),
        handover(now),
        contested(now),
        dormant(now),
        gone(now),
        department(now),
        upstream(now),
        fresh(now),
        helpers(now),
        monorepo(now),
    ]
}

fn steady(now: i64) -> Scenario {
    const A: &[Who] = &[("Steady Ann", "steady.ann@acme.example"), ("Steady Ben", "steady.ben@acme.example")];
    Scenario {
        name: "steady",
        tells: "The declared team does all the work, as it always did.",
        teams: vec![team("steady-team", &[("steady-ann", A[0]), ("steady-ben", A[1])])],
        stories: vec![owned("steady-api", "steady-team", 500, A[0], now).work(work(A, (490, 5), 40))],
        truth: vec![("steady-api", Verdict::Confirmed)],
    }
}

fn reorg(now: i64) -> Scenario {
    const A: &[Who] = &[("Reorg Ann", "reorg.ann@acme.example"), ("Reorg Ben", "reorg.ben@acme.example")];
    Scenario {
        name: "reorg",
        tells: "All people moved to a new team; the old one is still declared, and empty.",
        teams: vec![team("reorg-old", &[]), team("reorg-new", &[("reorg-ann", A[0]), ("reorg-ben", A[1])])],
        stories: vec![owned("reorg-api", "reorg-old", 600, A[0], now).work(work(A, (590, 8), 40))],
        truth: vec![("reorg-api", Verdict::Stale)],
    }
}

fn handover(now: i64) -> Scenario {
    const A: &[Who] = &[("Handover Ann", "handover.ann@acme.example")];
    const B: &[Who] = &[("Handover Bob", "handover.bob@acme.example"), ("Handover Bea", "handover.bea@acme.example")];
    Scenario {
        name: "handover",
        tells: "Another team took over a year ago; the declared one works elsewhere.",
        teams: vec![
            team("handover-a", &[("handover-ann", A[0])]),
            team("handover-b", &[("handover-bob", B[0]), ("handover-bea", B[1])]),
        ],
        stories: vec![
            owned("handover-api", "handover-a", 800, A[0], now).work(work(A, (790, 400), 40)).work(work(
                B,
                (390, 10),
                30,
            )),
            owned("handover-next", "handover-a", 380, A[0], now).work(work(A, (370, 4), 30)),
        ],
        truth: vec![("handover-api", Verdict::Stale), ("handover-next", Verdict::Confirmed)],
    }
}

fn contested(now: i64) -> Scenario {
    const A: &[Who] = &[("Contested Ann", "contested.ann@acme.example")];
    const B: &[Who] = &[("Contested Bob", "contested.bob@acme.example"), ("Contested Bo", "contested.bo@acme.example")];
    Scenario {
        name: "contested",
        tells: "The declared team still works on it, but another does three times as much.",
        teams: vec![
            team("contested-a", &[("contested-ann", A[0])]),
            team("contested-b", &[("contested-bob", B[0]), ("contested-bo", B[1])]),
        ],
        stories: vec![
            owned("contested-api", "contested-a", 500, B[0], now)
                .work(work(B, (490, 170), 30))
                .work(work(A, (160, 60), 4))
                .work(work(B, (58, 3), 24)),
        ],
        truth: vec![("contested-api", Verdict::Disputed)],
    }
}

fn dormant(now: i64) -> Scenario {
    const A: &[Who] = &[("Dormant Ann", "dormant.ann@acme.example")];
    Scenario {
        name: "dormant",
        tells: "Nobody has touched it for 300 days; its people work on something else.",
        teams: vec![team("dormant-team", &[("dormant-ann", A[0])])],
        stories: vec![
            owned("dormant-api", "dormant-team", 700, A[0], now).work(work(A, (690, 300), 30)),
            owned("dormant-next", "dormant-team", 290, A[0], now).work(work(A, (280, 6), 30)),
        ],
        truth: vec![("dormant-api", Verdict::Dormant), ("dormant-next", Verdict::Confirmed)],
    }
}

fn gone(now: i64) -> Scenario {
    const A: &[Who] = &[("Gone Ann", "gone.ann@acme.example"), ("Gone Ben", "gone.ben@acme.example")];
    const B: &[Who] = &[("Gone Guest", "gone.guest@acme.example")];
    Scenario {
        name: "gone",
        tells: "Those who know it have worked nowhere for 200 days; a guest fixed one typo.",
        teams: vec![
            team("gone-team", &[("gone-ann", A[0]), ("gone-ben", A[1])]),
            team("gone-guests", &[("gone-guest", B[0])]),
        ],
        stories: vec![
            owned("gone-api", "gone-team", 700, A[0], now).work(work(A, (690, 200), 40)).commit(
                20,
                B[0],
                &[("README.md", Some("# Gone\n"))],
            ),
            owned("gone-guest-api", "gone-guests", 300, B[0], now).work(work(B, (290, 3), 20)),
        ],
        truth: vec![("gone-api", Verdict::Orphan), ("gone-guest-api", Verdict::Confirmed)],
    }
}

fn department(now: i64) -> Scenario {
    const A: &[Who] = &[("Child Ann", "child.ann@acme.example")];
    const B: &[Who] = &[("Child Bob", "child.bob@acme.example")];
    let child = |name, login, who| Team { parent: Some("department"), ..team(name, &[(login, who)]) };
    Scenario {
        name: "department",
        tells: "A department is declared; two of its teams do the work.",
        teams: vec![
            team("department", &[]),
            child("department-one", "child-ann", A[0]),
            child("department-two", "child-bob", B[0]),
        ],
        stories: vec![owned("department-api", "department", 400, A[0], now).work(work(A, (390, 200), 20)).work(work(
            B,
            (190, 5),
            20,
        ))],
        truth: vec![("department-api", Verdict::Confirmed)],
    }
}

fn upstream(now: i64) -> Scenario {
    const UP: &[Who] = &[("Maintainer One", "one@upstream.example"), ("Maintainer Two", "two@upstream.example")];
    const A: &[Who] = &[("Fork Ann", "fork.ann@acme.example")];
    Scenario {
        name: "fork",
        tells: "A fork with years of other people's history; the declared team keeps it since.",
        teams: vec![team("fork-team", &[("fork-ann", A[0])])],
        stories: vec![
            Story::new("fork-api", now)
                .work(work(UP, (2000, 900), 80))
                .commit(360, A[0], &[("catalog-info.yaml", Some(&descriptor("fork-api", "fork-team")))])
                .work(work(A, (350, 6), 30)),
        ],
        truth: vec![("fork-api", Verdict::Confirmed)],
    }
}

fn fresh(now: i64) -> Scenario {
    const A: &[Who] = &[("Fresh Ann", "fresh.ann@acme.example")];
    Scenario {
        name: "fresh",
        tells: "Begun three weeks ago by the declared team.",
        teams: vec![team("fresh-team", &[("fresh-ann", A[0])])],
        stories: vec![owned("fresh-api", "fresh-team", 20, A[0], now).work(work(A, (19, 1), 8))],
        truth: vec![("fresh-api", Verdict::Confirmed)],
    }
}

fn helpers(now: i64) -> Scenario {
    const A: &[Who] = &[("Core Ann", "core.ann@acme.example")];
    const B: &[Who] = &[("Helper Bob", "helper.bob@acme.example")];
    const C: &[Who] = &[("Helper Cy", "helper.cy@acme.example")];
    Scenario {
        name: "helpers",
        tells: "Two other teams send a patch now and then; the declared one does most.",
        teams: vec![
            team("core-team", &[("core-ann", A[0])]),
            team("helpers-b", &[("helper-bob", B[0])]),
            team("helpers-c", &[("helper-cy", C[0])]),
        ],
        stories: vec![
            owned("core-api", "core-team", 400, A[0], now)
                .work(work(A, (390, 100), 30))
                .work(work(B, (98, 90), 2))
                .work(work(A, (88, 30), 20))
                .work(work(C, (28, 24), 2))
                .work(work(A, (20, 2), 8)),
        ],
        truth: vec![("core-api", Verdict::Confirmed)],
    }
}

fn monorepo(now: i64) -> Scenario {
    const A: &[Who] = &[("Mono Ann", "mono.ann@acme.example")];
    const B: &[Who] = &[("Mono Bob", "mono.bob@acme.example")];
    let part = |name: &str| (format!("{name}/catalog-info.yaml"), descriptor(name, "mono-a"));
    let parts = ["mono-kept", "mono-left", "mono-asleep", "mono-shared"].map(part);
    let files: Vec<(&str, Option<&str>)> = parts.iter().map(|(p, t)| (p.as_str(), Some(t.as_str()))).collect();
    let below = |who, folder, days, commits| Work { who, days, commits, lines: 12, folder };
    Scenario {
        name: "monorepo",
        tells: "Four components of one repository, all declared to be one team's.",
        teams: vec![team("mono-a", &[("mono-ann", A[0])]), team("mono-b", &[("mono-bob", B[0])])],
        stories: vec![
            Story::new("mono", now)
                .commit(700, A[0], &files)
                .work(below(A, "mono-asleep/src", (690, 400), 20))
                .work(below(A, "mono-left/src", (690, 380), 20))
                .work(below(B, "mono-left/src", (370, 9), 30))
                .work(below(A, "mono-shared/src", (300, 160), 10))
                .work(below(B, "mono-shared/src", (150, 70), 20))
                .work(below(A, "mono-shared/src", (66, 60), 2))
                .work(below(B, "mono-shared/src", (50, 4), 20))
                .work(below(A, "mono-kept/src", (300, 3), 30)),
        ],
        truth: vec![
            ("mono-kept", Verdict::Confirmed),
            ("mono-left", Verdict::Stale),
            ("mono-asleep", Verdict::Dormant),
            ("mono-shared", Verdict::Disputed),
        ],
    }
}
