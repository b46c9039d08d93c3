"""Oracle for Cargo.toml by Cargo itself: `cargo metadata --no-deps --offline` on every manifest of a folder.

The folder holds the manifests and, empty, the Rust files that their targets name; no configuration of Cargo or rustup, so
that nothing in it can name a program to run. Tables of `[workspace.dependencies]` state versions for members that use them;
Cargo does not answer with them.

Usage: cargo.py FOLDER
"""

import json
import os
import subprocess
import sys

from manifests import emit


def main(folder):
    root = os.path.realpath(folder)
    manifests = sorted(
        os.path.join(base, "Cargo.toml") for base, _, names in os.walk(root) if "Cargo.toml" in names
    )
    answers = {}
    for manifest in manifests:
        if manifest not in answers:
            ask(manifest, answers)
    for manifest in manifests:
        path = os.path.relpath(manifest, root)
        if isinstance(answers.get(manifest), str):
            emit({"path": path, "refused": answers[manifest]})
            continue
        emit({"path": path, "read": True})
        for name in sorted(answers.get(manifest, ())):
            emit({"path": path, "ecosystem": "cargo", "name": name, "kind": "declared"})


def ask(manifest, answers):
    command = ["cargo", "metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path", manifest]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        answers[manifest] = " ".join(done.stderr.split())[:120].replace(os.path.dirname(manifest), ".")
        return
    answers[manifest] = set()
    for package in json.loads(done.stdout)["packages"]:
        registry = {one["name"] for one in package["dependencies"] if (one["source"] or "").startswith("registry+")}
        answers[os.path.realpath(package["manifest_path"])] = registry


if __name__ == "__main__":
    main(sys.argv[1])
