// The modules parse as ECMAScript 5 once `export` is taken away, and evaluating them does nothing.

import { createRequire } from "node:module";
import { load, script } from "./load.mjs";

const acorn = createRequire(new URL("../../../../tests/package.json", import.meta.url))("acorn");

const pure = (statement) =>
  statement.type === "FunctionDeclaration" ||
  (statement.type === "VariableDeclaration" &&
    statement.declarations.every((d) => d.init === null || d.init.type === "Literal"));

export default Object.fromEntries(
  ["helpers", "interop"].map((name) => [
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
  ]),
);
