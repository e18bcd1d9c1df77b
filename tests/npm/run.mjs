// node run.mjs REPOSITORY BINARY PACKAGES SCRATCH [MOST]: installs the packed npm packages into
// empty folders without a network, with and without the program for this platform. The example
// projects must come out byte for byte as the binary builds them. MOST: the most bytes that may be
// installed.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [repository, binary, packages, scratch, most] = process.argv.slice(2);
const EXAMPLES = ["codeigniter-admin", "laravel-market"];
const CONFIG = "bundle.config.json";
/** What npm has to say of its own is not about us. */
const QUIET = { ...process.env, npm_config_loglevel: "error" };
const LINE = /^bundle: the slower WebAssembly build is used, because \S+ is not installed [^\n]*\n/;

rmSync(scratch, { recursive: true, force: true });
const tarballs = readdirSync(packages).filter(
  // tests/wasm/package.mjs tests bundle-wasm.
  (name) => name.endsWith(".tgz") && !name.startsWith("bundle-wasm-"),
);
const main = tarballs.find((name) => /^bundle-\d/.test(name));
const hosts = [
  { name: "native", installs: tarballs, first: /^/ },
  { name: "wasm", installs: [main], first: LINE },
].map(installed);
for (const host of hosts) {
  for (const example of EXAMPLES) asTheBinary(host, example);
  edited(host);
  wrong(host);
  await program(host);
  await scripts(host);
  await programs(host);
}
refused(hosts[1]);
foreign(hosts[1]);
protectedFile(hosts[1]);
await ended(hosts[0]);
const sizes = hosts.map(
  ({ name, count, bytes }) => `${name}: ${count} packages, ${(bytes / 1e6).toFixed(1)} MB`,
);
console.log(`npm: ${sizes.join("; ")}`);

/** An empty folder into which packages are installed, by a npm that knows no others. */
function installed({ name, installs, first }) {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  const files = installs.map((file) => join(packages, file));
  const quietly = ["--offline", "--no-audit", "--no-fund", "--cache", join(scratch, "cache")];
  const done = spawnSync("npm", ["install", ...quietly, ...files], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(done.status, 0, done.stderr);
  const modules = join(folder, "node_modules");
  const there = readdirSync(modules).filter((each) => !each.startsWith("."));
  assert.equal(there.length, installs.length, `${there}`);
  const scripts = there.map(
    (each) => JSON.parse(readFileSync(join(modules, each, "package.json"), "utf8")).scripts,
  );
  assert.deepEqual(
    scripts,
    installs.map(() => undefined),
    "nothing is run at installation",
  );
  const bytes = [...filesOf(modules).values()].reduce((sum, file) => sum + file.length, 0);
  assert.ok(
    most === undefined || bytes <= Number(most),
    `${bytes} bytes are installed, and ${most} may be`,
  );
  return { name, folder, first, count: there.length, bytes };
}

/** A copy of an example project beside node_modules, and the same elsewhere for the binary. */
function copies({ name, folder }, example) {
  const [project, reference] = [join(folder, example), join(scratch, `${name}-reference`, example)];
  for (const to of [project, reference]) {
    rmSync(to, { recursive: true, force: true });
    cpSync(join(repository, "fixtures/examples", example), to, { recursive: true });
  }
  return { project, reference };
}

function npx(host, project, words) {
  const { status, stdout, stderr } = spawnSync("npx", ["--offline", "bundle", ...words], {
    cwd: project,
    encoding: "utf8",
    env: QUIET,
  });
  const line = host.first.exec(stderr)?.[0];
  assert.notEqual(line, undefined, `the first line is to say what is used: ${stderr}`);
  return { status, stdout, stderr: stderr.slice(line.length) };
}

function direct(reference, words) {
  return spawnSync(binary, words, { cwd: reference, encoding: "utf8" });
}

function asTheBinary(host, example) {
  const { project, reference } = copies(host, example);
  for (const words of [[], ["--mode", "development"], ["build", "--config", CONFIG]]) {
    const [here, there] = [npx(host, project, words), direct(reference, words)];
    assert.equal(there.status, 0, there.stderr);
    assert.deepEqual([here.status, here.stderr], [0, there.stderr], words.join(" "));
    assert.match(here.stdout, /scripts\/entrypoints\.json +[\d.]+ k?B/);
    sameFiles(project, reference);
  }
}

/**
 * Generations of files with hashes: which are new, which stay for open pages, which are removed,
 * and which are not touched.
 */
function edited(host) {
  const { project, reference } = copies(host, "laravel-market");
  const script = "resources/assets/js/trade/buy/main.js";
  const scripts = join(project, "public/scripts");
  const counts = [];
  for (const step of [
    "",
    "console.log('one');\n",
    "console.log('two');\n",
    "console.log('three');\n",
  ]) {
    for (const to of [project, reference])
      writeFileSync(join(to, script), `${readFileSync(join(to, script), "utf8")}${step}`);
    const before = step && times(scripts);
    assert.deepEqual([npx(host, project, []).status, direct(reference, []).status], [0, 0]);
    sameFiles(project, reference);
    counts.push(filesOf(scripts).size);
    if (!step) continue;
    const untouched = [...times(scripts)].filter(([path, time]) => before.get(path) === time);
    assert.ok(untouched.length > 10, "files that are as they were keep their times");
  }
  assert.ok(counts[1] > counts[0], "the generation before stays");
  assert.equal(counts[2], counts[3], "the one before that goes");
  // A part of the areas: manifests keep what they say of the others.
  assert.deepEqual(
    [npx(host, project, ["auth"]).status, direct(reference, ["auth"]).status],
    [0, 0],
  );
  sameFiles(project, reference);
}

/** Mistakes read as the binary tells them, end with 1, and nothing is written. */
function wrong(host) {
  const { project, reference } = copies(host, "codeigniter-admin");
  const before = filesOf(project);
  for (const words of [
    [],
    ["--log-format", "json"],
    ["nosuch.js"],
    ["--config", "bundle.confg.json"],
    ["--mode", "prodution"],
  ]) {
    for (const to of [project, reference]) {
      writeFileSync(
        join(to, "application/assets/js/account/settings.js"),
        'import { nothing } from "./validate.js";\nnothing();\n',
      );
    }
    const [here, there] = [npx(host, project, words), direct(reference, words)];
    assert.deepEqual(
      [here.status, here.stdout, here.stderr],
      [1, "", there.stderr],
      words.join(" "),
    );
    assert.notEqual(there.stderr, "");
    assert.deepEqual([...filesOf(project).keys()], [...before.keys()]);
  }
}

/** `build(config)`, with an object, a path, and nothing. */
async function program(host) {
  const { build, BuildError, defineConfig, withFilter } = createRequire(
    join(host.folder, "program.js"),
  )("bundle");
  const { project, reference } = copies(host, "codeigniter-admin");
  assert.equal(direct(reference, []).status, 0);
  const text = readFileSync(join(project, CONFIG), "utf8");
  const plain = JSON.parse(text.replace(/^\s*\/\/.*$/gm, "").replace(/,(\s*[}\]])/g, "$1"));
  const manifest = "application/scripts/entrypoints.json";
  for (const [config, options] of [
    [plain, { cwd: project }],
    [join(project, CONFIG), { cwd: project }],
    [undefined, { cwd: join(project, "application") }],
  ]) {
    rmSync(join(project, manifest), { force: true });
    const { outputs, diagnostics } = await build(config, options);
    assert.deepEqual(diagnostics, []);
    const told = outputs.find(({ path }) => path.endsWith("scripts/entrypoints.json"));
    assert.deepEqual([told.changed, told.bytes], [true, statSync(join(project, manifest)).size]);
    sameFiles(project, reference);
  }
  const { outputs } = await build(plain, {
    cwd: project,
    mode: "development",
    entries: ["orders"],
  });
  const names = outputs.map(({ path }) => path);
  assert.ok(
    names.includes("application/scripts/orders.js") &&
      !names.includes("application/scripts/account/settings.js"),
    `${names}`,
  );
  await assert.rejects(build({ ...plain, aeras: {} }, { cwd: project }), (error) => {
    assert.ok(error instanceof BuildError);
    assert.match(error.message, /^<config>:\d+:\d+: .*aeras.* \[unknown-key\]$/m);
    assert.deepEqual(
      [error.diagnostics[0].code, error.diagnostics[0].fix.replacement],
      ["unknown-key", '"areas"'],
    );
    return true;
  });
  await assert.rejects(build(plain, { wacth: true }), /there is no option "wacth"/);
  await assert.rejects(build(5), TypeError);
  await assert.rejects(
    build({ ...plain, plugins: [{ name: "p" }] }),
    /plugins of an object are names/,
  );
  assert.equal(defineConfig(plain), plain);
  const filtered = withFilter({ name: "p", load: String }, { load: { id: /x/ } });
  assert.deepEqual(filtered, { name: "p", load: { handler: String, filter: { id: /x/ } } });
}

/** A configuration that is a script, with a plugin that asks back. */
async function scripts(host) {
  const project = join(host.folder, "script");
  mkdirSync(project);
  const write = (name, text) => writeFileSync(join(project, name), text);
  write("app.js", "import it from './it.abc'; console.log(it);");
  write("it.abc", "one");
  write("other.js", "export default 'other';");
  write(
    "bundle.config.mjs",
    `const plugin = {
      name: "abc",
      async transform(code, id) {
        if (!id.endsWith("abc")) return null;
        if (code === "exit") process.exit(1);
        const { id: other } = await this.resolve("./other.js", id);
        return "import other from " + JSON.stringify(other) + "; export default other + " + JSON.stringify(code);
      },
    };
    export default async ({ mode }) => ({ outDir: mode, areas: { app: "app.js" }, minify: false, plugins: [plugin] });`,
  );
  assert.deepEqual([npx(host, project, []).status], [0]);
  const text = readFileSync(join(project, "production/app.js"), "utf8");
  assert.match(text, /"other" \+ "one"/);
  write("it.abc", "exit");
  assert.match(npx(host, project, []).stderr, /error\[plugin-ended\]/);
}

/** `watch`, `context` and `inspect`. */
async function programs(host) {
  const { BuildError, watch, context, inspect } = createRequire(join(host.folder, "program.js"))(
    "bundle",
  );
  const project = join(host.folder, "watched");
  mkdirSync(project, { recursive: true });
  const write = (text) => writeFileSync(join(project, "app.js"), text);
  write("console.log(1);");
  const config = { outDir: "out", areas: { app: "app.js" } };
  if (host.name === "wasm") {
    assert.throws(() => watch(config), /needs the native program: install/);
    return;
  }
  const watcher = watch(config, { cwd: project });
  const next = (event) => new Promise((resolve) => watcher.once(event, resolve));
  assert.ok((await next("build")).written.includes("out/app.js"));
  write("console.log(2);");
  const [changes, build] = await Promise.all([next("change"), next("build")]);
  assert.deepEqual([changes.changed, build.written[0]], [["app.js"], "out/app.js"]);
  write("console.log(;");
  const failure = await next("failure");
  assert.ok(failure instanceof BuildError && failure.diagnostics[0].code === "syntax-error");
  write("console.log(3);");
  assert.deepEqual((await next("build")).diagnostics, []);
  await watcher.close();
  await contexts(context, BuildError, project);
  const graph = await inspect("graph", config, { cwd: project });
  assert.deepEqual(Object.keys(graph), ["app.js"]);
  await assert.rejects(inspect("config", { aeras: {} }, { cwd: project }), BuildError);
  await assert.rejects(inspect("graf"), TypeError);
  const killed = watch(config, { cwd: project });
  const death = new Promise((resolve) => killed.on("error", resolve));
  killed.once("build", () => spawnSync("pkill", ["-9", "-f", "--", "--config - --watch"]));
  assert.match((await death).message, /the watcher ended with SIGKILL/);
}

/** `context`: one process builds again and again what has changed. */
async function contexts(context, BuildError, project) {
  const write = (text) => writeFileSync(join(project, "kept.js"), text);
  const config = { outDir: "kept", areas: { kept: "kept.js" } };
  const several = context(config, { cwd: project });
  write("console.log(1);");
  const [first, second] = await Promise.all([several.rebuild(), several.rebuild()]);
  const { size: bytes } = statSync(join(project, "kept/kept.js"));
  assert.deepEqual(
    [first, second].map(({ outputs }) => outputs[0]),
    [
      { path: "kept/kept.js", bytes, changed: true },
      { path: "kept/kept.js", bytes, changed: false },
    ],
  );
  for (const number of [2, 3, 4]) {
    write(`console.log(${number});`);
    assert.ok((await several.rebuild()).outputs[0].changed);
    assert.equal(readFileSync(join(project, "kept/kept.js"), "utf8").includes(`(${number})`), true);
  }
  write("console.log(;");
  await assert.rejects(several.rebuild(), BuildError);
  write("console.log(5);");
  assert.deepEqual((await several.rebuild()).diagnostics, []);
  spawnSync("pkill", ["-9", "-f", "--", "--on-request"]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal((await several.rebuild()).outputs[0].changed, false);
  const last = several.rebuild();
  await Promise.all([assert.rejects(last, /disposed/), several.dispose()]);
  await assert.rejects(several.rebuild(), /disposed/);
  const file = join(project, "kept.json");
  const configure = (more) => writeFileSync(file, `{ "areas": { "kept": "kept.js" }, ${more} }`);
  configure('"outDir": "kept"');
  const configured = context("kept.json", { cwd: project });
  assert.equal((await configured.rebuild()).outputs[0].changed, false);
  configure('"outDir": "elsewhere"');
  assert.equal((await configured.rebuild()).outputs[0].path, "elsewhere/kept.js");
  configure('"outDri": "elsewhere"');
  await assert.rejects(configured.rebuild(), BuildError);
  configure('"outDir": "elsewhere"');
  assert.equal((await configured.rebuild()).outputs[0].changed, false);
  await configured.dispose();
  const wrong = context({ aeras: {} }, { cwd: project });
  await assert.rejects(wrong.rebuild(), BuildError);
  await assert.rejects(wrong.rebuild(), BuildError);
  await wrong.dispose();
}

/** What only the native program can do, each in one diagnostic. */
function refused(host) {
  const { project } = copies(host, "codeigniter-admin");
  const before = filesOf(project);
  for (const words of [["--watch"], ["why", "vue"], ["report"], ["--metafile=meta.json"]]) {
    const { status, stdout, stderr } = npx(host, project, words);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /^error\[native-only\]: \S.* needs the native program\n/, words.join(" "));
    assert.equal(stderr.match(/^error/gm).length, 1);
  }
  const budgets = readFileSync(join(project, CONFIG), "utf8").replace(
    "{",
    '{ "budgets": { "*": "1 MB" },',
  );
  writeFileSync(join(project, "budgets.json"), budgets);
  assert.match(
    npx(host, project, ["--config", "budgets.json"]).stderr,
    /^error\[native-only\]: `budgets` needs/,
  );
  assert.match(npx(host, project, ["--help"]).stdout, /Usage: bundle/);
  assert.match(npx(host, project, ["--version"]).stdout, /^bundle \d+\.\d+\.\d+\n$/);
  rmSync(join(project, "budgets.json"));
  assert.deepEqual(filesOf(project), before);
}

/** A node_modules of another system: the line names its package, and the one that is missing. */
function foreign(host) {
  const folder = join(host.folder, "node_modules/bundle-win32-arm");
  const platforms = join(host.folder, "node_modules/bundle/lib/platforms.json");
  const table = readFileSync(platforms, "utf8");
  const other = { name: "bundle-win32-arm", os: "win32", cpu: "arm" };
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify(other));
  writeFileSync(platforms, JSON.stringify([...JSON.parse(table), other]));
  const { stderr } = spawnSync("npx", ["--offline", "bundle", "--version", "x.js"], {
    cwd: host.folder,
    encoding: "utf8",
    env: QUIET,
  });
  assert.match(
    stderr,
    /because bundle-\S+ is not installed, but bundle-win32-arm: .*remove node_modules/,
  );
  writeFileSync(platforms, table);
  rmSync(folder, { recursive: true });
}

/** A file that cannot be replaced leaves all others as they were, and nothing beside them. */
function protectedFile(host) {
  const { project } = copies(host, "codeigniter-admin");
  const taken = join(project, "application/scripts/orders.js");
  mkdirSync(taken);
  const before = filesOf(project);
  const { status, stderr } = npx(host, project, []);
  assert.equal(status, 1);
  assert.match(
    stderr,
    /^error\[output-is-directory\]: cannot write application\/scripts\/orders\.js/,
  );
  assert.deepEqual(filesOf(project), before);
  rmSync(taken, { recursive: true });
  // A file is where a folder has to be: that is noticed only when some files have been written next
  // to their places.
  writeFileSync(join(project, "application/scripts/vue"), "");
  const again = npx(host, project, []);
  assert.equal(again.status, 1);
  assert.match(again.stderr, /^error\[not-written\]: cannot write application\/scripts\/vue\//);
  assert.deepEqual([...filesOf(join(project, "application/scripts")).keys()].sort(), [
    ".htaccess",
    "vue",
  ]);
}

/** Whoever ends the command ends the program, and hears how it ended. */
async function ended(host) {
  const { project } = copies(host, "codeigniter-admin");
  const command = join(host.folder, "node_modules/bundle/bin/bundle.js");
  const child = spawn(process.execPath, [command, "--watch"], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = new Promise((resolve) => child.on("exit", (...how) => resolve(how)));
  // The stream ends with the last of both: the program has gone too.
  for await (const part of child.stdout.setEncoding("utf8"))
    if (part.includes("watching")) child.kill("SIGTERM");
  assert.deepEqual(await exit, [null, "SIGTERM"]);
}

function sameFiles(project, reference) {
  const [here, there] = [filesOf(project), filesOf(reference)];
  assert.deepEqual([...here.keys()].sort(), [...there.keys()].sort());
  for (const [path, bytes] of there) assert.ok(bytes.equals(here.get(path)), `${path} differs`);
}

/** Every file below a folder with its contents. */
function filesOf(folder, prefix = "", found = new Map()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) filesOf(path, `${prefix}${entry.name}/`, found);
    else found.set(prefix + entry.name, readFileSync(path));
  }
  return found;
}

function times(folder) {
  return new Map(
    [...filesOf(folder).keys()].map((path) => [
      path,
      statSync(join(folder, path), { bigint: true }).mtimeNs,
    ]),
  );
}
