// Carries a configuration over with `bundle init`, builds, and compares with what is expected.
//
// node --experimental-vm-modules tests/init/run.mjs BINARY WORK NAME… [--bless]
//
// BINARY is `bundle`, WORK a folder for the copies, NAME a folder of cases/. Checked are: `init`
// changes no file of the project, so nothing was run; what it says was not carried over; the files
// that the build writes; what pages log. The exit code is 1 if something differs. With `--bless`
// the notes and the list of files in expected.json are rewritten; own.mjs writes the logs.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { EXPECTED, copy, differences, names, outputs, pages, read, snapshot, written } from "./case.mjs";

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const isBlessing = process.argv.includes("--bless");
const [binary, work, ...wanted] = words;
for (const name of wanted.length ? wanted : names()) {
  const test = read(name);
  const root = resolve(work, name);
  const problems = await check(test, root).catch((error) => [error.stack]);
  if (problems.length) {
    process.stdout.write(`${name}: ${test.about}\n${problems.join("\n")}\nin ${root}\n`);
    process.exitCode = 1;
  }
}

async function check(test, root) {
  copy(test, root);
  const start = snapshot(root);
  const init = bundle(["init", ...(test.init ?? [])], root);
  if (init.status !== 0) return [`bundle init fails:\n${init.stderr}`];
  const configured = snapshot(root);
  const isOurs = (path) =>
    ["bundle.config.json", "postcss.config.js"].includes(path) || path.startsWith("bundle.entries/");
  const changed = written(start, configured).filter((path) => !isOurs(path) || start.has(path));
  const build = bundle(["--no-cache", ...(test.flags ?? [])], root);
  if (build.status !== 0) return [`bundle fails:\n${build.stderr}`, config(root)];
  const files = written(configured, snapshot(root));
  const found = {
    files: outputs(files),
    notes: notes(init.stdout),
    warnings: [...build.stderr.matchAll(/^warning\[([\w-]+)\]/gm)].map(([, code]) => code),
    logs: await pages(test, root, files),
  };
  if (isBlessing) return bless(test, found);
  const problems = [
    ...changed.map((path) => `init wrote ${path}`),
    ...["files", "notes", "warnings", "logs"].flatMap((key) =>
      differences(key, test[key] ?? [], found[key])),
  ];
  return problems.length ? [...problems, config(root)] : [];
}

function bundle(given, cwd) {
  return spawnSync(resolve(binary), given, { cwd, encoding: "utf8", timeout: 60_000 });
}

/** The lines below "not carried over:", without what to do. */
function notes(said) {
  const [, list = ""] = said.split("not carried over:\n");
  return list.split("\n\nnext:")[0].split("\n").filter((line) => /^  \S/.test(line))
    .map((line) => line.trim());
}

function config(root) {
  return readFileSync(join(root, "bundle.config.json"), "utf8");
}

function bless({ name, path, ...test }, found) {
  const { files, notes, warnings } = found;
  const whole = { ...test, files, notes, warnings, logs: test.logs ?? found.logs };
  if (!warnings.length) delete whole.warnings;
  writeFileSync(join(path, EXPECTED), JSON.stringify(whole, null, 2) + "\n");
  return [];
}
