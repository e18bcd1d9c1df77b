// CSS modules compared with npm's postcss-modules, which Vite uses, and which consists of the
// plugins of css-loader.
//
// node css_modules.mjs BINARY
//
// Both compile each program below. The names that scripts get must be equal. The stylesheets must
// be equal after the binary has compiled the other one's as plain CSS, so that prefixes and the
// like are not compared.

import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

const require = createRequire(join(import.meta.dirname, "..", "package.json"));
const postcss = require("postcss");
const modules = require("postcss-modules");

const OTHER = {
  "other.css":
    ".other { padding: 0 }\n.deep { composes: other; border: 0 }\n.no-name { color: red }",
};
const VALUES = {
  "values.css":
    "@value primary: #0c77f8;\n@value gap: 4px;\n@value wide: (min-width: 600px);\n@value twice: gap gap;",
};

/** Programs: the sheet, and the files beside it. */
const PROGRAMS = [
  [".a { top: 0 } .b .a > .c + .d ~ .e { left: 0 }"],
  ["a.b, #id.c:hover::before, div[data-x='.y'] .z { top: 0 }"],
  [".a:not(.b, .c):nth-child(2n + 1) :is(.d, e) { top: 0 }"],
  [":global(.a) .b :global(.c .d).e { top: 0 }"],
  [
    ":global .a .b { top: 0 } .c { top: 0 } .d :global .e .f { top: 0 } .g :global .h :local .i { top: 0 }",
  ],
  [":local(.a) :local(.b).c { top: 0 }"],
  [":global(.a):hover .b:global(.is-open) { top: 0 }"],
  [":global(.a), :global(#b) > .c { top: 0 }"],
  [
    ".a\\:b { top: 0 } .\\31 0 .x { top: 0 } .\\31  .y { top: 0 } .größe .émoji { top: 0 } .a\\/b { top: 0 }",
  ],
  [".btn-primary { top: 0 } .btn_secondary {} .constructor .toString { top: 0 }"],
  ["@media (min-width: 1px) { .a { top: 0 } @supports (top: 0) { .b .a { top: 0 } } }"],
  ["@keyframes spin { from { top: 0 } to { top: 1px } } .a { animation: spin 1s linear infinite }"],
  [
    "@keyframes a { 50% { top: 0 } } @keyframes b { 50% { top: 0 } } .x { animation: 1s a, b 2s ease-in-out; animation-name: b, a }",
  ],
  [
    "@-webkit-keyframes k { from { top: 0 } } @keyframes k { from { top: 0 } } .x { -webkit-animation: k 1s; animation: k 1s }",
  ],
  ["@keyframes :global(k) { from { top: 0 } } .x { top: 0 }"],
  [
    "@keyframes k { from { top: 0 } } .x { animation: k 1s steps(2, end), k 2s cubic-bezier(0, 0, 1, 1) }",
  ],
  [".a { top: 0 } .b { composes: a; left: 0 } .c { composes: b; right: 0 }"],
  [".a { top: 0 } .b { left: 0 } .c { composes: a b }"],
  [
    ".a { top: 0 } .b { composes: a from global; left: 0 } .c { composes: x y from global; composes: a }",
  ],
  [".a { top: 0 } .b, .c { composes: a }"],
  [".a { composes: other from './other.css'; top: 0 }", OTHER],
  [".a { composes: deep no-name from './other.css'; top: 0 } .b { composes: a; left: 0 }", OTHER],
  [".b { left: 0 } .a { composes: deep from './other.css'; composes: b }", OTHER],
  ["@value primary: #333; @value soft: primary; .a { color: primary; border: 1px solid soft }"],
  [
    "@value small: (max-width: 599px); @media small { .a { top: 0 } } @media screen and small { .b { top: 0 } }",
  ],
  ["@value primary, gap from './values.css'; .a { color: primary; margin: gap }", VALUES],
  [
    "@value primary as p, wide from './values.css'; .a { color: p } @media wide { .a { top: 0 } }",
    VALUES,
  ],
  ["@value file: './values.css'; @value twice from file; .a { margin: twice }", VALUES],
  ["@value n: 2; .a { flex: n; margin: calc(n * 1px) }"],
  ["@value primary: red; .x { color: primary; outline: 0 primary-x; border: 1px solid primary }"],
  [":export { width: 10px; main-color: #333 } .a { top: 0 }"],
  [".a { top: 0 } .a:hover { left: 0 } .a .a { right: 0 }"],
  ["@font-face { font-family: x; src: url(data:,x) } .a { font-family: x }"],
  [".a { &:hover { top: 0 } & .b { left: 0 } .c & { right: 0 } }"],
  ["@layer base { .a { top: 0 } } @container (min-width: 1px) { .b { top: 0 } }"],
];

const binary = resolve(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), "bundle-css-modules-"));
const differences = [];
try {
  const expected = await Promise.all(PROGRAMS.map(theirs));
  const { exports, sheets, plain } = ours(expected);
  PROGRAMS.forEach(([text], at) => {
    const names = [text, JSON.stringify(exports[at]), JSON.stringify(expected[at].names)];
    if (names[1] !== names[2]) differences.push(names);
    if (sheets[at] !== plain[at]) differences.push([text, sheets[at], plain[at]]);
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const [text, actual, wanted] of differences)
  console.log(`${text}\n  is\n${actual}\n  and of postcss-modules\n${wanted}\n`);
console.log(`${PROGRAMS.length} compared, ${differences.length} differ`);
process.exitCode = differences.length > 0 ? 1 : 0;

/** Writes a program, and gives what postcss-modules makes of it. */
async function theirs([text, files = {}], at) {
  const file = join(folder, String(at), "a.module.css");
  for (const [name, contents] of Object.entries({ ...files, "a.module.css": text })) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(join(dirname(file), name), contents);
  }
  let names;
  const getJSON = (path, json) => {
    if (path === file) names = json;
  };
  const plugin = modules({ generateScopedName: own, getJSON });
  const { css } = await postcss([plugin]).process(text, { from: file });
  return { names: sorted(names), css };
}

/** The name that the binary gives: by the file's name in the project. */
function own(name, path) {
  const hash = createHash("sha256").update(relative(folder, path)).digest("hex").slice(0, 8);
  return `${name}_${hash}`;
}

/** What the binary makes of all programs, and of the sheets that the other made. */
function ours(expected) {
  const imports = PROGRAMS.map((_, at) => `import names${at} from "./${at}/a.module.css";\n`);
  const list = PROGRAMS.map((_, at) => `names${at}`);
  writeFileSync(join(folder, "bundle.config.json"), '{ "name": "modules" }');
  writeFileSync(
    join(folder, "main.js"),
    `${imports.join("")}console.log(JSON.stringify([${list.join(", ")}]));\n`,
  );
  run(binary, ["main.js", "--out-dir", "out", "--no-minify"]);
  const exports = JSON.parse(run("node", ["out/main.js"])).map(sorted);
  const built = (at, entry, name) => {
    writeFileSync(join(folder, String(at), `${name}.js`), `import "./${entry}";\n`);
    return () =>
      readFileSync(join(folder, "out", `${name}.css`), "utf8")
        .replaceAll(/\n\n+/g, "\n")
        .trim();
  };
  expected.forEach(({ css }, at) => writeFileSync(join(folder, String(at), "plain.css"), css));
  const readers = PROGRAMS.map((_, at) => [
    built(at, "a.module.css", `sheet${at}`),
    built(at, "plain.css", `plain${at}`),
  ]);
  const entries = PROGRAMS.flatMap((_, at) => [`${at}/sheet${at}.js`, `${at}/plain${at}.js`]);
  run(binary, [...entries, "--out-dir", "out", "--no-minify"]);
  return {
    exports,
    sheets: readers.map(([sheet]) => sheet()),
    plain: readers.map(([, plain]) => plain()),
  };
}

function run(command, args) {
  const ended = spawnSync(command, args, { cwd: folder, encoding: "utf8", timeout: 120_000 });
  if (ended.status !== 0)
    throw new Error(`${command} ${args.join(" ")}\n${ended.stdout}${ended.stderr}`);
  return ended.stdout;
}

function sorted(names) {
  return Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)));
}
