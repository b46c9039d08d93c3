//! What is compared of a file: the same for formatters, another for edits; bounded for hostile bytes.
//! It must not test how files are compared.
use super::*;
use proptest::prelude::*;
use std::{collections::HashSet, time::Instant};

const GO: &str = r#"// Package pay takes money.
package pay

import (
	"fmt"
	"net/http"
)

// Charge charges the card of a customer once.
func Charge(client *http.Client, customer string, amount int) error {
	request := newRequest(customer, amount)
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("charge %s: %w", customer, err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusPaymentRequired {
		return declinedCard(customer)
	}
	ledger.Append(customer, amount, response.Header.Get("Receipt"))
	return nil
}

func (l *Ledger) Append(customer string, amount int, receipt string) { l.rows = append(l.rows, row{customer, amount, receipt}) }

func declinedCard(customer string) error { return fmt.Errorf("declined: %s", customer) }
"#;

fn go(text: &str) -> CodePrint {
    print_of("pay.go", text.as_bytes())
}

fn shared(a: &CodePrint, b: &CodePrint) -> usize {
    let of_a: HashSet<u64> = a.prints.iter().map(|print| print.hash).collect();
    b.prints.iter().filter(|print| of_a.contains(&print.hash)).count()
}

fn at(path: &str) -> Option<LeftOut> {
    left_out(&RepoPath::new(path).unwrap())
}

#[test]
fn comments_and_blanks_do_not_matter() {
    let plain = go(GO);
    let other =
        go(&GO.replace("\t", "    ").replace("// Charge charges the card of a customer once.", "/* x\n\n y */"));
    assert_eq!((plain.tokens, plain.n_tokens), (other.tokens, other.n_tokens));
    assert_ne!(plain.tokens, go(&GO.replace("Receipt", "receipt")).tokens);
    assert_eq!((plain.language.as_str(), plain.left_out, plain.n_lines), ("Go", None, 26));
    assert!(plain.prints.len() > 5 && plain.prints.is_sorted_by_key(|print| print.token), "{:?}", plain.prints);
}

#[test]
fn what_formatters_change_does_not_matter() {
    let one = "export function total(rows) {\n  const labels = ['a', 'b', \"it\"];\n  return rows.map((row) => row.price * row.count).reduce((sum, price) => sum + price, labels.length);\n}\nexport const zero = total([{ price: 1, count: 2 }]);\n";
    let other = "export function total(rows) {\n  const labels = [\n    \"a\",\n    \"b\",\n    'it',\n  ]\n  return rows\n    .map((row) => row.price * row.count)\n    .reduce((sum, price) => sum + price, labels.length,)\n}\n\nexport const zero = total([{ price: 1, count: 2, }])\n";
    let (one, other) = (print_of("a.ts", one.as_bytes()), print_of("a.ts", other.as_bytes()));
    assert!(one.left_out.is_none());
    assert_eq!(one.tokens, other.tokens);
}

#[test]
fn a_file_in_another_package_shares_all_fingerprints() {
    let moved = go(&GO.replace("package pay", "package billing").replace("\t\"fmt\"\n", "\t\"fmt\"\n\t\"strings\"\n"));
    let plain = go(GO);
    assert_ne!(plain.tokens, moved.tokens);
    assert_eq!(shared(&plain, &moved), plain.prints.len());
    for (name, head, other) in [
        ("a.java", "package a.b;\nimport a.C;\n", "package x;\n"),
        ("a.py", "import os\nfrom a import (\n  b,\n  c,\n)\n", "from x import y\n"),
        ("a.rs", "use a::{\n    b,\n    c,\n};\nmod x;\n", "pub(crate) use z::Z;\n"),
        ("a.c", "#include <a.h>\n", "#include \"b/c.h\"\n#include <d.h>\n"),
        ("a.ts", "import { a,\n b } from 'c'\nexport * from './d'\n", "const fs = require('fs')\n"),
        ("a.cs", "using A.B;\nnamespace A.B;\n", "namespace X;\n"),
        ("a.php", "<?php\nnamespace A;\nuse B\\C;\n", "<?php\nnamespace X\\Y;\n"),
    ] {
        let body = "total = first_row(price, count, label) + second_row(other, weight)\nfinal = total * rate(country, year) - discount[customer][season] / shop(branch, street)\n";
        let print = |head: &str| print_of(name, [head, body, body].concat().as_bytes()).prints;
        let hashes = |prints: Vec<Print>| prints.into_iter().map(|print| print.hash).collect::<Vec<_>>();
        assert!(!print(head).is_empty(), "{name}");
        assert_eq!(hashes(print(head)), hashes(print(other)), "{name}");
    }
}

#[test]
fn a_shared_stretch_of_36_tokens_is_always_found() {
    let stretch = "ledger open customer account amount currency receipt branch street country season year weight label \
        price count discount total first second third fourth fifth sixth seventh eighth ninth tenth north south east west \
        apple pear plum cherry ";
    for n in 0..40 {
        let before: String = (0..n).map(|i| format!("left{i} ")).collect();
        let after: String = (0..40).map(|i| format!("right{i} ")).collect();
        let one = go(&format!("{before}{stretch}{after}"));
        let other = go(&format!("{after}{stretch}{before}{after}"));
        assert!(shared(&one, &other) > 0, "{n}");
    }
}

#[test]
fn patterns_that_repeat_themselves_have_no_fingerprints() {
    let table: String = (0..500).map(|n| format!("{{{n}, {n}}},\n")).collect();
    let errors = "if err != nil {\n\treturn nil, err\n}\n".repeat(200);
    let token = "token\n".repeat(5_000);
    for text in [table, errors, token] {
        let print = go(&text);
        assert_eq!((print.left_out, print.prints), (None, vec![]));
    }
}

#[test]
fn public_names_are_told_by_the_rule_of_the_language() {
    let filler = "x = a(b, c, d, e, f)\n".repeat(10);
    let names = |name: &str, text: &str| print_of(name, format!("{text}\n{filler}").as_bytes()).names;
    assert_eq!(go(GO).names, ["Charge", "Append"]);
    for (name, text, expected) in [
        (
            "a.py",
            "def pay(a):\n    def inner(): pass\nclass Till:\n    pass\ndef _hidden(): pass",
            &["pay", "Till"][..],
        ),
        (
            "a.ts",
            "export async function pay() {}\nfunction hidden() {}\nexport default class Till {}\nexport const rate = 1",
            &["pay", "Till", "rate"],
        ),
        (
            "a.rs",
            "pub fn pay() {}\nfn hidden() {}\npub struct Till;\nimpl Till {\n    pub const fn open() {}\n}",
            &["pay", "Till", "open"],
        ),
        (
            "A.java",
            "public class Till {\n  public int pay(int a) { return a; }\n  private int hidden() { return 1; }\n}",
            &["Till", "pay"],
        ),
        ("a.kt", "class Till {\n  fun pay() {}\n  private fun hidden() {}\n}", &["Till", "pay"]),
    ] {
        assert_eq!(names(name, text), expected, "{name}");
    }
    assert_eq!(go(GO).imports, ["fmt", "net/http"]);
}

#[test]
fn what_is_no_code_of_the_team_is_left_out_by_path() {
    for (path, reason) in [
        ("vendor/a/b.go", LeftOut::Vendored),
        ("api/user.pb.go", LeftOut::Generated),
        ("pkg/testdata/a.go", LeftOut::Fixture),
        ("LICENSE", LeftOut::Licence),
        ("a/COPYING.LESSER", LeftOut::Licence),
        (".github/CODEOWNERS", LeftOut::Policy),
        (".eslintrc.js", LeftOut::Policy),
        ("web/jest.config.ts", LeftOut::Policy),
        (".github/scripts/release.sh", LeftOut::CiTemplate),
        ("Jenkinsfile", LeftOut::CiTemplate),
        (".sage/main.go", LeftOut::CiTemplate),
        ("magefile.go", LeftOut::CiTemplate),
        ("a/package-lock.json", LeftOut::Lock),
        ("README.md", LeftOut::Data),
        ("web/app.css", LeftOut::Data),
        ("gradlew.bat", LeftOut::Generated),
        ("app/manage.py", LeftOut::Generated),
        ("Forms/Main.Designer.cs", LeftOut::Generated),
    ] {
        assert_eq!(at(path), Some(reason), "{path}");
    }
    for path in
        ["main.go", "deploy.sh", "Dockerfile", "infra/main.tf", "db/schema.sql", "web/App.vue", "security/check.go"]
    {
        assert_eq!(at(path), None, "{path}");
    }
}

#[test]
fn what_is_no_code_of_the_team_is_left_out_by_content() {
    let generated = format!("// Code generated by x. DO NOT EDIT.\n{GO}");
    let minified = format!("var a;{}", "f(a,b);".repeat(2_000));
    for (name, bytes, reason) in [
        ("a.md", b"x".to_vec(), LeftOut::Data),
        ("a.go", b"package a\n\x00\x01".to_vec(), LeftOut::Binary),
        ("a.go", generated.into_bytes(), LeftOut::Generated),
        ("a.js", minified.into_bytes(), LeftOut::Minified),
        ("a.go", GO.repeat(3_000).into_bytes(), LeftOut::TooLarge),
        ("a.go", b"package a\n\nfunc A() {}\n".to_vec(), LeftOut::TooShort),
    ] {
        let print = print_of(name, &bytes);
        assert_eq!((print.left_out, print.prints.len()), (Some(reason), 0), "{reason:?}");
    }
}

#[test]
fn one_line_of_fifty_megabytes_takes_no_time() {
    let (line, start) = (vec![b'a'; 50 << 20], Instant::now());
    assert_eq!(print_of("a.js", &line).left_out, Some(LeftOut::TooLarge));
    assert!(start.elapsed().as_secs() < 2);
}

#[test]
fn damaged_bytes_are_an_error() {
    let print = go(GO);
    let bytes = print.to_bytes();
    assert_eq!(CodePrint::from_bytes(&bytes), Ok(print.clone()));
    assert!(bytes.len() < 12 * print.prints.len() + 120, "{}", bytes.len());
    for end in 0..bytes.len() {
        assert!(CodePrint::from_bytes(&bytes[..end]).is_err(), "{end}");
    }
    let left = left(LeftOut::TooLarge, "Go");
    assert_eq!(CodePrint::from_bytes(&left.to_bytes()), Ok(left));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in "(a\\.(go|rs|py|js|vue|rb|php|java|sql|sh)|Makefile)") {
        print_of(&name, &bytes);
        let _ = CodePrint::from_bytes(&bytes);
    }

    #[test]
    fn no_signs_make_it_panic(text in "([a-z]{1,3}|[\"'`/*#<>(){},;@\\\\=\n ]|import |use |func |/\\*|<<A){0,80}", name in "a\\.(go|rs|py|js|vue|rb|php|java|sql|sh|tf)") {
        let print = print_of(&name, text.as_bytes());
        prop_assert_eq!(CodePrint::from_bytes(&print.to_bytes()), Ok(print));
    }
}
