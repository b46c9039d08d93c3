//! What scripts and shells rely on: counts as JSON, exit codes, messages that say what to do, nothing half-written.
//! It must not call the server's code: each test starts the program.
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Command, Output, Stdio},
};
use tests::estate;

fn waymark(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark-under-test"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("WAYMARK_")) {
        command.env_remove(name);
    }
    command.current_dir(dir).args(args).stdin(Stdio::null());
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    waymark(dir, args).output().expect("the program starts")
}

/// Runs what must fail, and holds it to its exit code, its message, and to writing nothing.
fn refuses(dir: &Path, args: &[&str], code: i32, words: &[&str]) {
    let before = listing(dir);
    let output = run(dir, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    for word in words {
        assert!(said.contains(word), "{args:?} does not say \"{word}\": {said}");
    }
    assert_eq!(listing(dir), before, "{args:?} wrote something");
}

fn listing(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).expect("the folder can be read");
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_scan_prints_one_object_of_counts() {
    let (folder, dir) = (estate::small(), tempfile::tempdir().unwrap());
    let path = folder.path().to_string_lossy().into_owned();
    let output = run(dir.path(), &["scan", &path, "--data", "data", "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let counts: Value = serde_json::from_slice(&output.stdout).expect("standard output is one JSON value");
    assert_eq!((&counts["repositories"], &counts["usages"]), (&Value::from(5), &Value::from(3)), "{counts}");
    for key in ["entities", "components", "capabilities", "findings", "duration_ms"] {
        assert!(counts[key].is_u64(), "{key}: {counts}");
    }
    let judged = run(dir.path(), &["scan", "--data", "data", "--format", "json", "--fail-on", "error"]);
    assert_eq!(judged.status.code(), Some(3), "{}", String::from_utf8_lossy(&judged.stderr));
}

#[test]
fn capability_files_are_rules_too() {
    let (folder, dir) = (estate::small(), tempfile::tempdir().unwrap());
    let rules = "apiVersion: waymark.dev/v1\nkind: Capability\nmetadata: {name: user-interface, title: User interface}\n\
                 spec:\n  area: developer-platform\n  owner: group:default/platform-delivery\n  lifecycle: ga\n  \
                 eligible: {types: [website]}\n  offers:\n    - {name: react, path: golden, detect: {packages: [\"npm:react\"]}}\n";
    std::fs::write(dir.path().join("ours.yaml"), rules).unwrap();
    let path = folder.path().to_string_lossy().into_owned();
    let args = ["scan", &path, "--data", "data", "--capabilities", "ours.yaml", "--format", "json"];
    let counts: Value = serde_json::from_slice(&run(dir.path(), &args).stdout).expect("counts as JSON");
    assert_eq!(counts["usages"], 4, "{counts}");
}

#[test]
fn bad_settings_are_refused_before_anything_is_written() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("bad.toml"), "[server]\nlisen = \"127.0.0.1:0\"\n").unwrap();
    refuses(dir.path(), &["serve", "--config", "bad.toml", "--data", "data"], 2, &["server.lisen", "server.listen"]);
    refuses(dir.path(), &["serve", "--data", "data", "--listen", "0.0.0.0:0"], 2, &["sign-in"]);
    refuses(dir.path(), &["scan", "gone", "--data", "data"], 2, &["gone"]);
    refuses(dir.path(), &["scan", ".", "--data", "bad.toml"], 2, &["bad.toml", "--data"]);
    refuses(dir.path(), &["scan", ".", "--data", "data", "--capabilities", "none.yaml"], 2, &["none.yaml"]);
    refuses(dir.path(), &["fly"], 2, &["fly"]);
}

#[test]
fn a_port_in_use_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    refuses(dir.path(), &["serve", "--data", "data", "--listen", &address], 1, &[&address, "in use", "--listen"]);
}

#[test]
fn serve_prints_its_address_and_answers_there() {
    let (folder, dir) = (estate::small(), tempfile::tempdir().unwrap());
    let path = folder.path().to_string_lossy().into_owned();
    assert!(run(dir.path(), &["scan", &path, "--data", "data"]).status.success());
    let mut command = waymark(dir.path(), &["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line).expect("it prints a line");
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).map(str::to_owned);
    let answer = address.map(|address| {
        let mut stream = TcpStream::connect(&address).expect("it listens where it says");
        write!(stream, "GET /capabilities/feature-flags HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the page is text");
        answer
    });
    child.kill().expect("it still runs");
    child.wait().unwrap();
    let answer = answer.unwrap_or_else(|| panic!("no address in {line:?}"));
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Feature flags"), "{answer}");
}
