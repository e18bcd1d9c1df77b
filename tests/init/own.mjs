// Builds the cases with their own tools, and compares what these write and what the pages log with
// expected.json. Not a part of the tests: it installs the tools.
//
// node --experimental-vm-modules tests/init/own.mjs [NAME…] [--write] [--tools FOLDER]
//
// tools.json names the packages of each tool; they are installed below FOLDER, by default below
// the folder for temporary files, and the cases are built there. Packages of a case's own
// node_modules that the tool has too are left out of the copy. With `--write` the logs of the tool
// go to expected.json, and its files where they differ from ours. Prints a table in Markdown.

import { spawnSync } from "node:child_process";
import {
  cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  EXPECTED, copy, differences, names, outputs, pages, read, snapshot, written,
} from "./case.mjs";

const given = process.argv.slice(2);
const at = given.indexOf("--tools");
const [, folder = join(tmpdir(), "bundle-init-own")] = at < 0 ? [] : given.splice(at, 2);
const isWriting = given.includes("--write");
const words = given.filter((word) => !word.startsWith("--"));
const wanted = names().filter((name) => !words.length || words.some((word) => name.includes(word)));
const tools = JSON.parse(readFileSync(new URL("tools.json", import.meta.url), "utf8"));
const LIMIT_MS = 240_000;

const rows = [["case", "tool", "files", "pages"], ["---", "---", "---", "---"]];
for (const name of wanted) {
  const test = read(name);
  const { problems, row } = await compare(test).catch((error) => ({ problems: [error.stack] }));
  rows.push(row ?? [name, test.tool, "fails", ""]);
  if (problems.length) process.stderr.write(`${name}\n${problems.join("\n")}\n`);
  if (problems.length) process.exitCode = 1;
}
process.stdout.write(rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n") + "\n");

async function compare(test) {
  const tool = tools[test.tool];
  if (!tool) return { problems: [], row: [test.name, test.why ?? "", "", "not compared"] };
  const home = join(folder, test.tool);
  install(tool, home);
  const root = join(home, "cases", test.name);
  const isOfTool = (path) => {
    const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
    return name in tool.packages && !test.keep?.includes(name);
  };
  copy(test, root, (path) => !isOfTool(path));
  const own = join(root, "node_modules");
  const stubs = existsSync(own);
  if (stubs) renameSync(own, `${own}.own`);
  run("cp", ["-al", join(home, "node_modules"), own]);
  if (stubs) {
    for (const name of packages(`${own}.own`)) rmSync(join(own, name), { recursive: true, force: true });
    cpSync(`${own}.own`, own, { recursive: true });
    rmSync(`${own}.own`, { recursive: true });
  }
  const before = snapshot(root);
  const { status, stdout, stderr } = spawnSync("bash", ["-c", test.command], {
    cwd: root, encoding: "utf8", timeout: LIMIT_MS, maxBuffer: 1 << 28,
    env: {
      ...process.env, NODE_ENV: "production", NODE_OPTIONS: "--openssl-legacy-provider",
      DISABLE_V8_COMPILE_CACHE: "1",
      PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}`, ...test.env,
    },
  });
  if (status !== 0) throw new Error(`${test.command}: ${status}\n${stdout}\n${stderr}`);
  const files = written(before, snapshot(root)).filter((path) => !test.written?.includes(path));
  const found = { files: outputs(files), logs: await pages(test.own?.pages ? test.own : test, root, files) };
  if (isWriting) return write(test, found, version(tool, home));
  const problems = [
    ...differences("files", test.own?.files ?? test.files, found.files),
    ...differences("logs", test.own?.logs ?? test.logs, found.logs),
  ];
  return { problems, row: row(test, problems, version(tool, home)) };
}

function run(program, words) {
  const { status, stderr } = spawnSync(program, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
}

/** The packages of a folder, with their scopes. */
function packages(folder) {
  return readdirSync(folder).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(folder, name)).map((each) => `${name}/${each}`) : [name]);
}

function install({ packages, overrides }, home) {
  const done = join(home, "node_modules/.done");
  if (existsSync(done)) return;
  mkdirSync(home, { recursive: true });
  const manifest = { private: true, dependencies: packages, overrides };
  writeFileSync(join(home, "package.json"), JSON.stringify(manifest, null, 2));
  const flags = ["--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status, stderr } = spawnSync("npm", ["install", ...flags], { cwd: home, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm install of ${home}:\n${stderr}`);
  writeFileSync(done, "");
}

function version({ main }, home) {
  const file = join(home, "node_modules", main, "package.json");
  return `${main} ${JSON.parse(readFileSync(file, "utf8")).version}`;
}

/** `own` has what the tool writes or logs otherwise, and `why` says why that is right. */
function row({ name, files, own = {} }, problems, tool) {
  const listed = own.files ?? files;
  const more = files.filter((file) => !listed.includes(file)).length;
  const less = listed.filter((file) => !files.includes(file)).length;
  const same = more + less ? `${files.length}, ${more} more, ${less} fewer` : `${files.length}`;
  return [name, tool, same, problems.length ? "differ" : own.logs ? "differ, see why" : "the same"];
}

function write({ name, path, ...test }, found, tool) {
  const own = { ...test.own };
  const isSame = JSON.stringify(found.files) === JSON.stringify(test.files);
  if (isSame) delete own.files;
  else own.files = found.files;
  const whole = { ...test, own };
  if (!test.own?.logs) whole.logs = found.logs;
  else own.logs = found.logs;
  if (!Object.keys(own).length) delete whole.own;
  writeFileSync(join(path, EXPECTED), JSON.stringify(whole, null, 2) + "\n");
  return { problems: [], row: row({ ...whole, name, files: test.files ?? [] }, [], tool) };
}
