// Oracle for CODEOWNERS: @snyk/github-codeowners, which matches by node-ignore. Reads a file of JSON lines
// {"file": …, "text": …, "paths": […]}, prints {"file": …, "path": …, "owners": […]} for each path.
//
// The package refuses comments behind a rule, which GitHub allows: they are cut off before. It refuses whole files for one
// malformed owner; such files are printed as {"file": …, "refused": "why"}.
//
// Usage: node code_owners.mjs QUESTIONS
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { OwnershipEngine } = require("@snyk/github-codeowners/dist/lib/ownership/OwnershipEngine.js");
const folder = mkdtempSync(join(tmpdir(), "oracle-"));
const emit = (row) => process.stdout.write(JSON.stringify(row) + "\n");

for (const line of readFileSync(process.argv[2], "utf8").split("\n").filter(Boolean)) {
  const { file, text, paths } = JSON.parse(line);
  const place = join(folder, "CODEOWNERS");
  const plain = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((one) => one.replace(/\s#.*$/, "").trim())
    .filter((one) => one && !one.startsWith("#"));
  writeFileSync(place, plain.join("\n"));
  try {
    const engine = OwnershipEngine.FromCodeownersFile(place);
    for (const path of paths) emit({ file, path, owners: engine.calcFileOwnership(path) });
  } catch (error) {
    emit({ file, refused: String(error?.message ?? error).split("\n")[0] });
  }
}
rmSync(folder, { recursive: true });
