import "./is-nan.js";
import produce, { applyPatches, enableES5, enablePatches, freeze, isDraft, original, produceWithPatches } from "immer";

enableES5();
enablePatches();
const base = { todos: [{ text: "a", done: false }, { text: "b", done: true }], user: { name: "fred" } };
const next = produce(base, (draft) => {
  assert(isDraft(draft) && original(draft) === base);
  draft.todos[0].done = true;
  draft.todos.push({ text: "c", done: false });
});
assert.equal(base.todos[0].done, false);
assert.equal(next.todos.length, 3);
assert.equal(next.user, base.user, "what did not change is shared");
assert(Object.isFrozen(next.todos));
const [changed, patches, inverse] = produceWithPatches(base, (draft) => {
  draft.user.name = "barney";
});
assert.deepEqual(patches, [{ op: "replace", path: ["user", "name"], value: "barney" }]);
assert.deepEqual(applyPatches(changed, inverse), base);
const curried = produce((draft, n) => {
  draft.n += n;
});
assert.equal(curried(freeze({ n: 1 }), 2).n, 3);
log("ok");
