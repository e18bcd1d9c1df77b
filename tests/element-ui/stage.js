// Plays scenes one after the other and writes down what the page shows, what components emit, and what Vue complains about.

import Vue from "vue";
import { perform } from "./acts.js";
import { brief, difference, lines } from "./show.js";

const written = [];
let played;

/** Adds a line. */
export function write(line) {
  written.push(line);
}

/** Everything written, as the page's only content. */
export function finish() {
  document.body.innerHTML = '<pre id="transcript"></pre>';
  document.getElementById("transcript").textContent = written.join("\n") + "\n";
  clock.end();
}

// How much of an argument of an event is told.
const DEPTH = 3;
const LENGTH = 160;

function told(value, depth = 0) {
  if (typeof value === "function") return "[function]";
  if (typeof value !== "object" || value === null) return typeof value === "string" ? JSON.stringify(value) : String(value);
  if (value._isVue) return `[${value.$options.name || "component"}]`;
  if (value.nodeType) return brief(value);
  if (Object.prototype.toString.call(value) === "[object Date]") return date(value);
  if (typeof value.stopPropagation === "function") return `[event ${value.type}]`;
  if (depth === DEPTH) return "…";
  if (Array.isArray(value)) return `[${value.map((each) => told(each, depth + 1)).join(", ")}]`;
  return `{${Object.keys(value).map((key) => `${key}: ${told(value[key], depth + 1)}`).join(", ")}}`;
}

/** In the time zone of the machine, in which components count. */
function date(value) {
  return [value.getFullYear(), value.getMonth() + 1, value.getDate(), value.getHours(), value.getMinutes(), value.getSeconds()].join("-");
}

function short(text) {
  return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text;
}

/** Writes down every event of every component. */
export function listen() {
  const emit = Vue.prototype.$emit;
  Vue.prototype.$emit = function (name, ...args) {
    if (played) write(`emits ${this.$options.name || this.$options._componentTag || "component"} ${short([name, ...args.map((each) => told(each))].join(" "))}`);
    return emit.call(this, name, ...args);
  };
  Vue.config.warnHandler = (message) => write(`warns ${message}`);
  Vue.config.errorHandler = (error, vm, where) => write(`fails ${error} in ${where}`);
  for (const level of ["log", "warn", "error"]) console[level] = (...args) => write(`console.${level} ${args.join(" ")}`);
}

/** Plays the scenes in order: `{ name, root, steps }`; a step is what acts.js reads, or `[title, act]`. */
export function play(scenes, then) {
  if (scenes.length === 0) return then();
  mount(scenes[0], (vm, shown) => act(scenes[0].steps || [], vm, shown, () => clear(vm, () => play(scenes.slice(1), then))));
}

// Longer than every transition, delay and debounce of a component.
const SETTLED = 1000;

function settle(then) {
  clock.pass(SETTLED / 2, () => clock.wait(() => clock.pass(SETTLED / 2, then)));
}

function mount(scene, then) {
  clock.reset();
  played = scene;
  write(`\n=== ${scene.name}`);
  const place = document.body.appendChild(document.createElement("div"));
  const vm = new Vue(scene.root).$mount(place.appendChild(document.createElement("div")));
  settle(() => {
    const shown = lines();
    shown.forEach(write);
    then(vm, shown);
  });
}

function act(steps, vm, before, then) {
  if (steps.length === 0) return then();
  const step = steps[0];
  write(`--- ${typeof step === "string" ? step : step[0]}`);
  try {
    if (typeof step === "string") perform(step);
    else step[1](vm);
  } catch (error) {
    write(`fails ${error}`);
  }
  settle(() => {
    const after = lines();
    difference(before, after).forEach(write);
    act(steps.slice(1), vm, after, then);
  });
}

/** Nothing of a scene is left for the next one. */
function clear(vm, then) {
  played = undefined;
  vm.$destroy();
  if (document.activeElement) document.activeElement.blur();
  clock.pass(SETTLED, () => {
    document.body.innerHTML = "";
    document.body.removeAttribute("class");
    document.body.removeAttribute("style");
    then();
  });
}
