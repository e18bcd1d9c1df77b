// Highlights code while the site is built, so that pages need no script for it. Indented blocks
// have no language in Markdown: it is guessed by what they begin with and contain.

import hljs from "highlight.js/lib/core";
import apache from "highlight.js/lib/languages/apache";
import css from "highlight.js/lib/languages/css";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import nginx from "highlight.js/lib/languages/nginx";
import php from "highlight.js/lib/languages/php";
import phpTemplate from "highlight.js/lib/languages/php-template";
import rust from "highlight.js/lib/languages/rust";
import scss from "highlight.js/lib/languages/scss";
import shell from "highlight.js/lib/languages/shell";
import bash from "highlight.js/lib/languages/bash";
import twig from "highlight.js/lib/languages/twig";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

const LANGUAGES = {
  apache,
  bash,
  css,
  javascript,
  json,
  nginx,
  php,
  "php-template": phpTemplate,
  rust,
  scss,
  shell,
  twig,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);

/** Words of the documents for languages, where they are not the library's. */
const WORDS = {
  console: "shell",
  sh: "bash",
  js: "javascript",
  ts: "typescript",
  html: "xml",
  vue: "xml",
  jsonc: "json",
  yml: "yaml",
};

const PROGRAM = "(npx |sudo )?(bundle|npm|npx|cargo|php|composer|node|git|kill|cd|sysctl|iconv)";
const KEYWORD = "import|export|const|let|var|function|class|new|await|try|defineProps";
const STATEMENT = new RegExp(`^\\s*(${KEYWORD}|if \\(|for \\(|//)\\b`, "m");
const COMMAND = new RegExp(`^(\\$ |${PROGRAM} )`);

/** What a block is in, most telling sign first. `undefined`: nothing in particular. */
const SIGNS = [
  ["shell", (text) => COMMAND.test(text)],
  ["php", (text) => text.startsWith("<?php") && !/\?>[^]*<\w/.test(text)],
  ["php-template", (text) => /<\?(php|=)/.test(text)],
  ["xml", (text) => /^<[a-zA-Z!]/.test(text)],
  ["json", (text) => /^(\/\/.*\n)*[{[]?\s*"[^"]+":/.test(text)],
  ["yaml", (text) => /^- \w+: /.test(text)],
  ["php", (text) => /^(\$\w+ ?(=|->)|public function|return \[)/m.test(text)],
  ["javascript", (text) => STATEMENT.test(text)],
  ["javascript", (text) => /\b\w+\([^)]*\);?( *\/\/.*)?$/m.test(text) && !/^\S+: /.test(text)],
  [
    "scss",
    (text) =>
      /^[@.#*a-z$][^{}\n;]*\{[^}]*[\w-]+: ?[^}]*\}|^@(use|import|include|media|mixin|value)/m.test(
        text,
      ),
  ],
  ["scss", (text) => /^\$[\w-]+: /m.test(text)],
];

export const guess = (text) => SIGNS.find(([, fits]) => fits(text))?.[0];

/** The HTML of a block's text, and its language. */
export function highlight(text, word) {
  const named = WORDS[word] ?? word;
  const language = named || guess(text);
  if (language === "shell") return { html: console_(text), language };
  if (!language || !LANGUAGES[language]) return { html: escape(text), language: named };
  return { html: hljs.highlight(text, { language, ignoreIllegals: true }).value, language };
}

/**
 * Commands, and what they print. In a block with prompts only these lines are commands, in one
 * without prompts all are.
 */
function console_(text) {
  const hasPrompts = /^\$ /m.test(text);
  const lines = text.split("\n").map((line) => {
    if (!hasPrompts) return command(line);
    if (!line.startsWith("$ ")) return `<span class="printed">${escape(line)}</span>`;
    return `<span class="prompt">$ </span>${command(line.slice(2))}`;
  });
  return lines.join("\n").replaceAll('<span class="printed"></span>', "");
}

/** A command, with its comment apart. */
function command(line) {
  const [, text, comment] = /^(.*?)(\s{2,}(?:#|\/\/) .*)?$/.exec(line);
  return escape(text) + (comment ? `<span class="hljs-comment">${escape(comment)}</span>` : "");
}

export const escape = (text) =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign],
  );
