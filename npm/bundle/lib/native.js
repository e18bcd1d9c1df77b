// The program of this platform: where it is, how it runs, and what is said where there is none.

"use strict";

const { spawn } = require("node:child_process");
const { dirname, join } = require("node:path");
const platforms = require("./platforms.json");

/**
 * Returns `{ binary }`. If there is no binary, returns `{ name, others }`: the package that would
 * bring it, if this platform has one, and the packages of other platforms that are installed.
 */
function find() {
  const named = process.env.BUNDLE_BINARY;
  if (named) return { binary: named };
  const fitting = platforms.filter(
    ({ os, cpu }) => os === process.platform && cpu === process.arch,
  );
  const installed = fitting
    .map(({ name, libc }) => ({ libc, folder: folderOf(name) }))
    .filter(({ folder }) => folder !== null);
  // npm installs what fits. Other tools install both of Linux, and only then somebody has to ask.
  const chosen =
    installed.length > 1 ? installed.find(({ libc }) => libc === ownLibc()) : installed[0];
  if (chosen === undefined)
    return {
      name: fitting.find(({ libc }) => libc === undefined || libc === ownLibc())?.name,
      others: platforms.filter((it) => !fitting.includes(it) && folderOf(it.name) !== null),
    };
  return { binary: join(chosen.folder, process.platform === "win32" ? "bundle.exe" : "bundle") };
}

function folderOf(name) {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return null;
  }
}

function ownLibc() {
  // Only glibc is in the report.
  return process.report.getReport().header.glibcVersionRuntime === undefined ? "musl" : "glibc";
}

/** Says, in one line, that the WebAssembly build does the work, and why. Once in a process. */
function without({ name, others: [other] }) {
  if (without.isSaid) return;
  without.isSaid = true;
  const own = `${process.platform}-${process.arch}`;
  let why = `${name} is not installed (npm install --include=optional brings it)`;
  if (name === undefined)
    why = `there is no program for ${own} (BUNDLE_BINARY can name one that was built from source)`;
  else if (other !== undefined)
    why =
      `${name} is not installed, but ${other.name}: node_modules is of another system than this ` +
      `(${own}; remove node_modules and run npm install here)`;
  process.stderr.write(`bundle: the slower WebAssembly build is used, because ${why}\n`);
}

/** Lets the program take the place of this one: streams, signals, and how it ends. */
function run(binary, words) {
  const child = spawn(binary, words, { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`bundle: ${binary} cannot be run: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    if (signal === null) {
      process.exitCode = code;
      return;
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** Starts the program for a request. `command`: what it does; `isKept`: more lines follow the text. */
function start(binary, { cwd, config, text, mode, entries }, command, isKept = false) {
  const file = text === undefined ? config : "-";
  const words = [
    "--log-format",
    "json",
    ...(file === undefined ? [] : ["--config", file]),
    ...(mode === undefined ? [] : ["--mode", mode]),
  ];
  const child = spawn(binary, [...words, ...command, "--", ...entries], { cwd, windowsHide: true });
  // It may end before it has read everything.
  child.stdin.on("error", () => {});
  if (!isKept) child.stdin.end(text ?? "");
  else if (text !== undefined) child.stdin.write(`${text}\0`);
  return child;
}

/** Does what a request says in a process of its own: `{ outputs, diagnostics, answer }`. */
function build(binary, request, command = ["build"]) {
  const { cwd } = request;
  return new Promise((resolve, reject) => {
    const child = start(binary, request, command);
    const said = { stdout: "", stderr: "" };
    for (const stream of Object.keys(said))
      child[stream].setEncoding("utf8").on("data", (part) => (said[stream] += part));
    child.on("error", (error) =>
      reject(new Error(`${binary} cannot be run in ${cwd}: ${error.message}`)),
    );
    child.on("close", (code, signal) => {
      const diagnostics = objects(said.stderr);
      const isBuild = command[0] === "build";
      const outputs = isBuild ? objects(said.stdout).filter(isOutput).map(outputOf) : [];
      const hasErrors = diagnostics.some(({ severity }) => severity === "error");
      if (code !== 0 && !hasErrors)
        reject(new Error(`${binary} ended with ${signal ?? code}: ${said.stderr.trim()}`));
      else
        resolve({
          outputs,
          diagnostics,
          answer: isBuild ? undefined : said.stdout,
        });
    });
  });
}

/** Whether a line is about a file, and what the API says of the file. */
const isOutput = ({ output }) => output !== undefined;
const outputOf = ({ output, bytes, changed }) => ({ path: output, bytes, changed });

/** Lines of JSON. Lines that are not JSON objects are not ours. */
function objects(text) {
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
}

/** Calls `take` with each line of JSON of a stream, and `other` with the text of every other line. */
function lines(stream, take, other = () => {}) {
  let unread = "";
  stream.setEncoding("utf8").on("data", (part) => {
    const whole = (unread + part).split("\n");
    unread = whole.pop();
    for (const line of whole) {
      if (line.startsWith("{")) take(JSON.parse(line));
      else other(`${line}\n`);
    }
  });
}

module.exports = { find, run, start, build, lines, isOutput, outputOf, without };
