// Programs of any number of small TypeScript modules, the same on every machine: interfaces,
// generics, enums, namespaces, parameter properties, imports of types only, overloads, and JSX in
// every fourth module. A module imports only earlier modules, so there are no cycles.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { random as randomBy } from "../../tests/support/random_numbers.mjs";

/** Modules of a folder. */
const FOLDER = 25;

const WORDS = ["amber", "basalt", "cedar", "delta", "ember", "fjord", "garnet", "harbor"];

/** Writes `count` modules, and a main.ts that runs all of them. */
export function writeTyped(folder, count) {
  const random = randomBy(count);
  writeFileSync(join(folder, "jsx.ts"), JSX);
  const all = Array.from({ length: count }, (_, at) => at);
  for (const at of all) {
    mkdirSync(join(folder, home(at)), { recursive: true });
    writeFileSync(join(folder, fileOf(at)), moduleText(at, random));
  }
  const imports = all.map((at) => `import { run${at} } from "./${fileOf(at)}";\n`).join("");
  const runs = all.map((at) => `  run${at},\n`).join("");
  writeFileSync(
    join(folder, "main.ts"),
    `${imports}
const runs: Array<(seed: number) => number> = [
${runs}];
console.log(\`sum \${runs.reduce((sum, run, at) => (sum * 31 + run(at)) % 1000003, 7)}\`);
`,
  );
}

const JSX = `export interface Node { tag: string; attributes: Record<string, unknown>; children: unknown[] }

export function h(tag: string, attributes: Record<string, unknown> | null, ...children: unknown[]): Node {
  return { tag, attributes: attributes ?? {}, children };
}

export function text(node: unknown): string {
  if (typeof node !== "object" || node === null) return String(node);
  const { tag, attributes, children } = node as Node;
  return \`<\${tag}\${Object.keys(attributes).join(" ")}>\${children.map(text).join("")}\`;
}

declare global {
  namespace JSX { interface IntrinsicElements { [name: string]: unknown } }
}
`;

function home(at) {
  return `f${String(Math.floor(at / FOLDER)).padStart(3, "0")}`;
}

function fileOf(at) {
  return `${home(at)}/m${at}.${hasJsx(at) ? "tsx" : "ts"}`;
}

function hasJsx(at) {
  return at % 4 === 3;
}

function moduleText(at, random) {
  const word = () => WORDS[random(WORDS.length)];
  const others = at === 0 ? [] : [...new Set([random(at), random(at)])];
  const imports = others
    .map((other) => {
      const types = other % 2 === 0 ? `type Options${other}` : `Options${other}`;
      return `import { Item${other}, Kind${other}, ${types} } from "../${fileOf(other)}";\n`;
    })
    .join("");
  return `${hasJsx(at) ? '/** @jsx h */\nimport { h, text } from "../jsx.ts";\n' : ""}${imports}
export interface Options${at}${others.length > 0 ? ` extends Partial<Options${others[0]}>` : ""} {
  readonly label?: string;
  size: number;
  tags?: ReadonlyArray<string>;
  on?(event: "${word()}" | "${word()}", listener: (value: number) => void): void;
}

type Weight<T extends { size: number }> = T extends { tags: infer U } ? U : never;

export enum Kind${at} { ${word()[0].toUpperCase()}1 = ${random(9)}, Second, Both = ${random(4)} | 4, Name = "${word()}" }

export class Item${at}<T extends Options${at} = Options${at}> {
  static readonly kind: Kind${at} = Kind${at}.Second;
  private readonly parts: Map<string, number> = new Map();
  declare weight: Weight<{ size: number; tags: string[] }>;

  constructor(public readonly size: number, protected options: Partial<T> = {}, private scale = ${1 + random(5)}) {
    this.parts.set("${word()}", size);
  }

  get title(): string { return \`\${this.options?.label ?? "${word()}"} (\${this.size})\`; }

  weigh(part: number): number;
  weigh(part: string): number;
  weigh(part: number | string): number {
    return (this.parts.get(part as string) ?? (part as number)) * this.scale;
  }
}

export namespace Tools${at} {
  export const limit: number = ${10 + random(90)};
  export function clamp<T extends number>(value: T): number { return Math.min(value as number, limit); }
}

const isItem = (value: unknown): value is Item${at} => value instanceof Item${at};

export function run${at}(seed: number, ...rest: Array<Item${at}>): number {
  const item = new Item${at}<Options${at}>(seed, { label: "${word()}" } satisfies Partial<Options${at}>);
  let sum: number = item.weigh(seed) + Tools${at}.clamp(item.title.length)!;
${others.map((other) => `  const other${other} = new Item${other}(seed as number);
  sum += other${other}.size + (Item${other}.kind === Kind${other}.Second ? 1 : 2) + Kind${other}.Both;
`).join("")}${hasJsx(at) ? `  sum += text(<p class="${word()}" {...{ title: item.title }}><b>{sum}</b> ${word()}</p>).length;\n` : ""}  if (isItem(rest[0])) sum += (<const T,>(value: T): T => value)(1);
  return sum % 9973;
}
`;
}
