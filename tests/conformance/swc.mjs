// What the runners compare with: npm's @swc/core, which is installed with the bench of lowering in
// benches/peers/lower.

import { createRequire } from "node:module";

const require = createRequire(new URL("../../benches/peers/lower/package.json", import.meta.url));
const swc = require("@swc/core");

/** The text lowered to ES5, as a CommonJS module with its helpers in it. */
export function lowered(text, { isModule }) {
  const options = {
    ...plain,
    isModule: isModule || "commonjs",
    module: { type: "commonjs" },
    jsc: { parser, target: "es5", externalHelpers: false },
  };
  return swc.transformSync(text, options).code;
}

/** The text minified, with the names at its top, as a bundle has them. */
export function minified(text, target) {
  const options = {
    ...plain,
    isModule: "commonjs",
    minify: true,
    jsc: {
      parser,
      target,
      externalHelpers: false,
      minify: { compress: { toplevel: true }, mangle: { toplevel: true } },
    },
  };
  return swc.transformSync(text, options).code;
}

const plain = { configFile: false, swcrc: false, filename: "exec.js", sourceMaps: false };
const parser = { syntax: "ecmascript" };
