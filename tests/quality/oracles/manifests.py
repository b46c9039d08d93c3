"""Oracle for dependency names in manifests and lock files: reads a folder, prints one JSON line a dependency.

Independent of Waymark's own code: formats are read with Python's standard library and `packaging` only, each by its
published specification. It never runs anything that it reads.

Usage: manifests.py FOLDER [--each]
With --each, every folder two levels down is taken for a repository of its own.
Output: {"path": …, "ecosystem": …, "name": …, "kind": "declared" | "resolved"}; files that the format's own reader
refuses are printed as {"path": …, "refused": "why"}.
"""

import configparser
import json
import os
import re
import sys
import tomllib
import xml.etree.ElementTree as ElementTree

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

DECLARED, RESOLVED = "declared", "resolved"


def main(folder, each):
    root = os.path.abspath(folder)
    paths = sorted(
        os.path.relpath(os.path.join(base, name), root) for base, _, names in os.walk(root) for name in names
    )
    poms = Poms(root, [path for path in paths if os.path.basename(path) == "pom.xml"], 2 if each else 0)
    joined = {Poms: poms, Gradle: Gradle(root, paths)}
    for path in paths:
        reader = reader_of(path)
        if reader is None:
            continue
        try:
            found = joined[reader].read(path) if reader in joined else reader(text_of(root, path))
            rows = sorted({(ecosystem, name, kind) for ecosystem, name, kind in found})
        except Exception as error:  # noqa: BLE001 - whatever the reader refuses is an answer
            emit({"path": path, "refused": f"{type(error).__name__}: {error}"})
            continue
        emit({"path": path, "read": True})
        for ecosystem, name, kind in rows:
            emit({"path": path, "ecosystem": ecosystem, "name": name, "kind": kind})


def emit(row):
    print(json.dumps(row, ensure_ascii=False))


def text_of(root, path):
    with open(os.path.join(root, path), encoding="utf-8-sig", errors="strict") as file:
        return file.read()


def reader_of(path):
    name = os.path.basename(path)
    if name in NAMES:
        return NAMES[name]
    return next((reader for pattern, reader in PATTERNS if re.search(pattern, path)), None)


# Go: https://go.dev/ref/mod#go-mod-file


def go_mod(text):
    block = None
    for line in text.split("\n"):
        words = re.findall(r'"[^"]*"|`[^`]*`|[^\s()]+|[()]', line.split("//")[0])
        words = [word.strip('"`') for word in words]
        if block:
            if words[:1] == [")"]:
                block = None
                continue
        elif len(words) > 1 and words[1] == "(":
            block = words[0]
            continue
        elif words:
            directive, words = words[0], words[1:]
            if directive == "require" and len(words) == 2:
                yield "go", words[0], DECLARED
            continue
        if block == "require" and len(words) == 2:
            yield "go", words[0], DECLARED


# Python: PEP 508, 621, 735, pip's requirements format, and each tool's own tables.


def requirement(text):
    try:
        return [("pypi", canonicalize_name(Requirement(text).name), DECLARED)]
    except InvalidRequirement:
        return []


def requirements(text):
    joined = re.sub(r"\\\r?\n", " ", text)
    for line in joined.splitlines():
        line = re.sub(r"(^|\s)#.*$", "", line).strip()
        if not line or line.startswith("-"):
            continue
        yield from requirement(re.split(r"\s--?[a-z]", line)[0].strip())


def pyproject(text):
    document = tomllib.loads(text)
    project = document.get("project", {})
    for line in project.get("dependencies", []) + document.get("build-system", {}).get("requires", []):
        yield from requirement(line)
    for lines in project.get("optional-dependencies", {}).values():
        for line in lines:
            yield from requirement(line)
    for lines in document.get("dependency-groups", {}).values():
        for line in lines:
            yield from requirement(line) if isinstance(line, str) else []
    tool = document.get("tool", {})
    for line in tool.get("uv", {}).get("dev-dependencies", []):
        yield from requirement(line)
    for lines in tool.get("pdm", {}).get("dev-dependencies", {}).values():
        for line in lines:
            yield from requirement(line)
    poetry = tool.get("poetry", {})
    tables = [poetry.get("dependencies", {}), poetry.get("dev-dependencies", {})]
    tables += [group.get("dependencies", {}) for group in poetry.get("group", {}).values()]
    for table in tables:
        yield from python_table(table)


def python_table(table):
    """A table of Poetry or Pipenv: a path or a repository is no package of the index."""
    for name, value in table.items():
        alternatives = value if isinstance(value, list) else [value]
        own = any(isinstance(one, dict) and {"path", "git", "url", "file"} & set(one) for one in alternatives)
        if name.lower() != "python" and not own:
            yield "pypi", canonicalize_name(name), DECLARED


def setup_cfg(text):
    parser = configparser.RawConfigParser(strict=False)
    parser.read_string(text)
    keys = [("options", key) for key in ("install_requires", "setup_requires", "tests_require")]
    if parser.has_section("options.extras_require"):
        keys += [("options.extras_require", key) for key in parser.options("options.extras_require")]
    for section, key in keys:
        if parser.has_option(section, key):
            for line in re.split(r"\n|;\s*\n", parser.get(section, key)):
                line = re.sub(r"(^|\s)#.*$", "", line).strip()
                yield from requirement(line) if line else []


def pipfile(text):
    document = tomllib.loads(text)
    for key, table in document.items():
        if isinstance(table, dict) and key not in ("source", "requires", "pipenv", "scripts"):
            yield from python_table(table)


def pipfile_lock(text):
    for key, table in json.loads(text).items():
        if key != "_meta":
            for name, value in table.items():
                if not {"path", "git", "file"} & set(value):
                    yield "pypi", canonicalize_name(name), RESOLVED


def python_lock(text):
    for package in tomllib.loads(text).get("package", []):
        source = package.get("source", {})
        kind = source.get("type")
        if kind in ("directory", "file", "git", "url") or {"virtual", "editable", "directory", "git", "path"} & set(source):
            continue
        if {"path", "git", "url"} & set(package):
            continue
        yield "pypi", canonicalize_name(package["name"]), RESOLVED


# Cargo: https://doc.rust-lang.org/cargo/reference/manifest.html


def cargo_toml(text):
    document = tomllib.loads(text)
    for holder in [document, *document.get("target", {}).values()]:
        for key in ("dependencies", "dev-dependencies", "build-dependencies", "dev_dependencies", "build_dependencies"):
            yield from cargo_table(holder.get(key, {}))


def cargo_table(table):
    for name, value in table.items():
        value = value if isinstance(value, dict) else {}
        # A path beside a version is what the registry sees once it is published; inside the repository it is its own.
        if not {"path", "git"} & set(value):
            yield "cargo", value.get("package", name), DECLARED


def cargo_lock(text):
    for package in tomllib.loads(text).get("package", []):
        if package.get("source", "").startswith(("registry+", "sparse+")):
            yield "cargo", package["name"], RESOLVED


# Maven: https://maven.apache.org/pom.html


MANAGEMENT = ("dependencyManagement", "pluginManagement")


class Poms:
    """The poms of a folder, with what they inherit from each other. Modules of the folder are no dependencies."""

    def __init__(self, root, paths, depth):
        self.trees, self.refused, self.depth = {}, {}, depth
        for path in paths:
            try:
                tree = ElementTree.fromstring(text_of(root, path))
                for node in tree.iter():
                    node.tag = node.tag.split("}")[-1] if isinstance(node.tag, str) else ""
                self.trees[path] = tree
            except Exception as error:  # noqa: BLE001
                self.refused[path] = error
        self.own = {(self.repository(path), self.coordinates(path)) for path in self.trees}

    def repository(self, path):
        return os.sep.join(path.split(os.sep)[: self.depth])

    def parent(self, path):
        node = self.trees[path].find("parent")
        if node is None:
            return None
        relative = node.findtext("relativePath", "../pom.xml").strip()
        if not relative:
            return None
        target = os.path.normpath(os.path.join(os.path.dirname(path), relative))
        target = target if target.endswith(".xml") else os.path.join(target, "pom.xml")
        if target == path or target not in self.trees:
            return None
        names = node.findtext("groupId", "").strip(), node.findtext("artifactId", "").strip()
        other = self.trees[target]
        group = other.findtext("groupId") or other.findtext("parent/groupId", "")
        return target if (group.strip(), other.findtext("artifactId", "").strip()) == names else None

    def properties(self, path, depth=0):
        tree = self.trees[path]
        parent = self.parent(path) if depth < 20 else None
        values = dict(self.properties(parent, depth + 1)) if parent else {}
        block = tree.find("properties")
        for node in block if block is not None else []:
            values[node.tag] = (node.text or "").strip()
        for key in ("groupId", "artifactId", "version"):
            value = tree.findtext(key) or (None if key == "artifactId" else tree.findtext(f"parent/{key}"))
            if value:
                values[f"project.{key}"] = values[f"pom.{key}"] = values[key] = value.strip()
        for key in ("groupId", "artifactId", "version"):
            if tree.findtext(f"parent/{key}"):
                values[f"project.parent.{key}"] = values[f"parent.{key}"] = tree.findtext(f"parent/{key}").strip()
        return values

    def coordinates(self, path):
        values = self.properties(path)
        return values.get("project.groupId", ""), self.fill(values.get("project.artifactId", ""), values)

    @staticmethod
    def fill(text, values):
        for _ in range(10):
            filled = re.sub(r"\$\{([^}]+)\}", lambda match: values.get(match[1], match[0]), text)
            if filled == text:
                break
            text = filled
        return text

    def read(self, path):
        if path in self.refused:
            raise self.refused[path]
        tree, values = self.trees[path], self.properties(path)
        if tree.tag != "project":
            return
        kinds = (("dependency", ""), ("plugin", "org.apache.maven.plugins"), ("extension", ""), ("parent", ""))
        managed = {node for section in MANAGEMENT for holder in tree.iter(section) for node in holder.iter()}
        for tag, group in kinds:
            for node in [tree.find("parent")] if tag == "parent" else tree.iter(tag):
                if node is None or node.find("artifactId") is None:
                    continue
                # Management states versions for those who use them; only an imported bill of materials is used by itself.
                if node in managed and node.findtext("scope", "").strip() != "import":
                    continue
                name = (
                    self.fill(node.findtext("groupId", group).strip(), values),
                    self.fill(node.findtext("artifactId", "").strip(), values),
                )
                if all(name) and "${" not in "".join(name) and (self.repository(path), name) not in self.own:
                    yield "maven", ":".join(name), DECLARED


# Gradle: https://docs.gradle.org/current/userguide/version_catalogs.html and its lock files. Build scripts are programs
# whose only full reader is Gradle itself, which would run them. A catalog states versions for those who use them.


def catalog_of(text):
    """Accessor to names: libraries, bundles and plugins of a version catalog."""
    document, libraries = tomllib.loads(text), {}
    for alias, value in document.get("libraries", {}).items():
        if isinstance(value, str):
            libraries[alias] = ":".join(value.split(":")[:2])
        else:
            libraries[alias] = value.get("module") or f"{value['group']}:{value['name']}"
    accessors = {accessor(alias): [name] for alias, name in libraries.items()}
    for alias, members in document.get("bundles", {}).items():
        accessors[f"bundles.{accessor(alias)}"] = [libraries[member] for member in members if member in libraries]
    for alias, value in document.get("plugins", {}).items():
        name = value.split(":")[0] if isinstance(value, str) else value["id"]
        accessors[f"plugins.{accessor(alias)}"] = [f"{name}:{name}.gradle.plugin"]
    return accessors


def accessor(alias):
    return re.sub(r"[-_]", ".", alias)


class Gradle:
    """Build scripts: plain notations only, and accessors of the catalog `libs` of the nearest folder above."""

    CALLS = (
        r"(?:[a-z]\w*)?(?:[iI]mplementation|[aA]pi|[cC]ompileOnly(?:Api)?|[rR]untimeOnly|[cC]ompile|[kK]sp|[kK]apt|"
        r"[aA]nnotationProcessor|[cC]lasspath|[pP]latform|[dD]esugaring|[lL]intChecks|[pP]rotobuf)"
    )

    def __init__(self, root, paths):
        self.root, self.catalogs = root, {}
        for path in paths:
            if path.endswith("gradle/libs.versions.toml"):
                self.catalogs[os.path.dirname(os.path.dirname(path))] = catalog_of(text_of(root, path))

    def catalog(self, folder):
        while folder and folder not in self.catalogs:
            folder = os.path.dirname(folder)
        return self.catalogs.get(folder, {})

    def read(self, path):
        text = re.sub(r"/\*.*?\*/", "", text_of(self.root, path), flags=re.DOTALL)
        text = re.sub(r"(?m)(^|\s)//.*$", "", text)
        catalog = self.catalog(os.path.dirname(path))
        call = rf"(?m)^\s*{self.CALLS}\b[ (]+(?:(?:enforcedPlatform|platform|testFixtures)[ (]+)?"
        for group, name in re.findall(call + r"""["']([^"':$\s]+):([^"':$\s]+)(?::[^"'\s]*)?["']""", text):
            yield "maven", f"{group}:{name}", DECLARED
        for name in re.findall(call + r"libs\.([\w.]+)", text) + re.findall(r"\balias[ (]+libs\.([\w.]+)", text):
            for one in catalog.get(name.removesuffix(".get"), []):
                yield "maven", one, DECLARED
        for block in re.findall(r"(?ms)^\s*plugins\s*\{(.*?)^\s*\}", text):
            for name in re.findall(r"""(?m)^\s*id[ (]+["']([^"'$]+)["']""", block):
                if "." in name:
                    yield "maven", f"{name}:{name}.gradle.plugin", DECLARED
            for name in re.findall(r"""(?m)^\s*kotlin[ (]+["']([^"'$]+)["']""", block):
                name = f"org.jetbrains.kotlin.{name}"
                yield "maven", f"{name}:{name}.gradle.plugin", DECLARED


def gradle_lock(text):
    for line in text.splitlines():
        match = re.match(r"([^#:=\s]+):([^:=\s]+):[^=]+=", line)
        if match:
            yield "maven", f"{match[1]}:{match[2]}", RESOLVED


# NuGet: https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files


def msbuild(text):
    for node in ElementTree.fromstring(text).iter():
        tag = node.tag.split("}")[-1] if isinstance(node.tag, str) else ""
        # PackageVersion states versions for those who use them.
        if tag in ("PackageReference", "GlobalPackageReference", "DotNetCliToolReference"):
            for name in (node.get("Include") or node.get("Update") or "").split(";"):
                if name.strip() and "$(" not in name and "@(" not in name:
                    yield "nuget", name.strip(), DECLARED


def packages_config(text):
    for node in ElementTree.fromstring(text).iter("package"):
        yield "nuget", node.get("id"), DECLARED


def nuget_lock(text):
    for framework in json.loads(text).get("dependencies", {}).values():
        for name, value in framework.items():
            if value.get("type") != "Project":
                yield "nuget", name, RESOLVED


def dotnet_tools(text):
    for name in json.loads(text).get("tools", {}):
        yield "nuget", name, DECLARED


# RubyGems: Bundler's LockfileParser documents the format by its source; Gemfile and gemspec are Ruby, of which only plain
# calls with a literal name are read.


def gemfile_lock(text):
    section = None
    for line in text.splitlines():
        if re.match(r"[A-Z ]+$", line):
            section = line.strip()
        match = re.match(r"    ([A-Za-z0-9._-]+) \(", line)
        if match and section == "GEM":
            yield "gem", match[1], RESOLVED


def gemfile(text):
    for line in text.splitlines():
        match = re.match(r"""\s*gem[ (]+["']([^"'#{}]+)["'](.*)""", line)
        if match and not re.search(r"\b(path|git|github|gist|bitbucket)(:| *=>)", match[2]):
            yield "gem", match[1], DECLARED


def gemspec(text):
    for line in text.splitlines():
        match = re.match(r"""\s*\w+\.add_(?:runtime_|development_)?dependency[ (]+["']([^"'#{}]+)["']""", line)
        if match:
            yield "gem", match[1], DECLARED


# Composer: https://getcomposer.org/doc/04-schema.md


def composer(text):
    document = json.loads(text)
    for key in ("require", "require-dev"):
        table = document.get(key) or {}
        for name in table:
            if "/" in name:
                yield "composer", name, DECLARED


def composer_lock(text):
    document = json.loads(text)
    for package in document.get("packages", []) + (document.get("packages-dev") or []):
        yield "composer", package["name"], RESOLVED


# Hex: mix.lock is an Elixir map of tuples, one a line.


def mix_lock(text):
    for match in re.finditer(r'^\s*"[^"]+":\s*\{:hex,\s*:"?([a-zA-Z0-9_]+)"?,', text, re.MULTILINE):
        yield "hex", match[1], RESOLVED


def mix_exs(text):
    bodies = re.findall(r"defp? deps(?:\(\))? do\n(.*?)\n  end\b", text, re.DOTALL)
    for body in bodies:
        body = re.sub(r"(?m)^\s*#.*$", "", body)
        for name, rest in re.findall(r"\{\s*:([a-z0-9_]+)\s*,((?:[^{}]|\{[^{}]*\})*)\}", body):
            if re.search(r"\b(path|git|github|in_umbrella):", rest):
                continue
            other = re.search(r'\bhex:\s*[:"]([a-z0-9_]+)', rest)
            yield "hex", other[1] if other else name, DECLARED


# Swift: Package.resolved, versions 1 to 3; CocoaPods: Podfile.lock.


def package_resolved(text):
    document = json.loads(text)
    for pin in document.get("pins") or document.get("object", {}).get("pins", []):
        place = pin.get("location") or pin.get("repositoryURL", "")
        if pin.get("kind", "remoteSourceControl") == "remoteSourceControl":
            yield "swift", re.sub(r"^(https?://|ssh://git@|git@)", "", place).replace(":", "/").removesuffix(".git"), RESOLVED


def podfile_lock(text):
    section = None
    for line in text.splitlines():
        if line and not line.startswith(" "):
            section = line
        match = re.match(r'  - "?([^/ "]+)', line)
        if match and section == "PODS:":
            yield "cocoapods", match[1], RESOLVED


NAMES = {
    "go.mod": go_mod,
    "pyproject.toml": pyproject,
    "setup.cfg": setup_cfg,
    "Pipfile": pipfile,
    "Pipfile.lock": pipfile_lock,
    "poetry.lock": python_lock,
    "uv.lock": python_lock,
    "pdm.lock": python_lock,
    "Cargo.toml": cargo_toml,
    "Cargo.lock": cargo_lock,
    "pom.xml": Poms,
    "gradle.lockfile": gradle_lock,
    "buildscript-gradle.lockfile": gradle_lock,
    "Directory.Packages.props": msbuild,
    "Directory.Build.props": msbuild,
    "Directory.Build.targets": msbuild,
    "packages.config": packages_config,
    "packages.lock.json": nuget_lock,
    "dotnet-tools.json": dotnet_tools,
    "Gemfile": gemfile,
    "Gemfile.lock": gemfile_lock,
    "composer.json": composer,
    "composer.lock": composer_lock,
    "mix.lock": mix_lock,
    "mix.exs": mix_exs,
    "Package.resolved": package_resolved,
    "Podfile.lock": podfile_lock,
}
PATTERNS = [
    (r"\.(cs|fs|vb)proj$", msbuild),
    (r"\.gemspec$", gemspec),
    (r"(^|/)build\.gradle(\.kts)?$", Gradle),
    (r"(^|/)[^/]*requirements[^/]*\.(txt|in)$", requirements),
    (r"(^|/)requirements/(?![^/]*constraint)[^/]+\.(txt|in)$", requirements),
]

if __name__ == "__main__":
    main(sys.argv[1], "--each" in sys.argv[2:])
