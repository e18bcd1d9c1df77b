const prices = new Map([["tea", 2], ["jam", 3]]);
assert.equal([...prices].map(([name, price]) => name + price).join(), "tea2,jam3");
assert.equal([...new Set("aab")].join(), "a,b");
assert.equal(new URLSearchParams("a=1&b=2").get("b"), "2");
assert.equal(typeof { [Symbol("key")]: 1 }, "object");
assert.equal(Array.from("ab").includes("b"), true);
assert.equal(Object.entries({ a: 1 }).flat().join() + "7".padStart(3, "0"), "a,1007");
class Counter {
  #count = 0;
  next() {
    return ++this.#count;
  }
}
assert.equal(new Counter().next(), 1);
const finish = done.async();
async function load() {
  for await (const each of [Promise.resolve("a")]) assert.equal(each, "a");
  return (await import("./other.js")).name;
}
Promise.all([load(), Promise.allSettled([Promise.reject(1)])])
  .then(([name, [{ status }]]) => {
    assert.equal(name + status, "otherrejected");
    log("ok");
  })
  .then(finish, finish);
