//! What CODEOWNERS files say, as tables. Must not test the pattern language, which has its own table.
use super::*;
use proptest::prelude::*;

fn owners(file: &str, path: &str) -> Option<(u32, Vec<String>)> {
    let facts = CodeOwnersParser.parse("CODEOWNERS", file.as_bytes());
    let rule = owners_of(&facts.code_owners, &RepoPath::new(path).unwrap())?;
    Some((rule.line, rule.owners.clone()))
}

/// The line and owners of the deciding rule.
type Wanted<'a> = Option<(u32, &'a [&'a str])>;

fn expect(file: &str, cases: &[(&str, Wanted<'_>)]) {
    for (path, wanted) in cases {
        let wanted = wanted.map(|(line, names)| (line, names.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()));
        assert_eq!(owners(file, path), wanted, "{path} in\n{file}");
    }
}

#[test]
fn the_last_match_wins_and_a_rule_without_owner_clears() {
    expect(
        "# all\n* @acme/all\n/pay/ @acme/pay me@acme.dev # the till\n/pay/README.md\n*.go\t@acme/go\n",
        &[
            ("a.txt", Some((2, &["@acme/all"]))),
            ("pay/x/b.txt", Some((3, &["@acme/pay", "me@acme.dev"]))),
            ("pay/README.md", Some((4, &[]))),
            ("pay/main.go", Some((5, &["@acme/go"]))),
        ],
    );
    expect("/pay/ @acme/pay\n", &[("other/a", None)]);
}

#[test]
fn spaces_and_hashes_can_be_escaped() {
    expect(
        "my\\ file.txt @a\n\\#notes.md @b\n",
        &[("my file.txt", Some((1, &["@a"]))), ("#notes.md", Some((2, &["@b"])))],
    );
}

#[test]
fn gitlab_sections_have_defaults_counts_and_optional_marks() {
    let file = "* @everyone\n\n[Docs][2] @writers @acme/docs\n/docs/\n/docs/api/ @api\n\n^[Optional] @maybe\n*.rb\n";
    expect(
        file,
        &[
            ("a.txt", Some((1, &["@everyone"]))),
            ("docs/a.md", Some((4, &["@writers", "@acme/docs"]))),
            ("docs/api/a.md", Some((5, &["@api"]))),
            ("x/a.rb", Some((8, &["@maybe"]))),
        ],
    );
    let facts = CodeOwnersParser.parse("CODEOWNERS", file.as_bytes());
    let sections: Vec<_> = facts.code_owners.iter().map(|rule| rule.section.as_deref()).collect();
    assert_eq!(sections, [None, Some("Docs"), Some("Docs"), Some("Optional")]);
}

#[test]
fn sections_of_one_name_are_one_section() {
    expect("[Docs] @a\n/docs/\n[Other] @b\n/x/\n[DOCS] @c\n/docs/\n", &[("docs/a", Some((6, &["@c"])))]);
}

#[test]
fn gitlab_exclusions_are_final_in_their_section() {
    let file = "[Code] @code\n*\n!*.lock\nyarn.lock @late\n";
    expect(file, &[("a.rb", Some((2, &["@code"]))), ("Cargo.lock", None), ("yarn.lock", None)]);
}

#[test]
fn a_folder_is_asked_as_a_new_file_in_it_would_be() {
    let facts = CodeOwnersParser.parse("CODEOWNERS", b"* @all\n/services/pay/ @pay\n*.go @go\n");
    let of =
        |path: &str| owners_of_folder(&facts.code_owners, &RepoPath::new(path).unwrap()).unwrap().owners[0].clone();
    assert_eq!((of("services/pay"), of("services"), of("")), ("@pay".into(), "@all".into(), "@all".into()));
}

#[test]
fn a_word_that_is_no_owner_is_a_problem() {
    let facts = CodeOwnersParser.parse("CODEOWNERS", "\u{feff}* acme/all @b\r\n".as_bytes());
    assert_eq!(facts.code_owners[0].owners, ["@b"]);
    assert_eq!(facts.problems[0].rule, "owner-malformed");
    assert_eq!(facts.problems[0].line, Some(1));
}

#[test]
fn only_the_places_that_forges_read_are_read() {
    let wants = |path: &str| CodeOwnersParser.wants(&RepoPath::new(path).unwrap());
    assert!(PLACES.iter().all(|place| wants(place)));
    assert!(!wants("services/pay/CODEOWNERS") && !wants("xCODEOWNERS"));
}

#[test]
fn real_files_read_without_problems_of_ours() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/manifests/CODEOWNERS");
    let listing = std::fs::read_dir(folder).expect("the test data lies beside the checkout, in shared/data");
    let mut n_rules = 0;
    for entry in listing {
        let facts = CodeOwnersParser.parse("CODEOWNERS", &std::fs::read(entry.unwrap().path()).unwrap());
        n_rules += facts.code_owners.len();
    }
    assert!(n_rules > 100, "{n_rules} rules");
}

proptest! {
    #[test]
    fn hostile_files_do_not_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "[\\[\\]^!@# \\\\a/*\n]{0,80}") {
        let path = RepoPath::new("a/b").unwrap();
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            owners_of(&CodeOwnersParser.parse("CODEOWNERS", bytes).code_owners, &path);
        }
    }
}
