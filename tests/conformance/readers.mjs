// Runs other projects' readers of the manifests of Laravel Mix and of Vite on our manifests. Pages
// include the tags that the readers print, and run in Chromium. Started by `cargo xtask conformance
// readers DIR…`; the readers are not committed.
//
// node readers.mjs BINARY DIR…: checkouts of github.com/laravel/framework (any branch from 5.8
// whose code this PHP runs), yassinedoghri/codeigniter-vite, firtadokei/codeigniter-vitejs,
// idleberg/php-vite-manifest

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";

const HERE = import.meta.dirname;
const SOURCES = join(HERE, "../../fixtures/config/manifests-of-three-kinds");

/** Entries, and what they log. */
const PAGES = { "pages/cart.js": "cart 2", "pages/list.js": "list 4" };

const [program, ...checkouts] = process.argv.slice(2);
if (checkouts.length === 0) throw new Error("which checkouts?");
const binary = resolve(program);
const work = mkdtempSync(join(tmpdir(), "bundle-readers-"));
const failures = [];
let count = 0;
for (const hash of [false, true]) {
  const site = built(hash);
  const server = await serve(site);
  for (const checkout of checkouts) {
    for (const entry of Object.keys(PAGES))
      await compare({ site, server, hash, checkout: resolve(checkout), entry });
  }
  server.close();
}
rmSync(work, { recursive: true, force: true });
process.stdout.write(
  `${count} pages by foreign readers, ${failures.length} of them wrong\n${failures.join("\n")}`,
);
process.exitCode = failures.length === 0 && count > 0 ? 0 : 1;

/**
 * A site with a build for each kind of reader. Readers of Vite leave imports to the browser, so
 * their build has ES modules.
 */
function built(hash) {
  const project = join(work, String(hash));
  cpSync(SOURCES, project, { recursive: true });
  const config = JSON.parse(readFileSync(join(project, "bundle.config.json"), "utf8"));
  const kinds = {
    build: { format: "esm", target: "es2020", manifest: "vite" },
    mix: { manifest: "mix" },
  };
  for (const [folder, kind] of Object.entries(kinds)) {
    writeFileSync(
      join(project, "bundle.config.json"),
      JSON.stringify({
        ...config,
        hash,
        outDir: `public/${folder}`,
        publicPath: `/${folder}/`,
        ...kind,
      }),
    );
    execFileSync(binary, [], { cwd: project, stdio: ["ignore", "ignore", "inherit"] });
  }
  return join(project, "public");
}

async function serve(site) {
  const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
  const server = createServer((request, response) => {
    const file = join(site, new URL(request.url, "http://site").pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response
      .writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" })
      .end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function compare({ site, server, hash, checkout, entry }) {
  const { status, stdout, stderr } = spawnSync(
    "php",
    [join(HERE, "readers.php"), checkout, site, entry],
    { encoding: "utf8" },
  );
  const printed = status === 0 && stdout.startsWith("{") ? Object.entries(JSON.parse(stdout)) : [];
  if (printed.length === 0) failures.push(`${checkout}: ${stdout}${stderr}`);
  for (const [reader, tags] of printed) {
    count += 1;
    const what = `${checkout} ${reader}, ${entry}, ${hash ? "hashed" : "fixed"} names`;
    writeFileSync(join(site, "page.html"), page(tags));
    const said = await open(`http://127.0.0.1:${server.address().port}/page.html`);
    const shown =
      said.errors.length > 0
        ? said.errors.join("\n")
        : (said.body.match(/<pre>([^]*)<\/pre>/)?.[1] ?? said.body);
    // One reader includes all entries.
    const isRight = shown.includes("/assets/dot-") && shown.includes(PAGES[entry]);
    if (!isRight) failures.push(`${what} shows\n${shown}\nwith\n${tags}`);
  }
}

function page(tags) {
  return `<!doctype html><head><meta charset="utf-8"><script>var logs = []; function log(text) { logs.push(text); }</script>${tags}</head><body><p class="shared">.</p><pre></pre><script>
addEventListener("load", function () {
  document.querySelector("pre").textContent = getComputedStyle(document.querySelector("p")).backgroundImage + " " + logs.join();
});</script></body>\n`;
}

/** Not spawnSync: the server answers in this process. */
async function open(url) {
  const chromium = spawn(process.execPath, [join(HERE, "../support/chromium.mjs"), url, "20000"]);
  let answer = "";
  for await (const text of chromium.stdout) answer += text;
  return JSON.parse(answer);
}
