// Runs the commands of the documents, and checks the flags and configurations in them.
//
// node tests/site/commands.mjs REPOSITORY BINARY SCRATCH
//
// Every command of a page runs in a project (projects.mjs), or table.mjs has a reason why it does
// not. A command that the table lacks is a complaint, and so is one in the table that no page has.
// Guides and the pages of PHP have suites that do all of what they say; of these pages only flags
// and configurations are checked here. Needs `npm ci` in site/.

import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { checkExamples } from "./examples.mjs";
import { checkFigures } from "./figures.mjs";
import { read } from "./found.mjs";
import { PROJECTS } from "./projects.mjs";
import { startOfReadme } from "./start.mjs";
import { ANYWHERE, PAGES } from "./table.mjs";
import { checkXtask } from "./xtask.mjs";

const LIMIT = 60_000;
/** Pages with suites of their own: support/guides.rs, recipes.rs, php_packages.rs. */
const HAS_SUITE = /^docs\/(guides\/(?!README)|php\.md|php-packages\.md)/;

const [repository, binary, scratch] = process.argv.slice(2).map((path) => resolve(path));
if (!scratch) {
  console.error("usage: node tests/site/commands.mjs REPOSITORY BINARY SCRATCH");
  process.exit(1);
}
rmSync(scratch, { recursive: true, force: true });

/** Every document, by path. */
function documents() {
  const folders = ["docs", "docs/guides", "docs/design"].flatMap((folder) =>
    readdirSync(join(repository, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  );
  const others = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "fixtures/README.md",
    "php/README.md",
    "npm/bundle/README.md",
  ];
  return [...others, ...folders].map((path) => ({
    path,
    ...read(readFileSync(join(repository, path), "utf8")),
  }));
}

/** A folder of programs: `bundle` is the binary under test, and `npx bundle` too. */
function programs() {
  const folder = join(scratch, "bin");
  mkdirSync(folder, { recursive: true });
  for (const [name, shift] of [
    ["bundle", ""],
    ["npx", "shift\n"],
  ]) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${shift}exec '${binary}' "$@"\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** Runs a line in a folder: `{ code, printed }`. With `until`, only until that is printed. */
function run(line, folder, until) {
  const path = `${join(scratch, "bin")}:${process.env.PATH}`;
  const env = { ...process.env, PATH: path, NO_COLOR: "1", BROWSERSLIST: undefined };
  const child = spawn("sh", ["-c", line], { cwd: folder, env, detached: true });
  const kill = () => process.kill(-child.pid, "SIGKILL");
  return new Promise((done) => {
    let printed = "";
    const timer = setTimeout(() => {
      printed += `\n(nothing after ${LIMIT} ms)`;
      kill();
    }, LIMIT);
    const hear = (text) => {
      printed += text;
      if (until && printed.includes(until)) kill();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("close", (code) => {
      clearTimeout(timer);
      done({ code, printed });
    });
  });
}

let folders = 0;

/** A fresh folder with a project of projects.mjs, or parts of the repository. */
function project({ project: name, repository: parts }) {
  const folder = join(scratch, `${++folders}-${name ?? "repository"}`);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(PROJECTS[name] ?? {})) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const part of parts ?? []) {
    cpSync(join(repository, part), join(folder, part), { recursive: true });
  }
  return folder;
}

/** What is wrong with one command of a page. */
async function tryCommand(page, command, entry) {
  if (entry.reason) return [];
  if (entry.files) {
    return entry.files
      .filter((file) => !existsSync(join(repository, file)))
      .map((file) => `no ${file}`);
  }
  const folder = project(entry);
  const { code, printed } = await run(entry.as ?? command.text, folder, entry.until);
  const complaints = [];
  if (entry.until)
    return printed.includes(entry.until) ? [] : [`prints no ${entry.until}:\n${printed}`];
  if (code !== entry.exit) complaints.push(`ends with ${code}:\n${printed}`);
  for (const text of entry.prints ?? []) {
    if (!printed.includes(text)) complaints.push(`prints no ${text}:\n${printed}`);
  }
  for (const file of entry.writes ?? []) {
    if (!existsSync(join(folder, file))) complaints.push(`does not write ${file}:\n${printed}`);
  }
  complaints.push(...compare(page, command, entry, folder));
  if (command.printed?.length) complaints.push(...printedAs(command.printed, printed));
  if (!complaints.length) rmSync(folder, { recursive: true });
  return complaints;
}

/** Compares written files with what the page shows of them. */
function compare(page, command, { shows = [], below }, folder) {
  const next = page.blocks.find(({ line }) => line > command.line);
  const shown = shows.map((file) => [`dist/${file}`, shownAs(page, `// dist/${file}`)]);
  if (below) shown.push([below, next.text]);
  return shown.flatMap(([file, text]) => {
    if (!text) return [`the page does not show ${file}`];
    return inOrder(text.split("\n"), readFileSync(join(folder, file), "utf8")).map(
      (line) => `${file} has no line ${line}`,
    );
  });
}

/** What a page shows below a line of a block, up to an empty line. */
function shownAs(page, line) {
  const block = page.blocks.find(({ text }) => text.split("\n").includes(line));
  return block?.text.split(`${line}\n`)[1].split("\n\n")[0];
}

/**
 * The lines that a text does not have, or not in this order. White space counts as one space, and
 * `…` stands for anything.
 */
function inOrder(lines, text) {
  let rest = text.replace(/\s+/g, " ");
  return lines
    .map((line) => line.trim())
    .filter((line) => {
      const parts = line.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      const found = new RegExp(parts.join("[^]*?")).exec(rest);
      if (found) rest = rest.slice(found.index + found[0].length);
      return !found;
    });
}

/** Compares what a command prints with what the page says; figures may differ. */
function printedAs(expected, printed) {
  const masked = (lines) =>
    lines.map((line) => line.replace(/\d[\d.,]*/g, "N").trim()).filter(Boolean);
  const got = masked(printed.split("\n"));
  const missing = masked(expected).filter((line) => !got.includes(line));
  return missing.map((line) => `does not print ${line}:\n${printed}`);
}

const pages = documents();
const complaints = [];
const used = new Set();
let count = 0;
programs();
for (const page of pages.filter(({ path }) => !HAS_SUITE.test(path))) {
  for (const command of page.commands) {
    const key = `${page.path} ${command.text}`;
    const own = PAGES[page.path]?.[command.text];
    const entry = own ?? ANYWHERE[command.text];
    const isKnown = used.has(own ? key : command.text);
    used.add(own ? key : command.text);
    const place = `${page.path}:${command.line}: ${command.text}`;
    if (isKnown) continue;
    count += 1;
    if (!entry && command.text.startsWith("cargo xtask")) {
      complaints.push(...checkXtask(repository, command.text).map((what) => `${place}: ${what}`));
    } else if (!entry) {
      complaints.push(`${place}: table.mjs has no such command`);
    } else {
      const wrong = await tryCommand(page, command, entry);
      complaints.push(...wrong.map((what) => `${place}: ${what}`));
    }
  }
}
for (const [path, commands] of Object.entries({ ...PAGES, "": ANYWHERE })) {
  for (const text of Object.keys(commands)) {
    if (!used.has(path ? `${path} ${text}` : text))
      complaints.push(`table.mjs: ${path}: no page has ${text}`);
  }
}
complaints.push(...(await startOfReadme({ repository, folder: join(scratch, "start"), run })));
const tools = { repository, scratch, run, inOrder, bin: join(scratch, "bin") };
complaints.push(...(await checkFigures(tools)));
complaints.push(...(await checkExamples({ repository, pages, run, scratch })));
for (const complaint of complaints) console.error(complaint);
console.log(`${count} commands on ${pages.length} pages, ${complaints.length} complaints`);
process.exit(complaints.length ? 1 : 0);
