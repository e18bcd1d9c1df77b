// Builds other people's front ends with `bundle`, as a team would that moves over: `bundle init`,
// the changes a person has to make by hand, a production build, and the built scripts in a page.
//
// node tests/projects/run.mjs BINARY PROJECTS_DIR [FILTER] [--own] [--by-hand] [--json FILE]
//
// FILTER is a part of a name, or several with commas. The files of list/ describe the projects:
// repository, commit, changes by hand, pages (list/README.md). The checkouts, with their packages
// installed, are folders of PROJECTS_DIR; a project without one is skipped. Everything is written
// below PROJECTS_DIR/.work, also what `init` says and writes (NAME.init.txt); the checkouts stay
// as they are. With `--own` the project's own tool builds too, and errors that its page has as
// well do not count. With `--by-hand` the configurations of list/ are used and `bundle init` is
// not asked. Prints a Markdown table; the exit code is 1 if a project fails that does not say so
// in `fails`, or the other way round.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, configure, copyCheckout, runOwnTool } from "./checkout.mjs";
import { countLines } from "./configuration.mjs";
import { loadPages } from "./page.mjs";
import { table, details } from "./table.mjs";

const { binary, folder, filter, options, json } = readArguments(process.argv.slice(2));
const work = join(folder, ".work");
mkdirSync(work, { recursive: true });

const descriptions = fileURLToPath(new URL("list/", import.meta.url));
const list = readdirSync(descriptions)
  .filter((file) => file.endsWith(".json")).sort()
  .map((file) => JSON.parse(readFileSync(join(descriptions, file), "utf8")));
const results = [];
const isWanted = ({ name }) => !filter || filter.split(",").some((part) => name.includes(part));
for (const project of list.filter(isWanted)) {
  if (!existsSync(join(folder, project.checkout ?? project.name))) {
    process.stderr.write(`${project.name}: no checkout\n`);
    continue;
  }
  const result = await runProject(project).catch((error) => broken(project, error));
  results.push(result);
  process.stderr.write(`${project.name}: ${summary(result)}\n`);
  if (json) writeFileSync(json, JSON.stringify(results, null, 2) + "\n");
}
process.stdout.write(table(results, options) + "\n" + details(results));
process.exitCode = results.some(isUnexpected) ? 1 : 0;

/** Everything that one project shows. A step that fails ends it. */
async function runProject(project) {
  const { name, tool, commit, reason = "", fails = "", edits = [] } = project;
  const result = { name, tool, commit, reason, fails, errors: [] };
  result.lines = (project.patch ? countLines(project.patch) : 0) + edits.length;
  const copy = join(work, name);
  const root = copyCheckout(project, folder, copy);
  result.init = configure(project, root, { binary, byHand: options.byHand, copy });
  if (result.init.failed) return { ...result, failed: "init" };
  result.build = build(project, root, binary);
  if (result.build.failed) return { ...result, failed: "build" };
  result.errors = await loadPages(project, root, { built: result.build });
  if (options.own && project.own) {
    const ownRoot = copyCheckout(project, folder, join(work, `${name}.own`));
    result.own = runOwnTool(project, ownRoot);
    if (!result.own.failed) {
      result.ownErrors = await loadPages(project, ownRoot, { own: true });
      const known = new Set(result.ownErrors.map(firstLine));
      result.errors = result.errors.filter((error) => !known.has(firstLine(error)));
    }
  }
  if (result.errors.length) result.failed = "page";
  return result;
}

/** A mistake of a description or of this program is a result too, and the others go on. */
function broken({ name, tool, fails = "" }, { message }) {
  return { name, tool, fails, lines: 0, errors: [message], failed: "harness" };
}

function firstLine(text) {
  // Positions and mangled names differ between two builds of one source.
  return text.split("\n")[0].replace(/\b[\w$]{1,2}\b/g, "x").replace(/\d+/g, "0");
}

function isUnexpected({ failed, fails }) {
  return Boolean(failed) !== Boolean(fails);
}

function summary({ failed, fails, init, build: built, errors }) {
  if (failed && fails) return `fails at ${failed}, as known: ${fails}`;
  const [why = ""] = [init?.failed, built?.failed, errors[0]].filter(Boolean);
  if (failed) return `FAILS at ${failed}: ${why}`.slice(0, 300);
  if (fails) return `passes, but its description says that it fails: ${fails}`;
  return `passes, ${built.files.length} scripts and styles`;
}

function readArguments(given) {
  const options = { own: false, byHand: false };
  const words = [];
  let json;
  for (let at = 0; at < given.length; at++) {
    if (given[at] === "--own") options.own = true;
    else if (given[at] === "--by-hand") options.byHand = true;
    else if (given[at] === "--json") json = given[++at];
    else words.push(given[at]);
  }
  if (words.length < 2) {
    process.stderr.write("node run.mjs BINARY PROJECTS_DIR [FILTER] [--own] [--by-hand]\n");
    process.exit(2);
  }
  const [binary, folder, filter] = words;
  return { binary: resolve(binary), folder: resolve(folder), filter, options, json };
}
