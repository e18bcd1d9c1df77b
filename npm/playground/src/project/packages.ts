// The npm packages that come with the page. One is fetched, from the page's own folder, when an
// import or the page of the preview names it, and it then lies in node_modules of the project.

/** build.mjs writes packages/NAME.json for each. */
export const PACKAGES = ["vue", "lodash-es", "preact", "jquery"];

const REQUEST = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*|node_modules\/)["']?([\w@-]+)/g;
/** `jsx` names the package whose functions are called. */
const IMPORT_SOURCE = /"importSource"\s*:\s*"([\w@-]+)"/g;
const LONGEST = 2_000_000;

export class Packages {
  #loaded = new Map<string, ReadonlyMap<string, string>>();

  /** Files of packages that are loaded, by their paths in the project. */
  files(): Map<string, string> {
    return new Map([...this.#loaded.values()].flatMap((files) => [...files]));
  }

  get names(): string[] {
    return [...this.#loaded.keys()];
  }

  /** Fetches what the files name and is not there yet. Gives the new files. */
  async load(texts: Iterable<string>): Promise<Map<string, string>> {
    const wanted = new Set<string>();
    for (const text of texts) for (const name of named(text)) wanted.add(name);
    const missing = [...wanted].filter((name) => !this.#loaded.has(name));
    const fresh = await Promise.all(missing.map((name) => this.#fetch(name)));
    return new Map(fresh.flatMap((files) => [...files]));
  }

  async #fetch(name: string): Promise<ReadonlyMap<string, string>> {
    const response = await fetch(`packages/${name}.json`);
    if (!response.ok) throw new Error(`The package ${name} could not be loaded.`);
    const files = new Map<string, string>(
      Object.entries(await response.json()).map(([path, text]) => [
        `node_modules/${name}/${path}`,
        String(text),
      ]),
    );
    this.#loaded.set(name, files);
    return files;
  }
}

/** The packages that a text names, by its look: one too many only costs a request. */
function named(text: string): string[] {
  if (text.length > LONGEST) return [];
  const found = [...text.matchAll(REQUEST), ...text.matchAll(IMPORT_SOURCE)];
  return PACKAGES.filter((name) => found.some((match) => match[1] === name));
}
