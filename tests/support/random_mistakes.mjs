// Puts mistakes into a random component: both compilers must agree on whether the component is
// wrong.

import { printedNode } from "./printed_component.mjs";

/** What a hand may slip on. */
const KEYS = [
  ..."<>\"'/={}[]():@#.!-&;|`\\$,?",
  " ", "\n", "\t", "a", "é", "</", "{{", "}}", "-->", "v-", '="',
];

/** Makes one or two mistakes, each at some element. */
export function mistakes(file, world) {
  const count = world.chance(80) ? 1 : 2;
  for (let at = 0; at < count; at++) {
    const kind = world.weighted(WEIGHTS);
    MISTAKES[kind](file, world);
    world.features.add("mistake");
  }
}

function elements(nodes, found = []) {
  for (const node of nodes) {
    if (node.text !== undefined) continue;
    found.push(node);
    elements(node.children, found);
  }
  return found;
}

/** Any element; one that counts for nothing where there is none. */
const some = (file, world) =>
  world.of([...elements(file.roots), ...(elements(file.roots).length === 0 ? [element("b")] : [])]);
const with_ = (make) => (file, world) => {
  const { attributes } = some(file, world);
  attributes.splice(
    world.pick(attributes.length + 1),
    0,
    ...make(world).map(([name, value = null]) => ({ name, value })),
  );
};
/** A child more, somewhere. */
const inside = (make) => (file, world) => {
  const { children } = some(file, world);
  children.splice(world.pick(children.length + 1), 0, make(world));
};
const element = (tag, attributes = [], children = []) => ({
  tag,
  attributes: attributes.map(([name, value = null]) => ({ name, value })),
  children,
  end: "tag",
});

/** Characters that are added, missing or doubled, anywhere in the text. The tree is lost then. */
function typos(file, world) {
  let text = file.roots.map(printedNode).join("");
  const count = 1 + world.pick(3);
  for (let index = 0; index < count; index++) {
    const at = world.pick(text.length + 1);
    const end = Math.min(text.length, at + 1 + world.pick(world.chance(70) ? 2 : 12));
    const inserted = world.of([
      () => "",
      () => world.of(KEYS),
      () => world.of(KEYS) + text.slice(at, end),
      () => text.slice(at, end).repeat(2),
    ]);
    text = text.slice(0, at) + inserted() + text.slice(end);
  }
  file.roots = [{ text }];
}

const MISTAKES = {
  typos,
  "bad-attribute-expression": with_((world) => [
    [
      world.of([
        ":x", "v-if", "@click", "v-html", "v-show", "v-foo", ":key", "@keyup.enter", "v-bind",
        "ref", ":class",
      ]),
      world.expressions.broken(),
    ],
  ]),
  "bad-interpolation": inside((world) => ({ text: `{{ ${world.expressions.broken()} }}` })),
  "bad-loop": with_((world) => [
    [
      "v-for",
      world.of([
        "x", "in list", "x in", "(a, b", "1 in list", "a b in list", "x inlist", "{a in list",
        "(a,b,c,d) in list", "", "x of", "this in list", "a.b in list", "(a, 1) in list",
      ]),
    ],
  ]),
  "bad-slot-parameters": inside((world) =>
    element(
      "Foo",
      [],
      [
        element("template", [
          [
            world.of(["#x", "v-slot", "v-slot:x", "slot-scope"]),
            world.of(["{a", "1", "a b", "a.b", "class", "{ a: 1 }", "this"]),
          ],
        ]),
      ],
    ),
  ),
  "left-open": (file, world) => (some(file, world).end = "none"),
  "wrong-end": (file, world) =>
    (some(file, world).end = world.of([
      "</div>", "</p>", "</b", "</br>", "</Foo>", "< /div>", "</ div>", "</>", "</div x>",
    ])),
  "stray-end": inside((world) => ({
    text: world.of(["</div>", "</p>", "</br>", "</x>", "</template>", "</li></li>"]),
  })),
  "else-alone": with_((world) => [world.of([["v-else"], ["v-else-if", "a"], ["v-else", "x"]])]),
  "same-attribute": with_((world) =>
    world.of([
      [
        ["id", "a"],
        ["id", "b"],
      ],
      [
        [":x", "a"],
        [":x", "b"],
      ],
      [
        ["class", "a"],
        ["class", "b"],
      ],
      [
        ["id", ""],
        ["id", ""],
      ],
    ]),
  ),
  "same-in-two-ways": with_((world) =>
    world.of([
      [
        ["x", "a"],
        [":x", "b"],
      ],
      [
        ["v-bind:x", "a"],
        [":x", "b"],
      ],
      [
        ["v-on:click", "a"],
        ["@click", "b"],
      ],
      [
        ["key", "1"],
        [":key", "2"],
      ],
    ]),
  ),
  "attribute-interpolation": with_((world) => [
    [
      world.of(["id", "class", "style", "data-x", "href"]),
      world.of(["{{ a }}", "x {{ a }}", "{{}}", "{{ a", "{{\n}}"]),
    ],
  ]),
  "model-of-file": inside(() =>
    element("input", [
      ["type", "file"],
      ["v-model", "a"],
    ]),
  ),
  "model-of-element": inside((world) =>
    element(world.of(["div", "p", "img", "option", "button"]), [["v-model", "a"]]),
  ),
  "model-of-alias": inside((world) =>
    element(
      "b",
      [["v-for", "x in list"]],
      [element("input", [["v-model", world.of(["x", "x ", "x.y", "(x)"])]])],
    ),
  ),
  "model-with-value": inside((world) =>
    element("input", [
      ["v-model", world.of(["a", "1", "a + b", "a()", "", "a?.b"])],
      [":value", "b"],
      ...(world.chance(50) ? [["type", world.of(["radio", "checkbox", "text"])]] : []),
    ]),
  ),
  "bad-sync": with_((world) => [
    [":x.sync", world.of(["a + b", "1", "a()", "", "a?.b", "a[", "{}"])],
  ]),
  "slot-on-element": with_((world) => [[world.of(["v-slot", "#x", "#", "v-slot:", "#[a]"]), "p"]]),
  "nested-slot-template": inside((world) =>
    element("div", [], [element("template", [[world.of(["v-slot:x", "#y"]), "p"]])]),
  ),
  "mixed-slots": inside((world) =>
    element(
      "Foo",
      [],
      [
        element("template", [["slot", "a"], [world.of(["v-slot:b", "#b"])]]),
        element("b", [["slot-scope", "x"]]),
      ],
    ),
  ),
  "two-default-slots": inside(() =>
    element("Foo", [["v-slot", "p"]], [element("template", [["v-slot:b"]])]),
  ),
  "key-on-block": inside((world) =>
    element(world.of(["template", "slot"]), [
      [world.of([":key", "key"]), "a"],
      ["v-if", "b"],
    ]),
  ),
  "style-inside": inside((world) =>
    element(world.of(["style", "script"]), world.chance(30) ? [["type", "text/javascript"]] : [], [
      { text: "a" },
    ]),
  ),
  "two-roots": (file, world) => file.roots.push(element(world.of(["div", "Foo", "slot", "p"]))),
  "root-again": (file, world) =>
    file.roots.push(element("div", [[world.of(["v-else", "v-else-if"]), "a"]])),
  "bad-root": (file, world) =>
    (file.roots = [
      world.of([
        element("slot"),
        element("template"),
        element("div", [["v-for", "a in b"]]),
        { text: "text" },
        { text: "" },
        { text: "<!-- c -->" },
        { text: "  " },
        element("script"),
        element("style"),
        { text: "</p>" },
        { text: "<br>" },
      ]),
    ]),
  "text-beside-root": (file, world) =>
    file.roots.splice(world.pick(file.roots.length + 1), 0, {
      text: world.of(["text", "{{ a }}", "&nbsp;", "<", "a < b"]),
    }),
  "bad-argument": with_((world) => [
    [
      world.of([":[a", ":[a b]", "@[a'b]", "#[a", "v-foo:[x<y]", ":[]", "@[]", ":[a=b]", ":[ a ]"]),
      "x",
    ],
  ]),
  "empty-binding": with_((world) => [
    [
      world.of([
        ":x", "v-bind:y", "v-model", "v-if", "v-for", "@click", "v-bind", "v-on", "v-html", ":key",
        ":is", ":ref", ":class", ":style", "v-else-if", "v-show",
      ]),
      world.of(["", " ", null]),
    ],
  ]),
  "inline-template-of-two": inside((world) =>
    element(
      "Foo",
      [["inline-template"]],
      world.of([[], [element("b"), element("i")], [{ text: "x" }]]),
    ),
  ),
  "once-without-key": inside(() =>
    element("b", [["v-for", "x in list"]], [element("i", [["v-once"]], [{ text: "{{ x }}" }])]),
  ),
  "passive-prevent": with_(() => [["@click.passive.prevent", "a"]]),
  "keyword-name": with_((world) => [
    [
      world.of(["@click", ":x", "v-if"]),
      world.of([
        "delete", "delete()", "typeof(a)", "a.delete(b)", "$delete(a)", "void (0)", "'delete(a)'",
        "a.class", "new", "var", "$void(1)",
      ]),
    ],
  ]),
  "bad-tag": inside((world) => ({
    text: world.of([
      "<", "<div", "<div ", "<1a>", "<a b=>", "<a =b>x</a>", "<a b='>x</a>", '<a "b">x</a>', "<!--",
      "<a/ >", "<a/b>x</a>", "<svg:a:b/>", '<a b="1"c="2">x</a>', '<a b="1"">x</a>', "< a>",
    ]),
  })),
  "bad-filter": inside((world) => ({
    text: `{{ ${world.of([
      "a | ", "| a", "a || b | c", "a | b c", "a | b(", "a | b)", "a | b | | c", "a | b()(1)",
      "a | b.c", "a|b(c)|d('x|y')", "a | 1", "a | b(c", "/x|y/ | z",
    ])} }}`,
  })),
  "strange-event": with_((world) => [
    [
      world.of([
        "@click.enter.13.x", "@.stop", "@", "@click.", "@click..stop", "@~click", "v-on", "v-on:",
        "@click.exact.ctrl", "@click.right.once.capture",
      ]),
      "fn",
    ],
  ]),
  "functional-names": with_((world) => [
    [":x", world.of(["_c", "_self", "arguments", "this", "$event", "render", "_h", "undefined"])],
  ]),
};

/** How often each comes: of typos there are more kinds than of all others. */
const WEIGHTS = {
  ...Object.fromEntries(Object.keys(MISTAKES).map((name) => [name, 1])),
  typos: 16,
};
