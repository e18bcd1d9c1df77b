// The part of Jest's `expect` that Babel's exec fixtures use. Values come from another realm than
// this file's: nothing here may ask whose `Array` or `Error` something is.

/** `expect(value).toBe(…)`, with `not`, `resolves` and `rejects`. */
export function expect(value) {
  const sync = both(value);
  return {
    ...sync,
    resolves: later(() => value),
    rejects: later(async () => {
      const no = {};
      const settled = await Promise.resolve(value).then(
        () => no,
        (error) => ({ error }),
      );
      if (settled === no) throw new Error("expected a rejection");
      return settled.error;
    }, true),
  };
}

expect.any = (type) => ({ [MATCHER]: (value) => isOf(value, type) });
expect.anything = () => ({ [MATCHER]: (value) => value != null });
expect.objectContaining = (part) => ({ [MATCHER]: (value) => contains(value, part) });

const MATCHER = Symbol("matcher");

const MATCHERS = {
  toBe: (value, other) => Object.is(value, other),
  toEqual: (value, other) => equal(value, other, false),
  toStrictEqual: (value, other) => equal(value, other, true),
  toBeUndefined: (value) => value === undefined,
  toBeDefined: (value) => value !== undefined,
  toBeNull: (value) => value === null,
  toBeNaN: (value) => Number.isNaN(value),
  toBeTruthy: (value) => !!value,
  toBeFalsy: (value) => !value,
  toBeInstanceOf: (value, type) => value instanceof type,
  toBeCloseTo: (value, other, digits = 2) => Math.abs(value - other) < 10 ** -digits / 2,
  toBeGreaterThan: (value, other) => value > other,
  toBeGreaterThanOrEqual: (value, other) => value >= other,
  toBeLessThan: (value, other) => value < other,
  toBeLessThanOrEqual: (value, other) => value <= other,
  toHaveLength: (value, length) => value.length === length,
  toContain: (value, item) =>
    typeof value === "string" ? value.includes(item) : [...value].includes(item),
  toContainEqual: (value, item) => [...value].some((each) => equal(each, item, false)),
  toMatch: (value, part) => (typeof part === "string" ? value.includes(part) : part.test(value)),
  toMatchObject: (value, part) => contains(value, part),
  toHaveProperty: (value, path, ...other) => {
    const keys = Array.isArray(path) ? path : String(path).split(".");
    for (const key of keys) {
      if (value == null || !(key in Object(value))) return false;
      value = value[key];
    }
    return other.length === 0 || equal(value, other[0], false);
  },
  toThrow: (value, wanted) => {
    const thrown = catchFrom(value);
    return thrown !== null && isWanted(thrown.error, wanted);
  },
};
MATCHERS.toThrowError = MATCHERS.toThrow;

function both(value) {
  return { ...matchers(value, true), not: matchers(value, false) };
}

function matchers(value, wanted) {
  const entries = Object.entries(MATCHERS).map(([name, matches]) => [
    name,
    (...args) => {
      if (matches(value, ...args) === wanted) return;
      throw new Error(
        `expect(${show(value)})${wanted ? "" : ".not"}.${name}(${args.map(show).join(", ")})`,
      );
    },
  ]);
  return Object.fromEntries(entries);
}

/** The same for what a promise gives; of a rejection, `toThrow` asks for the reason. */
function later(settle, isReason = false) {
  const promised = (isNot) => {
    const entries = Object.keys(MATCHERS).map((name) => [
      name,
      async (...args) => {
        const value = await settle();
        const seen =
          isReason && name.startsWith("toThrow")
            ? () => {
                throw value;
              }
            : value;
        const all = both(seen);
        (isNot ? all.not : all)[name](...args);
      },
    ]);
    return Object.fromEntries(entries);
  };
  return { ...promised(false), not: promised(true) };
}

function catchFrom(run) {
  if (typeof run !== "function") throw new Error("toThrow is asked of a function");
  try {
    run();
    return null;
  } catch (error) {
    return { error };
  }
}

function isWanted(error, wanted) {
  if (wanted === undefined) return true;
  if (typeof wanted === "function") return error instanceof wanted;
  const message = String(error?.message ?? error);
  if (typeof wanted === "string") return message.includes(wanted);
  if (tag(wanted) === "[object RegExp]") return wanted.test(message);
  return message === wanted.message;
}

function isOf(value, type) {
  const primitive = {
    String: "string",
    Number: "number",
    Boolean: "boolean",
    Symbol: "symbol",
    BigInt: "bigint",
  };
  if (primitive[type.name] === typeof value) return true;
  if (type.name === "Function") return typeof value === "function";
  return type.name === "Object" ? typeof value === "object" : value instanceof type;
}

function contains(value, part) {
  if (part?.[MATCHER] || typeof part !== "object" || part === null)
    return equal(value, part, false);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(part))
    return value.length === part.length && part.every((each, at) => contains(value[at], each));
  return keys(part, true).every((key) => key in value && contains(value[key], part[key]));
}

function equal(a, b, isStrict, seen = []) {
  if (b?.[MATCHER]) return b[MATCHER](a);
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || tag(a) !== tag(b)) return false;
  if (seen.some(([left, right]) => left === a && right === b)) return true;
  const within = [...seen, [a, b]];
  const same = (left, right) => equal(left, right, isStrict, within);
  if (isStrict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  switch (tag(a)) {
    case "[object Error]":
      return a.name === b.name && a.message === b.message;
    case "[object RegExp]":
      return String(a) === String(b);
    case "[object Date]":
    case "[object Number]":
    case "[object String]":
    case "[object Boolean]":
      return Object.is(a.valueOf(), b.valueOf());
    case "[object Map]":
    case "[object Set]":
      return same([...a], [...b]);
  }
  if (Array.isArray(a) && a.length !== b.length) return false;
  const names = new Set([...keys(a, isStrict), ...keys(b, isStrict)]);
  return [...names].every((key) => (!isStrict || key in a === key in b) && same(a[key], b[key]));
}

/** Own enumerable keys; `toEqual` ignores those whose value is undefined. */
function keys(object, isStrict) {
  const all = Reflect.ownKeys(object).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(object, key),
  );
  return isStrict ? all : all.filter((key) => object[key] !== undefined);
}

function tag(value) {
  return Object.prototype.toString.call(value);
}

function show(value) {
  try {
    if (typeof value === "function") return value.name || "function";
    return typeof value === "object" && value ? JSON.stringify(value) : String(value);
  } catch {
    return tag(value);
  }
}
