// Random expressions of templates. They read names of the component, and the variables that are in
// scope: the aliases of loops, and the parameters of slots and functions.

/** Names that belong to nobody but the component. */
const FREE = [
  "a", "b", "c", "ok", "msg", "obj", "list", "item", "count", "user", "fn", "save", "Foo", "$attrs",
  "_x", "ünïcode",
];
/** Names that stay as they are, and some that only look like it. */
const GLOBALS = [
  "Math.max", "Number", "String", "parseInt", "Array.isArray", "isNaN", "JSON.stringify",
  "encodeURIComponent",
];
const LOOKS_GLOBAL = [
  "window", "console", "document", "Symbol", "Promise", "name", "location", "event", "BigInt",
  "Set", "Intl",
];
const MEMBERS = ["x", "y", "length", "name", "default", "class", "item", "a", "$el", "toFixed"];
const STRINGS = [
  "x", "a b", "it is", "{{ no }}", "a | b", "</b>", "é", "/x/", "a:b;c:d", "(", "`", "//", "${a}",
  "\\n", "\\u2028",
];
const BINARY = [
  "+", "-", "*", "/", "%", "===", "!==", "<", ">", "<=", "&&", "||", "??", "==", "&", "|", "in",
  "instanceof", "**", ">>",
];
const FILTERS = ["cap", "upper", "pad", "money", "toFixed", "$f"];
export const FUNCTIONS = ["arrow", "arrow-body", "function", "async-arrow", "named"];

/** What is no expression, or only nearly one. */
const BROKEN = [
  "a +", "a b", "(a", "a)", "{ a: }", "class", "if (a) b", "a as string", "return a", "var x = 1",
  "a;b", "'x", "`${a", "1a", "a..b", "[a", "() =>", "new", "delete a", "await a", "yield a", "a!",
  "<T>a", "import('x')", "super.x", "let", "@a", "#b", "a => {", "...a", "for", "a.#b", "/(/",
  "/a/gg", "(a, a) => 1", "() => { break }", "({ a = 1 })", "{ a = 1 }", "a?.b = 1", "++a()",
  "a ?? b || c", "-a ** 2", "import.meta", "010", "'\\08'", "() => { 'use strict'; 010 }",
  "({ get a(b) { return b } })", "label: a", "() => { let x; let x }", "a = b => c ? d", "{ a, b }",
  "{ a }.b", "function () {}", "class { a = 1 }", "async a => await a", "async (await) => 1",
  "'\\u{110000}'", "a /* open", "a // end", "// all", "/* all */", "a\n// end", "<!-- a", "a --> b",
  "a, b", ",a", "a,", "[,]", "a\u2028b", "a\\", "with (a) b", "throw a", "do a; while (b)", "{}",
  "{ }", "[] = a", "{ a } = b", "({ a } = b)", "`${}`", "a`b`", "1.a", "1..a", "0b12", "1_000",
  "10n", "this", "arguments", "eval('a')", "undefined", "await", "async", "of", "get", "static",
  "enum", "implements", "a instanceof", "typeof", "a in b",
];

/** An object that makes expressions. `pick(n)`: a whole number below n. */
export function expressions(pick) {
  const chance = (percent) => pick(100) < percent;
  const of = (things) => things[pick(things.length)];
  const name = (scope) =>
    scope.length > 0 && chance(55) ? of(scope) : chance(6) ? of(LOOKS_GLOBAL) : of(FREE);
  const string = () => {
    const text = of(STRINGS).replaceAll("'", "");
    return `'${text}'`;
  };
  const literal = () =>
    of([
      string,
      string,
      () => String(pick(100)),
      () => of(["true", "false", "null", "undefined", "NaN", "1.5", "0x1f", "1e3", ".5"]),
    ])();

  /** `a.b[c]`: what can be assigned to. */
  function path(scope, mayBeName = true) {
    let text = mayBeName ? name(scope) : of(FREE);
    const steps = mayBeName ? pick(3) : 1 + pick(2);
    for (let step = 0; step < steps; step++) {
      text += of([
        `.${of(MEMBERS)}`, `.${of(MEMBERS)}`, `[${pick(3)}]`, `['${of(MEMBERS)}']`,
        `[${name(scope)}]`, `[${name(scope)}.${of(MEMBERS)}]`,
      ]);
    }
    return text;
  }

  const list = (scope, depth, most = 3) =>
    Array.from({ length: pick(most + 1) }, () => value(scope, depth));
  const spread = (scope, depth) =>
    list(scope, depth)
      .map((each) => (chance(15) ? `...${name(scope)}` : each))
      .join(", ");

  function property(scope, depth) {
    const key = of([...MEMBERS, ...FREE.slice(0, 6)]);
    return of([
      () => `${key}: ${value(scope, depth)}`,
      () => `${key}: ${value(scope, depth)}`,
      () => `'${key}-${key}': ${value(scope, depth)}`,
      () => `[${value(scope, 0)}]: ${value(scope, depth)}`,
      () => name(scope),
      () => `...${name(scope)}`,
      () => `${key}(p) { return p + ${value([...scope, "p"], depth)} }`,
      () => `${pick(9)}: ${value(scope, depth)}`,
      () => `get ${key}() { return ${value(scope, depth)} }`,
    ])();
  }

  const object = (scope, depth) =>
    `{ ${Array.from({ length: pick(4) }, () => property(scope, depth)).join(", ")} }`;

  /** A pattern and the names it binds. Defaults read what is in scope. */
  function pattern(scope, depth = 1) {
    const own = ["p", "q", "r", "item", "a", "row", "index"][pick(7)];
    const simple = { text: own, names: [own] };
    if (depth === 0 || chance(35)) return simple;
    const otherwise = () => (chance(35) ? ` = ${value(scope, 0)}` : "");
    const other = `${own}${pick(9)}`;
    return of([
      () => ({ text: `{ ${own}${otherwise()} }`, names: [own] }),
      () => ({ text: `{ ${own}, ${other}${otherwise()} }`, names: [own, other] }),
      () => ({ text: `{ x: ${own}, ...${other} }`, names: [own, other] }),
      () => ({ text: `{ [${name(scope)}]: ${own} }`, names: [own] }),
      () => ({
        text: `{ y: { ${own} }${chance(50) ? " = {}" : ""}, z: [${other}] = [] }`,
        names: [own, other],
      }),
      () => ({ text: `[${own}, ${other}${otherwise()}]`, names: [own, other] }),
      () => ({ text: `[, ${own}, ...${other}]`, names: [own, other] }),
      () => simple,
    ])();
  }

  function parameters(scope) {
    const patterns = Array.from({ length: pick(3) }, (_, at) => ({ at, ...pattern(scope) }));
    const taken = new Set();
    const kept = patterns.filter(
      ({ names }) =>
        names.every((each) => !taken.has(each)) && names.every((each) => taken.add(each)),
    );
    return { text: kept.map(({ text }) => text).join(", "), names: [...taken] };
  }

  // The official compiler treats the variables of `catch` and `for`, and a function's own name, as
  // names of the component: nothing reads them here. tests/conformance/vue.json has them.
  const body = (scope, depth) => {
    const inner = [...scope, "local"];
    return of([
      `return ${value(scope, depth)}`, `const local = ${value(scope, depth)}; return local`,
      `let local = 1; { let local = ${value(scope, depth)} } return local + ${value(inner, depth)}`,
      `if (${value(scope, 0)}) { return ${value(scope, depth)} } else { ${call(scope, depth)} }`,
      `for (const each of [1, 2]) { ${call(scope, depth)} }`,
      `try { ${call(scope, depth)} } catch (error) { return ${value(scope, depth)} }`,
      `function local(x) { return x + ${value(scope, 0)} } return local(${value(scope, 0)})`,
      `switch (${value(scope, 0)}) { case ${literal()}: return ${value(scope, 0)}; default: return 2 }`,
    ]);
  };

  function functionOf(scope, depth, kind = of(FUNCTIONS)) {
    const { text, names } = parameters(scope);
    const inner = [...scope, ...names];
    if (kind === "arrow") {
      const single = of(["p", "item", "e"]);
      if (chance(40)) return `${single} => ${wrapped([...scope, single], depth)}`;
      return `(${text}) => ${wrapped(inner, depth)}`;
    }
    if (kind === "arrow-body") return `(${text}) => { ${body(inner, depth)} }`;
    if (kind === "async-arrow")
      return `async (${text}) => { await ${value(inner, depth)}; return ${name(inner)} }`;
    if (kind === "named") return `function me(${text}) { ${body(inner, depth)} }`;
    return `function (${text}) { ${body(inner, depth)} }`;
  }

  const wrapped = (scope, depth) => {
    const text = value(scope, depth);
    return text.startsWith("{") ? `(${text})` : text;
  };

  const call = (scope, depth) =>
    `${of([path(scope), of(GLOBALS), path(scope)])}(${spread(scope, depth)})`;

  /** Every kind, by name: what a table of features counts. */
  const KINDS = {
    name: name,
    path: (scope) => path(scope),
    literal,
    call,
    binary: (scope, depth) => {
      const operator = of(BINARY);
      const side = () => of([() => name(scope), literal, () => `(${value(scope, depth)})`])();
      return `${side()} ${operator} ${side()}`;
    },
    ternary: (scope, depth) =>
      `${name(scope)} ? ${wrapped(scope, depth)} : ${wrapped(scope, depth)}`,
    unary: (scope, depth) =>
      `${of(["!", "-", "+", "typeof ", "void ", "~", "!!"])}${of([name(scope), `(${value(scope, depth)})`])}`,
    array: (scope, depth) => `[${spread(scope, depth)}]`,
    object,
    template: (scope, depth) =>
      `\`t ${chance(80) ? `\${${value(scope, depth)}}` : ""} u${chance(30) ? `\${\`n\${${name(scope)}}\`}` : ""}\``,
    optional: (scope, depth) =>
      `${name(scope)}?.${of([of(MEMBERS), `[${value(scope, 0)}]`, `(${list(scope, depth).join(", ")})`, "x?.y.z"])}`,
    regex: () =>
      of([
        "/a|b/.test(msg)", "/[/]\\//g", "msg.replace(/'/g, '')", "/\\d+(?=x)/u.exec(a)",
        "a / b / c", "(a) / 2",
      ]),
    function: (scope, depth) => functionOf(scope, depth),
    iife: (scope, depth) =>
      `(${functionOf(scope, depth, of(["arrow", "function", "arrow-body"]))})(${list(scope, depth).join(", ")})`,
    higher: (scope, depth) =>
      `${path(scope)}.${of(["map", "filter"])}(${functionOf(scope, depth, of(["arrow", "arrow-body", "function"]))})`,
    new: (scope, depth) =>
      `new ${of(["Date", "Foo", "Array", "Map", "a.B"])}(${list(scope, depth, 1).join(", ")})`,
    sequence: (scope, depth) => `(${value(scope, depth)}, ${value(scope, depth)})`,
    assign: (scope, depth) =>
      `(${path(scope)} ${of(["=", "+=", "||=", "??="])} ${wrapped(scope, depth)})`,
    tagged: (scope) => `fn\`x\${${name(scope)}}\``,
    this: () => of(["this.a", "this", "this.$refs.x", "$event"]),
    newlines: (scope, depth) => `\n  ${name(scope)} &&\n  ${wrapped(scope, depth)}\n`,
    comment: (scope) => `${name(scope)} /* why ' " */ + ${name(scope)}`,
  };
  const SIMPLE = ["name", "path", "literal", "name", "path"];
  const ALL = Object.keys(KINDS).filter((kind) => !SIMPLE.includes(kind));

  function value(scope, depth = 2) {
    const kind = depth <= 0 || chance(45) ? of(SIMPLE) : of(ALL);
    return KINDS[kind](scope, depth - 1);
  }

  const filter = (scope) => `${of(FILTERS)}${chance(45) ? `(${list(scope, 1).join(", ")})` : ""}`;
  /** Filters where they may be: in interpolations and bindings. */
  function filtered(scope) {
    const first = value(scope);
    if (!chance(18)) return first;
    return [first, ...Array.from({ length: 1 + pick(3) }, () => filter(scope))].join(
      of([" | ", "|", " |\n "]),
    );
  }

  const statement = (scope) =>
    of([
      () => `${path(scope)} = ${wrapped(scope, 1)}`,
      () => `${path(scope)}++`,
      () => `${call(scope, 1)}; ${call(scope, 1)}`,
      () => `if (${name(scope)}) ${call(scope, 1)}`,
      () => `$emit('x', $event, ${value(scope, 1)})`,
      () => `delete ${path(scope, false)}`,
      () => `[${name([])}, ${path([])}] = [${value(scope, 1)}, 2]`,
      () => `({ x: ${path([])} } = ${value(scope, 0)})`,
      () => `await${pick(2)}(${name(scope)})`,
      () => `${name(scope)} && ${call(scope, 1)};`,
      () => `\n  ${call(scope, 1)};\n  ${call(scope, 1)}\n`,
      () => `var local = ${value(scope, 1)}; save(local)`,
      () => `const { x, y: [z] } = ${value(scope, 0)}; fn(x, z, y)`,
      () => `for (const i of ${name(scope)}) save(arguments[0])`,
    ])();

  /** What `v-on` may have. */
  const handler = (scope) => {
    const inner = [...scope, "$event"];
    return of([
      () => path(scope),
      () => path(scope),
      () => call(inner, 1),
      () => call(inner, 1),
      () => functionOf(scope, 1),
      () => functionOf(scope, 1),
      () => statement(inner),
      () => statement(inner),
      () => value(inner, 1),
      () => `${call(inner, 1)};`,
      () => `\n ${path(scope)} \n`,
    ])();
  };

  const broken = () => of(BROKEN);

  return { value, filtered, path, handler, statement, pattern, functionOf, name, broken, string };
}
