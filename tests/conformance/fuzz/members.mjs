// Members: reading, writing, updating, optional chains; of objects, of `super`, and private ones.

import { args, expression, isPaused, parens } from "./expressions.mjs";
import { variable } from "./scope.mjs";

const KEYS = ["a", "b", "m", "x"];

/** A key that logs. mujs converts keys of null before it throws: there, they are strings already. */
export function keyed(g, name) {
  return g.profile.symbols ? `key(${g.label()}, "${name}")` : `t(${g.label()}, "${name}")`;
}

/** `o.a`, `o[key]`, `super.a`, `this.#p`. */
export function member(g, scope) {
  const kind = g.random.weighted({ named: 4, computed: 3, ...own(scope) });
  const name = g.random.pick(KEYS);
  switch (kind) {
    case "named": return `${parens(expression(g, scope, "obj"))}.${name}`;
    case "computed": return `${parens(expression(g, scope, "obj"))}[${keyed(g, name)}]`;
    case "super": return g.random.chance(0.6) ? `super.${name}` : `super[${keyed(g, name)}]`;
    default: return ofPrivate(g, scope, () => true);
  }
}

function own({ fn, privates }) {
  return {
    super: fn.hasSuper ? 2 : 0,
    private: privates.length > 0 && fn.hasThis ? 4 : 0,
  };
}

function ofPrivate(g, scope, isFit) {
  const fit = scope.privates.filter(isFit);
  const object = g.random.chance(0.85) ? "this" : `t(${g.label()}, this)`;
  return fit.length > 0 ? `${object}.${g.random.pick(fit).name}` : "this.x";
}

/** What can be assigned to. */
export function target(g, scope) {
  const known = variable(g, scope, g.random.pick(["num", "any"]), true);
  const kinds = { variable: known ? 4 : 0, named: 2, computed: 2, ...own(scope) };
  const name = g.random.pick(["a", "b", "x"]);
  switch (g.random.weighted(kinds)) {
    case "variable": return known.name;
    case "named": return `${holder(g, scope)}.${name}`;
    case "computed": return `${holder(g, scope)}[${keyed(g, name)}]`;
    // V8 converts the key of `super[key]++` twice.
    case "super": return g.random.chance(0.6) ? `super.${name}` : `super[t(${g.label()}, "${name}")]`;
    default: return ofPrivate(g, scope, ({ kind }) => kind !== "method" || g.random.chance(0.1));
  }
}

/** An object whose members may be written. */
function holder(g, scope) {
  const known = variable(g, scope, "obj");
  if (known && g.random.chance(0.5)) return known.name;
  if (scope.fn.hasThis && g.random.chance(0.3)) return "this";
  return g.random.chance(0.5) ? `obj(${g.label()})` : `t(${g.label()}, obj(${g.label()}))`;
}

export function update(g, scope) {
  const operator = g.random.pick(["++", "--"]);
  return g.random.chance(0.5) ? `${operator}${target(g, scope)}` : `${target(g, scope)}${operator}`;
}

/** An optional chain with one to four links. */
export function chain(g, scope) {
  let text = g.random.chance(0.25)
    ? g.random.pick(["null", "undefined"])
    : expression(g, scope, g.random.pick(["obj", "obj", "fn", "any"]));
  text = parens(text);
  const length = g.random.between(1, 4);
  const optional = g.random.below(length);
  for (let at = 0; at < length; at++) text += link(g, scope, at === optional || g.random.chance(0.2));
  const form = g.random.weighted({ plain: 6, deleted: 0.7, grouped: 1, typed: 0.5 });
  switch (form) {
    // A call has nothing to delete, and private names cannot be deleted.
    case "deleted": return /\)$|#\w+$/.test(text) ? text : `delete ${text}`;
    case "grouped": return `(${text}).x`;
    case "typed": return `typeof ${text}`;
    default: return text;
  }
}

function link(g, scope, isOptional) {
  const mark = isOptional ? "?." : "";
  const name = g.random.pick(KEYS);
  switch (g.random.weighted({ named: 4, computed: 2, called: 2, private: own(scope).private ? 1 : 0 })) {
    case "named": return `${mark || "."}${name}`;
    case "computed": return `${mark}[${keyed(g, name)}]`;
    case "called": {
      const list = args(g, scope);
      // See `method` in expressions.mjs.
      return `${isPaused(scope, list) ? "?." : mark}(${list})`;
    }
    default: return `${mark || "."}${g.random.pick(scope.privates).name}`;
  }
}
