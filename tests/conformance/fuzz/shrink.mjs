// Makes a program that fails in a lane as small as it can: takes statements and members away, and
// puts parts of expressions in their place, as long as it still fails there.

import { createRequire } from "node:module";
import { judge } from "./judge.mjs";

const require = createRequire(new URL("../../../benches/peers/lower/package.json", import.meta.url));
const { parseSync } = require("@babel/core");

/** So many smaller programs are built at once. */
const AT_ONCE = 48;

export async function shrink(options, program, isQuiet = false) {
  let current = program.text;
  const { differences: [first] } = await judge(options, [program]);
  const failure = first && failureOf(first);
  for (let round = 0; round < 200; round++) {
    const smaller = await firstThatFails(options, { ...program, text: current }, failure);
    if (smaller === undefined) break;
    current = smaller;
    if (!isQuiet) process.stderr.write(`\r${current.length} characters  `);
  }
  if (!isQuiet) process.stderr.write("\n");
  return current;
}

/** The first smaller program that fails in the same way. */
async function firstThatFails(options, program, failure) {
  const candidates = smallerOnes(program.text, program.kind);
  for (let at = 0; at < candidates.length; at += AT_ONCE) {
    const some = candidates.slice(at, at + AT_ONCE).map((text) => ({ ...program, text }));
    const { differences } = await judge(options, some);
    const alike = differences.filter((one) => failureOf(one) === failure);
    const failing = new Set(alike.map((one) => one.program.text));
    const found = some.find(({ text }) => failing.has(text));
    if (found) return found.text;
  }
  return undefined;
}

/** The kind of a failure: what the first line that differs is about, or that the program is refused. */
function failureOf({ expected, got }) {
  if (got.lines.some((line) => line.startsWith("refused: "))) return "refused";
  const line = expected.lines.find((line, at) => line !== got.lines[at]);
  return line?.split(" ", 2).join(" ");
}

/** Texts with one node less, the smallest first. */
function smallerOnes(text, kind) {
  const edits = [];
  let program;
  try {
    ({ program } = parsed(text, kind));
  } catch {
    // TypeScript reads `@a() [b]() {}` in another way than Babel.
    return [];
  }
  visit(program, null, (node, parent, key) => edits.push(...editsOf(text, node, parent, key)));
  const made = new Set(edits.map(([start, end, by]) => text.slice(0, start) + by + text.slice(end)));
  return [...made].filter((one) => one.length < text.length).sort((a, b) => a.length - b.length);
}

function parsed(text, kind) {
  const plugins = kind === "legacy"
    ? ["typescript", "decorators-legacy"]
    : ["decorators", "decoratorAutoAccessors", "explicitResourceManagement"];
  return parseSync(text, {
    babelrc: false, configFile: false, sourceType: "script",
    parserOpts: { plugins, allowReturnOutsideFunction: true, errorRecovery: true },
  });
}

function visit(node, parent, see, key) {
  see(node, parent, key);
  for (const [name, value] of Object.entries(node)) {
    if (["loc", "extra", "leadingComments", "trailingComments", "innerComments"].includes(name)) continue;
    for (const child of [value].flat())
      if (child && typeof child.type === "string") visit(child, node, see, name);
  }
}

/** What may replace a node: `[start, end, text]`. */
function editsOf(text, node, parent, key) {
  const { start, end, type } = node;
  const isListed = parent && Array.isArray(parent[key]);
  const found = [];
  if (isListed) {
    // With the comma before or after it.
    const after = /^\s*,?\s*/.exec(text.slice(end))[0].length;
    const before = /\s*,?\s*$/.exec(text.slice(0, start))[0].length;
    found.push([start, end + (type.endsWith("Statement") ? 0 : after), ""], [start - before, end, ""]);
  }
  if (/Expression$|Literal$|^Identifier$/.test(type) && !["id", "key", "label"].includes(key)) {
    if (end - start > 1) found.push([start, end, "1"]);
    if (end - start > 4) found.push([start, end, "[]"], [start, end, "({})"]);
    for (const child of children(node)) found.push([start, end, text.slice(child.start, child.end)]);
  }
  if (/^(If|For\w*|While|DoWhile|Try|Block|Labeled|Switch)Statement$/.test(type))
    for (const child of children(node)) found.push([start, end, text.slice(child.start, child.end)]);
  if (type === "BlockStatement" && node.body.length > 0) {
    const [first, last] = [node.body[0], node.body.at(-1)];
    found.push([start, end, text.slice(first.start, last.end)]);
  }
  if (type === "AssignmentPattern") found.push([start, end, text.slice(node.left.start, node.left.end)]);
  if (key === "superClass") found.push([text.lastIndexOf("extends", start), end, ""]);
  if (key === "init" && parent.type === "VariableDeclarator") found.push([parent.id.end, end, ""]);
  return found;
}

function children(node) {
  const found = [];
  for (const value of Object.values(node))
    for (const child of [value].flat())
      if (child && typeof child.type === "string" && child.start !== undefined) found.push(child);
  return found;
}
