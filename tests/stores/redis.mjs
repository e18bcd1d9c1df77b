// Redis with a password.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { answering, freePort } from "./ports.mjs";

redis.programs = ["redis-server", "redis-cli"];

/** Starts it without values. */
export async function redis(folder) {
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  const flags = ["--port", `${port}`, "--requirepass", "secret", "--save", "", "--dir", folder];
  const child = spawn("redis-server", flags, { stdio: "ignore" });
  await answering(port);
  const ask = (words, input) => {
    const all = ["-p", `${port}`, "-a", "secret", "--no-auth-warning", ...words];
    const { status, stdout, stderr } = spawnSync("redis-cli", all, { input, maxBuffer: 1e9 });
    if (status !== 0 || /^(ERR|OOM)/.test(stdout)) throw new Error(`${stdout}${stderr}`);
    return stdout;
  };
  const address = `redis://127.0.0.1:${port}`;
  const at = (path, more = {}) => ({ BUNDLE_CACHE_REMOTE: `${address}/${path}`, ...more });
  const write = { BUNDLE_CACHE_WRITE: "main" };
  return {
    address: `${address}/0`,
    credentials: { BUNDLE_CACHE_PASSWORD: "secret" },
    faults: [
      { name: "wrong password", variables: { BUNDLE_CACHE_PASSWORD: "guessed" }, warns: true },
      { name: "no password", variables: { BUNDLE_CACHE_PASSWORD: "" }, warns: true },
      { name: "no such database", variables: at("99") },
      {
        name: "no server",
        variables: { BUNDLE_CACHE_REMOTE: `redis://127.0.0.1:${await freePort()}` },
      },
      {
        name: "silent",
        begin() {
          child.kill("SIGSTOP");
          return () => child.kill("SIGCONT");
        },
      },
      {
        name: "full, written to",
        variables: at("1", write),
        warns: true,
        begin() {
          ask(["config", "set", "maxmemory", "1"]);
          return () => ask(["config", "set", "maxmemory", "0"]);
        },
      },
      {
        name: "a clock that is three days behind",
        before: ["faketime", "-f", "-3d"],
        variables: { DONT_FAKE_MONOTONIC: "1" },
        isHarmless: true,
      },
    ],
    list: () => `${ask(["keys", "*"])}`.trim().split("\n"),
    get: (name) => ask(["get", name]).subarray(0, -1),
    set: (name, bytes) => ask(["-x", "set", name], bytes),
    remove: (name) => ask(["del", name]),
    stop: () => child.kill("SIGKILL"),
  };
}
