// node pack.mjs BINARY GLUE OUT VERSION QUALITY [TARGET NOTICES]: makes the npm packages, each as a
// folder in OUT and as the archive of `npm pack`: `bundle` with the WebAssembly build, a platform's
// package with the binary, and `bundle-wasm`. Without a BINARY (-) or GLUE (-), the packages that
// contain it are left out. QUALITY is brotli's. TARGET is Rust's name of the platform, NOTICES the
// file THIRD-PARTY.txt. Prints their sizes.

import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { wasmPackage } from "./wasm-package.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [binary, glue, out, version, quality, target, notices] = process.argv.slice(2);
const platforms = JSON.parse(readFileSync(join(here, "bundle/lib/platforms.json"), "utf8"));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const wasmOnly = ["bundle-wasm", (folder) => wasmPackage(glue, folder, version)];
const wanted = [
  ...(glue === "-" ? [] : [["bundle", main], wasmOnly]),
  ...(binary === "-" ? [] : [platform()]),
];
for (const [name, make] of wanted) {
  const folder = join(out, name);
  mkdirSync(folder);
  make(folder);
  cpSync(join(here, "../LICENSE"), join(folder, "LICENSE"));
  if (notices !== undefined) cpSync(notices, join(folder, "THIRD-PARTY.txt"));
  const [{ filename, size, unpackedSize }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", `./${name}`], {
      cwd: out,
      encoding: "utf8",
      shell: process.platform === "win32",
    }),
  );
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(`${filename}: ${megabytes(size)} packed, ${megabytes(unpackedSize)} installed`);
}

function main(folder) {
  cpSync(join(here, "bundle"), folder, { recursive: true });
  cpSync(join(here, "schema"), join(folder, "schema"), { recursive: true });
  const wasm = join(folder, "wasm");
  mkdirSync(wasm);
  cpSync(join(glue, "bundle_wasm.js"), join(wasm, "bundle_wasm.js"));
  const module = readFileSync(join(glue, "bundle_wasm_bg.wasm"));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: Number(quality),
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: module.length,
  };
  writeFileSync(join(wasm, "bundle_wasm_bg.wasm.br"), brotliCompressSync(module, { params }));
  // The glue is an ES module under a name that Node takes for CommonJS.
  writeJson(join(wasm, "package.json"), { type: "module" });
  const description = JSON.parse(readFileSync(join(here, "bundle/package.json"), "utf8"));
  // Exactly this version: the program and what calls it belong together.
  const optionalDependencies = Object.fromEntries(platforms.map(({ name }) => [name, version]));
  writeJson(join(folder, "package.json"), { ...description, version, optionalDependencies });
}

/** The package of the target, or else of the platform that runs this. */
function platform() {
  const libc =
    process.report.getReport().header.glibcVersionRuntime === undefined ? "musl" : "glibc";
  const isOwn = (it) =>
    it.os === process.platform && it.cpu === process.arch && (it.libc ?? libc) === libc;
  const isIt = target === undefined ? isOwn : (it) => it.target === target;
  const { name, os, cpu, libc: needed } = platforms.find(isIt);
  const make = (folder) => {
    const program = join(folder, os === "win32" ? "bundle.exe" : "bundle");
    cpSync(binary, program);
    chmodSync(program, 0o755);
    writeJson(join(folder, "package.json"), {
      name,
      version,
      description: `The program of the package bundle for ${os} on ${cpu}`,
      license: "MIT",
      preferUnplugged: true,
      os: [os],
      cpu: [cpu],
      ...(needed && { libc: [needed] }),
    });
  };
  return [name, make];
}

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
