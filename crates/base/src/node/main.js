// The Node process of a project: it evaluates the configuration and runs plugins. Both sides write
// one JSON text a line. A request is {"id", "do", …}; its answer is {"bundle": {"id", "value" or
// "failure"}}. While a request is under way the process may ask back, {"bundle": {"back", "of",
// "ask"}}, and gets {"back", "value"}. It ends with its input. Node 14 and later can run it.
// node.rs joins the files of this folder, and makes them the body of a function with the parameters
// `require`, `importModule` (`import` itself, which a function made of a text lacks) and `unread`.

const { spawnSync } = require("child_process");
const { existsSync, readFileSync, statSync } = require("fs");
const { createRequire, register } = require("module");
const { basename, dirname, extname, isAbsolute, join, relative, resolve } = require("path");
const { fileURLToPath, pathToFileURL } = require("url");
const { isModuleNamespaceObject } = require("util").types;
const { runInNewContext } = require("vm");

const print = process.stdout.write.bind(process.stdout);
// What configurations and plugins print must not mix with the answers.
process.stdout.write = process.stderr.write.bind(process.stderr);
// Scripts compare it with their own path to see whether they are run or imported. `-e` leaves it out.
if (process.argv[1] === undefined) process.argv[1] = process.execPath;

const REQUESTS = {
  evaluate: (request) => withoutInput(() => evaluate(request)),
  plugins: loadPlugins,
  resolve: resolveByPlugins,
  module: makeModule,
  postcss: runPostcss,
  openBabel,
  babel: runBabel,
  pug: runPug,
  template: compileTemplate,
};

/** The questions that the binary has not answered yet. */
const asked = new Map();
let askedBefore = 0;

function say(message) {
  print(`\n${JSON.stringify({ bundle: message })}\n`);
}

/** Asks the binary something that concerns the request with the number `of`. */
function askBack(of, ask) {
  const back = (askedBefore += 1);
  say({ back, of, ask });
  return new Promise((answer) => asked.set(back, answer));
}

function receive(message) {
  if (message.back !== undefined) {
    asked.get(message.back)(message.value);
    asked.delete(message.back);
    return;
  }
  const { id } = message;
  Promise.resolve()
    .then(() => REQUESTS[message.do](message))
    .then(
      (value) => say({ id, value }),
      (error) => say({ id, failure: error.failure || { message: messageOf(error) } }),
    );
}

/**
 * Does work that must end by itself: input is not waited for meanwhile, so a promise that nothing
 * settles ends the process.
 */
async function withoutInput(work) {
  if (process.stdin.unref) process.stdin.unref();
  try {
    return await work();
  } finally {
    if (process.stdin.ref) process.stdin.ref();
  }
}

function read(part) {
  const lines = (unread + part).split("\n");
  unread = lines.pop();
  for (const line of lines) if (line !== "") receive(JSON.parse(line));
}

process.stdin.on("data", read);
process.stdin.on("end", () => process.exit(0));
read("");

function messageOf(error) {
  const isError = error !== null && typeof error === "object" && "message" in error;
  return isError ? `${error.name || "Error"}: ${error.message}` : `it throws ${String(error)}`;
}

function kind(value) {
  if (value === null || value === undefined || typeof value === "number") return String(value);
  if (Array.isArray(value)) return "a list";
  const name =
    typeof value === "object" ? value.constructor && value.constructor.name : typeof value;
  if (!name || name === "Object") return "an object";
  return /^[aeio]/i.test(name) ? `an ${name}` : `a ${name}`;
}

/** Throws what the binary shows as it is. */
function refuse(message, more) {
  throw Object.assign(new Error(message), { failure: { message, ...more } });
}
