import "core-js";

const map = new Map([["a", 1], ["b", 2]]);
const sum = [...map.values()].reduce((all, each) => all + each, 0);
assert.equal(sum, 3);
assert.deepEqual(Array.from(new Set([1, 1, 2])), [1, 2]);
assert.deepEqual(Object.entries({ x: 1 }), [["x", 1]]);
assert.deepEqual([1, [2, [3]]].flat(Infinity), [1, 2, 3]);
assert.equal("abc".padStart(5, "-").includes("--a"), true);
assert.equal("a-b-c".replaceAll("-", "+"), "a+b+c");
assert.deepEqual(Object.groupBy([1, 2, 3], (n) => (n % 2 ? "odd" : "even")).odd, [1, 3]);
assert.equal(Symbol.for("x"), Symbol.for("x"));
function* numbers() {
  yield 1;
  yield* [2, 3];
}
assert.deepEqual([...numbers()], [1, 2, 3]);
const finish = done.async();
async function later() {
  let all = "";
  for (const each of [Promise.resolve("a"), "b"]) all += await each;
  for await (const each of ["c"]) all += each;
  return all;
}
Promise.all([later(), Promise.any([Promise.reject(new Error("x")), 1])])
  .then(([text, one]) => {
    assert.equal(text, "abc");
    assert.equal(one, 1);
    log("ok");
  })
  .then(() => finish(), finish);
