// Known differences from how Vue 2.7.16 compiles templates. Each has an example, which has to
// differ: a difference that is gone is removed from this list.

import { babel } from "./vue_official.mjs";

const IN_TYPESCRIPT = /<script[^>]* lang="ts"/;

/**
 * `is(source, difference)`: whether this is why a component differs. If it is missing, random
 * components avoid the difference.
 */
export const KNOWN = [
  {
    why: "TypeScript in the template of a component in TypeScript compiles; Vue refuses it",
    example:
      '<template><b :x="a as string"/></template>\n<script setup lang="ts">\nlet a\n</script>',
    is: (source, { kind, expected }) =>
      kind === "error-missed" && IN_TYPESCRIPT.test(source) && isTypeScript(expected),
  },
  {
    why:
      "v-for gives patterns in parentheses too; Vue refuses them where it looks for unused " +
      "imports of TypeScript",
    example:
      '<template><b><b v-for="({ x: y }) of 1"/></b></template>\n<script setup lang="ts">\n' +
        'import { a } from "./a"\n</script>',
    is: (source, { kind, expected }) =>
      kind === "error-missed" &&
      IN_TYPESCRIPT.test(source) &&
      /\(\d+:\d+\)$/.test(expected) &&
      /v-for\s*=\s*("[^"]*:[^"]*[)}]|'[^']*:[^']*[)}])\s+(in|of)\s/.test(source),
  },
  {
    why:
      "handlers in slots may declare variables by patterns; Vue refuses them where it looks for " +
      "unused imports of TypeScript",
    example:
      '<template><a-b><template v-slot:[a]><b @a="const{x:[]}=c"/></template></a-b></template>\n' +
        '<script setup lang="ts">\nimport { a } from "./a"\n</script>',
    is: (source, { kind, expected }) =>
      kind === "error-missed" &&
      IN_TYPESCRIPT.test(source) &&
      /^Unexpected token \(\d+:\d+\)$/.test(expected) &&
      /(@|v-on:)[^\s=]+\s*=\s*["']\s*(const|let|var)\s*[{[]/.test(source),
  },
  {
    why:
      "parameters with defaults may stand behind v-slot:name too; Vue checks them as an " +
      "expression unless it is `#name`",
    example: '<template><a-b v-slot:x="{ a = 1 }"/></template>',
    is: (_source, { kind, expected }) =>
      kind === "error-missed" &&
      expected.startsWith("invalid expression: Invalid shorthand property") &&
      expected.includes("v-slot:"),
  },
  {
    why: "behind v-pre, what stands in v-slot:name is checked as parameters, though nobody uses it",
    example: '<template><b v-pre><b v-slot:x="a.b"/></b></template>',
    is: (source, { kind, actual }) =>
      kind === "error-invented" &&
      actual.startsWith("invalid-slot-parameters") &&
      source.includes("v-pre"),
  },
  {
    why:
      "behind v-pre, an expression is refused only where it cannot be parsed; Vue refuses all " +
      "that V8 does, though it is only text",
    example: '<template><b v-pre :x="#b"/></template>',
    is: (source, { kind, expected }) =>
      kind === "error-missed" &&
      expected.startsWith("invalid expression") &&
      source.includes("v-pre"),
  },
  {
    why:
      "an expression that is none is an error wherever it is written; Vue does not look into " +
      "slots, nor into elements with v-else",
    example: '<template><a-b><b v-if="c"/><b v-else :x="() => {} | d"/></a-b></template>',
    is: (source, { kind, at }) =>
      kind === "error-invented" && at !== undefined && !isJavaScript(writtenAt(source, at)),
  },
  {
    why:
      "a block in a language that nobody knows is an error of ours; with Vue's loader it is one " +
      "of webpack, which lacks a loader",
    example: '<script lang="e">\n1\n</script>',
    is: (_source, { kind, actual }) =>
      kind === "error-invented" && actual.startsWith("unknown-lang"),
  },
  {
    why:
      "slots come in the order in which they are written; Vue puts those whose names are whole " +
      "numbers first",
    example:
      '<template><a-b><i slot="a" slot-scope="b"/><i :slot="7" slot-scope="b"/></a-b></template>',
    is: (source, { kind }) => kind === "behaviour" && /(:|v-bind:)slot=["']?\d/.test(source),
  },
  {
    why: "variables of `catch` are local; Vue looks for them in the component",
    example: '<template><b @click="() => { try { a() } catch (e) { b(e) } }"/></template>',
  },
  {
    why: "variables that a `for` declares are local; Vue looks for them in the component",
    example: '<template><b @click="() => { for (const each of [1]) b(each) }"/></template>',
  },
  {
    why: "a function's own name is local; Vue looks for it in the component",
    example: '<template><b @click="function me() { b(typeof me) }"/></template>',
  },
  {
    why: "`_vm` and `_setup` are the component itself; Vue looks for properties of these names",
    example: '<template><b :x="_vm"/></template>',
  },
];

/** What Vue's compiler says is no expression is one of TypeScript. */
function isTypeScript(expected) {
  const [, text] = /^invalid expression: .*? in (.*) Raw expression: /.exec(expected) ?? [];
  const parses = (plugins) => {
    try {
      babel.parseExpression(text, { plugins });
      return true;
    } catch {
      return false;
    }
  };
  return text !== undefined && parses(["typescript"]) && !parses([]);
}

/** The value of an attribute, or what stands between braces, at a place of a file. */
function writtenAt(source, at) {
  const [before, after] = [source.slice(0, at), source.slice(at)];
  const open = Math.max(before.lastIndexOf('"'), before.lastIndexOf("{{") + 1);
  const end = after.search(source[open] === '"' ? /"|$/ : /\}\}|$/);
  return (before.slice(open + 1) + after.slice(0, end)).replaceAll("&quot;", '"');
}

/** As an expression or, what handlers may be, as statements. */
function isJavaScript(text) {
  return [`return ${text}`, text].some((code) => {
    try {
      new Function(code);
      return true;
    } catch {
      return false;
    }
  });
}
