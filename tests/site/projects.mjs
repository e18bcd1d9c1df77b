// Small projects in which the commands of the documents run: files by path. For table.mjs.

const usual = {
  "bundle.config.json": `{
    "areas": {
      "cart": { "entry": "src/cart.js" },
      "list": { "entry": "src/list.js" },
      "events": { "entry": "src/events.js" },
      "trade": { "entry": "src/trade.js" }
    }
  }`,
  "package.json": `{ "name": "shop" }`,
  "node_modules/lodash/package.json": `{ "name": "lodash", "version": "4.0.0" }`,
  "node_modules/lodash/index.js": `exports.last = (list) => list[list.length - 1];`,
  "node_modules/lodash-es/package.json": `{ "version": "4.0.0", "type": "module" }`,
  "node_modules/lodash-es/index.js": `export const first = (list) => list[0];`,
  "src/cart.js": `import { money } from "./trade/money.js"; document.title = money(1, 2);`,
  "src/list.js": `import { money } from "./trade/money.js"; console.log(money(3));`,
  "src/trade/money.js": `
    import { first } from "lodash-es";
    import { last } from "lodash";
    export const money = (...prices) => [...prices.sort(), first(prices), last(prices)].join();`,
  "src/events.js": `import { name } from "./name.js"; document.title = name();`,
  "src/trade.js": `import { name } from "./name.js"; console.log(name());`,
  "src/name.js": `export function name() { return window.name + " of the shop"; }`,
  "src/main.js": `import $ from "jquery"; import lib from "my-lib";
    $(document).ready(() => lib(DEBUG));`,
  "node_modules/jquery/index.js": `module.exports = (node) => ({ ready: (run) => run(node) });`,
  "node_modules/my-lib/index.js": `module.exports = (text) => console.log(text);`,
  "src/admin.js": `console.log("admin");`,
  "src/admin/users.js": `console.log("users");`,
  "src/a.js": `console.log("a");`,
  "src/b.js": `console.log("b");`,
  "src/pages/cart/index.js": `console.log("cart");`,
  "src/pages/list/index.js": `console.log("list");`,
  "src/App.vue": `<template><p>{{ text }}</p></template>
    <script>export default { data: () => ({ text: "Hello" }) };</script>`,
  "old.js": `with (location) { console.log(href); } module.exports = 1;`,
};

/** The names in ours are those of docs/design/chunk-assignment.md. */
const assignment = {
  "cart.js": `import { money } from "./money.js";
    import { listen } from "./listen.js";
    listen("#cart", () => alert(money(12)));`,
  "list.js": `import { money } from "./money.js";
    document.title = money(7);
    import("./gallery.js").then((gallery) => gallery.open());`,
  "gallery.js": `import { listen } from "./listen.js";
    export function open() { listen("#gallery", () => {}); }`,
  "money.js": `export const money = (value) => value + " €";`,
  "listen.js": `export function listen(selector, handler) {
    document.querySelector(selector).addEventListener("click", handler); }`,
};

/** docs/design/chunk-merging.md prints them. */
const merging = {
  "one.js": `import { all } from "./all.js"; import { list } from "./list.js";
    console.log(all(), list());`,
  "two.js": `import { all } from "./all.js"; import { list } from "./list.js";
    console.log(all(), list());`,
  "three.js": `import { all } from "./all.js"; console.log(all());`,
  "all.js": `export function all() { return "all"; }\n`,
  "list.js": `window.lists = (window.lists || 0) + 1;\nexport function list() { return "list"; }\n`,
};

/** docs/design/execution-order.md prints them. */
const order = {
  "cart.js": `import "./polyfill.js"; import { start } from "./clock.js";
    import { format } from "./format.js"; console.log(format(start));`,
  "list.js": `import { start } from "./clock.js"; import { format } from "./format.js";
    console.log(format(start));`,
  "polyfill.js": `window.now = () => 0; export {};`,
  "clock.js": `export const start = window.now();`,
  "format.js": `export const format = (v) => v + " ms";`,
};

/** docs/design/slots-and-renaming.md prints them. */
const renaming = {
  "src/main.js": `import { open } from "./dialog.js";
    import { open as read } from "./file.js";
    const name = "report";
    document.title = read(name);
    open(name, [1, 2]);`,
  "src/dialog.js": `import { limit } from "./limit.js";
    import { open as read } from "./file.js";
    const name = "dialog";
    export function open(title, rows) {
      const open$1 = rows.length > limit();
      document.body.append(name, read(title), open$1);
    }`,
  "src/file.js": `const name = "file";
    export function open(path) { return name + ":" + path; }`,
  "src/limit.js": `export function limit() { return window.rows || 10; }`,
};

/** docs/design/source-maps.md prints them. */
const maps = {
  "src/main.ts": `import { total as sum } from "./total"; import { title } from "./texts.json";
const name: string = "total";
document.title = title + name + sum([1, 2]);`,
  "src/total.ts": `import { add } from "./add.js";
export function total(prices: number[]): number { return prices.reduce(add, 0); }`,
  "src/add.js": `export function add(a, b) { return a + b; }
//# sourceMappingURL=add.js.map`,
  "src/add.js.map": `{ "version": 3, "sources": ["lib.ts"], "names": [], "mappings": "AAAA" }`,
  "src/lib.ts": `export function add(a: number, b: number): number { return a + b; }`,
  "src/texts.json": `{ "title": ["Sum "], "other": 1 }`,
};

/** docs/design/cache.md and rebuilds.md print them. */
const single = {
  "bundle.config.json": `{ "areas": { "app": { "entry": "src/app.js" } }, "target": "es2017" }`,
  "src/app.js": `import { hello } from "./hello.js"; hello(2);`,
  "src/hello.js": `export function hello(name) { document.title = "hello " + name; }`,
};

const cache = {
  "bundle.config.json": `{ "areas": { "app": { "entry": "src/app.js" } }, "target": "es2017" }`,
  "src/app.js": `import "./app.scss"; import { hello } from "./hello.js";
    import { rate } from "./rate.js"; hello(rate);`,
  "src/app.scss": `@use "colors"; body { color: colors.$text; }`,
  "src/_colors.scss": "$text: #234;",
  "src/hello.js": `export function hello(name) { document.title = "hello " + name; }`,
  "src/rate.js": "export const rate = 2;",
};

const cart = (label) => `import { ${label ? "rate, label" : "rate"} } from "./tax.js";
  export function total(prices) {
    const sum = prices.reduce((one, other) => one + other, 0);
    return ${label ? "label + " : ""}sum * (1 + rate);
  }`;
const rebuilds = {
  "bundle.config.json": `{ "areas": { "app": { "entry": "src/app.js" } } }`,
  "src/app.js": `import { total } from "./cart.js"; import { show } from "./view.js";
    show(total([1, 2]));`,
  "src/cart.js": cart(false),
  "src/tax.js": "export const rate = 0.2;",
  "src/view.js": `import { mark } from "./format.js";
    export function show(text) { document.title = mark(text); }`,
  "src/format.js": `export function mark(text) { return "* " + text; }`,
};

/** docs/design/manual-chunks.md prints most of them. */
const manual = {
  "bundle.config.json": `{ "areas": {
    "common": { "entry": "common/index.js", "shared": true },
    "cart": "cart.js",
    "list": "list.js"
  }, "target": "esnext", "minify": false }`,
  "common/index.js": `document.title = "Shop"; export {};`,
  "common/money.js": `import { sign } from "../sign.js"; console.log("money starts");
    export const money = (value) => sign + value;`,
  "sign.js": "export const sign = String.fromCharCode(8364);",
  "cart.js": `import { money } from "./common/money.js"; console.log(money(1));`,
  "list.js": `import "./common/index.js"; console.log("list");`,
};

/** What `init` finds in a Laravel project with a build of Laravel Mix: docs/init.md. */
const mix = {
  artisan: `<?php`,
  "composer.json": `{ "require": { "laravel/framework": "^8.0" } }`,
  "package.json": `{ "devDependencies": { "laravel-mix": "^6.0.0", "vue": "^2.7.16" } }`,
  "resources/js/app.js": `console.log("app");`,
  "resources/sass/app.scss": `body { color: red; }`,
  "webpack.mix.js": `const mix = require('laravel-mix');
mix.js('resources/js/app.js', 'public/js').vue().sass('resources/sass/app.scss', 'public/css')
  .extract(['vue']).version(['public/img/logo.png']);`,
  "public/img/logo.png": "",
};

export const PROJECTS = {
  usual,
  assignment,
  merging,
  order,
  renaming,
  maps,
  single,
  cache,
  rebuilds,
  cartWithLabel: cart(true),
  manual,
  mix,
  /** Nothing to build, and nothing to read. */
  empty: {},
  configured: { ...mix, "bundle.config.json": "{}" },
};
