// A shop that is the same on every machine: 12 areas with an entry each, and 570 modules, 190 of
// them components of Vue with scoped SCSS. It uses the packages of a typical shop: vue, vuex,
// vue-router, axios, lodash-es, moment and a third of element-ui.
//
// All of it runs. The page of an area shows the components of three routes, whose data comes
// through axios into the store, and the sum of what its modules compute. So a module that is
// missing, that runs twice with separate state, or that computes something else changes the page.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { random as randomBy } from "../../../tests/support/random_numbers.mjs";
import { component, page, root } from "./components.mjs";
import { constants, model, service, store, utility } from "./modules.mjs";
import { SHARED_STYLES } from "./styles.mjs";

const SEED = 12;

/** How many an area has. */
export const ROUTES = 3;

/** Each is an entry. */
export const AREAS =
  "catalog product cart checkout orders account events trade seller support search admin".split(
    " ",
  );

/** Of each area's modules. */
const OWN = {
  components: 11,
  pages: ROUTES,
  stores: 3,
  services: 3,
  models: 5,
  utilities: 7,
  constants: 4,
};

/** What areas share. */
const SHARED = { components: 10, utilities: 48, models: 24, services: 18 };

/** Components of element-ui that are on every page, and those of which each has some. */
const ELEMENTS = {
  common: ["button", "input", "tag", "row", "col", "link"],
  some: [
    ["alert"],
    ["avatar"],
    ["badge"],
    ["breadcrumb", "breadcrumb-item"],
    ["card"],
    ["checkbox"],
    ["collapse", "collapse-item"],
    ["divider"],
    ["empty"],
    ["form", "form-item"],
    ["pagination"],
    ["progress"],
    ["radio"],
    ["rate"],
    ["select", "option"],
    ["switch"],
    ["table", "table-column"],
    ["tabs", "tab-pane"],
  ],
};

/** Writes all sources. */
export function writeShop(folder) {
  const random = randomBy(SEED);
  const write = (path, text) => {
    const file = join(folder, "src", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [name, text] of Object.entries(SHARED_STYLES)) write(`styles/${name}`, text);
  const shared = writeShared(write, random);
  AREAS.forEach((area, at) =>
    writeArea(write, random, { area, shared: shared.filter(({ reach }) => reach.has(at)) }),
  );
}

/** Who imports a shared module: everybody, the areas of one half, or a few neighbours. */
function reach(random) {
  const kind = random(10);
  const [from, count] =
    kind < 4
      ? [0, AREAS.length]
      : kind < 7
        ? [random(2) * 6, 6]
        : [random(AREAS.length), 2 + random(2)];
  return new Set(Array.from({ length: count }, (_, at) => (from + at) % AREAS.length));
}

function writeShared(write, random) {
  const all = [];
  const kinds = {
    utilities: [utility, "js"],
    models: [model, "js"],
    services: [service, "js"],
    components: [component, "vue"],
  };
  for (const [kind, [text, extension]] of Object.entries(kinds)) {
    for (let at = 0; at < SHARED[kind]; at++) {
      const made = { kind, name: `Shared${title(kind)}${at}`, reach: reach(random) };
      made.from = `@/shared/${kind}/${made.name}${extension === "vue" ? ".vue" : ""}`;
      // A module may use what everybody gets who gets the module.
      const uses = all.filter(
        (other) =>
          other.kind === kind &&
          kind !== "components" &&
          [...made.reach].every((area) => other.reach.has(area)),
      );
      write(
        `shared/${kind}/${made.name}.${extension}`,
        text(made.name, { random, uses: few(random, uses, 2) }),
      );
      all.push(made);
    }
  }
  write("shared/http.js", HTTP);
  write("shared/look.js", LOOK);
  return all;
}

function writeArea(write, random, { area, shared }) {
  const place = `areas/${area}`;
  const of = (kind) => shared.filter((each) => each.kind === kind);
  const kinds = {
    constants: [constants, []],
    utilities: [utility, of("utilities")],
    models: [model, of("models")],
    services: [service, []],
    stores: [store, of("services")],
  };
  const names = Object.fromEntries(
    Object.entries(kinds).map(([kind, how]) => [
      kind,
      writeModules(write, random, { area, kind, how }),
    ]),
  );
  const elements = [...ELEMENTS.common, ...few(random, ELEMENTS.some, 6).flat()];
  writeComponents(write, random, { area, place, shared: of("components"), elements });
  write(`${place}/App.vue`, root(area, { random }));
  write(`${place}/routes.js`, routes(area));
  const here = (kind) => names[kind].map((name) => ({ name, from: `./${kind}/${name}` }));
  const scored = [
    ...["constants", "utilities", "models"].flatMap(here),
    ...of("utilities"),
    ...of("models"),
  ];
  write(
    `${place}/index.js`,
    entry(area, {
      elements,
      scored,
      stores: names.stores,
      services: [...here("services"), ...of("services")],
    }),
  );
}

/** Modules of a kind, which use shared ones and the one before; gives their names. */
function writeModules(write, random, { area, kind, how: [text, shared] }) {
  const names = [];
  for (let at = 0; at < OWN[kind]; at++) {
    const name = `${title(area)}${title(kind)}${at}`;
    const before = names.slice(-1).map((other) => ({ name: other, from: `./${other}` }));
    write(
      `areas/${area}/${kind}/${name}.js`,
      text(name, { random, uses: [...few(random, shared, 2), ...before] }),
    );
    names.push(name);
  }
  return names;
}

/** A component shows the one four after it, a page shows some of each row. */
function writeComponents(write, random, { area, place, shared, elements }) {
  const name = (at) => `${title(area)}Component${at}`;
  for (let at = 0; at < OWN.components; at++) {
    const child =
      at + 4 < OWN.components
        ? [{ name: name(at + 4), from: `./${name(at + 4)}.vue` }]
        : few(random, shared, 2);
    write(
      `${place}/components/${name(at)}.vue`,
      component(name(at), { random, uses: child, elements }),
    );
  }
  for (let at = 0; at < OWN.pages; at++) {
    const shown = at === 2 ? [0, 1, 2, 3] : [at, at + 2];
    write(
      `${place}/pages/${title(area)}Page${at}.vue`,
      page(area, {
        at,
        random,
        uses: shown.map((each) => ({ name: name(each), from: `../components/${name(each)}.vue` })),
      }),
    );
  }
}

function routes(area) {
  const paths = ["/", "/items/:id", "/summary"];
  return `${paths.map((_, at) => `import Page${at} from "./pages/${title(area)}Page${at}.vue";\n`).join("")}
export default [
${paths.map((path, at) => `  { path: "${path}", name: "${area}-${at}", component: Page${at}, props: true },\n`).join("")}];
`;
}

function entry(area, { elements, stores, services, scored }) {
  const tag = (name) => `El${name.split("-").map(title).join("")}`;
  return `import Vue from "vue";
import Vuex from "vuex";
import VueRouter from "vue-router";
${elements.map((name) => `import ${tag(name)} from "element-ui/lib/${name}";\nimport "element-ui/lib/theme-chalk/${name}.css";\n`).join("")}import "@/styles/base.scss";
import { look } from "@/shared/look";
import App from "./App.vue";
import routes from "./routes";
${stores.map((name) => `import ${name} from "./stores/${name}";\n`).join("")}${scored.map(({ name, from }) => `import { score as score${name} } from "${from}";\n`).join("")}${services.map(({ name, from }) => `import ${name} from "${from}";\n`).join("")}
Vue.config.productionTip = false;
Vue.use(Vuex);
Vue.use(VueRouter);
[${elements.map(tag).join(", ")}].forEach((part) => Vue.component(part.name, part));

const store = new Vuex.Store({ modules: { ${stores.join(", ")} } });
const router = new VueRouter({ mode: "abstract", routes });
const app = new Vue({ store, router, render: (h) => h(App) }).$mount("#app");

/** Everything that this area computes, in one number. */
const scores = [${scored.map(({ name }) => `score${name}`).join(", ")}];
const services = [${services.map(({ name }) => name).join(", ")}];

async function visit() {
  const seen = [\`sum \${scores.reduce((sum, score, at) => (sum * 31 + score(at)) % 1000003, 7)}\`];
  for (const service of services) seen.push(...(await service.fetchAll()).map(({ name }) => name));
  for (const path of ["/", "/items/3", "/summary"]) {
    await router.push(path);
    for (const module of ["${stores.join('", "')}"]) await store.dispatch(\`\${module}/load\`, path.length);
    await app.$nextTick();
    seen.push(\`\${path}\\n\${look(app.$el)}\`);
  }
  return seen.join("\\n");
}

visit().then(window.shown, (error) => window.shown(String(error && error.stack)));
`;
}

/** Up to so many of a list, in its order. */
function few(random, list, count) {
  const chosen = new Set();
  for (let at = 0; at < count && list.length > 0; at++) chosen.add(random(list.length));
  return [...chosen].sort((a, b) => a - b).map((at) => list[at]);
}

function title(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/** The server of this shop is a function. */
const HTTP = `import axios from "axios";

const WORDS = ["lamp", "chair", "table", "shelf", "carpet", "clock", "mirror"];

/** Answers as a server would, without one. */
async function answer(config) {
  const { seed = 1, count = 4 } = config.params ?? {};
  const data = Array.from({ length: count }, (_, at) => {
    const number = (seed * 7919 + at * 104729) % 9973;
    return { id: at + 1, name: \`\${WORDS[number % WORDS.length]} \${number}\`, price: number, kind: WORDS[(number * 3) % 4], at: 1600000000000 + number * 86400000 };
  });
  return { data, status: 200, statusText: "OK", headers: { "x-asked": config.url }, config };
}

export const http = axios.create({ baseURL: "/api", adapter: answer, headers: { "X-Requested-With": "XMLHttpRequest" } });

http.interceptors.response.use(({ data, headers }) => data.map((item) => ({ ...item, asked: headers["x-asked"].length })));
`;

/** What a page shows, and how it looks: the text, and a sum over the styles of all elements. */
const LOOK = `const STYLES = ["color", "display", "paddingLeft", "marginTop", "fontSize", "fontWeight", "borderTopColor", "backgroundColor", "borderTopWidth", "lineHeight"];

/** The text under an element, and a number for how it looks. */
export function look(root) {
  const elements = [root, ...root.querySelectorAll("*")];
  let sum = 0;
  for (const element of elements) {
    const style = getComputedStyle(element);
    for (const name of STYLES) {
      for (const letter of style[name]) sum = (sum * 31 + letter.charCodeAt(0)) % 1000003;
    }
  }
  const text = root.innerText.replace(/\\s+/g, " ");
  return \`\${text}\\n\${elements.length} elements look like \${sum}\`;
}
`;
