// Vue's own compilers on the templates of element-ui. `cargo xtask bench components` prints their
// times beside ours.
//
// OURS='…' node components.mjs
//
// OURS is what our own bench printed in the same run. Each compiler is called as vue-loader 15
// calls it, in a process of its own: `vue/compiler-sfc` for Vue 2.7, vue-template-compiler and
// vue-template-es2015-compiler for earlier versions. All of them strip `with`, as ours does. A
// build pays for the first turn, and for loading; the steady state is the speed of an engine that
// has warmed up.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/** Turns: the engine has warmed up long before the last. The least time counts, here and there. */
const TURNS = 35;

const COMPILERS = {
  "vue/compiler-sfc": () => require("vue/compiler-sfc").compileTemplate,
  "vue-template-compiler": () => {
    const compiler = require("vue-template-compiler");
    const { compileTemplate } = require("@vue/component-compiler-utils");
    return (template) => compileTemplate({ ...template, compiler });
  },
};

const [name] = process.argv.slice(2);
if (name) {
  process.stdout.write(
    JSON.stringify(measure(COMPILERS[name], JSON.parse(readFileSync(0, "utf8")))),
  );
} else {
  compare(
    process.env.OURS.match(
      /components\/templates +([\d.]+) ms.* each of (\d+); the first time ([\d.]+) ms/,
    )
      .slice(1)
      .map(Number),
  );
}

function compare([steady, count, first]) {
  const input = JSON.stringify(templates());
  for (const compiler of Object.keys(COMPILERS)) {
    const theirs = JSON.parse(
      execFileSync(process.execPath, [import.meta.filename, compiler], { input, encoding: "utf8" }),
    );
    if (theirs.count !== count) throw new Error(`${count} templates here, ${theirs.count} there`);
    const beside = (time, ours) =>
      `${time.toFixed(2).padStart(9)} ms CPU, ${(time / ours).toFixed(1)} times ours`;
    const loading = `loading ${theirs.loading.toFixed(0)} ms`;
    process.stdout.write(
      `${compiler.padEnd(28)} ${beside(theirs.steady, steady)}; the first time ` +
        `${beside(theirs.first, first).trim()}; ${loading}\n`,
    );
  }
}

/** Read before, and elsewhere: reading components warms up what reads templates. */
function templates() {
  const folder = join(import.meta.dirname, "node_modules/element-ui/packages");
  const { parse } = require("vue/compiler-sfc");
  const files = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".vue"))
    .map((file) => join(folder, file));
  return files.flatMap((filename) => {
    const { template } = parse({
      source: readFileSync(filename, "utf8"),
      filename,
      sourceMap: false,
    });
    return template ? [{ filename, source: template.content }] : [];
  });
}

function measure(load, all) {
  let compile;
  const loading = cost(() => (compile = load()));
  const turn = () =>
    cost(() =>
      all.forEach((template) =>
        compile({ ...template, isProduction: true, prettify: false, transformAssetUrls: true }),
      ),
    );
  const first = turn();
  return {
    count: all.length,
    loading,
    first,
    steady: Math.min(...Array.from({ length: TURNS }, turn)),
  };
}

/** Milliseconds of all threads. */
function cost(run) {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
