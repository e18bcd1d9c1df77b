// The syntax oracle: does this text parse at the edition of ECMAScript that was promised?

import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { parse } from "acorn";

/**
 * What ES2015 added, for ES5 output in the form of an ES module: only `import` and `export` may be
 * newer.
 */
const NEWER_THAN_ES5 = new Set([
  "ArrowFunctionExpression", "AssignmentPattern", "ArrayPattern", "ClassDeclaration",
  "ClassExpression", "ForOfStatement", "ObjectPattern", "RestElement", "SpreadElement", "Super",
  "TaggedTemplateExpression", "TemplateLiteral", "YieldExpression", "AwaitExpression",
  "ChainExpression",
]);

/** Megabytes of stack for texts nested so deeply that acorn needs them. */
const DEEP = 900;

/** Throws an error that names the script and the place. `ecma`: 5, 2015, …, or "latest". */
export async function checkSyntax(script, request) {
  try {
    check(script, request);
  } catch (error) {
    if (!error.message.includes("Maximum call stack")) throw error;
    await checkWithDeepStack(script, request);
  }
}

/** The same in a thread of its own: only those can be given a larger stack. */
async function checkWithDeepStack(script, request) {
  const resourceLimits = { stackSizeMb: DEEP };
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { script, request },
    resourceLimits,
  });
  const message = await new Promise((resolve, reject) => {
    worker.on("message", resolve);
    worker.on("error", reject);
  });
  if (message) throw new Error(message);
}

function check({ name, text }, { format, ecma, ascii }) {
  const module = format === "esm";
  // Modules load others, and have `import.meta`, whatever else their engine has.
  const ecmaVersion = module && ecma === 5 ? 2020 : ecma;
  try {
    const options = {
      sourceType: module ? "module" : "script",
      allowHashBang: false,
      locations: true,
    };
    if (format === "cjs") options.allowReturnOutsideFunction = false;
    const program = parse(text, { ...options, ecmaVersion });
    if (module && ecma === 5) walk(program, (node) => refuseNewer(node));
  } catch (error) {
    const line = error.loc ? text.split("\n")[error.loc.line - 1].slice(0, 200) : "";
    throw new Error(`${name} is not ECMAScript ${ecma}: ${error.message}\n${line}`);
  }
  if (ascii) {
    const at = text.search(/[^\x00-\x7f]/);
    if (at >= 0)
      throw new Error(
        `${name} is not ASCII at ${at}: ` +
          `${JSON.stringify(text.slice(Math.max(0, at - 40), at + 20))}`,
      );
  }
}

function refuseNewer(node) {
  const newer =
    NEWER_THAN_ES5.has(node.type) ||
    (node.type === "VariableDeclaration" && node.kind !== "var") ||
    (node.type === "Property" && (node.shorthand || node.computed || node.method)) ||
    (node.type.startsWith("Function") && (node.generator || node.async)) ||
    (node.type === "MetaProperty" && node.meta.name !== "import") ||
    (node.type === "CatchClause" && !node.param) ||
    ["**", "**=", "??"].includes(node.operator) ||
    node.bigint !== undefined;
  if (newer) {
    const error = new Error(`${node.type} (${node.loc.start.line}:${node.loc.start.column})`);
    error.loc = node.loc.start;
    throw error;
  }
}

function walk(node, visit) {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child.type === "string") walk(child, visit);
    }
  }
}

if (!isMainThread && workerData?.script) {
  let message = null;
  try {
    check(workerData.script, workerData.request);
  } catch (error) {
    message = error.message;
  }
  parentPort.postMessage(message);
}
