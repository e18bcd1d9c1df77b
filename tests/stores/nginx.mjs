// nginx with its module dav, and places on it that answer in all the ways in which servers refuse.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { answering, freePort } from "./ports.mjs";

nginx.programs = ["nginx"];

/** Starts it with an empty folder. */
export async function nginx(folder) {
  const port = await freePort();
  const store = join(folder, "store");
  mkdirSync(store, { recursive: true });
  const users = join(folder, "users");
  const dav = `root ${store}; dav_methods PUT DELETE; create_full_put_path on;`;
  const said = (status) => `location /${status}/ { return ${status}; }`;
  writeFileSync(users, "ci:{PLAIN}secret\n");
  writeFileSync(
    join(folder, "nginx.conf"),
    `pid ${folder}/pid; error_log ${folder}/errors; daemon off; worker_processes 1;
     ${process.getuid() === 0 ? "user root;" : ""}
     events {}
     http {
       access_log off; client_body_temp_path ${folder}/body; client_max_body_size 64m;
       server {
         listen 127.0.0.1:${port};
         location / { ${dav} }
         location /closed/ { ${dav} auth_basic "cache"; auth_basic_user_file ${users}; }
         location /guarded/ { ${dav} limit_except GET { auth_basic "cache"; auth_basic_user_file ${users}; } }
         ${[403, 404, 429, 500].map(said).join(" ")}
         location /full/ { if ($request_method = PUT) { return 507; } return 404; }
         location /files/ { root ${store}; }
       }
     }`
  );
  const child = spawn("nginx", ["-c", join(folder, "nginx.conf")], {
    stdio: "ignore",
    detached: true,
  });
  await answering(port);
  const signal = (name) => process.kill(-child.pid, name);
  const host = `http://127.0.0.1:${port}`;
  const at = (path, more = {}) => ({ BUNDLE_CACHE_REMOTE: `${host}/${path}`, ...more });
  const write = { BUNDLE_CACHE_WRITE: "main" };
  const wrong = { BUNDLE_CACHE_USER: "ci", BUNDLE_CACHE_PASSWORD: "guessed" };
  return {
    address: `${host}/js`,
    credentials: {},
    faults: [
      { name: "wrong password", variables: at("closed", wrong), warns: true },
      { name: "no password", variables: at("closed"), warns: true },
      {
        name: "wrong password, written to",
        variables: at("guarded", { ...wrong, ...write }),
        warns: true,
      },
      { name: "403", variables: at("403"), warns: true },
      { name: "404", variables: at("404") },
      { name: "429", variables: at("429") },
      { name: "500", variables: at("500") },
      { name: "500, written to", variables: at("500", write), warns: true },
      { name: "full (507), written to", variables: at("full", write), warns: true },
      { name: "takes no files (405), written to", variables: at("files", write), warns: true },
      {
        name: "no server",
        variables: { BUNDLE_CACHE_REMOTE: `http://127.0.0.1:${await freePort()}/js` },
      },
      { name: "no such host", variables: { BUNDLE_CACHE_REMOTE: "http://nowhere.invalid/js" } },
      {
        name: "silent",
        begin() {
          signal("SIGSTOP");
          return () => signal("SIGCONT");
        },
      },
      {
        name: "a clock that is three days behind",
        before: ["faketime", "-f", "-3d"],
        variables: { DONT_FAKE_MONOTONIC: "1" },
        isHarmless: true,
      },
      {
        name: "10 GB of garbage under our prefix",
        begin() {
          const garbage = join(store, "js/bundle-1/main/garbage.pack");
          writeFileSync(garbage, "");
          truncateSync(garbage, 10e9);
          return () => rmSync(garbage);
        },
        isHarmless: true,
      },
      {
        name: "segments of 10 GB",
        begin() {
          const packs = files(store).filter((name) => name.endsWith(".pack"));
          const kept = packs.map((name) => [join(store, name), readFileSync(join(store, name))]);
          for (const [path] of kept) truncateSync(path, 10e9);
          return () => kept.forEach(([path, bytes]) => writeFileSync(path, bytes));
        },
      },
    ],
    list: () => files(store).filter((name) => name.startsWith("js/")),
    get: (name) => readFileSync(join(store, name)),
    set: (name, bytes) => writeFileSync(join(store, name), bytes),
    remove: (name) => rmSync(join(store, name)),
    stop: () => signal("SIGKILL"),
  };
}

function files(folder) {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((each) => each.isFile())
    .map((each) => relative(folder, join(each.parentPath, each.name)));
}
