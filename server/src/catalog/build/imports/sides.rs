//! Files beside the program: tests, examples, documentation, build scripts. What they import, the program need not declare.
//! It must not decide what is left out of counting.
use shared::RepoPath;

const FOLDERS: [&str; 40] = [
    "test",
    "tests",
    "testing",
    "__tests__",
    "spec",
    "specs",
    "e2e",
    "integration",
    "integration-tests",
    "cypress",
    "playwright",
    "mocks",
    "docs",
    "doc",
    "documentation",
    "website",
    "example",
    "examples",
    "sample",
    "samples",
    "demo",
    "demos",
    "sandbox",
    "playground",
    "tutorial",
    "tutorials",
    "notebooks",
    "script",
    "scripts",
    "tool",
    "tools",
    "bench",
    "benches",
    "benchmark",
    "benchmarks",
    "stories",
    "template",
    "templates",
    "ci",
    "bin",
];

const FILES: [&str; 8] =
    ["conftest.py", "setup.py", "noxfile.py", "tasks.py", "fabfile.py", "manage.py", "gulpfile.js", "Gruntfile.js"];

/// Whether the file stands beside the program.
pub(super) fn is_side(path: &RepoPath) -> bool {
    let name = path.file_name();
    path.as_str().split('/').any(|segment| segment.starts_with('.') || FOLDERS.contains(&segment))
        || FILES.contains(&name)
        || [".config.", ".test.", ".spec.", ".stories.", ".d.", ".setup.", "_test."]
            .iter()
            .any(|part| name.contains(part))
        || name.starts_with("test_")
        || name.starts_with("setup")
}
