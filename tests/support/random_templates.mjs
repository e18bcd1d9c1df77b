// A random component of Vue 2.7, from a seed. It is a tree of elements, so that a component with a
// difference can be made smaller.
//
//   const file = randomTemplate(seed); // { script, styles, functional, options, layout, roots, … }
//   printed(file)                      // the text of the .vue file (printed_component.mjs)
//
// A node is { tag, attributes: [{ name, value }], children, end }, or { text }, which is printed as
// it is. A `value` of null is an attribute without one; `end` is "tag", "none" (left open), "self"
// (`<x/>`) or the text to write instead. `options` are those of the key `vue` in the configuration.
// Nearly four in five files should compile; the others have mistakes (random_mistakes.mjs).

import { attributesOf } from "./random_attributes.mjs";
import { expressions } from "./random_expressions.mjs";
import { mistakes } from "./random_mistakes.mjs";
import { random } from "./random_numbers.mjs";
import { randomScript } from "./random_script.mjs";

const PLAIN = [
  "div", "div", "span", "p", "a", "b", "h1", "section", "button", "label", "em", "header", "x-y",
  "details", "i",
];
/** Parts of lists and tables. Most may be left open, and close each other, wherever they are. */
const PARTS = [
  "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th",
  "colgroup", "option", "optgroup",
];
const LEFT_OPEN = new Set([
  "colgroup", "dd", "dt", "li", "options", "p", "td", "tfoot", "th", "thead", "tr", "source",
]);
const VOID = ["br", "hr", "img", "input", "meta", "wbr", "col", "area", "embed", "source", "track"];
const DRAWN = [
  "svg", "g", "path", "circle", "text", "use", "image", "foreignObject", "svg:rect",
  "linearGradient",
];
const FORMULA = ["math", "mi", "mo", "mrow"];
const COMPONENTS = [
  "Foo", "foo", "my-comp", "MyComp", "myComp", "el-button", "Foo.Bar", "ünï-tag", "Teleport",
  "router-view", "x.y",
];
const BUILT_IN = ["transition", "transition-group", "keep-alive", "component"];
const WORDS = [
  "x", "word", "two words", "a < b", "1 & 2", "é ü 語", "\"quoted\" 'text'", "`", "}}", "{", "{{}}",
  "{{ }", "\\", "$1", "😀", "</", "a<1", "<!", "- -",
];
const ENTITIES = [
  "&nbsp;", "&lt;", "&amp;&amp;", "&copy", "&#65;", "&#x41;", "&unknown;", "&notit;", "&hearts;",
  "&amp;lt;", "&#0;", "&#128;", "&;", "&#x1F600;", "&quot;", "&#10;",
];
const SPACES = [
  " ", "\n", "\n    ", "  ", "\t", "\u00a0", "\r\n", " \n ", "\f", "\u2003", "\u2028",
];
const COMMENTS = [
  "<!-- c -->", "<!-- <b> {{ a }} -->", "<!---->", "<!--[if IE]> x <![endif]-->", "<![if !IE]>",
  "<!-- - > -- -->", "<!doctype html>",
];

/** What a project may have chosen, by name. */
const OPTIONS = {
  "no-options": {},
  condense: { whitespace: "condense" },
  comments: { comments: true },
  "both-options": { whitespace: "condense", comments: true },
  "square-delimiters": { delimiters: ["[[", "]]"] },
  "dollar-delimiters": { delimiters: ["${", "}"] },
};

/** How an editor may have written a file, by name. */
const LAYOUTS = {
  "plain-layout": null,
  windows: (text) => text.replace(/\r?\n/g, "\r\n"),
  indented: (text) => text.replace(/^(?!<\/?(?:template|script|style))/gm, "    "),
  marked: (text) => `\ufeff${text}`,
};

/** The file of a seed. */
export function randomTemplate(seed) {
  const pick = random(seed);
  const world = new World(pick);
  const functional = world.chance(8);
  const options = world.options;
  const script = functional ? null : randomScript(world);
  const room = { left: 2 + pick(pick(5) === 0 ? 40 : 14) };
  const place = { scope: [], depth: 0, inFor: false, parent: null, room };
  const root = world.root(place);
  const roots = world.padded(
    world.chance(12) ? [root, ...world.elseBranches(place, root)] : [root],
  );
  const styles =
    functional && world.chance(50) ? ["<style scoped>\n.a { color: red }\n</style>"] : [];
  const layout =
    LAYOUTS[world.weighted({ "plain-layout": 90, windows: 4, indented: 4, marked: 2 })];
  const file = { script, styles, functional, options, layout, roots, features: world.features };
  if (world.chance(22)) mistakes(file, world);
  if (script) world.features.add(script.setup ? "script-setup" : "script");
  if (functional) world.features.add("functional");
  return file;
}

/** What makes nodes: chance, expressions, and what was used. */
class World {
  constructor(pick) {
    this.pick = pick;
    this.features = new Set();
    this.expressions = expressions(pick);
    this.attributes = attributesOf(this);
    this.options =
      OPTIONS[
        this.weighted({
          "no-options": 74,
          condense: 10,
          comments: 6,
          "both-options": 4,
          "square-delimiters": 3,
          "dollar-delimiters": 3,
        })
      ];
    this.delimiters = this.options.delimiters ?? ["{{", "}}"];
  }

  chance(percent) {
    return this.pick(100) < percent;
  }

  of(things) {
    return things[this.pick(things.length)];
  }

  /** One of the keys of `weights`, which is then a feature of this file. */
  weighted(weights) {
    let at = this.pick(Object.values(weights).reduce((sum, weight) => sum + weight, 0));
    const chosen = Object.keys(weights).find((key) => (at -= weights[key]) < 0);
    this.features.add(chosen);
    return chosen;
  }

  /** The root: anything that may be alone, without `v-for`. */
  root(place) {
    const kind = this.weighted({
      element: 70,
      component: 15,
      "dynamic-component": 5,
      "plain-root": 10,
    });
    const node =
      kind === "plain-root"
        ? { tag: "div", attributes: [], children: [], end: "tag" }
        : this[kind === "element" ? "element" : "component"](place, "root");
    // What cannot be closed, or what its content closes, would leave more than one root.
    if (VOID.includes(node.tag) || LEFT_OPEN.has(node.tag))
      Object.assign(node, { tag: "div", end: "tag" });
    if (kind === "plain-root" || node.children.length === 0)
      node.children = this.children({ ...place, depth: 1, parent: node.tag });
    return node;
  }

  padded(nodes) {
    const between = () =>
      this.chance(30) ? [{ text: this.of(["\n", "  ", "<!-- c -->", "\n\n"]) }] : [];
    return [...between(), ...nodes.flatMap((node) => [node, ...between()])];
  }

  /** `v-else-if` and `v-else` after an element, which gets its `v-if` here. */
  elseBranches(place, first) {
    const branches = [];
    const count = this.pick(2);
    for (let at = 0; at < count; at++)
      branches.push(
        this.branch(place, { name: "v-else-if", value: this.expressions.value(place.scope) }),
      );
    branches.push(this.branch(place, { name: "v-else", value: this.chance(80) ? null : "" }));
    first.attributes.unshift({ name: "v-if", value: this.expressions.value(place.scope) });
    return branches;
  }

  branch(place, attribute) {
    const node = this.one({ ...place, plain: true });
    node.attributes.splice(this.pick(node.attributes.length + 1), 0, attribute);
    return node;
  }

  children(place) {
    const nodes = [];
    const count = place.depth > 7 ? 0 : this.pick(5);
    for (let at = 0; at < count && place.room.left > 0; at++) nodes.push(...this.nodes(place));
    return nodes;
  }

  /** Some siblings. */
  nodes(place) {
    place.room.left -= 1;
    const { scope } = place;
    switch (
      this.weighted({
        element: 34,
        text: 12,
        interpolation: 12,
        space: 8,
        comment: 3,
        "if-chain": 7,
        component: 9,
        slot: 4,
        "template-block": 5,
      })
    ) {
      case "text":
        return [{ text: this.text() }];
      case "interpolation":
        return [{ text: this.interpolation(scope) }];
      case "space":
        return [{ text: this.of(SPACES) }];
      case "comment":
        return [{ text: this.of(COMMENTS) }];
      case "if-chain":
        return this.ifChain(place);
      case "component":
        return [this.component(place)];
      case "slot":
        return [this.slot(place)];
      case "template-block":
        return [this.templateBlock(place)];
      default:
        return this.chance(6) ? this.leftOpen(place) : [this.element(place)];
    }
  }

  /** Elements without end tags, each of which ends where the next begins. */
  leftOpen(place) {
    const tag = this.of([...LEFT_OPEN]);
    const one = (end) => {
      const { attributes, scope, inFor } = this.attributes.any(
        tag,
        { ...place, plain: true },
        "inside",
      );
      const children = this.children({
        ...place,
        scope,
        inFor,
        depth: place.depth + 1,
        parent: tag,
      });
      return { tag, attributes, children, end };
    };
    this.features.add("left-open-list");
    return [one("none"), one("none"), one("tag")];
  }

  text() {
    const parts = Array.from({ length: 1 + this.pick(3) }, () =>
      this.of([WORDS, WORDS, ENTITIES, SPACES]),
    );
    return parts.map((part) => this.of(part)).join(this.of(["", " ", " "]));
  }

  interpolation(scope) {
    const inner = () =>
      `${this.of([" ", " ", "", "\n  "])}${this.expressions.filtered(scope)}${this.of([" ", " ", ""])}`;
    const [open, close] = this.delimiters;
    const one = () => `${open}${inner().replace(/^\{|\}$/g, " $& ")}${close}`;
    return this.of([
      one,
      one,
      () => `${this.text()}${one()}`,
      () => `${one()}${this.of(SPACES)}${one()}`,
      () => `${one()} ${this.text()}`,
    ])();
  }

  ifChain(place) {
    const first = this.one({ ...place, plain: true });
    const branches = this.elseBranches(place, first);
    const between = () =>
      this.chance(55)
        ? [
            {
              text: this.of(["\n", "  ", " ", this.chance(8) ? "lost text" : "\n\n", "<!-- c -->"]),
            },
          ]
        : [];
    return [first, ...branches.flatMap((branch) => [...between(), branch])];
  }

  /** One node with attributes: an element, a component, a template or a slot. */
  one(place) {
    const kind = this.weighted({ element: 60, component: 20, "template-block": 15, slot: 5 });
    if (kind === "component") return this.component(place);
    if (kind === "slot") return this.slot(place);
    return kind === "element" ? this.element(place) : this.templateBlock(place);
  }

  element(place, position = "inside") {
    const kind = this.weighted({
      plain: 50,
      part: 12,
      void: 8,
      field: 12,
      raw: 6,
      drawn: 6,
      formula: 1,
      "v-pre": 3,
      pre: 3,
      static: 8,
      select: 4,
    });
    if (kind === "field") return this.attributes.field(place, position);
    if (kind === "select") return this.select(place, position);
    if (kind === "raw") return this.raw(place, position);
    if (kind === "static") return this.staticTree(0);
    const tags = {
      plain: PLAIN,
      part: PARTS,
      void: VOID,
      drawn: DRAWN,
      formula: FORMULA,
      "v-pre": [...PLAIN, ...COMPONENTS, "template", "slot"],
      pre: ["pre"],
    };
    const tag = this.of(position === "root" && kind === "v-pre" ? PLAIN : tags[kind]);
    const { attributes, scope, inFor } = this.attributes.any(tag, place, position);
    if (kind === "v-pre") attributes.push({ name: "v-pre", value: null });
    if (kind === "void")
      return { tag, attributes, children: [], end: this.of(["none", "self", "none"]) };
    if (kind === "pre" && this.chance(40)) attributes.push({ name: "v-pre", value: null });
    const children = this.children({
      ...place,
      scope,
      inFor,
      depth: place.depth + 1,
      parent: tag,
      plain: false,
    });
    if (kind === "pre" && this.chance(50))
      children.unshift({ text: this.of(["\n", "\n\n x", "  a\n   b  ", "\r\n"]) });
    const end = position !== "root" && this.chance(4) ? "self" : "tag";
    return { tag, attributes, children: end === "self" ? [] : children, end };
  }

  /** Nothing but what never changes, for the optimiser. */
  staticTree(depth) {
    const attributes = this.chance(45)
      ? [
          {
            name: this.of(["class", "style", "id", "title", "alt"]),
            value: this.of(["a", "a  b", "color: red"]),
          },
        ]
      : [];
    const inner = () =>
      depth < 3 && this.chance(55)
        ? this.staticTree(depth + 1)
        : { text: this.of(["static", " ", "&lt;", "words here"]) };
    return {
      tag: this.of(["div", "span", "p", "svg", "ul", "li", "pre"]),
      attributes,
      children: Array.from({ length: this.pick(4) }, inner),
      end: "tag",
    };
  }

  raw(place, position) {
    const tag = this.of(["textarea", "textarea", "script", "textarea"]);
    const { attributes, scope } = this.attributes.any(tag, place, position);
    if (tag === "script") attributes.push({ name: "type", value: "x/template" });
    if (position === "root" || this.chance(60))
      return {
        tag: "textarea",
        attributes: attributes.filter(({ name }) => name !== "type"),
        children: [{ text: this.of(["", "\n x", "a <b> c", "{{ a }}", "&lt;p&gt;", "<p>x</p>"]) }],
        end: "tag",
      };
    return {
      tag,
      attributes,
      children: [
        {
          text: this.of([
            "a && b < c", "{{ msg }}", "&lt;", "<b>x</b>", "", `\n ${this.interpolation(scope)}`,
          ]),
        },
      ],
      end: "tag",
    };
  }

  select(place, position) {
    const { attributes, scope, inFor } = this.attributes.any("select", place, position);
    if (this.chance(70)) attributes.push(this.attributes.model(scope));
    if (this.chance(35))
      attributes.push(
        this.of([
          { name: "multiple", value: null },
          { name: ":multiple", value: this.expressions.name(scope) },
        ]),
      );
    const unique = this.attributes.unique(attributes);
    const option = () => {
      const made = this.attributes.any("option", { ...place, scope, inFor }, "inside");
      return {
        tag: "option",
        attributes: made.attributes,
        children: [{ text: this.chance(50) ? "one" : this.interpolation(made.scope) }],
        end: "tag",
      };
    };
    return {
      tag: "select",
      attributes: unique,
      children: Array.from({ length: this.pick(3) }, option),
      end: "tag",
    };
  }

  slot(place) {
    const { attributes, scope, inFor } = this.attributes.slotOutlet(place);
    const children = this.chance(45)
      ? this.children({
          ...place,
          scope,
          inFor,
          depth: place.depth + 1,
          parent: "slot",
          plain: false,
        })
      : [];
    return {
      tag: "slot",
      attributes,
      children,
      end: children.length === 0 && this.chance(50) ? "self" : "tag",
    };
  }

  /** `<template>` that only groups. */
  templateBlock(place) {
    const { attributes, scope, inFor } = this.attributes.block(place);
    const children = this.children({
      ...place,
      scope,
      inFor,
      depth: place.depth + 1,
      parent: "template",
      plain: false,
    });
    return { tag: "template", attributes, children, end: "tag" };
  }

  component(place, position = "inside") {
    const tag = this.chance(78)
      ? this.of(COMPONENTS)
      : this.of(position === "root" ? ["component"] : BUILT_IN);
    const { attributes, scope, inFor } = this.attributes.any(tag, place, position);
    if (tag === "component")
      attributes.push(
        this.of([
          { name: ":is", value: this.expressions.value(scope, 1) },
          { name: "is", value: this.of(["Foo", "div", "my-comp"]) },
        ]),
      );
    const inner = { ...place, scope, inFor, depth: place.depth + 1, parent: tag, plain: false };
    const kind = this.weighted({
      "slots-none": 20,
      "slots-children": 25,
      "slots-templates": 25,
      "slots-own": 10,
      "slots-old": 14,
      "inline-template": 3,
    });
    if (position !== "root" && kind === "slots-none")
      return { tag, attributes, children: [], end: this.of(["tag", "self"]) };
    const { own, children } = this.contents(kind, inner);
    return {
      tag,
      attributes: this.attributes.unique([...attributes, ...own]),
      children,
      end: "tag",
    };
  }

  contents(kind, place) {
    if (kind === "slots-templates") return { own: [], children: this.slotTemplates(place) };
    if (kind === "slots-own") {
      const { attribute, names } = this.attributes.slotDirective(place.scope);
      return {
        own: [attribute],
        children: this.children({ ...place, scope: [...place.scope, ...names] }),
      };
    }
    if (kind === "slots-old") return { own: [], children: this.oldSlots(place) };
    if (kind === "inline-template")
      return {
        own: [{ name: "inline-template", value: null }],
        children: [this.element({ ...place, plain: true }, "root")],
      };
    return { own: [], children: this.children(place) };
  }

  slotTemplates(place) {
    const nodes = [];
    const count = 1 + this.pick(3);
    for (let at = 0; at < count; at++)
      nodes.push(...this.slotTemplate(place), { text: this.of(SPACES) });
    if (this.chance(25)) nodes.push(...this.children(place));
    return nodes;
  }

  /** `<template v-slot>`, alone, in a loop or as a chain of conditions. */
  slotTemplate(place) {
    const single = (control, scope, inFor) => {
      const { attribute, names } = this.attributes.slotDirective(scope);
      const inner = {
        ...place,
        scope: [...scope, ...names],
        inFor,
        depth: place.depth + 1,
        parent: "template",
      };
      const attributes = this.chance(50) ? [...control, attribute] : [attribute, ...control];
      return { tag: "template", attributes, children: this.children(inner), end: "tag" };
    };
    const kind = this.weighted({
      "slot-alone": 60,
      "slot-if": 15,
      "slot-for": 12,
      "slot-else": 10,
    });
    if (kind === "slot-alone") return [single([], place.scope, place.inFor)];
    const condition = (name) => ({ name, value: this.expressions.value(place.scope, 1) });
    if (kind === "slot-if") return [single([condition("v-if")], place.scope, place.inFor)];
    if (kind === "slot-for") {
      const { attribute, names } = this.attributes.loop(place.scope);
      return [single([attribute], [...place.scope, ...names], true)];
    }
    const middle = this.chance(40)
      ? [single([condition("v-else-if")], place.scope, place.inFor)]
      : [];
    const chain = [
      single([condition("v-if")], place.scope, place.inFor),
      ...middle,
      single([{ name: "v-else", value: null }], place.scope, place.inFor),
    ];
    return chain.flatMap((node) => [node, { text: "\n" }]);
  }

  /** `slot` and `slot-scope`, on elements and templates. */
  oldSlots(place) {
    const one = () => {
      const { attributes, names } = this.attributes.oldSlot(place.scope);
      const scope = [...place.scope, ...names];
      const isTemplate = this.chance(45);
      const node = isTemplate
        ? {
            tag: "template",
            attributes: [],
            children: this.children({
              ...place,
              scope,
              parent: "template",
              depth: place.depth + 1,
            }),
            end: "tag",
          }
        : this.element({ ...place, scope });
      return { ...node, attributes: this.attributes.unique([...attributes, ...node.attributes]) };
    };
    return [
      ...Array.from({ length: 1 + this.pick(2) }, one),
      ...(this.chance(30) ? this.children(place) : []),
    ];
  }
}
