// Each run-time module parses as ECMAScript 5 once `export` is taken away, and evaluating it does
// nothing.

import { createRequire } from "node:module";
import { readdirSync } from "node:fs";
import { files, load, script } from "./load.mjs";

const acorn = createRequire(new URL("../../../../tests/package.json", import.meta.url))("acorn");

const MODULES = [
  "addresses",
  "addresses_by_public_path",
  "chunks",
  "chunks_by_public_path",
  "client",
  "component",
  "helpers",
  "interop",
  "public_path",
  "registry",
  "sprites",
  "wasm",
];

const pure = (statement) =>
  statement.type === "FunctionDeclaration" ||
  (statement.type === "VariableDeclaration" &&
    statement.declarations.every((d) => d.init === null || d.init.type === "Literal"));

const ofModules = MODULES.map((name) => [
  `${name} is ES5 without effects`,
  (assert) => {
    const { text } = script(name);
    acorn.parse(`"use strict";${text}`, { ecmaVersion: 5 });
    const program = acorn.parse(text, { ecmaVersion: 5 });
    assert.deepEqual(
      program.body.filter((statement) => !pure(statement)),
      [],
    );
    for (const engine of ["now", "ie9"])
      for (const strict of [true, false]) load(name, { engine, strict });
  },
]);

export default {
  ...Object.fromEntries(ofModules),
  "every file of the runtime is in one of these modules": (assert) => {
    const read = new Set(MODULES.flatMap(files));
    const all = readdirSync(new URL("../", import.meta.url)).filter((name) => name.endsWith(".js"));
    assert.deepEqual(
      all.filter((name) => !read.has(name)),
      [],
    );
  },
};
