// Tests the built site.
//
// node tests/site/run.mjs REPOSITORY SITE SCRATCH
//
// SITE is what `node site/build.mjs` wrote. Every page is parsed strictly, and every link and
// anchor followed; then a browser reads, searches and switches, from a server and from the disk.
// SCRATCH gets pictures of pages. Needs Chromium, and `npm ci` in site/.

import { createServer } from "node:http";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { checkDocuments } from "./documents.mjs";
import { checkReading } from "./reading.mjs";

const [repository, site, scratch] = process.argv.slice(2).map((path) => resolve(path));
if (!scratch) {
  console.error("usage: node tests/site/run.mjs REPOSITORY SITE SCRATCH");
  process.exit(1);
}
mkdirSync(scratch, { recursive: true });

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
};

/** Milliseconds. */
const LIMIT = 240_000;

/** The folder in which the site is on the server: not the root, so addresses must be relative. */
const UNDER = "/a%20folder/docs/";

/** A server of the site that answers nothing else. */
function serve() {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path =
      pathname.startsWith(UNDER) && join(site, decodeURIComponent(pathname.slice(UNDER.length)));
    if (!path || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type }).end(readFileSync(path));
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

if (!existsSync(join(site, "index.html"))) {
  console.error(`${site} has no index.html: build the site first`);
  process.exit(1);
}
/** A browser that hangs is a failure, not a run that hangs. */
setTimeout(() => {
  console.error(`the site was not tested within ${LIMIT / 60_000} minutes`);
  process.exit(1);
}, LIMIT).unref();
const complaints = checkDocuments(repository, site);
const server = await serve();
const origin = `http://127.0.0.1:${server.address().port}`;
const read = await checkReading({ site, scratch, origin, home: origin + UNDER });
complaints.push(...read.complaints);
server.close();
for (const complaint of complaints) console.error(complaint);
const counts = `${read.checks} checks in the browser, ${complaints.length} complaints`;
console.log(`${counts}; pictures are in ${scratch}`);
process.exit(complaints.length ? 1 : 0);
