// Writes tests/element-ui/expected: what its pages show when webpack, vue-loader 15 and Babel have
// built the program.
//
// node tests/support/element_reference.mjs    (after `npm ci --prefix tests/vue-oracle/element`)
//
// With SCRIPT=some.js it opens that build instead, and prints what it shows: SCRIPT=/some/main.js
// node … mounted used

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const tests = fileURLToPath(new URL("..", import.meta.url));
const program = join(tests, "element-ui");
const chain = join(tests, "vue-oracle/element");
const MILLISECONDS = "120000";
const { SCRIPT } = process.env;

if (SCRIPT) {
  for (const part of process.argv.slice(2)) process.stdout.write(shown(SCRIPT, part));
} else {
  const folder = mkdtempSync(join(tmpdir(), "element-reference-"));
  await build(folder);
  mkdirSync(join(program, "expected"), { recursive: true });
  for (const part of ["mounted", "used"])
    writeFileSync(join(program, "expected", `${part}.txt`), shown(join(folder, "main.js"), part));
  rmSync(folder, { recursive: true });
}

function build(folder) {
  const require = createRequire(join(chain, "package.json"));
  const webpack = require("webpack");
  const { VueLoaderPlugin } = require("vue-loader");
  const babel = {
    loader: "babel-loader",
    options: {
      presets: [["@babel/preset-env", { modules: false }], "@vue/babel-preset-jsx"].map(found),
      babelrc: false,
      configFile: false,
      sourceType: "unambiguous",
    },
  };
  function found(preset) {
    return Array.isArray(preset)
      ? [require.resolve(preset[0]), preset[1]]
      : require.resolve(preset);
  }
  const compiler = webpack({
    mode: "production",
    devtool: false,
    optimization: { minimize: false },
    performance: false,
    target: ["web", "es5"],
    context: program,
    entry: "./main.js",
    output: { path: folder, filename: "main.js" },
    externals: { vue: "Vue" },
    resolve: {
      extensions: [".js", ".vue", ".json"],
      modules: ["node_modules", join(tests, "node_modules"), join(chain, "node_modules")],
    },
    resolveLoader: { modules: [join(chain, "node_modules")] },
    module: {
      rules: [
        { test: /\.vue$/, loader: "vue-loader", options: {} },
        {
          test: /\.js$/,
          include: [program, /node_modules\/element-ui\/(src|packages)\//],
          use: babel,
        },
      ],
    },
    plugins: [new VueLoaderPlugin()],
  });
  return new Promise((resolve, reject) =>
    compiler.run((error, stats) => {
      if (error || stats.hasErrors()) reject(error || new Error(stats.toString("errors-only")));
      else compiler.close(() => resolve());
    }),
  );
}

/** The transcript of a page. */
function shown(script, part) {
  const url = `${pathToFileURL(join(program, "page.html"))}?${pathToFileURL(script)}#${part}`;
  const command = [join(tests, "support/chromium.mjs"), url, MILLISECONDS];
  const { stdout } = spawnSync("node", command, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, TZ: "UTC" },
  });
  const { errors, body } = JSON.parse(stdout);
  const [, text] = /<pre id="transcript">([^]*?)<\/pre>/.exec(body) || [];
  if (errors.length || text === undefined)
    throw new Error(`the page complains:\n${errors.join("\n")}\n${body.slice(-2000)}`);
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&nbsp;/g, "\u00a0")
    .replace(/&amp;/g, "&");
}
