// What is bundled. Everything is made under target/bench/inputs, from a seed and from the packages
// that package-lock.json pins. So it is the same everywhere, and none of it is committed. Each
// program prints one line; a build whose output prints another line is broken, whatever it cost.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { writeSynthetic } from "./synthetic.mjs";
import { writeTyped } from "./typed.mjs";

const HERE = import.meta.dirname;
const PACKAGES = join(HERE, "node_modules");
const COPIES = 10;
/** Vue as components need it that are compiled already. */
const RUNTIME = ["vue", join(PACKAGES, "vue/dist/vue.runtime.esm.js")];

/**
 * For each input: its name, how many modules it has (for figures per module), how it is written,
 * its alias, `vue` if it has components of Vue, and `types` if it is TypeScript, which only some
 * tools read without a loader.
 */
export const INPUTS = [
  { name: "three-x10", modules: 3720, write: writeThree },
  { name: "synthetic-1000", modules: 1000, write: (folder) => writeSynthetic(folder, 1000) },
  { name: "synthetic-5000", modules: 5000, write: (folder) => writeSynthetic(folder, 5000) },
  { name: "synthetic-20000", modules: 20_000, write: (folder) => writeSynthetic(folder, 20_000) },
  {
    name: "typed-1000",
    modules: 1000,
    write: (folder) => writeTyped(folder, 1000),
    line: "sum 551838",
    types: true,
  },
  // element-ui requires what a module would import: both get the same file of Vue, the one with the
  // template compiler.
  {
    name: "mix",
    modules: 800,
    write: writeMix,
    alias: ["vue", join(PACKAGES, "vue/dist/vue.esm.js")],
    line: "mix ok",
  },
  {
    name: "components",
    modules: 116,
    write: (folder) => writeComponents(folder, 1),
    alias: RUNTIME,
    line: "116 components, 11 rendered",
    vue: true,
  },
  {
    name: "components-x10",
    modules: 1160,
    write: (folder) => writeComponents(folder, COPIES),
    alias: RUNTIME,
    line: "1160 components, 110 rendered",
    vue: true,
  },
];

/** Makes an input unless it is there; gives its entry and the line that its output has to print. */
export function prepare(input, folder) {
  const place = join(folder, input.name);
  const stamp = join(place, "stamp.json");
  const makers = [
    "inputs.mjs",
    "synthetic.mjs",
    "typed.mjs",
    "../../tests/support/random_numbers.mjs",
    "package-lock.json",
  ].map((file) => readFileSync(join(HERE, file)));
  const made = createHash("sha256").update(Buffer.concat(makers)).digest("hex");
  if (!existsSync(stamp) || JSON.parse(readFileSync(stamp, "utf8")).made !== made) {
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    link(join(folder, "node_modules"));
    writeFileSync(join(place, "package.json"), input.line ? "{}\n" : '{ "type": "module" }\n');
    input.write(place);
    // What Node makes of the modules themselves is right by definition.
    const line =
      input.line ?? execFileSync("node", [join(place, "main.js")], { encoding: "utf8" }).trim();
    writeFileSync(stamp, JSON.stringify({ made, line }));
  }
  return {
    ...input,
    entry: join(place, input.types ? "main.ts" : "main.js"),
    folder: place,
    line: JSON.parse(readFileSync(stamp, "utf8")).line,
  };
}

function link(place) {
  rmSync(place, { force: true });
  symlinkSync(PACKAGES, place);
}

/** three.js's sources in ten folders, every export of each kept. */
function writeThree(folder) {
  const copies = Array.from({ length: COPIES }, (_, at) => at);
  for (const at of copies)
    cpSync(join(PACKAGES, "three/src"), join(folder, `copy${at}`), { recursive: true });
  const imports = copies
    .map((at) => `import * as THREE${at} from "./copy${at}/Three.js";\n`)
    .join("");
  writeFileSync(
    join(folder, "main.js"),
    `${imports}
let sum = 0;
// A name that is computed keeps every export.
for (const THREE of [${copies.map((at) => `THREE${at}`).join(", ")}]) {
  for (const name of Object.keys(THREE).sort()) sum = (sum * 31 + name.length + (typeof THREE[name]).length) % 1000003;
  const scene = new THREE.Scene();
  const cube = new THREE.Mesh(new THREE.BoxGeometry(1, 2, 3), new THREE.MeshBasicMaterial({ color: 0x00ff00 }));
  cube.rotation.y = Math.PI / 2;
  scene.add(cube);
  scene.updateMatrixWorld();
  const size = new THREE.Box3().setFromObject(cube).getSize(new THREE.Vector3()).toArray().map(Math.round);
  const curve = new THREE.CatmullRomCurve3([new THREE.Vector3(), new THREE.Vector3(0, 1, 0), new THREE.Vector3(1, 1, 0)]);
  sum = (sum * 31 + size.join("").length + Number(size.join("")) + curve.getPoints(10).length) % 1000003;
}
console.log(\`sum \${sum}\`);
`,
  );
}

/** There is no page where outputs are checked: Vue calls that a server, and element-ui asks Vue. */
function writeServer(folder) {
  writeFileSync(join(folder, "server.js"), 'globalThis.process.env.VUE_ENV = "server";\n');
}

/** Libraries as they are published: ES modules, CommonJS, UMD, a webpack bundle. */
function writeMix(folder) {
  writeServer(folder);
  const locales = readdirSync(join(PACKAGES, "element-ui/lib/locale/lang")).filter((file) =>
    file.endsWith(".js"),
  );
  writeFileSync(
    join(folder, "main.js"),
    `import "./server.js";
import * as lodash from "lodash-es";
import moment from "moment";
import "moment/locale/ko";
import axios from "axios";
import Vue from "vue";
import ElementUI, { Button } from "element-ui";
${locales.map((file, at) => `import locale${at} from "element-ui/lib/locale/lang/${file}";\n`).join("")}
function assert(holds, what) {
  if (!holds) throw new Error(what);
}
Vue.config.productionTip = false;
Vue.config.devtools = false;
Vue.use(ElementUI, { locale: locale0 });
const names = Object.keys(lodash);
assert(lodash[names[names.indexOf("startCase")]]("fooBar baz") === "Foo Bar Baz", "lodash");
assert(moment.utc("2021-03-14T15:09:26Z").locale("ko").format("MMMM dddd") === "3월 일요일", "moment");
assert(axios.getUri({ url: "/users", params: { ids: [1, 2] } }) === "/users?ids[]=1&ids[]=2", "axios");
// The text of a template is decoded by the page, attributes are not.
assert(Vue.compile("<b :title='name'></b>").render.toString().includes('"title":name'), "vue");
assert(Button.name === "ElButton" && Vue.component("ElTable"), "element-ui");
assert([${locales.map((_, at) => `locale${at}`).join(", ")}].every((locale) => locale.el.colorpicker), "locales");
console.log("mix ok");
`,
  );
}

/**
 * Components with templates that show something without a page and without other components around
 * them.
 */
const SHOWN = [
  "alert/src/main", "aside/src/main", "badge/src/main", "breadcrumb/src/breadcrumb",
  "button/src/button", "button/src/button-group", "card/src/main", "footer/src/main",
  "link/src/main", "switch/src/component", "steps/src/steps",
];

/**
 * Copies of the components of element-ui, each in a folder of its own. What they import by the
 * package's name is there once more.
 */
function writeComponents(folder, copies) {
  writeServer(folder);
  writeFileSync(join(folder, "bundle.config.json"), '{ "jsx": "vue2" }\n');
  const packages = join(PACKAGES, "element-ui/packages");
  const files = readdirSync(packages, { recursive: true })
    .filter((file) => file.endsWith(".vue"))
    .sort();
  const folders = Array.from({ length: copies }, (_, at) => `copy${at}`);
  for (const copy of folders) cpSync(packages, join(folder, copy), { recursive: true });
  const all = folders.flatMap((copy) => files.map((file) => `${copy}/${file}`));
  writeFileSync(
    join(folder, "main.js"),
    `import "./server.js";
import Vue from "vue";
${all.map((file, at) => `import component${at} from "./${file}";\n`).join("")}
Vue.config.productionTip = false;
Vue.config.devtools = false;
const shown = ${JSON.stringify(SHOWN)};
const all = [${all.map((file, at) => `["${file}", component${at}]`).join(", ")}];
let rendered = 0;
for (const [file, component] of all) {
  if (typeof component.render !== "function") throw new Error(file + " has no render function");
  Vue.component(file.replace(/[^a-z0-9]/g, "-"), component);
  if (!shown.some((name) => file.endsWith("/" + name + ".vue"))) continue;
  const one = new Vue.options.components[file.replace(/[^a-z0-9]/g, "-")]({ propsData: { title: "t", value: 1 } });
  if (!one._render().tag) throw new Error(file + " shows nothing");
  rendered += 1;
}
console.log(Object.keys(Vue.options.components).filter((name) => name.startsWith("copy")).length + " components, " + rendered + " rendered");
`,
  );
}
