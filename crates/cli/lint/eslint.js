// Runs in Node, as one process for many requests, and calls the project's ESLint: version 6 with
// its CLIEngine, or any later one. A request is a line of JSON, {"id","files"}; the first line is
// {"folder","isAside"}. Answers are lines too: first {"ready": version}, {"missing": true}, {"old":
// version} or {"broken": text}, then {"id","results"}.
//
// A worker reads the requests, so that the process ends together with its parent even while a rule
// runs forever.

"use strict";

const fs = require("fs");
const os = require("os");
const path = require("path");

const print = process.stdout.write.bind(process.stdout);
// Plugins print what they like, but not among the answers.
process.stdout.write = process.stderr.write.bind(process.stderr);

/** Extensions that ESLint lints where nobody says more; others need a parser or a processor. */
const PLAIN = [".js", ".mjs", ".cjs", ".jsx"];

/** Reads lines, in a thread of its own where there are such. */
const READER = `
  const fs = require("fs");
  const { parentPort } = require("worker_threads");
  const chunk = Buffer.alloc(65536);
  let text = [];
  for (;;) {
    let count = 0;
    try { count = fs.readSync(0, chunk, 0, chunk.length, null); } catch (error) {
      if (error.code === "EAGAIN") {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
        continue;
      }
    }
    if (count === 0) process.kill(process.pid, "SIGKILL");
    let from = 0;
    for (let at = 0; at < count; at++) {
      if (chunk[at] !== 10) continue;
      parentPort.postMessage(Buffer.concat([...text, chunk.subarray(from, at)]).toString());
      text = [];
      from = at + 1;
    }
    text.push(Buffer.from(chunk.subarray(from, count)));
  }
`;

let engine;
let queue = Promise.resolve();

listen((line) => {
  queue = queue.then(() => take(JSON.parse(line)));
});

function listen(heard) {
  let threads;
  try { threads = require("worker_threads"); } catch (error) { threads = undefined; }
  if (threads !== undefined) {
    // Node would wait for the worker, which waits for requests.
    process.on("exit", () => process.kill(process.pid, "SIGKILL"));
    new threads.Worker(READER, { eval: true }).on("message", heard);
    return;
  }
  require("readline")
    .createInterface({ input: process.stdin })
    .on("line", heard)
    .on("close", () => process.exit());
}

async function take(request) {
  if (request.folder !== undefined) return begin(request);
  if (engine === undefined) return;
  const results = [];
  for (const file of request.files) results.push(await checked(file));
  tell({ id: request.id, results });
}

async function begin({ folder, isAside }) {
  // Whatever else wants the processor comes first.
  if (isAside && os.setPriority)
    try {
      os.setPriority(10);
    } catch (error) {
      /* It was only a wish. */
    }
  const find = (name) => require.resolve(name, { paths: [folder] });
  let version;
  try {
    version = require(find("eslint/package.json")).version;
  } catch (error) {
    return tell({ missing: true });
  }
  if (parseInt(version, 10) < 6) return tell({ old: version });
  try {
    engine = await opened(folder, find);
    tell({ ready: version });
  } catch (error) {
    tell({ broken: words(error) });
  }
}

/**
 * What lints a text. `config(file)` exists if files without a parser would be read as plain
 * scripts.
 */
async function opened(folder, find) {
  const eslint = require(find("eslint"));
  if (eslint.ESLint === undefined) return oldest(new eslint.CLIEngine({ cwd: folder }));
  const [ESLint, isFlat] = await chosen(eslint, folder, find);
  const linter = new ESLint({ cwd: folder });
  return {
    lint: async (text, file) => (await linter.lintText(text, { filePath: file }))[0],
    config: isFlat ? undefined : (file) => linter.calculateConfigForFile(file),
    isIgnored: (file) => linter.isPathIgnored(file),
  };
}

/**
 * The class for the kind of configuration that the project has, and whether that is the flat kind.
 */
async function chosen(eslint, folder, find) {
  if (eslint.loadESLint) {
    const ESLint = await eslint.loadESLint({ cwd: folder });
    return [ESLint, ESLint.configType !== "eslintrc"];
  }
  try {
    const { FlatESLint, shouldUseFlatConfig } = require(find("eslint/use-at-your-own-risk"));
    if (FlatESLint && shouldUseFlatConfig && (await shouldUseFlatConfig({ cwd: folder })))
      return [FlatESLint, true];
  } catch (error) {
    /* Versions before 8 have no such thing. */
  }
  return [eslint.ESLint, false];
}

function oldest(linter) {
  return {
    lint: async (text, file) => linter.executeOnText(text, file).results[0],
    config: async (file) => linter.getConfigForFile(file),
    isIgnored: async (file) => linter.isPathIgnored(file),
  };
}

async function checked(file) {
  let text;
  try { text = fs.readFileSync(file, "utf8"); } catch (error) { return { file, messages: [] }; }
  try {
    if (await engine.isIgnored(file) || !await isMeant(file)) return { file, messages: [] };
    const result = await engine.lint(text, file);
    return {
      file,
      messages: (result ? result.messages : [])
        .filter((message) => !isAboutIgnoring(message))
        .map(plain),
    };
  } catch (error) {
    return { file, failed: words(error) };
  }
}

/**
 * With the older kind of configuration, ESLint reads every file as a script. Returns whether the
 * configuration can read this file.
 */
async function isMeant(file) {
  const extension = path.extname(file);
  if (engine.config === undefined || PLAIN.includes(extension)) return true;
  const config = await engine.config(file);
  const parsers = [config.parser, config.parserOptions && config.parserOptions.parser]
    .filter((parser) => typeof parser === "string")
    .join(" ");
  const plugins = config.plugins || [];
  if (config.processor || plugins.includes("html")) return true;
  return extension === ".vue"
    ? /vue/.test(config.parser || "") || plugins.includes("vue")
    : /typescript|babel/.test(parsers);
}

function isAboutIgnoring({ ruleId, fatal, message }) {
  return !ruleId && !fatal && /^File ignored /.test(message);
}

function plain({ ruleId, severity, message, line, column, endLine, endColumn }) {
  return {
    rule: ruleId || null,
    isError: severity === 2,
    message,
    line,
    column,
    endLine,
    endColumn,
  };
}

function words(error) {
  return String(error && error.message || error);
}

function tell(answer) {
  print(`${JSON.stringify({ bundle: answer })}\n`);
}
