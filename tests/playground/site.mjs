// A static server for the site, under a folder of the host, as a real one would have it. It counts
// requests, and can be stopped, so that a test can go offline.

import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};
/** The site is not at the root of its host. */
const UNDER = "/tools/play/";

export class Site {
  requests = [];

  constructor(folder) {
    this.folder = folder;
  }

  async start(port = 0) {
    this.server = createServer((request, response) => this.#answer(request, response));
    await new Promise((resolve) => this.server.listen(port, "127.0.0.1", resolve));
    this.port = this.server.address().port;
    this.address = `http://127.0.0.1:${this.port}${UNDER}`;
    return this;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #answer({ url }, response) {
    this.requests.push(url);
    const path = new URL(url, "http://any").pathname;
    const file = path === UNDER ? "index.html" : normalize(path.slice(UNDER.length));
    const full = join(this.folder, file);
    if (!path.startsWith(UNDER) || file.startsWith("..") || !statSync(full, NOTHING)?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(full)] ?? "text/plain" });
    response.end(readFileSync(full));
  }
}

const NOTHING = { throwIfNoEntry: false };
