// The syntax oracle: does this text parse at the edition of ECMAScript that was promised?

import { parse } from "acorn";

/** What ES2015 brought, for ES5 output in the form of an ES module: only `import` and `export` may be newer. */
const NEWER_THAN_ES5 = new Set([
  "ArrowFunctionExpression", "AssignmentPattern", "ArrayPattern", "ClassDeclaration", "ClassExpression", "ForOfStatement",
  "MetaProperty", "ObjectPattern", "RestElement", "SpreadElement", "Super", "TaggedTemplateExpression", "TemplateLiteral",
  "YieldExpression",
]);

/** Throws an error that names the script and the place. `ecma`: 5, 2015, …, or "latest". */
export function checkSyntax({ name, text }, { format, ecma, ascii }) {
  const module = format === "esm";
  const ecmaVersion = module && ecma === 5 ? 2015 : ecma;
  try {
    const options = { sourceType: module ? "module" : "script", allowHashBang: false, locations: true };
    if (format === "cjs") options.allowReturnOutsideFunction = false;
    const program = parse(text, { ...options, ecmaVersion });
    if (module && ecma === 5) walk(program, (node) => refuseNewer(node));
  } catch (error) {
    const line = error.loc ? text.split("\n")[error.loc.line - 1].slice(0, 200) : "";
    throw new Error(`${name} is not ECMAScript ${ecma}: ${error.message}\n${line}`);
  }
  if (ascii) {
    const at = text.search(/[^\x00-\x7f]/);
    if (at >= 0) throw new Error(`${name} is not ASCII at ${at}: ${JSON.stringify(text.slice(Math.max(0, at - 40), at + 20))}`);
  }
}

function refuseNewer(node) {
  const newer =
    NEWER_THAN_ES5.has(node.type) ||
    (node.type === "VariableDeclaration" && node.kind !== "var") ||
    (node.type === "Property" && (node.shorthand || node.computed || node.method)) ||
    (node.type.startsWith("Function") && node.generator);
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
