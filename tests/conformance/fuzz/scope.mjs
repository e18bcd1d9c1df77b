// What the generator knows while it writes: names in scope, the function and loops around, and what
// the program may use at all. Scopes are values: a child never changes its parent.

import { Random } from "./random.mjs";

export class Generator {
  #names = 0;
  #labels = 0;

  /** `profile`: what the program may use: `symbols`, `async`, `sloppy`, `using`, `decorators`. */
  constructor(seed, profile) {
    this.random = new Random(seed);
    this.profile = profile;
    /** Statements and expressions that may still be made: programs stay small. */
    this.budget = this.random.between(40, 160);
  }

  name(prefix) {
    return `${prefix}${++this.#names}`;
  }

  /** The number of a traced place. */
  label() {
    return ++this.#labels;
  }
}

/** Nothing around. */
export const TOP = {
  vars: [], fn: { kind: "top" }, loops: [], privates: [], depth: 0,
};

/** The same scope with more names: `{ name, kind, constant }`. */
export function with_(scope, ...vars) {
  return { ...scope, vars: [...scope.vars.filter(({ name }) => vars.every((v) => v.name !== name)), ...vars] };
}

/** A function inside of a scope. An arrow has the `this`, `arguments` and `super` of what is around. */
export function inside(scope, fn) {
  const lexical = fn.arrow ? { ...scope.fn, ...fn } : fn;
  return { ...scope, fn: lexical, loops: [], depth: scope.depth + 1 };
}

/** Inside of a loop, a switch (`isSwitch`) or a labelled block (`label` and `isBlock`). */
export function within(scope, loop) {
  return { ...scope, loops: [...scope.loops, loop], depth: scope.depth + 1 };
}

export function deeper(scope) {
  return { ...scope, depth: scope.depth + 1 };
}

/**
 * Inside of a class. A class that is a member would be called on its own instance, which ES5 cannot
 * tell from `new`: there, classes are only extended and made.
 */
export function inClass(scope, ...vars) {
  const around = with_(scope, ...vars);
  return {
    ...around,
    vars: around.vars.map((one) => (one.kind === "class" ? { ...one, isOnlyMade: true } : one)),
  };
}

/** A variable of a kind, or undefined. */
export function variable(g, scope, kind, isTarget = false) {
  const fit = scope.vars.filter(
    (v) => (kind === "any" ? !v.isOnlyMade : v.kind === kind) && !(isTarget && v.constant),
  );
  return fit.length > 0 ? g.random.pick(fit) : undefined;
}
