// Scoped stylesheets compiled by the binary and by Vue 2.7.16's own compiler, and the differences.
//
// node scoped.mjs BINARY
//
// scoped_vectors.json has the stylesheets by subject. Two stylesheets are equal if postcss reads
// the same from both, apart from comments and from white space that browsers ignore.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { inspected } from "./vue_compare.mjs";

const require = createRequire(import.meta.url);
const { compileStyle } = require("vue/compiler-sfc");
/** The parser that it has. */
const postcss = createRequire(require.resolve("vue/compiler-sfc"))("postcss");

/** Each file has an id of its own, which becomes this one. */
const ID = "0123abcd";

const COMMENT = String.raw`\/\*[^]*?\*\/`;
const STRING = String.raw`"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'`;
const ESCAPE = String.raw`\\(?:[\da-f]{1,6}(?:\r\n|[ \t\r\n\f])?|[^])`;
/** An address without quotes: white space and what looks like a comment are part of it. */
const ADDRESS = String.raw`\burl\((?![ \t\r\n\f]*["'])(?:\\[^]|[^)\\])*\)`;
const SPACE = String.raw`[ \t\r\n\f]+`;
const TOKEN = new RegExp(
  [COMMENT, STRING, ESCAPE, ADDRESS, SPACE, String.raw`\|\|`, "[^]"].join("|"),
  "giu",
);

/** Tokens around which white space says nothing: in selectors, and in all else. */
const SELECTORS = { before: /^(?:[,>+~)\]=]|\|\|)$/, after: /^(?:[,>+~([=]|\|\|)$/ };
const VALUES = { before: /^[,)]$/, after: /^[,(]$/ };

/**
 * Inputs from which the official compiler makes CSS that no browser reads as it is meant. An
 * example that no longer differs has to be removed.
 */
const KNOWN = {
  "white space of any kind ends an escape (CSS Syntax 4.3.7): behind it there is no descendant": [
    ".a\\31\n:hover { color: red }",
    ".a\\000031 :hover { color: red }",
  ],
  "a name in quotes is none any more with the id behind them": [
    "@keyframes \"a, b\" { from { top: 0 } } .c { animation-name: \"a, b\" }",
    "@keyframes 'a b' { from { top: 0 } } .c { animation-name: 'a b' }",
  ],
  "in capitals it is no combinator to either, and the rule meets nothing": [
    ".a /DEEP/ .b { color: red }",
  ],
  "the script sets the property by the expression without comments": [
    ".a { color: v-bind(x/* y */) }",
  ],
  "no condition has v-bind(), nor what stands for it": [
    "@supports (color: v-bind(x)) { .a { color: red } }",
    "@media (min-width: v-bind(x)) { .a { color: red } }",
  ],
};

const vectors = Object.entries(
  JSON.parse(readFileSync(new URL("scoped_vectors.json", import.meta.url), "utf8")),
).flatMap(([topic, sheets]) => sheets.map((css) => ({ topic, css })));
const answers = ours(resolve(process.argv[2]));
const differing = vectors.flatMap((vector, at) => {
  const [expected, actual] = [official(vector.css), answers[at]];
  return read(expected) === read(actual) ? [] : [{ ...vector, expected, actual }];
});
const known = Object.values(KNOWN).flat();
const found = differing.filter(({ css }) => !known.includes(css));
const gone = known.filter((css) => !differing.some((vector) => vector.css === css));
for (const css of gone) process.stdout.write(`no difference any more: ${css}\n`);
for (const { topic, css, expected, actual } of found)
  process.stdout.write(`${topic}: ${css}\n  official: ${expected}\n  ours:     ${actual}\n\n`);
process.stdout.write(
  `${vectors.length - differing.length} of ${vectors.length} scoped sheets equal, ` +
    `${known.length} known to differ\n`,
);
process.exitCode = found.length + gone.length === 0 && vectors.length > 0 ? 0 : 1;

/** A sheet that it refuses is no vector. */
function official(source) {
  const { code, errors } = compileStyle({
    source,
    filename: "case.vue",
    id: `data-v-${ID}`,
    scoped: true,
    trim: true,
  });
  if (errors.length > 0)
    throw new Error(`Vue's own compiler refuses ${JSON.stringify(source)}: ${errors[0]}`);
  return code;
}

function ours(binary) {
  const work = mkdtempSync(join(tmpdir(), "bundle-scoped-"));
  const files = vectors.map(({ css }, at) => {
    writeFileSync(
      join(work, `case-${at}.vue`),
      `<template><div/></template><style scoped>${css}</style>`,
    );
    return `case-${at}.vue`;
  });
  const found = inspected(binary, files, work);
  rmSync(work, { recursive: true, force: true });
  return found.map((answer) => {
    if (answer === null) return "no answer";
    if (answer.errors.length > 0) return `error: ${answer.errors[0].msg}`;
    return (answer.styles[0]?.code ?? "").replaceAll(answer.id.replace("data-v-", ""), ID);
  });
}

/** What a sheet says: a line for each node. */
function read(css) {
  try {
    return said(postcss.parse(css), "");
  } catch (error) {
    return `${error.message}: ${css}`;
  }
}

function said(parent, indent) {
  const body = (node) => (node.nodes ? ` {\n${said(node, `${indent}  `)}` : ";\n");
  const line = (node) => {
    switch (node.type) {
      case "comment":
        return "";
      case "decl":
        return (
          `${indent}${node.raws.before.trim()}${node.prop}: ` +
          `${value(node)}${node.important ? " !important" : ""}\n`
        );
      case "rule":
        return (
          `${indent}${plain(node.raws.selector?.raw ?? node.selector, SELECTORS)}${body(node)}`
        );
      default:
        return (
          `${indent}@${node.name} ` +
          `${plain(node.raws.params?.raw ?? node.params, VALUES)}${body(node)}`
        );
    }
  };
  return parent.nodes.map(line).join("");
}

/** What a custom property holds, a script may read. */
function value({ prop, value, raws }) {
  const text = raws.value?.raw ?? value;
  return prop.startsWith("--") ? text.trim() : plain(text, VALUES);
}

/**
 * One space where white space matters. A comment between two names matters too, because it
 * separates them.
 */
function plain(text, { before, after }) {
  const isName = (token) => /^[\w\-\\\u{80}-\u{10ffff}]/u.test(token);
  const says = (gap, last, next) =>
    gap === " " ? !after.test(last) && !before.test(next) : isName(last) && isName(next);
  let [read, last, gap] = ["", "", ""];
  for (const token of text.match(TOKEN) ?? []) {
    if (/^[ \t\r\n\f]/.test(token)) gap = " ";
    else if (token.startsWith("/*")) gap ||= "/**/";
    else {
      // White space may end an escape, and then it is part of it.
      const closed = /^\\[\da-f]/i.test(token) ? `${token.trimEnd()} ` : token;
      read += last && says(gap, last, token) ? gap + closed : closed;
      [last, gap] = [token, ""];
    }
  }
  return read;
}
