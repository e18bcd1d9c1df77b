import { cloneDeep, isEqual, orderBy, range, startCase, throttle, uniqBy } from "lodash-es";
import pick from "lodash-es/pick";
import * as all from "lodash-es";

const users = [{ name: "barney", age: 36 }, { name: "fred", age: 40 }, { name: "barney", age: 34 }];
assert.deepEqual(orderBy(users, ["name", "age"], ["asc", "desc"]).map(({ age }) => age), [36, 34, 40]);
assert.deepEqual(uniqBy(users, "name").length, 2);
const copy = cloneDeep(users);
assert(isEqual(copy, users) && copy[0] !== users[0]);
assert.deepEqual(range(4), [0, 1, 2, 3]);
assert.equal(startCase("fooBar baz"), "Foo Bar Baz");
assert.deepEqual(pick({ a: 1, b: 2, c: 3 }, ["a", "c"]), { a: 1, c: 3 });
assert.equal(typeof throttle, "function");
assert.equal(all["camelCase"]("Foo Bar"), "fooBar");
log("ok");
