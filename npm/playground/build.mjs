// Builds the playground's page: node build.mjs BINARY PACKAGE OUT
//
// BINARY is the bundler, PACKAGE the finished package bundle-wasm, OUT the folder to write. The
// packages of package-lock.json have to be installed. The result is a folder of static files that
// works under any path of a site.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
/** What imports may use of the packages that come with the page. */
const PACKAGES = {
  vue: ["package.json", "dist/vue.runtime.esm.js", "dist/vue.min.js"],
  "lodash-es": [/^(?:package\.json|[\w.]+\.js)$/],
  preact: [
    "package.json",
    "dist/preact.module.js",
    "hooks/package.json",
    "hooks/dist/hooks.module.js",
    "jsx-runtime/package.json",
    "jsx-runtime/dist/jsxRuntime.module.js",
  ],
  jquery: ["package.json", "dist/jquery.js", "dist/jquery.min.js"],
};
const WORKER = "sw.js";

const [binary, packageFolder, out] = process.argv.slice(2).map((path) => resolve(path));
if (out === undefined) {
  console.error("node build.mjs BINARY PACKAGE OUT");
  process.exit(2);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
bundle(["--out-dir", out, "--alias", `bundle-wasm=${packageFolder}`]);
addPreload();
for (const name of readdirSync(join(HERE, "examples"))) {
  writeJson(`examples/${name}.json`, texts(join(HERE, "examples", name)));
}
for (const [name, wanted] of Object.entries(PACKAGES)) {
  writeJson(`packages/${name}.json`, texts(join(HERE, "node_modules", name), wanted));
}
cpSync(join(HERE, "page/icon.svg"), join(out, "icon.svg"));
writeServiceWorker();

function bundle(args) {
  const { status, error } = spawnSync(binary, ["--no-cache", ...args], {
    cwd: HERE,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * The page asks for the WebAssembly module before its script is there. It does not ask for the
 * worker: Chromium has no preload of workers, and warns about one.
 */
function addPreload() {
  const page = join(out, "index.html");
  const path = files(out).find((each) => each.endsWith(".wasm"));
  if (!path) throw new Error("the package has no WebAssembly module");
  const link = `<link rel="preload" href="${path}" as="fetch" type="application/wasm" crossorigin>`;
  const text = readFileSync(page, "utf8");
  writeFileSync(
    page,
    text.replace("</head>", () => `\n  ${link}\n</head>`),
  );
}

/** Texts of the files of a folder, by their paths. */
function texts(folder, wanted = [/./]) {
  const isWanted = (path) =>
    wanted.some((each) => (typeof each === "string" ? each === path : each.test(path)));
  const missing = wanted.filter(
    (each) => typeof each === "string" && !existsSync(join(folder, each)),
  );
  if (missing.length > 0) throw new Error(`${folder} does not have ${missing.join(", ")}`);
  const paths = files(folder).filter(isWanted);
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

function writeJson(path, value) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), JSON.stringify(value));
}

/** Its list names every file, and its version is a hash of them all. */
function writeServiceWorker() {
  const listed = files(out);
  const hash = createHash("sha256");
  for (const path of listed) hash.update(`${path}\n`).update(readFileSync(join(out, path)));
  const version = hash.digest("hex").slice(0, 16);
  bundle([
    "src/offline/service-worker.ts",
    "--no-config",
    "--format",
    "iife",
    "--target",
    "es2022",
    "--out-file",
    join(out, WORKER),
    "--define",
    `FILES=${JSON.stringify(listed)}`,
    "--define",
    `VERSION="${version}"`,
  ]);
}

/** Paths of all files below a folder, sorted, with `/`. */
function files(folder, at = folder) {
  return readdirSync(at, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(at, entry.name);
      if (entry.isDirectory()) return files(folder, path);
      return [relative(folder, path).replaceAll("\\", "/")];
    });
}
