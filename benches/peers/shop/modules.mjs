// The JavaScript modules of the shop, in modern syntax. Every module exports `score`, which calls
// most of its functions, `weight`, which other modules call, and functions that nobody uses.

const WORDS = [
  "amber", "basalt", "cedar", "delta", "ember", "fjord", "garnet", "harbor", "indigo", "juniper",
  "kelp", "lagoon", "marble", "nickel", "ochre", "pearl",
];

/**
 * Functions that compute a number from a list of lines `{ id, name, price, kind, at }`, and the
 * functions of lodash that each needs.
 */
const COMPUTATIONS = [
  {
    lodash: ["groupBy", "sumBy"],
    text: (name, { word, number }) => `/** Sums by kind, of lines that cost more than the limit. */
export function ${name}(lines, { key = "kind", limit = ${number(40)} } = {}) {
  const groups = groupBy(lines.filter(({ price }) => price > limit), key);
  const rows = Object.keys(groups).map((title) => ({ title, count: groups[title].length, total: sumBy(groups[title], "price") }));
  return rows.reduce((sum, { title, count, total }) => sum + title.length * count + total, "${word()}".length);
}`,
  },
  {
    lodash: ["orderBy", "chunk"],
    text: (
      name,
      { number },
    ) => `/** Pages of lines, dearest first; the number of the page that would be shown for a scroll position. */
export const ${name} = (lines, { size = ${2 + number(4)}, scrolled = ${number(900)} } = {}) => {
  const [first = [], ...others] = chunk(orderBy(lines, ["price", "id"], ["desc", "asc"]), size);
  const visible = [...first, ...(others[0] ?? [])];
  return visible.length * 10 + Math.min(others.length, Math.floor(scrolled / (size * ${20 + number(30)})));
};`,
  },
  {
    lodash: ["mapValues", "pickBy"],
    text: (
      name,
      { word, number },
    ) => `const ${name}Defaults = { ${word()}: ${number(90)}, label: "${word()}", limits: { from: ${number(9)}, until: ${10 + number(90)} }, tags: ["${word()}", "${word()}"] };

/** Options with defaults; numbers are clamped. */
export function ${name}(lines, options = {}) {
  const { label, limits: { from, until }, tags: [tag = "${word()}", ...more], ...rest } = { ...${name}Defaults, ...options };
  const numbers = pickBy(rest, (value) => typeof value === "number");
  const clamped = mapValues(numbers, (value) => Math.max(from, Math.min(until, value)));
  return Object.keys(clamped).reduce((sum, key) => sum + clamped[key], label.length + tag.length * more.length) + lines.length;
}`,
  },
  {
    lodash: ["kebabCase", "truncate"],
    text: (name, { word, number }) => `/** An address for a line, as search engines like it. */
export function ${name}(lines, { prefix = "/${word()}" } = {}) {
  const paths = lines.map(({ id, name: text, kind }) => \`\${prefix}/\${kebabCase(\`\${kind} \${text}\`)}-\${id}\`);
  const unique = new Set(paths.map((path) => truncate(path, { length: ${20 + number(20)}, omission: "…" })));
  let sum = 0;
  for (const path of unique) sum = (sum * 33 + path.length + path.charCodeAt(path.length - 1)) % 10007;
  return sum;
}`,
  },
  {
    moment: true,
    lodash: ["uniqBy"],
    text: (
      name,
      { number },
    ) => `/** When lines are due, in words; a line of the same day comes once. */
export function ${name}(lines, { days = ${1 + number(20)}, pattern = "dddd, D MMMM YYYY" } = {}) {
  const due = lines.map(({ at }) => moment.utc(at).add(days, "days"));
  const texts = uniqBy(due, (date) => date.dayOfYear()).map((date) => date.format(pattern));
  return texts.reduce((sum, text) => sum + text.length, 0) + due.filter((date) => date.isoWeekday() > 5).length;
}`,
  },
  {
    lodash: ["debounce", "memoize"],
    text: (name, { word, number }) => `const ${name}Cached = memoize((price) => {
  const steps = [${number(100)}, ${100 + number(900)}, ${1000 + number(4000)}];
  const found = steps.findIndex((step) => price < step);
  return found < 0 ? steps.length : found;
});

/** The steps of a discount; what is typed fast is looked up once. */
export function ${name}(lines, { wait = ${50 + number(200)} } = {}) {
  const later = debounce(() => "${word()}", wait);
  later.cancel();
  return lines.map(({ price }) => ${name}Cached(price)).reduce((sum, step, at) => sum + step * (at + 1), 0);
}`,
  },
  {
    lodash: ["isEqual", "cloneDeep"],
    text: (name, { word, number }) => `/** What differs between two drafts of a form. */
export function ${name}(lines, { field = "${word()}" } = {}) {
  const draft = { [field]: lines.slice(0, ${1 + number(3)}), visited: false, get count() { return this[field].length; } };
  const edited = cloneDeep(draft);
  edited[field].forEach((line, at) => {
    if (at % 2) line.price += ${number(9) + 1};
    else Object.assign(line, { note: \`\${line.name}!\` });
  });
  const changed = draft[field].filter((line, at) => !isEqual(line, edited[field][at]));
  return changed.length * 100 + edited.count;
}`,
  },
  {
    lodash: [],
    text: (
      name,
      { word, number },
    ) => `/** Sorts, filters and pages a table; gives what its footer says. */
export function ${name}(lines, { query = "${word()[0]}", by = "price", descending = ${number(2) === 0} } = {}) {
  const words = query.toLowerCase().split(/\\s+/u).filter(Boolean);
  const found = lines.filter(({ name: text }) => words.every((word) => text.includes(word)));
  const sorted = [...found].sort((a, b) => (a[by] - b[by]) * (descending ? -1 : 1));
  switch (sorted.length) {
    case 0:
      return ${number(50)};
    case 1:
      return sorted[0].price % 97;
    default: {
      const [first, , third] = sorted;
      return (first.price * 31 + (third?.price ?? ${number(500)})) % 9973;
    }
  }
}`,
  },
  {
    lodash: ["range"],
    text: (name, { number }) => `/** A generator of reminders, a week apart. */
function* ${name}Steps(from, count) {
  for (const at of range(count)) yield from + at * ${2 + number(7)};
}

export function ${name}(lines, { count = ${2 + number(5)} } = {}) {
  let sum = 0;
  for (const step of ${name}Steps(lines.length, count)) sum += step ** 2 % ${11 + number(80)};
  return sum;
}`,
  },
  {
    lodash: ["startCase", "escape"],
    text: (name, { word, number }) => `/** A line as the mail says it. */
export const ${name} = (lines, { currency = "KRW", signature = "${word()} ${word()}" } = {}) => {
  const rows = lines.map(({ name: text, price, kind: [letter = "?"] }) => \`
    <tr><td>\${escape(startCase(text))}</td><td>\${letter}</td><td>\${price.toLocaleString("en-US")} \${currency}</td></tr>\`);
  const mail = [\`<p>\${signature}</p>\`, ...rows, "<p>${word()}</p>"].join("\\n");
  return mail.length + (mail.match(/${word()[0]}/g) ?? []).length * ${number(9)};
};`,
  },
];

/**
 * Lines that the functions compute with. Each module has its own: one module of lines would be
 * shared by all.
 */
const LINES = ({ word, number }) => `const lines = (seed) =>
  [${Array.from({ length: 3 }, () => `"${word()}"`).join(", ")}].map((name, at) => ({ id: at + 1, name, price: (seed * ${7 + number(80)} + at * ${11 + number(300)}) % 5000, kind: name.slice(0, 2), at: 1.6e12 + seed * 864e5 }));`;

/** A module of functions. */
export function utility(name, { random, uses }) {
  const chance = chances(random);
  const chosen = Array.from({ length: 4 }, () => COMPUTATIONS[random(COMPUTATIONS.length)]);
  const functions = chosen.map((computation, at) => ({
    ...computation,
    name: `${lower(name)}${at}`,
  }));
  const used = functions.filter((_, at) => at !== 2);
  return `${lodash(functions)}${functions.some(({ moment }) => moment) ? 'import moment from "moment";\n' : ""}${weights(uses)}
${LINES(chance)}

${functions.map(({ text, name: own }) => text(own, chance)).join("\n\n")}

${scoring(uses, `[${used.map(({ name: own }) => own).join(", ")}].reduce((sum, compute) => sum + compute(lines(seed)), 0)`, chance)}`;
}

/** A class, and one that extends it. */
export function model(name, { random, uses }) {
  const chance = chances(random);
  const { word, number } = chance;
  const computation = { ...COMPUTATIONS[random(COMPUTATIONS.length)], name: `${lower(name)}Sum` };
  const isPrivate = random(3) === 0;
  return `${lodash([computation])}${computation.moment ? 'import moment from "moment";\n' : ""}${weights(uses)}
${LINES(chance)}

${computation.text(computation.name, chance)}

/** What the server sends, with what pages ask of it. */
export class ${name} {
  static kind = "${word()}";
${isPrivate ? `  #loaded = ${number(30)};\n` : ""}  selected = [];

  constructor({ id, label = "${word()}", price = ${number(900)}, options: { ${word()}: first = ${number(9)}, ...options } = {}, ...rest } = {}) {
    Object.assign(this, { id, label, price, first, options, rest });
  }

  static from(rows) {
    return rows.map((row) => new this(row));
  }

  get title() {
    return \`\${this.label} (\${this.constructor.kind}, \${this.price})\`;
  }

  set title(text) {
    [this.label] = text.split(" (");
  }

  select(...ids) {
    this.selected.push(...ids.filter((id) => !this.selected.includes(id)));
    return this;
  }

  weigh(factor = ${1 + number(5)}) {
    const counters = this.selected.map((id) => () => id * factor${isPrivate ? " + this.#loaded" : ""});
    return counters.reduce((sum, count) => sum + count(), this.first ?? 0);
  }
}

/** One that may be cheaper. */
export class Discounted${name} extends ${name} {
  discount = ${number(40)};

  get title() {
    return \`\${super.title} −\${this.discount} %\`;
  }

  weigh(factor) {
    return super.weigh(factor) - this.discount;
  }

  toJSON() {
    const { id, label, price } = this;
    return { id, label, price: Math.round((price * (100 - this.discount)) / 100) };
  }
}

export const unused${name} = (rows) => Discounted${name}.from(rows).map((row) => row.toJSON());

${scoring(uses, `new ${name}({ id: seed }).select(seed, seed + 1).weigh() + new Discounted${name}({ price: seed }).select(seed).title.length + ${computation.name}(lines(seed))`, chance)}`;
}

/** Functions that ask the server. */
export function service(name, { random }) {
  const { word, number } = chances(random);
  const path = `/${word()}/${word()}`;
  return `import { http } from "@/shared/http";
import { keyBy, omit } from "lodash-es";

const pending = new Map();

/** Asks once, however many ask. */
export async function fetch${name}({ seed = ${1 + number(9)}, count = ${2 + number(4)} } = {}) {
  const key = \`${path}?\${seed}/\${count}\`;
  if (!pending.has(key)) pending.set(key, http.get("${path}", { params: { seed, count } }));
  try {
    const rows = await pending.get(key);
    return rows.map((row) => omit(row, ["asked"]));
  } catch (error) {
    throw new Error(\`${path}: \${error?.message ?? error}\`);
  } finally {
    pending.delete(key);
  }
}

/** All pages, one after the other. */
export async function fetchAll${name}(pages = ${1 + number(3)}) {
  const all = {};
  for (let page = 0; page < pages; page++) {
    const rows = await fetch${name}({ seed: page, count: ${2 + number(3)} });
    Object.assign(all, keyBy(rows, "name"));
  }
  return Object.values(all);
}

export async function save${name}({ id, ...row }, { isNew = !id } = {}) {
  const { data } = await (isNew ? http.post("${path}", row) : http.put(\`${path}/\${id}\`, row));
  return data;
}

export async function remove${name}(ids) {
  const answers = await Promise.all(ids.map((id) => http.delete(\`${path}/\${id}\`)));
  return answers.length === ids.length;
}

/** As others import it. */
export default { fetch: fetch${name}, fetchAll: fetchAll${name}, save: save${name}, remove: remove${name} };

export const weight = (seed) => (seed * ${3 + number(60)} + ${number(1000)}) % 997;
`;
}

/** A module of the store. */
export function store(name, { random, uses }) {
  const { word, number } = chances(random);
  const [first] = uses;
  const fetching = first?.name.includes("Services")
    ? `import service from "${first.from}";\nconst fetchRows = (params) => service.fetch(params);\n`
    : 'import { http } from "@/shared/http";\nconst fetchRows = (params) => http.get("/rows", { params });\n';
  return `import moment from "moment";
import { sortBy } from "lodash-es";
${fetching}
const state = () => ({ rows: [], isLoading: false, selected: null, label: "${word()}", filters: { from: ${number(20)}, kinds: [] } });

const getters = {
  visible: ({ rows, filters: { from } }) => sortBy(rows, "price").filter(({ price }) => price >= from),
  total: (own, { visible }) => visible.reduce((sum, { price }) => sum + price, 0),
  dates: (own, { visible }) => visible.map(({ at }) => moment.utc(at).format("D MMM YYYY")),
  summary: ({ label }, { visible: { length }, total }) => \`\${label}: \${length} for \${total}\`,
};

const mutations = {
  begin: (own) => (own.isLoading = true),
  receive(own, rows) {
    Object.assign(own, { rows, isLoading: false });
  },
  select(own, id) {
    own.selected = own.rows.find((row) => row.id === id) ?? null;
  },
  filter(own, { from = own.filters.from, kinds = own.filters.kinds }) {
    own.filters = { ...own.filters, from, kinds: [...kinds] };
  },
};

const actions = {
  async load({ commit, state: { isLoading } }, seed = ${number(9)}) {
    if (isLoading) return;
    commit("begin");
    const rows = await fetchRows({ seed: seed + ${number(30)}, count: ${2 + number(3)} });
    commit("receive", rows);
    if (rows.length > 0) commit("select", rows[0].id);
  },
  async reload({ dispatch, commit }, options) {
    commit("filter", options);
    await dispatch("load");
  },
};

export default { namespaced: true, state, getters, mutations, actions };
`;
}

/** Tables of constants. */
export function constants(name, { random }) {
  const { word, number } = chances(random);
  const rows = Array.from(
    { length: 12 },
    (_, at) =>
      `  { id: ${at + 1}, key: "${word()}-${at}", title: "${word()} ${word()}", order: ${number(100)}, flags: [${number(2)}, ${number(2)}] },`,
  );
  return `export const ${name} = [
${rows.join("\n")}
];

export const ${lower(name)}Titles = Object.freeze({ ${rows
    .slice(0, 5)
    .map((_, at) => `[\`key-${at}\`]: "${word()}"`)
    .join(", ")} });

export const ${lower(name)}Limit = ${number(500)};

/** By its key. */
export const find${name} = (key) => ${name}.find((row) => row.key === key) ?? ${name}[0];

${scoring([], `${name}.reduce((sum, { order, flags: [first] }) => sum + order * (first + 1), seed)`, { word, number })}`;
}

/** What `page` and `component` take from chance too. */
export function chances(random) {
  return { word: () => WORDS[random(WORDS.length)], number: (below) => random(below) };
}

function scoring(uses, expression, { number }) {
  const sum = uses.map(({ name }) => ` + weight${name}(seed)`).join("");
  return `export const weight = (seed) => (seed * ${3 + number(60)} + ${number(1000)}) % 997;

export function score(seed) {
  return (${expression}${sum}) % 10007;
}
`;
}

function weights(uses) {
  return uses
    .map(({ name, from }) => `import { weight as weight${name} } from "${from}";\n`)
    .join("");
}

function lodash(functions) {
  const names = [...new Set(functions.flatMap(({ lodash }) => lodash))].sort();
  return names.length > 0 ? `import { ${names.join(", ")} } from "lodash-es";\n` : "";
}

function lower(text) {
  return text[0].toLowerCase() + text.slice(1);
}
