//! Whose work a commit is, and who accepted it.
//! Nothing here looks at lines.
use super::*;

/// Each commit: hands as `name*commits`, then who accepted it.
fn shown(log: &WorkLog) -> Vec<String> {
    let name = |person: u32| log.people[person as usize].name.as_str();
    let commits = log.commits.iter().map(|commit| {
        let hands: Vec<String> =
            commit.hands.iter().map(|hand| format!("{}*{}", name(hand.person), hand.commits)).collect();
        let merger = commit.merger.map(|merger| format!(" by {}", name(merger))).unwrap_or_default();
        hands.join(" ") + &merger
    });
    commits.collect()
}

fn by(day: i64, who: &str, parents: &[usize]) -> Made {
    let path = format!("{who}{day}.go");
    Made::on(day, &[(&path, Some("1\n"))]).by(&format!("{who} <{who}@acme.example>")).with_parents(parents)
}

#[test]
fn merges_are_the_work_of_their_branches_and_each_commit_counts_once() {
    let fixture = Fixture::new();
    // A branch that lives on and is merged twice, into which the line is merged once.
    let made = [
        by(0, "ann", &[]),
        by(1, "bo", &[0]),
        by(2, "bo", &[1]),
        by(3, "ann", &[0, 2]),
        by(4, "bo", &[2, 3]),
        by(5, "cy", &[4]),
        by(6, "di", &[3, 5]),
    ];
    let ids = fixture.import(&made);
    let log = whole(&fixture, &ids[6]);
    assert_eq!(shown(&log), ["ann*1", "bo*2 by ann", "cy*1 by di"]);
    let hand = log.commits[1].hands[0];
    assert_eq!((hand.first_day, hand.last_day), (18_263, 18_264));
}

#[test]
fn a_branch_that_is_merged_again_is_known_when_reading_is_continued() {
    let fixture = Fixture::new();
    let mut made = vec![by(0, "ann", &[]), by(0, "rel", &[0])];
    let (mut line, mut branch) = (0, 1);
    for n in 0..60 {
        made.push(by(n + 1, "ann", &[line, branch]));
        line = made.len() - 1;
        made.push(by(n + 1, "rel", &[branch]));
        branch = made.len() - 1;
    }
    made.push(by(70, "ann", &[line]));
    let ids = fixture.import(&made);
    let log = whole(&fixture, ids.last().unwrap());
    assert!(log.commits[1..61].iter().all(|commit| commit.hands.len() == 1 && commit.hands[0].commits == 1));
    let half = whole(&fixture, &ids[62]);
    assert_eq!(continued(&fixture, ids.last().unwrap(), Some(half)).0, log);
}

#[test]
fn co_authors_share_and_committers_accept() {
    let log = linear(&[
        Made {
            message: "x\n\nCo-authored-by: Bo <bo@acme.example>\nco-authored-by: One <one@acme.example>".into(),
            ..Made::on(0, &[])
        },
        Made { committer: b"Cy <cy@acme.example>".to_vec(), ..Made::on(1, &[]) },
        Made { committer: b"GitHub <noreply@github.com>".to_vec(), ..Made::on(2, &[]) },
        Made { committer: b"Robot <1+r@users.noreply.github.com>".to_vec(), ..Made::on(3, &[]) },
    ]);
    assert_eq!(shown(&log), ["One*1 Bo*1", "One*1 by Cy", "One*1", "One*1"]);
    assert_eq!(log.people.len(), 3, "only those whose work or word it is");
}

#[test]
fn dates_never_fall_and_never_lie_in_the_future() {
    let dated = |authored, committed| Made { authored, committed, ..Made::on(0, &[]) };
    let (a, day) = (fixture::at(100), 86_400);
    let log = linear(&[
        dated(a, a),
        dated(0, 0),
        dated(4_102_444_800, 4_102_444_800),
        dated(a + 400 * day, a + 2 * day),
        dated(a + day, a + day),
    ]);
    let found: Vec<(i64, i64)> = log.commits.iter().map(|commit| (commit.at - a, commit.authored - a)).collect();
    assert_eq!(found, [(0, 0), (0, -a), (0, 0), (2 * day, 2 * day), (2 * day, day)]);
    let days: Vec<(i32, i32)> = log.commits.iter().map(|c| (c.hands[0].first_day, c.hands[0].last_day)).collect();
    assert_eq!(days, [(18_362, 18_362), (7_305, 7_305), (18_362, 18_362), (18_364, 18_364), (18_363, 18_363)]);
}
