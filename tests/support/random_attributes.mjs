// Random attributes and directives of elements, fields, components, slots and `<template>`s. Each
// maker returns attributes, and the names that expressions inside may use.

const EVENTS = [
  "click", "input", "keyup", "my-event", "update:x", "focus", "mouseup", "camelCase",
  "hook:mounted", "keydown",
];
const MODIFIERS = [
  "stop", "prevent", "self", "ctrl", "shift", "alt", "meta", "left", "middle", "right", "exact",
  "capture", "once", "native",
];
const KEYS = [
  "enter", "esc", "tab", "delete", "up", "13", "65", "f1", "page-down", "caps", "space",
];
const BOUND = [
  "id", "title", "value", "checked", "disabled", "data-x", "xlink:href", "href", "src", "my-prop",
  "myProp", "muted", "selected", "inner-html", "view-box", "type", "a.b",
];
const PLAIN = [
  "id", "title", "data-x", "href", "disabled", "alt", "for", "aria-label", "muted", "type",
  "checked", "xlink:href", "Ünï", "onclick", "value", "a:b", "_x", "$y",
];
const TEXTS = [
  "", "x", "a b", "&lt;&amp;", "&quot;q&quot;", "é", "a\nb", "&nbsp;", "1", "it's", "&#10;",
  "a&b=c", "</p>", "\\",
];
const CLASSES = ["a", "a b", "  a\n  b  ", "", "é", "a-b_c"];
const STYLES = [
  "color: red", "color: red; width: 1px;", "background: url(a;b.png); x: y", "", "a", ": b",
  "--x: 1; /* c */ color:blue",
  "background: url('data:image/png;base64,x')",
  "color:red;color:blue",
];
const URLS = [
  "./a.png", "~pkg/a.png", "@/a.png", "/abs.png", "https://x.y/a.png", "data:x", "./s.svg#id",
  "#id", "", "a.png", "~@/x.png",
];
const SOURCES = [
  "./a.png 2x",
  "./a.png 1x, ./b.png 2x",
  "https://x.y/a.png 2x, ./b.png",
  "/abs.png 100w, ~p/c.png 200w",
];
const NAMES = ["header", "default", "my-slot", "mySlot", "a.b", "x"];
const DIRECTIVES = ["focus", "my-dir", "tooltip", "cloak", "show", "loading"];

/** What makes attributes in `world`. */
export function attributesOf(world) {
  const { expressions } = world;
  const of = (things) => world.of(things);
  const chance = (percent) => world.chance(percent);
  const shorthand = () => of([":", ":", ":", "v-bind:"]);
  const at = () => of(["@", "@", "v-on:"]);
  const dynamic = (scope) =>
    of([
      expressions.name(scope),
      `${expressions.name(scope)}.x`,
      "a+b",
      "fn(a)",
      "`x${a}`",
      "a[0]",
    ]);

  /** Everybody's name once: the first stays. */
  function unique(attributes) {
    const taken = new Set();
    return attributes.filter(({ name }) => !taken.has(name) && taken.add(name));
  }

  function modifiers(names, most = 2) {
    const chosen = Array.from({ length: world.pick(most + 1) }, () => of(names));
    if (chosen.includes("passive") && chosen.includes("prevent")) return "";
    return [...new Set(chosen)].map((name) => `.${name}`).join("");
  }

  function listener(scope) {
    world.features.add("v-on");
    const isKey = chance(25);
    const name = chance(8) ? `[${dynamic(scope)}]` : isKey ? of(["keyup", "keydown"]) : of(EVENTS);
    const tail = chance(45) ? modifiers([...MODIFIERS, ...(isKey ? KEYS : ["passive"])], 3) : "";
    if (tail !== "" && chance(10)) return { name: `${at()}${name}${tail}`, value: of([null, ""]) };
    return { name: `${at()}${name}${tail}`, value: expressions.handler(scope) };
  }

  function binding(scope) {
    if (chance(6)) {
      world.features.add("v-bind-object");
      return {
        name: `v-bind${of(["", "", ".prop", ".sync"])}`,
        value: of([expressions.value(scope), expressions.name(scope)]),
      };
    }
    if (chance(8)) {
      world.features.add("dynamic-argument");
      return {
        name: `${shorthand()}[${dynamic(scope)}]${modifiers(["prop", "camel"], 1)}`,
        value: expressions.filtered(scope),
      };
    }
    if (chance(12)) {
      world.features.add("sync");
      const name = chance(15)
        ? `[${expressions.name(scope)}]`
        : of(["x", "my-prop", "myProp", "value"]);
      return {
        name: `${shorthand()}${name}.sync${chance(10) ? ".camel" : ""}`,
        value: expressions.path([], true),
      };
    }
    return {
      name: `${shorthand()}${of(BOUND)}${chance(15) ? modifiers(["prop", "camel"], 1) : ""}`,
      value: expressions.filtered(scope),
    };
  }

  function directive(scope) {
    const name = of(DIRECTIVES);
    const argument = chance(35)
      ? `:${chance(30) ? `[${dynamic(scope)}]` : of(["arg", "a-b", "x:y"])}`
      : "";
    return {
      name: `v-${name}${argument}${chance(35) ? modifiers(["mod", "a", "b-c"], 2) : ""}`,
      value: chance(75) ? expressions.value(scope) : null,
    };
  }

  /** Kinds of one attribute, with how often they come. */
  const KINDS = {
    "static-attribute": () => ({ name: of(PLAIN), value: chance(12) ? null : of(TEXTS) }),
    "static-class": () => ({ name: "class", value: of(CLASSES) }),
    "bound-class": (scope) => ({
      name: `${shorthand()}class`,
      value: of([
        `{ a: ${expressions.name(scope)}, 'b-c': ${expressions.value(scope, 1)} }`,
        expressions.value(scope),
        "[a, { b }]",
      ]),
    }),
    "static-style": () => ({ name: "style", value: of(STYLES) }),
    "bound-style": (scope) => ({ name: `${shorthand()}style`, value: expressions.value(scope) }),
    "v-bind": binding,
    "v-on-kind": listener,
    "v-on-object": (scope) => ({
      name: `v-on${of(["", "", ".native"])}`,
      value: of(["$listeners", expressions.name(scope), "{ click: fn, focus: a => b }"]),
    }),
    "custom-directive": directive,
    "v-html-text": (scope) => ({
      name: of(["v-html", "v-text"]),
      value: expressions.filtered(scope).replaceAll("|", "||").replaceAll("||||", "||"),
    }),
    ref: (scope) =>
      of([
        { name: "ref", value: "r" },
        { name: ":ref", value: expressions.value(scope, 1) },
      ]),
    key: (scope) =>
      of([
        { name: "key", value: "k" },
        { name: ":key", value: expressions.value(scope, 1) },
      ]),
    is: (scope) =>
      of([
        { name: "is", value: of(["Foo", "div", "my-comp"]) },
        { name: ":is", value: expressions.value(scope, 1) },
      ]),
    "component-model": (scope) => model(scope),
    "v-once": () => ({ name: "v-once", value: null }),
    "slot-name": (scope) =>
      of([
        { name: "slot", value: of(NAMES) },
        { name: ":slot", value: expressions.name(scope) },
      ]),
    url: () => ({ name: of(["src", "href", "xlink:href", "poster"]), value: of(URLS) }),
    srcset: () => ({ name: "srcset", value: of(SOURCES) }),
  };
  const WEIGHTS = {
    "static-attribute": 16,
    "static-class": 8,
    "bound-class": 7,
    "static-style": 4,
    "bound-style": 4,
    "v-bind": 18,
    "v-on-kind": 16,
    "v-on-object": 2,
    "custom-directive": 5,
    "v-html-text": 2,
    ref: 3,
    key: 3,
    is: 2,
    "component-model": 0,
    "v-once": 2,
    "slot-name": 1,
    url: 2,
    srcset: 0,
  };
  const OF_COMPONENTS = { ...WEIGHTS, "component-model": 7 };
  const OF_PICTURES = { ...WEIGHTS, url: 25, srcset: 10 };
  const PICTURES = new Set(["img", "image", "source", "use", "embed", "svg:rect"]);
  const RESERVED = /^[a-z][a-z0-9]*$/;

  /** Attributes that differ in how they are written, and mean the same. */
  function written(attribute) {
    const quote = chance(10) ? of(["'", ""]) : '"';
    const before = chance(6) ? of(["\n  ", "  ", "\t"]) : " ";
    return { ...attribute, quote, before, equals: chance(3) ? of([" = ", "= ", " ="]) : "=" };
  }

  /** `v-for`, with the names it gives. */
  function loop(scope) {
    world.features.add("v-for");
    const source = of([
      () => expressions.value(scope),
      () => expressions.path(scope),
      () => String(world.pick(4)),
      () => "[1, 2]",
      () => "'ab'",
      () => "{ a: 1 }",
    ])();
    const { text, names } = expressions.pattern(scope, chance(45) ? 1 : 0);
    const [alias, own] =
      /^[{[]/.test(text) && chance(50) ? [`(${text})`, names] : aliases(text, names);
    const filled = source.trim() === "" ? "list" : source.trim();
    return {
      attribute: {
        name: "v-for",
        value: `${alias}${of([" in ", " in ", " of ", "\n in\n "])}${filled}`,
      },
      names: own,
    };
  }

  function aliases(text, names) {
    const others = ["i", "key", "index"].filter((name) => !names.includes(name));
    return of([
      () => [text, names],
      () => [`(${text})`, names],
      () => [`(${text}, ${others[0]})`, [...names, others[0]]],
      () => [`(${text}, ${others[0]}, ${others[1]})`, [...names, others[0], others[1]]],
      () => [`${text}, ${others[0]}`, [...names, others[0]]],
      () => [`( ${text} ,${others[1]} )`, [...names, others[1]]],
    ])();
  }

  /** What decides whether and how often: `v-for`, `v-if` and a key. */
  function control(place, position, isBlock = false) {
    const attributes = [];
    let { scope, inFor } = place;
    if (position !== "root" && chance(isBlock ? 40 : 13)) {
      const made = loop(scope);
      attributes.push(made.attribute);
      scope = [...scope, ...made.names];
      inFor = true;
      if (!isBlock && chance(70))
        attributes.push({ name: ":key", value: expressions.value(scope, 1) });
    }
    const mayHaveIf = position !== "root" && !place.plain;
    if (mayHaveIf && chance(isBlock ? 50 : 8))
      attributes.push({ name: "v-if", value: expressions.value(scope) });
    return { attributes, scope, inFor };
  }

  /** Attributes of any element or component. */
  function any(tag, place, position) {
    const made = control(place, position);
    const weights = PICTURES.has(tag) ? OF_PICTURES : RESERVED.test(tag) ? WEIGHTS : OF_COMPONENTS;
    const count = chance(30) ? 0 : world.pick(chance(10) ? 8 : 4);
    const attributes = Array.from({ length: count }, () =>
      KINDS[world.weighted(weights)](made.scope),
    );
    if (RESERVED.test(tag) && !made.inFor)
      return { ...made, attributes: finished([...made.attributes, ...attributes]) };
    // Only in a loop with a key may `v-once` be inside.
    const usable = made.inFor
      ? attributes.filter(({ name }) => name !== "v-once" || chance(40))
      : attributes;
    return { ...made, attributes: finished([...made.attributes, ...usable]) };
  }

  function finished(attributes) {
    const once = (pattern) => {
      const all = attributes.filter(({ name }) => pattern.test(name));
      return (each) => !pattern.test(each.name) || each === all[0];
    };
    const kept = unique(attributes)
      .filter(once(/^(:|v-bind:)?is$/))
      .filter(once(/^(:|v-bind:)?key$/))
      .filter(once(/^v-model/));
    return shuffledSometimes(kept.map(written));
  }

  function shuffledSometimes(attributes) {
    if (attributes.length < 2 || chance(60)) return attributes;
    const [first, ...rest] = attributes;
    return [...rest, first];
  }

  function model(scope) {
    world.features.add("v-model");
    const target = expressions.path(scope, false);
    return {
      name: `v-model${modifiers(["lazy", "trim", "number"], 2)}`,
      value: chance(5) ? ` ${target} ` : target,
    };
  }

  /** `<input>` and `<textarea>` with `v-model`. */
  function field(place, position) {
    const made = control(place, position);
    const type = of([
      null, "text", "checkbox", "radio", "range", "number", "checkbox", "radio", "color", "dynamic",
      "object", "textarea",
    ]);
    world.features.add(`model-${type}`);
    const attributes = [...made.attributes, model(made.scope)];
    if (type === "dynamic")
      attributes.push({ name: shorthand() + "type", value: expressions.value(made.scope, 1) });
    else if (type === "object")
      attributes.push({ name: "v-bind", value: expressions.name(made.scope) });
    else if (type !== null && type !== "textarea") attributes.push({ name: "type", value: type });
    const isChoice = ["checkbox", "radio", "dynamic"].includes(type);
    if (isChoice && chance(50))
      attributes.push(
        of([
          { name: "value", value: "v" },
          { name: ":value", value: expressions.value(made.scope, 1) },
        ]),
      );
    if (isChoice && chance(30))
      attributes.push(
        of([
          { name: ":true-value", value: expressions.value(made.scope, 1) },
          { name: "true-value", value: "yes" },
        ]),
      );
    if (isChoice && chance(30))
      attributes.push(
        of([
          { name: ":false-value", value: expressions.value(made.scope, 1) },
          { name: "false-value", value: "no" },
        ]),
      );
    if (chance(40)) attributes.push(listener(made.scope));
    if (chance(30))
      attributes.push(
        KINDS[of(["bound-class", "static-class", "custom-directive", "ref"])](made.scope),
      );
    const tag = type === "textarea" ? "textarea" : "input";
    const end = tag === "textarea" ? "tag" : of(["none", "self"]);
    return { tag, attributes: finished(attributes), children: [], end };
  }

  /** Attributes of `<slot>`. */
  function slotOutlet(place) {
    const made = control({ ...place }, "inside");
    const attributes = made.attributes.filter(({ name }) => name !== ":key");
    if (chance(55))
      attributes.push(
        of([
          { name: "name", value: of(NAMES) },
          { name: ":name", value: expressions.value(made.scope, 1) },
        ]),
      );
    const count = world.pick(3);
    for (let index = 0; index < count; index++) {
      attributes.push(
        of([
          {
            name: of([":my-prop", ":x", ":item", "v-bind:a-b-c"]),
            value: expressions.filtered(made.scope),
          },
          { name: of(["text", "data-y"]), value: "t" },
          { name: `:[${expressions.name(made.scope)}]`, value: "a" },
          { name: "v-bind", value: expressions.name(made.scope) },
        ]),
      );
    }
    return { ...made, attributes: unique(attributes) };
  }

  /** Attributes of a `<template>` that only groups. */
  function block(place) {
    const made = control(place, "inside", true);
    return { ...made, attributes: unique(made.attributes) };
  }

  function parameters(scope) {
    if (chance(40)) return { value: null, names: [] };
    const { text, names } = expressions.pattern(scope);
    return { value: chance(10) ? ` ${text} ` : text, names };
  }

  /** `v-slot` in one of its spellings. */
  function slotDirective(scope) {
    world.features.add("v-slot");
    const { value, names } = parameters(scope);
    const name = of([
      () => "v-slot",
      () => `v-slot:${of(NAMES)}`,
      () => `#${of(NAMES)}`,
      () => `#${of(NAMES)}`,
      () => `#[${dynamic(scope)}]`,
      () => `v-slot:[${dynamic(scope)}]`,
    ])();
    return { attribute: { name, value }, names };
  }

  /** `slot`, `slot-scope` and `scope`. */
  function oldSlot(scope) {
    world.features.add("old-slot");
    const attributes = [];
    if (chance(70))
      attributes.push(
        of([
          { name: "slot", value: of([...NAMES, ""]) },
          { name: ":slot", value: expressions.value(scope, 1) },
        ]),
      );
    const { value, names } = parameters(scope);
    if (value === null) return { attributes, names };
    attributes.push({ name: of(["slot-scope", "slot-scope", "slot-scope", "scope"]), value });
    return { attributes, names };
  }

  return { any, field, model, slotOutlet, block, loop, slotDirective, oldSlot, unique };
}
