//! Who is who: bots, aliases, mailboxes, helpers without a team, and changes that say nothing of who knows a file.
//! It must not say how a verdict is reached: only what happened, and what is true.
use super::{
    teams_that_change::{owned, work},
    truth::{Scenario, Team, team},
};
use shared::Verdict;
use std::fmt::Write as _;
use tests::{Story, Who, Work};

const BOT: &[Who] = &[("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com")];

pub(super) fn scenarios(now: i64) -> Vec<Scenario> {
    vec![
        bots(now),
        only_bots(now),
        formatted(now),
        renamed_everywhere(now),
        listed(now),
        squashed(now),
        merged(now),
        mailbox(now),
        moved(now),
        mailmap(now),
        same_name(now),
        noreply(now),
        contractor(now),
        two_hats(now),
        alone(now),
        lock_files(now),
        wrong_clock(now),
    ]
}

/// Two teams: `{name}-a`, which is declared to own what the scenario tells of, and `{name}-b`.
struct Pair {
    a: &'static [Who],
    b: &'static [Who],
    teams: Vec<Team>,
}

/// Two teams of one person each.
macro_rules! pair {
    ($name:literal) => {{
        const A: &[Who] = &[(concat!($name, " Ann"), concat!($name, ".ann@acme.example"))];
        const B: &[Who] = &[(concat!($name, " Bob"), concat!($name, ".bob@acme.example"))];
        Pair {
            a: A,
            b: B,
            teams: vec![
                team(concat!($name, "-a"), &[(concat!($name, "-ann"), A[0])]),
                team(concat!($name, "-b"), &[(concat!($name, "-bob"), B[0])]),
            ],
        }
    }};
}

/// Many source files below `lib/`, by one person.
fn library(story: Story, by: Who, n_files: usize) -> Story {
    let text = |n: usize| -> String {
        (0..20).fold("package lib\n".to_owned(), |mut text, line| {
            let _ = writeln!(text, "func f{n}x{line}() int {{\n\treturn {n} + {line}\n}}");
            text
        })
    };
    let files: Vec<(String, String)> = (0..n_files).map(|n| (format!("lib/file{n}.go"), text(n))).collect();
    files.chunks(20).enumerate().fold(story, |story, (n, chunk)| {
        let files: Vec<(&str, Option<&str>)> = chunk.iter().map(|(p, t)| (p.as_str(), Some(t.as_str()))).collect();
        story.commit(400 - i64::try_from(n).unwrap_or_default(), by, &files)
    })
}

fn bots(now: i64) -> Scenario {
    let of = pair!("bots");
    let story = owned("bots-api", "bots-a", 400, of.a[0], now)
        .work(work(of.a, (390, 12), 12))
        .work(Work { lines: 3, ..work(BOT, (11, 1), 100) });
    Scenario {
        name: "bot noise",
        tells: "A bot makes nine commits in ten; the declared team makes the tenth.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("bots-api", Verdict::Confirmed)],
    }
}

fn only_bots(now: i64) -> Scenario {
    let of = pair!("robots");
    Scenario {
        name: "only bots",
        tells: "For 250 days only bots have worked on it; the people are busy elsewhere.",
        teams: of.teams,
        stories: vec![
            owned("robots-api", "robots-a", 600, of.a[0], now)
                .work(work(of.a, (590, 250), 20))
                .work(Work { lines: 2, ..work(BOT, (240, 2), 60) }),
            owned("robots-next", "robots-a", 240, of.a[0], now).work(work(of.a, (230, 3), 20)),
        ],
        truth: vec![("robots-api", Verdict::Dormant), ("robots-next", Verdict::Confirmed)],
    }
}

fn formatted(now: i64) -> Scenario {
    let of = pair!("format");
    let story = library(owned("format-api", "format-a", 420, of.a[0], now), of.a[0], 60)
        .work(work(of.a, (300, 30), 10))
        .all_files(15, of.b[0], "lib/", |text| text.replace('\t', "    ").replace(" {\n", "\n{\n"));
    Scenario {
        name: "mass reformat",
        tells: "Somebody of another team ran a formatter over everything two weeks ago.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("format-api", Verdict::Confirmed)],
    }
}

fn renamed_everywhere(now: i64) -> Scenario {
    let of = pair!("mass");
    let story = library(owned("mass-api", "mass-a", 420, of.a[0], now), of.a[0], 300)
        .work(work(of.a, (300, 20), 14))
        .all_files(10, of.b[0], "lib/", |text| text.replace("package lib", "package library"));
    Scenario {
        name: "mass rename",
        tells: "Another team renamed a package in 300 files in one commit.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("mass-api", Verdict::Confirmed)],
    }
}

fn listed(now: i64) -> Scenario {
    let of = pair!("listed");
    let story = library(owned("listed-api", "listed-a", 420, of.a[0], now), of.a[0], 40)
        .work(work(of.a, (300, 30), 12))
        .all_files(12, of.b[0], "lib/", |text| text.replace("return ", "return 1 * "));
    let ignored = format!("# Codemod\n{}\n", story.tip_id());
    let story = story.commit(11, of.a[0], &[(".git-blame-ignore-revs", Some(&ignored))]);
    Scenario {
        name: "listed ids",
        tells: "A codemod by another team, listed in .git-blame-ignore-revs.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("listed-api", Verdict::Confirmed)],
    }
}

fn squashed(now: i64) -> Scenario {
    let of = pair!("squash");
    let story = owned("squash-api", "squash-a", 400, of.a[0], now).squashed_work(work(of.a, (390, 4), 30), of.a[0]);
    Scenario {
        name: "squash merges",
        tells: "Every change is squashed by the forge, which is named as the committer.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("squash-api", Verdict::Confirmed)],
    }
}

fn merged(now: i64) -> Scenario {
    const REST: &[Who] = &[("merge Cy", "merge.cy@acme.example"), ("merge Di", "merge.di@acme.example")];
    let of = pair!("merge");
    let mut teams = of.teams;
    teams[0].members.extend([("merge-cy", REST[0]), ("merge-di", REST[1])]);
    let story = owned("merge-api", "merge-a", 400, of.a[0], now).merged_work(work(REST, (390, 4), 30), of.b[0]);
    Scenario {
        name: "true merges",
        tells: "The declared team works on branches; somebody of another team presses merge.",
        teams,
        stories: vec![story],
        truth: vec![("merge-api", Verdict::Confirmed)],
    }
}

fn mailbox(now: i64) -> Scenario {
    const A: &[Who] = &[
        ("Box Ann", "box-team@acme.example"),
        ("Box Ben", "box-team@acme.example"),
        ("Box Cleo", "box-team@acme.example"),
    ];
    Scenario {
        name: "shared mailbox",
        tells: "Three people commit with the address of their team.",
        teams: vec![Team { mail: Some("box-team@acme.example"), ..team("box-team", &[]) }],
        stories: vec![owned("box-api", "box-team", 300, A[0], now).work(work(A, (290, 4), 30))],
        truth: vec![("box-api", Verdict::Confirmed)],
    }
}

fn moved(now: i64) -> Scenario {
    let of = pair!("moved");
    let story = library(owned("moved-api", "moved-a", 420, of.a[0], now), of.a[0], 40)
        .work(Work { folder: "lib/core", ..work(of.a, (300, 30), 20) })
        .moved(9, of.b[0], "lib/", "pkg/lib/");
    Scenario {
        name: "renamed paths",
        tells: "Another team moved the folder last week; nothing else changed.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("moved-api", Verdict::Confirmed)],
    }
}

fn mailmap(now: i64) -> Scenario {
    const HOME: &[Who] = &[("ann", "ann@home.example")];
    let of = pair!("mailmap");
    let map = "mailmap Ann <mailmap.ann@acme.example> <ann@home.example>\n";
    let story = owned("mailmap-api", "mailmap-a", 400, HOME[0], now)
        .commit(399, HOME[0], &[(".mailmap", Some(map))])
        .work(work(HOME, (390, 4), 30));
    Scenario {
        name: "author aliases",
        tells: "She commits from a private address that .mailmap knows.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("mailmap-api", Verdict::Confirmed)],
    }
}

fn same_name(now: i64) -> Scenario {
    const HOME: &[Who] = &[("alias Ann", "a.alias@private.example")];
    let of = pair!("alias");
    let story = owned("alias-api", "alias-a", 400, of.a[0], now).work(work(HOME, (390, 4), 30));
    Scenario {
        name: "one name, two addresses",
        tells: "She commits from a second address under her full name.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("alias-api", Verdict::Confirmed)],
    }
}

fn noreply(now: i64) -> Scenario {
    const FORGE: &[Who] = &[("ann", "4711+noreply-ann@users.noreply.github.com")];
    let of = pair!("noreply");
    let story = owned("noreply-api", "noreply-a", 400, FORGE[0], now).work(work(FORGE, (390, 4), 30));
    Scenario {
        name: "hidden address",
        tells: "The forge hides her address and leaves her login.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("noreply-api", Verdict::Confirmed)],
    }
}

fn contractor(now: i64) -> Scenario {
    const HIRED: &[Who] = &[("Hired Hand", "hand@contractor.example"), ("Hired Two", "two@contractor.example")];
    let of = pair!("hired");
    let story = owned("hired-api", "hired-a", 400, of.a[0], now)
        .work(work(HIRED, (390, 170), 40))
        .work(Work { lines: 2, ..work(of.a, (160, 150), 2) })
        .work(work(HIRED, (140, 3), 40));
    Scenario {
        name: "contractors",
        tells: "People of no known team do nearly all of it.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("hired-api", Verdict::Unknown)],
    }
}

fn two_hats(now: i64) -> Scenario {
    let of = pair!("hats");
    let mut teams = of.teams;
    teams[1].members.push(("hats-ann", of.a[0]));
    let story = owned("hats-api", "hats-a", 400, of.a[0], now).work(work(of.a, (390, 4), 30));
    Scenario {
        name: "two teams, one person",
        tells: "She is in two teams; one of them is declared.",
        teams,
        stories: vec![story],
        truth: vec![("hats-api", Verdict::Confirmed)],
    }
}

fn alone(now: i64) -> Scenario {
    let of = pair!("alone");
    let story = owned("alone-api", "alone-a", 400, of.a[0], now).work(work(of.a, (390, 100), 12));
    let next = owned("alone-next", "alone-a", 90, of.a[0], now).work(work(of.a, (80, 5), 12));
    Scenario {
        name: "team of one",
        tells: "One person, and 100 quiet days: still hers.",
        teams: of.teams,
        stories: vec![story, next],
        truth: vec![("alone-api", Verdict::Confirmed), ("alone-next", Verdict::Confirmed)],
    }
}

fn lock_files(now: i64) -> Scenario {
    let of = pair!("locks");
    let lock = |n: i64| -> String {
        (0..400).fold("{\"lockfileVersion\": 3, \"packages\": {\n".to_owned(), |mut text, line| {
            let _ = writeln!(text, "\"node_modules/p{line}\": {{\"version\": \"{n}.{line}.0\"}},");
            text
        })
    };
    let story = owned("locks-api", "locks-a", 400, of.a[0], now).work(work(of.a, (390, 20), 20));
    let story = (0..12).fold(story, |story, n| story.commit(18 - n, of.b[0], &[("package-lock.json", Some(&lock(n)))]));
    Scenario {
        name: "lock files",
        tells: "Another team renews a lock file of 400 lines twelve times.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("locks-api", Verdict::Confirmed)],
    }
}

fn wrong_clock(now: i64) -> Scenario {
    let of = pair!("clock");
    let story = owned("clock-api", "clock-a", 400, of.a[0], now)
        .work(work(of.a, (390, 200), 20))
        .work(work(of.b, (-20_000, -20_001), 1))
        .work(work(of.a, (150, 3), 20));
    Scenario {
        name: "wrong clock",
        tells: "One commit of a guest claims a date decades ahead.",
        teams: of.teams,
        stories: vec![story],
        truth: vec![("clock-api", Verdict::Confirmed)],
    }
}
