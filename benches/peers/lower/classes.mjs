// A text that is mostly classes, as large applications have them: fields, private names, statics,
// accessors, inheritance, async methods and generators. The same on every machine.

const WORDS = ["order", "client", "invoice", "stock", "route", "event", "policy", "ticket"];

/** `count` classes, each of which extends an earlier one or none. */
export function classes(count) {
  return Array.from({ length: count }, (_, at) => oneClass(at)).join("\n");
}

function oneClass(at) {
  const word = WORDS[at % WORDS.length];
  const base = at % 3 === 0 ? "" : ` extends Model${at - (at % 3)}`;
  return `export class Model${at}${base} {
  static #count = 0;
  static defaults = { ${word}: ${at}, limit: ${at % 50} };
  #${word};
  #listeners = [];
  ${word}Id = ${at};

  constructor({ ${word} = "${word}", ...rest } = {}, ...listeners) {
    ${base ? "super({ ...rest }, ...listeners);" : "Object.keys(rest).forEach((key) => (this[key] = rest[key]));"}
    this.#${word} = ${word};
    this.#listeners.push(...listeners);
    Model${at}.#count++;
  }

  static get count() {
    return Model${at}.#count;
  }

  get ${word}() {
    return this.#${word} ?? Model${at}.defaults.${word};
  }

  set ${word}(value) {
    const before = this.#${word};
    this.#${word} = value;
    for (const listener of this.#listeners) listener({ before, value, name: \`${word}-\${this.${word}Id}\` });
  }

  #matches(text, [first, ...others] = []) {
    return this.${word}?.name?.includes(text) || others.some((other) => other === first);
  }

  find(text, options = {}) {
    const { limit = 10, ...filters } = options;
    return Object.entries(filters).filter(([key, value]) => this[key] === value && this.#matches(text, [key, value])).slice(0, limit);
  }

  async load${at}(url, { retries = 2 } = {}) {
    for (let turn = 0; turn < retries; turn++) {
      try {
        const answer = await this.fetch(\`\${url}/${word}/\${this.${word}Id}?turn=\${turn}\`);
        return { ...answer, loaded: true };
      } catch (error) {
        this.#listeners.forEach((listener) => listener({ error, turn }));
      }
    }
    return null;
  }

  *[Symbol.iterator]() {
    yield this.#${word};
    yield* this.#listeners;
  }

  toString() {
    return \`${word} \${this.${word}Id}: \${this.#${word}} (\${Model${at}.#count})\`;
  }
}
`;
}
