// Our versions of Node's built-in modules answer as Node's own do.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const ours = (name) => require(`../node/${name}.js`);
const PATHS = [
  "", "/", ".", "..", "./", "../", "a", "a/", "/a", "/a/", "a/b", "a//b", "./a", "../a", "a/..",
  "a/../..", "a.b", "a.b.c", ".bashrc", "...", "a.", "a..", "..a", "/a/b.js", "/a/b.js/",
  "a/b/../c/./d/", ".a.b", "/.a",
];

/** What an emitter and its subclasses do, as a list of words. */
function events(EventEmitter) {
  const log = [];
  class Door extends EventEmitter {}
  const door = new Door();
  door.on("removeListener", (type) => log.push(`removed ${type}`));
  door.once("open", (by) => log.push(`once ${by}`));
  door.prependListener("open", (by) => log.push(`first ${by}`));
  const always = () => log.push("always");
  door.on("open", always).on("open", always);
  log.push(door.emit("open", "me"), door.off("open", always).emit("open", "you"));
  log.push(door.listenerCount("open"), door.eventNames().join());
  door.removeAllListeners("open");
  log.push(door.emit("open"));
  function Old() {
    EventEmitter.call(this);
  }
  require("node:util").inherits(Old, EventEmitter);
  const old = new Old();
  old.on("x", function () {
    log.push(this === old);
  });
  old.emit("x");
  try {
    old.emit("error", new Error("reported"));
  } catch (error) {
    log.push(error.message);
  }
  return log;
}

export default {
  "path"(assert) {
    const [theirs, path] = [require("node:path").posix, ours("path")];
    for (const one of PATHS) {
      for (const name of ["basename", "dirname", "extname", "normalize", "isAbsolute", "parse"]) {
        assert.deepEqual(path[name](one), theirs[name](one), `${name} of "${one}"`);
      }
      assert.equal(path.basename(one, ".js"), theirs.basename(one, ".js"));
      assert.equal(path.format(path.parse(one)), theirs.format(theirs.parse(one)));
      for (const two of PATHS) {
        assert.equal(path.join(one, two), theirs.join(one, two), `join "${one}" "${two}"`);
        assert.equal(path.resolve("/x", one, two), theirs.resolve("/x", one, two));
        const [from, to] = [`/x/${one}`, `/x/${two}`];
        assert.equal(path.relative(from, to), theirs.relative(from, to), `${from} to ${to}`);
      }
    }
  },

  "querystring"(assert) {
    const [theirs, querystring] = [require("node:querystring"), ours("querystring")];
    for (const text of ["", "a=1", "a=1&a=2&b", "a=%20+x&=3", "%zz=1", "a=b=c", "a&&b"]) {
      assert.deepEqual({ ...querystring.parse(text) }, { ...theirs.parse(text) }, text);
    }
    const objects = [{ a: 1, b: "x y", c: [1, 2], d: null, e: true, f: NaN }, { "a b": "é*'()!~" }];
    for (const object of [...objects, null, { a: [] }]) {
      assert.equal(querystring.stringify(object), theirs.stringify(object));
    }
  },

  "util"(assert) {
    const [theirs, util] = [require("node:util"), ours("util")];
    const formats = [["%s %d %i %j %%", "a", 1.5, "2.7", { x: 1 }], ["a", "b", 1], [1, "x"], ["%s"]];
    for (const given of [...formats, [{ a: 1, b: [1, 2] }], ["100%"], ["%%"], ["%x", 1]]) {
      assert.equal(util.format(...given), theirs.format(...given));
    }
    const values = [1, "a", null, undefined, [1, [2, [3, [4]]]], { a: { b: { c: { d: 1 } } } }];
    for (const value of [...values, [], {}, -0, true, { "a-b": "x" }]) {
      assert.equal(util.inspect(value), theirs.inspect(value));
    }
  },

  "events"(assert) {
    assert.deepEqual(events(ours("events")), events(require("node:events")));
  },

  async "process"(assert) {
    const process = ours("process");
    const log = [];
    process.nextTick((word) => log.push(word), "later");
    log.push("now");
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(log, ["now", "later"]);
    assert.equal(process.cwd(), "/");
    assert.deepEqual(process.env, {});
  },
};
