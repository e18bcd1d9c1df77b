// Writes crates/js/src/features/generated/first_versions.rs: the first version of each browser that
// has a construct. `cargo xtask tables` runs it; with `--check` it only compares.
//
// The facts are those of @babel/compat-data (MIT), with its table for bugs that have a lowering of
// their own (`plugin-bugfixes.json`). A construct counts as missing while one of the entries of its
// row is missing: the row of `BlockScoping` has Safari 11, because Safari 10 confuses variables of
// nested scopes. Constructs that Babel does not lower are written out below, from MDN's data.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../../../tests/package.json", import.meta.url));
const plugins = require("@babel/compat-data/plugins");
const bugfixes = require("@babel/compat-data/plugin-bugfixes");
const version = require("./package.json").dependencies["@babel/compat-data"];

const BROWSERS = [
  "chrome", "edge", "firefox", "safari", "ios", "opera", "opera_mobile", "samsung", "node",
  "electron", "ie", "android"
];

const ROWS = {
  ArrowFunction: ["transform-arrow-functions"],
  Class: ["transform-classes", "transform-new-target", "transform-object-super"],
  // Safari before 13 makes a new strings object each time a tagged template runs.
  TemplateLiteral: ["transform-template-literals", "bugfix/transform-tagged-template-caching"],
  BlockScoping: ["transform-block-scoping", "bugfix/transform-safari-block-shadowing"],
  Destructuring: ["transform-destructuring"],
  // Edge before 18 does not read `async ({ a = 1 }) => {}`.
  Parameters: ["transform-parameters", "bugfix/transform-edge-default-parameters"],
  OwnNameInPattern: [
    "bugfix/transform-safari-id-destructuring-collision-in-function-expression"
  ],
  Spread: ["transform-spread"],
  ForOf: ["transform-for-of"],
  Generator: ["transform-regenerator"],
  ComputedKey: ["transform-computed-properties"],
  Shorthand: ["transform-shorthand-properties", "transform-function-name"],
  ObjectSuper: ["transform-object-super"],
  NewTarget: ["transform-new-target"],
  DuplicateKey: ["transform-duplicate-keys"],
  TypeofSymbol: ["transform-typeof-symbol"],
  BlockFunction: ["transform-block-scoped-functions"],
  RadixLiteral: ["transform-literals"],
  CodePointEscape: ["transform-unicode-escapes"],
  AstralName: ["transform-unicode-escapes"],
  StickyRegex: ["transform-sticky-regex"],
  UnicodeRegex: ["transform-unicode-regex"],
  Exponent: ["transform-exponentiation-operator"],
  // Safari 10.1 has another `this` in async arrow functions of classes.
  AsyncFunction: ["transform-async-to-generator", "bugfix/transform-async-arrows-in-class"],
  ObjectRestSpread: ["transform-object-rest-spread"],
  AsyncGenerator: ["transform-async-generator-functions"],
  DotAllRegex: ["transform-dotall-regex"],
  NamedGroups: ["transform-named-capturing-groups-regex"],
  UnicodeProperty: ["transform-unicode-property-regex"],
  OptionalCatchBinding: ["transform-optional-catch-binding"],
  LineSeparatorInString: ["transform-json-strings"],
  Nullish: ["transform-nullish-coalescing-operator"],
  OptionalChain: ["transform-optional-chaining"],
  ExportNamespace: ["transform-export-namespace-from"],
  LogicalAssignment: ["transform-logical-assignment-operators"],
  NumericSeparator: ["transform-numeric-separator"],
  ClassField: ["transform-class-properties"],
  PrivateMember: ["transform-class-properties", "transform-private-methods"],
  StaticBlock: ["transform-class-static-block"],
  PrivateIn: ["transform-private-property-in-object"],
  UnicodeSets: ["transform-unicode-sets-regex"],
  Using: ["transform-explicit-resource-management"]
};

// In the order of `BROWSERS`, without the last two: Internet Explorer has none of them, and
// Android's browser is Chrome since it has any.
const WRITTEN_OUT = {
  InvalidEscapeInTemplate: "62 79 53 11 11 49 46 8 8.10 3",
  LookBehind: "62 79 78 16.4 16.4 49 46 8 8.10 3",
  BigInt: "67 79 68 14 14 54 48 9 10.4 4",
  DynamicImport: "63 79 67 11.1 11.3 50 46 8 13.2 3",
  ImportMeta: "64 79 62 11.1 12 51 47 9 10.4 3",
  RegexIndices: "90 90 88 15 15 76 64 15 16 13",
  TopLevelAwait: "89 89 89 15 15 75 63 15 14.8 12",
  RegexModifiers: "125 125 132 26 26 111 83 27 23 31",
  DuplicateGroups: "126 126 129 17.4 17.4 112 84 28 23 31"
};

const NEVER = [255, 255];

function parsed(text) {
  if (!text || text === "tp") return NEVER;
  const [major, minor = 0] = text.split(".").map(Number);
  if (!(major < 255 && minor < 255)) throw new Error(`no row can hold version ${text}`);
  return [major, minor];
}

const later = (a, b) => (a[0] - b[0] || a[1] - b[1]) > 0 ? a : b;

function rowOf(entries) {
  const tables = entries.map((entry) => {
    const table = bugfixes[entry] ?? plugins[entry];
    if (!table) throw new Error(`${entry} is not in @babel/compat-data`);
    return { ...table, android: table.android ?? table.chrome };
  });
  return BROWSERS.map((name) => tables.map((table) => parsed(table[name])).reduce(later));
}

function rowWrittenOut(text) {
  const versions = text.split(" ").map(parsed);
  return [...versions, NEVER, versions[0]];
}

const rows = [
  ...Object.entries(ROWS).map(([feature, entries]) => [feature, rowOf(entries)]),
  ...Object.entries(WRITTEN_OUT).map(([feature, text]) => [feature, rowWrittenOut(text)])
];
const shown = (pair) => pair === NEVER ? "NO" : `(${pair.join(", ")})`;
const lines = rows.map(([feature, row]) => `    (Feature::${feature}, [${row.map(shown).join(", ")}]),`);

const text = `//! The first version of each browser that has a construct. Written by
//! \`crates/js/tables/first_versions.mjs\` (\`cargo xtask tables\`), which says how a row is made, from
//! @babel/compat-data ${version} (MIT, the Babel contributors).

use super::super::table::Feature;

/// A major and a minor version.
pub(in super::super) type First = (u8, u8);

/// No version has the construct.
pub(in super::super) const NO: First = (${NEVER.join(", ")});

/// The columns of \`ROWS\`, by the names of the source.
#[rustfmt::skip]
pub(in super::super) const BROWSERS: [&str; ${BROWSERS.length}] = [
    ${BROWSERS.map((name) => `"${name}"`).join(", ")},
];

#[rustfmt::skip]
pub(in super::super) const ROWS: [(Feature, [First; ${BROWSERS.length}]); ${rows.length}] = [
${lines.join("\n")}
];
`;

const file = fileURLToPath(new URL("../src/features/generated/first_versions.rs", import.meta.url));
if (!process.argv.includes("--check")) {
  writeFileSync(file, text);
} else if (readFileSync(file, "utf8") !== text) {
  console.error("crates/js/src/features/generated/first_versions.rs is not what its script writes: run `cargo xtask tables`");
  process.exit(1);
}
