// node run.mjs FILES FOLDER [NAME=PROGRAM…]: tries the archives of a release, in the folder FILES
// as `cargo xtask release` writes it. The program of each platform builds the examples and
// fixtures: what it writes and prints must be what the program for this machine writes and prints.
// Programs for musl build an example alone in an empty root, too. Each watches an example in a
// terminal until a key or Ctrl-C ends it. `NAME=PROGRAM`: a program that is in no archive.
//
// Other platforms run by qemu-user-static (with libc6-arm64-cross) and wine, of Debian. qemu 7 does
// not let programs read keys (it lacks `TCGETS2`). What cannot run here is left out, and that is
// printed. Empty roots need root's rights.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";

const FIXTURES = resolve(import.meta.dirname, "../../fixtures");
const HOST = "x86_64-unknown-linux-gnu";
/** The areas of fixtures that are built. */
const AREAS =
  "bad-input commonjs css-modules dynamic-import esm interop jsx minify splitting styles syntax " +
  "treeshake typescript vue";
/** So many fixtures of each area, spread over it. */
const MOST = 13;
const EXAMPLES = {
  "codeigniter-admin": "application/scripts",
  "laravel-market": "public/scripts",
};
const CTRL_C = "\u0003";
/** What runs the programs of a platform; nothing for those of this machine. */
const RUNNERS = [
  [/^aarch64-.*-linux-gnu/, ["qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu"]],
  [/^aarch64-.*-linux-musl/, ["qemu-aarch64-static"]],
  [/^x86_64-.*-linux-/, []],
  [/windows/, ["wine"]],
];

/** Wine says nothing of its own. */
process.env.WINEDEBUG = "-all";

const [files, scratch, ...given] = process.argv.slice(2);
rmSync(scratch, { recursive: true, force: true });
const programs = new Map(given.map((word) => word.split("=")));
for (const name of readdirSync(files).filter((file) => file.endsWith(".tar.gz"))) {
  const folder = join(resolve(scratch), "archives");
  mkdirSync(folder, { recursive: true });
  ran(["tar", "-xzf", resolve(files, name), "-C", folder]);
  const unpacked = name.slice(0, -".tar.gz".length);
  programs.set(unpacked.replace(/^bundle-[\d.]+-/, ""), join(folder, unpacked, "bundle"));
}

const wanted = results(HOST, [programs.get(HOST)]);
await watched(HOST, [programs.get(HOST)]);
for (const [name, program] of [...programs].filter(([name]) => name !== HOST).sort()) {
  const runner = RUNNERS.find(([pattern]) => pattern.test(name))?.[1];
  if (!runner || (runner.length > 0 && spawnSync("which", [runner[0]]).status !== 0)) {
    console.log(`${name}: left out, because ${runner ? runner[0] : "nothing"} runs it here`);
    continue;
  }
  const found = results(name, [...runner, program]);
  const titles = [...new Set([...wanted.keys(), ...found.keys()])];
  const differing = titles.filter((title) => found.get(title) !== wanted.get(title));
  assert.deepEqual(differing, [], name);
  console.log(`${name}: ${found.size} files and messages, the same as those of ${HOST}`);
  await watched(name, [...runner, program], !runner[0]?.startsWith("qemu"));
  if (name.endsWith("-musl")) alone(name, program);
}

/** Returns a hash for each file that a program writes, and for what it prints, by their names. */
function results(name, command) {
  const found = new Map();
  const work = join(resolve(scratch), name);
  for (const [example, out] of Object.entries(EXAMPLES)) {
    const folder = join(work, example);
    cpSync(join(FIXTURES, "examples", example), folder, { recursive: true });
    for (const mode of ["production", "development"]) {
      const done = spawnSync(command[0], [...command.slice(1), "--mode", mode], { cwd: folder });
      assert.equal(done.status, 0, `${name}: ${done.stderr}`);
      note(found, `${example} ${mode}`, [folder, out], done);
    }
  }
  for (const [at, [area, fixture, entry]] of chosen().entries()) {
    const folder = join(work, `${area}-${fixture}`);
    cpSync(join(FIXTURES, area, fixture), folder, { recursive: true });
    const config = {
      areas: { main: entry },
      outDir: "out-of-trial",
      target: at % 3 === 0 ? "esnext" : "es5",
      minify: at % 2 === 0,
      sourcemap: "file",
    };
    writeFileSync(join(folder, "bundle.config.json"), JSON.stringify(config));
    const done = spawnSync(command[0], command.slice(1), { cwd: folder });
    note(found, `${area}::${fixture}`, [folder, "out-of-trial"], done);
  }
  return found;
}

/** The fixtures that are built: their area, name and entry. */
function chosen() {
  return AREAS.split(" ").flatMap((area) => {
    const entries = readdirSync(join(FIXTURES, area)).flatMap((fixture) => {
      const names = ["main.js", "main.ts", "main.tsx", "main.jsx"];
      const entry = names.find((name) => existsSync(join(FIXTURES, area, fixture, name)));
      return entry ? [[area, fixture, entry]] : [];
    });
    const step = Math.max(1, Math.floor(entries.length / MOST));
    return entries.filter((_, at) => at % step === 0).slice(0, MOST);
  });
}

function note(found, title, [folder, out], { status, stderr }) {
  const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
  found.set(`${title}: exit code ${status}`, hash(String(stderr).replaceAll("\r\n", "\n")));
  const written = join(folder, out);
  if (!existsSync(written)) return;
  for (const file of readdirSync(written, { recursive: true }).sort()) {
    const path = join(written, file);
    if (statSync(path).isFile()) found.set(`${title}: ${file}`, hash(readFileSync(path)));
  }
}

/** Builds an example where nothing is but the program. */
function alone(name, program) {
  const [example, out] = Object.entries(EXAMPLES)[0];
  const root = join(resolve(scratch), `${name}-root`);
  cpSync(join(FIXTURES, "examples", example), join(root, "app"), { recursive: true });
  copyFileSync(program, join(root, "bundle"));
  chmodSync(join(root, "bundle"), 0o755);
  const words = ["/usr/sbin/chroot", root, "/bundle", "--config", "/app/bundle.config.json"];
  ran(["env", "-i", "HOME=/none", ...words]);
  const found = new Map();
  note(found, `${example} production`, [join(root, "app"), out], { status: 0, stderr: "" });
  for (const [title, hash] of found) assert.equal(hash, wanted.get(title), title);
  console.log(`${name}: the same in an empty root`);
}

/**
 * Watches an example in a terminal until a key or Ctrl-C ends it. `hasKeys`: it builds again before
 * that, for the key `r`.
 */
async function watched(name, command, hasKeys = true) {
  const [example] = Object.keys(EXAMPLES);
  const quoted = [...command, "--watch"].map((word) => `'${word}'`).join(" ");
  // Wine hands on the last byte of STATUS_CONTROL_C_EXIT.
  const killed = name.includes("windows") ? 0x3a : 130;
  const ways = hasKeys ? [["rq", 0], [`r${CTRL_C}`, killed]] : [[CTRL_C, killed]];
  for (const [keys, code] of ways) {
    const terminal = spawn("script", ["--quiet", "--return", "--command", quoted, "/dev/null"], {
      cwd: join(resolve(scratch), name, example),
      env: { ...process.env, TERM: "xterm" },
    });
    let text = "";
    let pressed = 0;
    terminal.stdout.on("data", (data) => {
      text += data;
      const waits = text.split(hasKeys ? "watching; r rebuilds" : "watching; Ctrl-C").length - 1;
      for (; pressed < Math.min(waits, keys.length); pressed++) terminal.stdin.write(keys[pressed]);
    });
    const limit = setTimeout(() => terminal.kill("SIGKILL"), 120_000);
    const status = await new Promise((done) => terminal.on("close", done));
    clearTimeout(limit);
    assert.deepEqual([pressed, status], [keys.length, code], `${name}: ${text}`);
  }
  const ends = hasKeys ? "a key and by Ctrl-C" : "Ctrl-C";
  console.log(`${name}: watches in a terminal, and ends by ${ends}`);
}

function ran([program, ...words]) {
  const done = spawnSync(program, words);
  assert.equal(done.status, 0, `${program} ${words.join(" ")}: ${done.stderr}`);
}
