// What the runners compare with: Babel's preset-env, which is installed with the bench of lowering
// in benches/peers/lower. It gets what ours promises: a target that is an edition, and checks of
// the temporal dead zone.

import { createRequire } from "node:module";

const require = createRequire(
  new URL("../../benches/peers/lower/package.json", import.meta.url),
);
const babel = require("@babel/core");

/** The plugins of ECMAScript 2015, which its own target does not need. */
const ES2015 = [
  "arrow-functions", "block-scoped-functions", "block-scoping", "classes", "computed-properties",
  "destructuring", "duplicate-keys", "for-of", "function-name", "literals", "new-target",
  "object-super", "parameters", "regenerator", "shorthand-properties", "spread", "sticky-regex",
  "template-literals", "typeof-symbol", "unicode-escapes", "unicode-regex",
].map((name) => `transform-${name}`);

/** The text lowered to `es5` or `es2015`, as a CommonJS module with its helpers in it. */
export function byPresetEnv(text, target, isModule = true) {
  const exclude = target === "es5" ? ["transform-block-scoping"] : ES2015;
  const blocks = [require.resolve("@babel/plugin-transform-block-scoping"), { tdz: true }];
  const options = {
    babelrc: false,
    configFile: false,
    compact: false,
    sourceType: isModule ? "module" : "script",
    presets: [[require.resolve("@babel/preset-env"), {
      forceAllTransforms: true,
      modules: "commonjs",
      exclude,
    }]],
    plugins: target === "es5" ? [blocks] : [],
  };
  return babel.transformSync(text, options).code;
}
