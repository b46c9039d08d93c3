// Oracle for dependency names in manifests and lock files whose own tools are written in JavaScript, or whose syntax needs
// a library. Reads a folder, prints one JSON line a dependency, as manifests.py does. It never runs what it reads and needs
// no network.
//
// Usage: node manifests.mjs FOLDER
import { readdirSync, readFileSync, mkdtempSync, writeFileSync, rmSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { tmpdir } from "node:os";
import Arborist from "@npmcli/arborist";
import npa from "npm-package-arg";
import lockfile from "@yarnpkg/lockfile";
import { parseSyml } from "@yarnpkg/parsers";
import { parse as parseYaml, parseAllDocuments } from "yaml";
import { DockerfileParser } from "dockerfile-ast";
import { parse as parseHcl } from "@cdktf/hcl2json";

const DECLARED = "declared";
const RESOLVED = "resolved";

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

// npm: what a specifier names, by npm's own reader. Nothing for the repository's own packages and for other sources.
function npmName(key, spec) {
  if (typeof spec !== "string" || /^(workspace|link|portal|file|patch|exec):/.test(spec)) return [];
  if (/^(catalog):/.test(spec)) return [key];
  const parsed = npa.resolve(key, spec.replace(/^jsr:.*/, ""));
  if (spec.startsWith("jsr:")) return [];
  if (parsed.type === "alias") return [parsed.subSpec.name];
  return ["version", "range", "tag"].includes(parsed.type) ? [key] : [];
}

function packageJson(text) {
  const document = JSON.parse(text);
  const names = [];
  for (const key of ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"]) {
    for (const [name, spec] of Object.entries(document[key] ?? {})) names.push(...npmName(name, spec));
  }
  return names.map((name) => ["npm", name, DECLARED]);
}

// npm's own lock reader. It wants a package.json beside the lock file; the root entry of the lock file is one.
async function packageLock(text) {
  const folder = mkdtempSync(join(tmpdir(), "oracle-"));
  try {
    writeFileSync(join(folder, "package-lock.json"), text);
    const root = JSON.parse(text).packages?.[""] ?? {};
    writeFileSync(join(folder, "package.json"), JSON.stringify(root));
    const tree = await new Arborist({ path: folder }).loadVirtual();
    const names = [];
    for (const node of tree.inventory.values()) {
      if (node.isRoot || node.isLink || node.isWorkspace || !node.location.includes("node_modules/")) continue;
      if (/^(git|file)/.test(node.resolved ?? "")) continue;
      names.push(node.packageName ?? node.name);
    }
    return names.map((name) => ["npm", name, RESOLVED]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function yarnLock(text) {
  const names = [];
  if (/^__metadata:/m.test(text)) {
    for (const [key, value] of Object.entries(parseSyml(text))) {
      const match = /^(@?[^@]+)@npm:/.exec(value.resolution ?? "");
      if (key !== "__metadata" && match) names.push(match[1]);
    }
  } else {
    const { type, object } = lockfile.parse(text);
    if (type !== "success") throw new Error(type);
    for (const key of Object.keys(object)) {
      const at = key.indexOf("@", 1);
      names.push(...npmName(key.slice(0, at), key.slice(at + 1)));
    }
  }
  return names.map((name) => ["npm", name, RESOLVED]);
}

// https://github.com/pnpm/spec/tree/master/lockfile: the keys of `packages` are package ids.
function pnpmLock(text) {
  const names = [];
  for (const document of parseAllDocuments(text).map((one) => one.toJS() ?? {})) {
    const old = parseFloat(document.lockfileVersion) < 6;
    for (const [key, value] of Object.entries(document.packages ?? {})) {
      const id = key.replace(/^\//, "");
      const match = old ? /^((?:@[^/]+\/)?[^/]+)\/\d/.exec(id) : /^((?:@[^/]+\/)?[^@/]+)@\d/.exec(id);
      if (match) names.push(match[1]);
      else if (value?.name && !/^(file:|link:|https?:|git)/.test(id) && !value?.resolution?.directory) names.push(value.name);
    }
  }
  return names.map((name) => ["npm", name, RESOLVED]);
}

// https://dart.dev/tools/pub/pubspec
function pubspec(text) {
  const document = parseYaml(text) ?? {};
  const rows = [];
  for (const key of ["dependencies", "dev_dependencies", "dependency_overrides"]) {
    for (const [name, value] of Object.entries(document[key] ?? {})) {
      const elsewhere = value && typeof value === "object" && ["sdk", "path", "git"].some((one) => one in value);
      if (!elsewhere) rows.push(["pub", value?.hosted?.name ?? name, DECLARED]);
    }
  }
  return rows;
}

function pubspecLock(text) {
  const packages = Object.entries((parseYaml(text) ?? {}).packages ?? {});
  return packages.filter(([, value]) => value.source === "hosted").map(([name]) => ["pub", name, RESOLVED]);
}

// https://helm.sh/docs/topics/charts/#the-chartyaml-file
function helm(kind) {
  return (text) => {
    const document = parseYaml(text) ?? {};
    return (document.dependencies ?? []).flatMap(({ name, repository }) => {
      const place = repository ?? "";
      if (place.startsWith("file:") || !name) return [];
      const base = /^(https?|oci):\/\//.test(place) ? place.replace(/^\w+:\/\//, "").replace(/\/+$/, "") + "/" : "";
      return [["helm", base + name, kind]];
    });
  };
}

// An image without tag and digest; a variable in those leaves the name known.
function image(text) {
  if (typeof text !== "string") return [];
  const name = /^((?:[^/:@\s]+(?::\d+)?\/)?[^:@\s]+)(?:[:@].*)?$/.exec(text)?.[1];
  return !name || /[${}<>]/.test(name) || name === "scratch" ? [] : [["docker", name, DECLARED]];
}

function dockerfile(text) {
  const file = DockerfileParser.parse(text);
  const defaults = new Map();
  for (const instruction of file.getInitialARGs?.() ?? []) {
    const property = instruction.getProperty?.();
    if (property) defaults.set(property.getName(), property.getValue());
  }
  const stages = new Set();
  const rows = [];
  for (const from of file.getFROMs()) {
    const written = from.getImage() ?? "";
    const name = written.replace(/\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)/g, (all, braced, other, plain) => {
      return defaults.get(braced ?? plain) ?? other ?? all;
    });
    if (!stages.has(name.toLowerCase())) rows.push(...image(name));
    const stage = from.getBuildStage();
    if (stage) stages.add(stage.toLowerCase());
  }
  // What is copied from is a stage, its number, or an image.
  for (const instruction of file.getInstructions()) {
    if (instruction.getKeyword() !== "COPY") continue;
    const flag = instruction.getFlags?.().find((one) => one.getName() === "from")?.getValue();
    if (flag && !/^\d+$/.test(flag) && !stages.has(flag.toLowerCase())) rows.push(...image(flag));
  }
  return rows;
}

function compose(text) {
  const services = Object.values((parseYaml(text, { merge: true }) ?? {}).services ?? {});
  // An image beside `build` is the name that the build gets, none that is fetched.
  return services.flatMap((service) => (service && !service.build ? image(service.image) : []));
}

// https://docs.github.com/actions/reference/workflow-syntax-for-github-actions
function workflow(text) {
  const document = parseYaml(text) ?? {};
  const rows = [];
  const uses = (value) => {
    if (typeof value !== "string" || /^\.{1,2}\//.test(value) || /[${}]/.test(value)) return;
    if (value.startsWith("docker://")) rows.push(...image(value.slice(9)));
    else if (/^[^/@\s]+\/[^@\s]+@/.test(value)) rows.push(["github-actions", value.split("@")[0], DECLARED]);
  };
  const steps = (list) => Array.isArray(list) && list.forEach((step) => uses(step?.uses));
  for (const job of Object.values(document.jobs ?? {})) {
    uses(job?.uses);
    steps(job?.steps);
    const container = job?.container;
    rows.push(...image(typeof container === "string" ? container : container?.image));
    for (const service of Object.values(job?.services ?? {})) rows.push(...image(service?.image));
  }
  steps(document.runs?.steps);
  if (document.runs?.image?.startsWith?.("docker://")) rows.push(...image(document.runs.image.slice(9)));
  return rows;
}

// https://developer.hashicorp.com/terraform/language: HashiCorp's own reader, compiled to WebAssembly.
async function terraform(text, path) {
  const document = await parseHcl(basename(path), text);
  const rows = new Set();
  const list = (value) => (Array.isArray(value) ? value : value ? [value] : []);
  for (const block of list(document.terraform)) {
    for (const table of list(block.required_providers)) {
      for (const [name, value] of Object.entries(table)) rows.add(value?.source ?? `hashicorp/${name}`);
    }
  }
  // A provider without a source is HashiCorp's: https://developer.hashicorp.com/terraform/language/providers/requirements
  const required = new Set(list(document.terraform).flatMap((one) => list(one.required_providers).flatMap(Object.keys)));
  for (const name of Object.keys(document.provider ?? {})) if (!required.has(name)) rows.add(`hashicorp/${name}`);
  for (const modules of Object.values(document.module ?? {})) {
    for (const one of list(modules)) {
      const source = one.source ?? "";
      if (/^\.{1,2}\//.test(source) || /\$\{/.test(source) || !source) continue;
      rows.add(terraformSource(source));
    }
  }
  return [...rows].map((name) => ["terraform", name, DECLARED]);
}

function terraformSource(source) {
  const bare = source
    .replace(/^git::/, "")
    .replace(/^(https?|ssh):\/\//, "")
    .replace(/^git@/, "")
    .split("?")[0];
  return source === bare ? bare.split("//")[0] : bare.replace(":", "/").split("//")[0].replace(/\.git$/, "");
}

// https://pre-commit.com/#adding-pre-commit-plugins-to-your-project
function preCommit(text) {
  const document = parseYaml(text) ?? {};
  return (document.repos ?? [])
    .filter(({ repo }) => repo && repo !== "local" && repo !== "meta")
    .map(({ repo }) => ["pre-commit", repo.replace(/^\w+:\/\//, "").replace(/^git@/, "").replace(/\.git$|\/$/, ""), DECLARED]);
}

const NAMES = {
  "package.json": packageJson,
  "package-lock.json": packageLock,
  "npm-shrinkwrap.json": packageLock,
  "yarn.lock": yarnLock,
  "pnpm-lock.yaml": pnpmLock,
  "pubspec.yaml": pubspec,
  "pubspec.lock": pubspecLock,
  "Chart.yaml": helm(DECLARED),
  "requirements.yaml": helm(DECLARED),
  "Chart.lock": helm(RESOLVED),
  "action.yml": workflow,
  "action.yaml": workflow,
  ".pre-commit-config.yaml": preCommit,
};
const PATTERNS = [
  [/(^|\/)(Dockerfile|Containerfile)(\.[^/]+)?$|\.[Dd]ockerfile$/, dockerfile],
  [/(^|\/)(docker-)?compose(\.[^/]+)?\.ya?ml$/, compose],
  [/(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/, workflow],
  [/\.tf$/, terraform],
];

function readerOf(path) {
  return Object.hasOwn(NAMES, basename(path)) ? NAMES[basename(path)] : PATTERNS.find(([pattern]) => pattern.test(path))?.[1];
}

const emit = (row) => process.stdout.write(JSON.stringify(row) + "\n");
const root = process.argv[2];
for (const file of walk(root)) {
  const path = relative(root, file);
  const reader = readerOf(path);
  if (!reader) continue;
  try {
    const rows = await reader(readFileSync(file, "utf8").replace(/^\uFEFF/, ""), path);
    const unique = [...new Set(rows.map((row) => JSON.stringify(row)))].sort().map((row) => JSON.parse(row));
    emit({ path, read: true });
    for (const [ecosystem, name, kind] of unique) emit({ path, ecosystem, name, kind });
  } catch (error) {
    emit({ path, refused: String(error?.message ?? error).split("\n")[0] });
  }
}
