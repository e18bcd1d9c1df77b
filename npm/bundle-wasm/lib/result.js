// The result of a build, as users get it.

const DECODER = new TextDecoder();

class Output {
  #text;

  constructor(path, contents, changed) {
    Object.assign(this, { path, contents, changed });
  }

  get text() {
    this.#text ??= DECODER.decode(this.contents);
    return this.#text;
  }
}

/** Joins what a build returned with the contents of the outputs that it did not change. */
export class Results {
  #known = new Map();

  of({ outputs, diagnostics, metafile }) {
    const all = outputs.map(
      ({ path, contents = this.#known.get(path).contents, changed }) =>
        new Output(path, contents, changed),
    );
    // A build that failed changes nothing: the next one is compared with the last good one.
    if (all.length > 0) this.#known = new Map(all.map((output) => [output.path, output]));
    return { outputs: all, diagnostics, metafile };
  }
}
