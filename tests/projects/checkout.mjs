// One project's folder below PROJECTS_DIR/.work: a copy of the checkout, its configuration, its
// build, and the build of its own tool. The packages are hard links, so a copy takes seconds; no
// build tool may change them in place.

import { spawnSync } from "node:child_process";
import {
  cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { mergePatch, parseWithComments } from "./configuration.mjs";

const CONFIGURATION = "bundle.config.json";
/** What no front end build reads; PHP's packages are large. */
const SKIPPED = new Set(["node_modules", ".git", "vendor"]);
const LIMIT_MS = 420_000;

/** Copies the checkout and gives the folder in which the tools run. */
export function copyCheckout(project, folder, copy) {
  const checkout = join(folder, project.checkout ?? project.name);
  for (const old of existsSync(copy) ? readdirSync(copy) : [])
    if (old !== "node_modules") rmSync(join(copy, old), { recursive: true, force: true });
  const isKept = (path) =>
    path === checkout || project.keep?.includes(relative(checkout, path)) ||
    !SKIPPED.has(basename(path)) || isDeepVendor(path, checkout);
  cpSync(checkout, copy, { recursive: true, filter: isKept, verbatimSymlinks: true });
  const root = join(copy, project.folder ?? ".");
  for (const at of new Set([".", project.folder ?? "."]))
    linkPackages(join(checkout, at, "node_modules"), join(copy, at, "node_modules"));
  for (const { file, from, to } of project.edits ?? []) edit(join(root, file), from, to);
  return root;
}

/** Composer's `vendor` lies at the top; folders of that name below it are sources. */
function isDeepVendor(path, checkout) {
  return basename(path) === "vendor" && dirname(path) !== checkout;
}

function linkPackages(from, to) {
  if (!existsSync(from) || existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  const { status } = spawnSync("cp", ["-al", from, to], { stdio: "ignore" });
  if (status === 0) return;
  rmSync(to, { recursive: true, force: true });
  symlinkSync(from, to);
}

function edit(file, from, to) {
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(file, text.replace(from, () => to));
}

/** Writes bundle.config.json: `bundle init` or the one by hand, with what a person changes. */
export function configure(project, root, { binary, byHand, copy }) {
  const file = join(root, CONFIGURATION);
  const answer = { said: "", isByHand: byHand };
  if (byHand) {
    if (!project.config) return { ...answer, failed: "its description has no configuration" };
    writeFileSync(file, JSON.stringify(project.config, null, 2) + "\n");
    return answer;
  }
  rmSync(file, { force: true });
  const { status, out, said } = run([binary, "init", ...(project.init ?? [])], root);
  answer.said = out === said ? out : `${out}\n${said}`;
  const isWritten = status === 0 && existsSync(file);
  answer.written = isWritten ? readFileSync(file, "utf8") : "";
  writeFileSync(`${copy}.init.txt`, `${answer.said}\n${answer.written}`);
  if (!isWritten) return { ...answer, failed: firstError(answer.said) };
  if (project.patch) {
    const patched = mergePatch(parseWithComments(answer.written), project.patch);
    writeFileSync(file, JSON.stringify(patched, null, 2) + "\n");
  }
  return answer;
}

/** A production build, with its diagnostics by code, its time and its bytes. */
export function build(project, root, binary) {
  const metafile = join(root, "bundle-meta.json");
  const started = Date.now();
  const { status, out, said } = run(
    [binary, "build", "--no-cache", "--log-format", "json", "--metafile", metafile],
    root,
  );
  const ms = Date.now() - started;
  const diagnostics = readLines(said).filter(({ severity }) => severity);
  const answer = { ms, diagnostics, warnings: countByCode(diagnostics, "warning") };
  if (status !== 0) {
    const [error] = diagnostics.filter(({ severity }) => severity === "error");
    const place = error?.file ? ` (${error.file}:${error.line})` : "";
    const failed = error ? `${error.code}: ${error.message}${place}` : lastLine(said);
    return { ...answer, failed, errors: countByCode(diagnostics, "error") };
  }
  const written = readLines(out).flatMap(({ output }) => output ?? []);
  const files = written.filter(isScriptOrStyle).map((file) => join(root, file));
  const outputs = JSON.parse(readFileSync(metafile, "utf8")).outputs;
  return { ...answer, files, outputs, written, ...measure(files) };
}

/** The project's own tool, where a person says how it is called. */
export function runOwnTool(project, root) {
  const { command, outputs, clean = [], env = {} } = project.own;
  // A tool that finds its file with the same bytes leaves it as it is, and it would not count.
  for (const file of clean) rmSync(join(root, file), { recursive: true, force: true });
  const started = Date.now();
  const { status, out, said } = run(["bash", "-c", command], root, {
    NODE_ENV: "production",
    DISABLE_V8_COMPILE_CACHE: "1",
    NODE_OPTIONS: "--openssl-legacy-provider",
    PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}`,
    ...env,
  });
  const ms = Date.now() - started;
  // A file system may round times down to the second.
  const isNew = (file) => statSync(file).mtimeMs >= started - 1000;
  const files = outputs.flatMap((folder) => filesBelow(join(root, folder)))
    .filter(isScriptOrStyle).filter(isNew);
  const all = `${out}\n${said}`;
  const answer = { ms, files, said: all.slice(0, 4000), ...measure(files) };
  if (status !== 0) return { ...answer, failed: firstError(all) };
  return files.length ? answer : { ...answer, failed: "it wrote no scripts and styles" };
}

function run(command, cwd, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command[0], command.slice(1), {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: LIMIT_MS,
  });
  const said = error ? `${stderr}\n${error.message}` : `${stderr}`;
  return { status: status ?? 1, out: stdout ?? "", said: said.trim() ? said : (stdout ?? "") };
}

function readLines(text) {
  return text.split("\n").flatMap((line) => {
    try {
      return line.startsWith("{") ? [JSON.parse(line)] : [];
    } catch {
      return [];
    }
  });
}

function countByCode(diagnostics, wanted) {
  const counts = {};
  for (const { code, severity } of diagnostics)
    if (severity === wanted) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function firstError(text) {
  return text.split("\n").find((line) => /error|cannot/i.test(line))?.trim() ?? lastLine(text);
}

function lastLine(text) {
  return text.trim().split("\n").at(-1) ?? "";
}

function isScriptOrStyle(file) {
  return [".js", ".css"].includes(extname(file));
}

function measure(files) {
  let bytes = 0;
  let gzip = 0;
  for (const file of files) {
    const content = readFileSync(file);
    bytes += content.length;
    gzip += gzipSync(content, { level: 9 }).length;
  }
  return { bytes, gzip };
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
