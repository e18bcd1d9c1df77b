// A peer's development server: node page-peer.mjs TOOL FOLDER PORT AREA ENTRIES. ENTRIES is JSON
// from names to files. The page is the area's page, with hot replacement as users of the tool
// configure it for Vue 2. The program prints WATCHING once it serves, and runs until it is killed.

import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { packing } from "./packing.mjs";

const [tool, folder, portText, area, json] = process.argv.slice(2);
const port = Number(portText);
const entries = JSON.parse(json);
const host = "127.0.0.1";
const page = (scripts) =>
  `<!doctype html><html><head><meta charset="utf-8"></head><body><div id="app"></div>\n` +
    `${scripts.join("\n")}\n</body></html>\n`;

await { rspack: packed, webpack: packed, vite }[tool]();
process.stdout.write("WATCHING\n");

/**
 * The page has the scripts that the last build names for the entry. The usual plugins write it in
 * the same way.
 */
async function packed() {
  const { config, make } = await packing(tool, {
    folder,
    out: join(folder, "out-page"),
    entries,
    isHot: true,
  });
  const compiler = make(config);
  let scripts = [];
  const built = new Promise((resolve) => {
    compiler.hooks.done.tap("page", (stats) => {
      const { entrypoints } = stats.toJson({ all: false, entrypoints: true });
      scripts = entrypoints[area].assets
        .map(({ name }) => name)
        .filter((name) => name.endsWith(".js") && !name.includes(".hot-update."));
      if (stats.hasErrors()) process.stdout.write(stats.toString("errors-only"));
      resolve();
    });
  });
  const index = (request, response, next) => {
    if (request.url !== "/") return next();
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(page(scripts.map((name) => `<script src="/${name}"></script>`)));
  };
  const options = {
    host,
    port,
    hot: true,
    static: false,
    setupMiddlewares: (middlewares) => [{ name: "page", middleware: index }, ...middlewares],
  };
  const { [tool === "rspack" ? "RspackDevServer" : "default"]: Server } = await import(
    tool === "rspack" ? "@rspack/dev-server" : "webpack-dev-server"
  );
  await new Server(options, compiler).start();
  await built;
}

async function vite() {
  const [{ createServer }, { default: vue }] = await Promise.all([
    import("vite"),
    import("@vitejs/plugin-vue2"),
  ]);
  const index = {
    name: "page",
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        if (request.url !== "/") return next();
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.end(
          await server.transformIndexHtml(
            "/",
            page([`<script type="module" src="/${relative(folder, entries[area])}"></script>`]),
          ),
        );
      });
    },
  };
  const server = await createServer({
    configFile: false,
    root: folder,
    cacheDir: join(folder, ".vite"),
    logLevel: "warn",
    plugins: [vue(), index],
    resolve: { alias: { "@": join(folder, "src") } },
    // No page of HTML says where to begin to look for packages.
    optimizeDeps: { entries: [relative(folder, entries[area])] },
    server: {
      host,
      port,
      strictPort: true,
      fs: {
        allow: [
          folder,
          dirname(createRequire(import.meta.url).resolve("vue/package.json")),
          join(import.meta.dirname, "node_modules"),
        ],
      },
    },
  });
  await server.listen();
}
