// Runs one row in a fresh realm of this Node. A row is over when its promises are: it has no timers.

import vm from "node:vm";

/** What the realm of a row has, and which of its checks failed. */
function realm() {
  const state = { checks: 0, failed: "" };
  const check = (value) => {
    state.checks++;
    if (!value) state.failed ||= `check ${state.checks} is not true`;
  };
  const context = vm.createContext({ check });
  newer.runInContext(context);
  return { state, context };
}

/** What Node 20 has under no name, or not at all. */
const newer = new vm.Script(`
  for (const name of ["dispose", "asyncDispose", "metadata"])
    if (!Symbol[name]) Object.defineProperty(Symbol, name, { value: Symbol(name), configurable: true });
  globalThis.SuppressedError ??= class SuppressedError extends Error {
    constructor(error, suppressed, message) { super(message); Object.assign(this, { error, suppressed }); }
  };
`);

let unhandled = [];
process.on("unhandledRejection", (error) => unhandled.push(error));

async function outcome({ state }, start) {
  unhandled = [];
  try {
    await start();
  } catch (error) {
    return `throws ${error}`;
  }
  for (let turn = 0; turn < 3; turn++) await new Promise((done) => setImmediate(done));
  if (state.failed) return state.failed;
  if (unhandled.length > 0) return `rejects with ${unhandled[0]}`;
  return state.checks === 0 ? "nothing was checked" : null;
}

/** A lowered row. */
export function inNode(text) {
  const made = realm();
  return outcome(made, () => new vm.Script(text).runInContext(made.context, { timeout: 5000 }));
}

/** A row as it is written. */
export function original({ text, marks }) {
  const made = realm();
  if (marks.has("sloppy")) {
    const wrapped = `(function () {${text}\n})()`;
    return outcome(made, () => new vm.Script(wrapped).runInContext(made.context));
  }
  return outcome(made, async () => {
    const module = new vm.SourceTextModule(text, { context: made.context });
    await module.link(() => {});
    await module.evaluate({ timeout: 5000 });
  });
}

/** A lowered row without one of the globals that it needs: it must fail, and say which. */
export async function without({ needs }, text) {
  for (const name of needs) {
    const made = realm();
    const path = name.split(".");
    const last = path.pop();
    vm.runInContext(`delete ${["globalThis", ...path].join(".")}[${JSON.stringify(last)}]`, made.context);
    const words = await outcome(made, () =>
      new vm.Script(text).runInContext(made.context, { timeout: 5000 }));
    if (words === null) return `it runs without ${name}`;
    if (!words.includes(last)) return `without ${name}: ${words}`;
  }
  return null;
}
