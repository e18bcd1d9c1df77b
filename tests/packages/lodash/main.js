import _, { chunk, debounce, get } from "lodash";

assert.deepEqual(chunk([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
assert.equal(get({ a: { b: [10, 20] } }, "a.b[1]"), 20);
assert.deepEqual(_(["b", "a", "c"]).sortBy().map(_.toUpper).value(), ["A", "B", "C"]);
assert.deepEqual(_.groupBy([6.1, 4.2, 6.3], Math.floor), { 4: [4.2], 6: [6.1, 6.3] });
assert.deepEqual(_.merge({ a: [{ b: 2 }] }, { a: [{ c: 3 }] }), { a: [{ b: 2, c: 3 }] });
assert.equal(_.template("hello <%= user %>!")({ user: "fred" }), "hello fred!");
assert.equal(_.camelCase("--foo-bar--"), "fooBar");
assert(_.isEqual({ a: [1, { b: /x/g }] }, { a: [1, { b: /x/g }] }));
assert.equal(typeof debounce(() => {}, 10).cancel, "function");
assert.equal(_.VERSION, "4.17.21");
log("ok");
