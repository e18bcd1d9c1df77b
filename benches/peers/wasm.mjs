// The WebAssembly build beside the binary on one core: CPU time and memory on the generated shop
// and on 1,000 small modern modules; a rebuild after a keystroke in a component of the admin
// example; the module's size. The outputs must be the same bytes. Started by `cargo xtask bench
// wasm`, with the module as it is published.
//
// node wasm.mjs BINARY FOLDER PACKAGE [--repeat N]
//
// The first build of a process is told apart: V8 compiles the module while it runs, on other
// threads too, and that is CPU time as well.

import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync,
  writeFileSync,
} from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { AREAS, writeShop } from "./shop/generate.mjs";

const HERE = import.meta.dirname;
const GOALS = { cpu: 2.5, memory: 2, keystroke: 50, size: 3e6 };
/** What a build may read of a package. */
const SOURCES = new Set([".js", ".mjs", ".cjs", ".json", ".css", ".scss", ".vue"]);
const EDITED = "application/assets/js/vue/hello_world/HelloWorld.vue";
const KEYSTROKES = 200;

const [binary, folder, packageFolder, ...words] = process.argv.slice(2);
if (binary === "--child") await child(folder, packageFolder);
else await parent(words.includes("--repeat") ? Number(words[words.indexOf("--repeat") + 1]) : 3);

async function parent(repeat) {
  const base = join(folder, "wasm");
  rmSync(base, { recursive: true, force: true });
  const lines = [];
  for (const make of [shop, small]) {
    const { name, project } = make(base);
    const [native, ours] = measured(name, project, repeat);
    lines.push(...lineOf(name, native, ours));
  }
  lines.push(await keystrokes(base), sizeLine());
  process.stdout.write(`| | binary | WebAssembly | ratio | goal |\n|---|---|---|---|---|\n`);
  process.stdout.write(lines.map((line) => `| ${line.join(" | ")} |\n`).join(""));
}

function shop(base) {
  const project = join(base, "shop");
  writeShop(project);
  symlinkSync(join(HERE, "node_modules"), join(project, "node_modules"));
  const areas = Object.fromEntries(AREAS.map((area) => [area, `areas/${area}/index.js`]));
  const alias = { "@": ".", vue$: "../node_modules/vue/dist/vue.runtime.esm.js" };
  const config = { name: "shop", root: "src", areas, alias, outDir: "out", sourcemap: "file" };
  writeFileSync(join(project, "bundle.config.json"), JSON.stringify(config));
  const metafile = join(project, "meta.json");
  execFileSync(binary, ["--no-cache", "--metafile", metafile], { cwd: project, stdio: "ignore" });
  copyPackages(project, JSON.parse(readFileSync(metafile, "utf8")));
  return { name: "shop of 12 areas", project };
}

/** Small modern modules: classes, async functions, destructuring and spread. */
function small(base) {
  const project = join(base, "small");
  mkdirSync(project, { recursive: true });
  const names = Array.from({ length: 1000 }, (_, at) => `m${at}`);
  names.forEach((name, at) => {
    const used = at === 0 ? "null" : `m${at >> 1}`;
    const text = `${at === 0 ? "" : `import { ${used} } from "./${used}";\n`}
      export class ${name} {
        #values = [${at}];
        async load({ id, ...rest }, [first = 1] = []) {
          const all = [...this.#values, id, first];
          for (const value of all) await Promise.resolve(value);
          return { ...rest, all, text: \`\${id}-\${first}\`, next: ${used}?.name };
        }
      }\n`;
    writeFileSync(join(project, `${name}.js`), text);
  });
  const imports = names.map((name) => `import { ${name} } from "./${name}";\n`).join("");
  writeFileSync(join(project, "main.js"), `${imports}window.all = [${names.join(", ")}];\n`);
  writeFileSync(
    join(project, "bundle.config.json"),
    JSON.stringify({ areas: { main: "main.js" }, outDir: "out", sourcemap: "file" }),
  );
  return { name: "1,000 small modules, es5", project };
}

/** The least of each figure of `repeat` runs of the binary, and of a process with WebAssembly. */
function measured(name, project, repeat) {
  const report = join(project, "cost.json");
  const native = Array.from({ length: repeat }, () => {
    const command = ["taskset", "-c", "0", binary, "--no-cache", "--jobs", "1"];
    const done = spawnSync("python3", [join(HERE, "measure.py"), report, ...command], {
      cwd: project,
    });
    if (done.status !== 0) throw new Error(`${name}: ${done.stderr}`);
    return JSON.parse(readFileSync(report, "utf8"));
  });
  const list = join(project, "files.json");
  writeFileSync(list, JSON.stringify(filesOf(project)));
  const words = ["taskset", "-c", "0", process.execPath, fileURLToPath(import.meta.url)];
  const builds = JSON.parse(
    execFileSync(words[0], [...words.slice(1), "--child", project, packageFolder], {
      encoding: "utf8",
      maxBuffer: 1e8,
    }),
  );
  const least = (of, all) => Math.min(...all.map((cost) => cost[of]));
  return [
    { cpu: least("cpu", native), memory: least("memory", native) },
    { first: builds[0].cpu, cpu: least("cpu", builds), memory: builds[0].memory },
  ];
}

/** Puts copies of the packages that a build reads in the place of the linked folder. */
function copyPackages(project, { inputs }) {
  // The key of a module in a linked folder begins with `name@version/`.
  const names = Object.keys(inputs).flatMap(
    (key) => /^((?:@[^/]+\/)?[^/@]+)@\d/.exec(key)?.[1] ?? [],
  );
  const linked = join(project, "node_modules");
  rmSync(linked, { force: true });
  for (const name of new Set(names))
    cpSync(join(HERE, "node_modules", name), join(linked, name), { recursive: true });
}

/** What a build may read: its own outputs and notes are not among it. */
function filesOf(project) {
  const found = [];
  const walk = (path) => {
    if (statSync(join(project, path)).isDirectory())
      for (const name of readdirSync(join(project, path))) walk(`${path}/${name}`);
    else if (SOURCES.has(extname(path))) found.push(path);
  };
  for (const name of readdirSync(project)) if (!/^(out|.*\.json)$/.test(name)) walk(name);
  return [...found, "bundle.config.json"];
}

/** Builds a project some times in sessions of one process, and compares with the binary's files. */
async function child(project, packageFolder) {
  const list = JSON.parse(readFileSync(join(project, "files.json"), "utf8"));
  const sources = list.map((path) => [path, readFileSync(join(project, path))]);
  const { instance } = await import(pathToFileURL(join(packageFolder, "wasm/bundle_wasm.js")));
  const glue = instance();
  const { memory } = glue.initSync({
    module: readFileSync(join(packageFolder, "wasm/bundle_wasm_bg.wasm")),
  });
  const builds = [];
  for (let count = 0; count < 4; count++) {
    const session = new glue.Session();
    for (const [path, bytes] of sources) session.writeBytes(path, bytes);
    const begin = process.cpuUsage();
    const { outputs, diagnostics } = JSON.parse(session.build("{}"));
    const { user, system } = process.cpuUsage(begin);
    builds.push({ cpu: (user + system) / 1e6, memory: memory.buffer.byteLength });
    if (outputs.length === 0) throw new Error(JSON.stringify(diagnostics[0]));
    for (const [at, { path }] of outputs.entries())
      if (!readFileSync(join(project, path)).equals(session.output(at)))
        throw new Error(`${path} is not as the binary wrote it`);
    session.free();
  }
  process.stdout.write(JSON.stringify(builds));
}

function lineOf(name, native, ours) {
  const seconds = (cost) => `${cost.toFixed(2)} s`;
  const mib = (bytes) => `${Math.round(bytes / 2 ** 20)} MiB`;
  const ratio = (one, other) => (one / other).toFixed(2);
  return [
    [`${name}: CPU`, seconds(native.cpu), seconds(ours.cpu), ratio(ours.cpu, native.cpu), GOALS.cpu],
    [`${name}: CPU of the first build, V8's compiling included`, seconds(native.cpu),
      seconds(ours.first), ratio(ours.first, native.cpu), ""],
    [`${name}: memory`, mib(native.memory), mib(ours.memory),
      ratio(ours.memory, native.memory), GOALS.memory],
  ];
}

/** From the call of `update` to the outputs, as the playground sees it: in a worker. */
async function keystrokes(base) {
  const project = join(base, "admin");
  cpSync(join(HERE, "../../fixtures/examples/codeigniter-admin"), project, { recursive: true });
  const { startBundler } = await import(pathToFileURL(join(packageFolder, "worker.js")));
  const bundler = await startBundler();
  const files = {};
  const walk = (path) => {
    for (const name of readdirSync(join(project, path))) {
      const at = path === "" ? name : `${path}/${name}`;
      if (statSync(join(project, at)).isDirectory()) walk(at);
      else files[at] = new Uint8Array(readFileSync(join(project, at)));
    }
  };
  walk("");
  const edited = existsSync(join(project, EDITED)) ? EDITED : vueFile(files);
  const text = new TextDecoder().decode(files[edited]);
  const session = await bundler.createSession(files);
  await session.build();
  const times = [];
  for (let count = 0; count < KEYSTROKES; count++) {
    const begin = performance.now();
    const mark = "x".repeat((count % 20) + 1);
    const typed = text.replace("<template>\n", `<template>\n  <!-- ${mark} -->`);
    const changed = typed.replace("<script>", `<script>\n// ${mark}\nwindow.typed = "${mark}";`);
    const { outputs } = await session.update({ [edited]: changed });
    times.push(performance.now() - begin);
    if (!outputs.some(({ changed }) => changed)) throw new Error("the keystroke changed nothing");
  }
  bundler.terminate();
  times.sort((one, other) => one - other);
  const shown = [0.5, 0.95].map((at) => times[Math.floor(times.length * at)].toFixed(1));
  return ["a keystroke in a component of the admin example, median / 95 of 100", "",
    `${shown.join(" / ")} ms`, "", `${GOALS.keystroke} ms`];
}

function vueFile(files) {
  return Object.keys(files).find((path) => path.endsWith(".vue"));
}

function sizeLine() {
  const module = readFileSync(join(packageFolder, "wasm/bundle_wasm_bg.wasm"));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: module.length,
  };
  const packed = brotliCompressSync(module, { params }).length;
  const mb = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
  return ["the module, under brotli", "", `${mb(module.length)}, ${mb(packed)}`, "", mb(GOALS.size)];
}
