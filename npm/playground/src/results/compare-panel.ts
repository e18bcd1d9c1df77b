// Builds the project for two targets, and shows what differs. The builds run in a worker of their
// own, so the project's session stays as it is.

import { unifiedMergeView } from "@codemirror/merge";
import { EditorView } from "@codemirror/view";
import type { Output, Result } from "../build/interface";
import { start } from "../build/interface";
import { readOnly } from "../editor/read-only";
import { button, byId, element, fillSelect } from "../page/elements";
import { valueOf, withValue } from "../project/config-text";
import { CONFIG } from "../project/project";
import { optionsOf, TARGETS } from "../project/targets";
import type { Panel } from "./panel";
import { gzipped, inWords } from "./sizes";

/** Comparing longer texts line by line takes too long. */
const LONGEST = 300_000;

interface Pair {
  path: string;
  before?: Output;
  after?: Output;
}

export class ComparePanel implements Panel {
  #files: () => Record<string, string>;
  #view: EditorView | null = null;
  #turn = 0;

  constructor(files: () => Record<string, string>) {
    this.#files = files;
    const options = optionsOf(TARGETS);
    fillSelect(byId<HTMLSelectElement>("compare-before"), options, "es5");
    fillSelect(byId<HTMLSelectElement>("compare-after"), options, "es2020");
    byId("compare-run").addEventListener("click", () => void this.#compare());
  }

  /** A build changed: what is shown is about the files of before. */
  show() {
    const isShown = byId("compare-result").childElementCount > 0;
    byId("compare-stale").hidden = !isShown;
  }

  async #compare() {
    const turn = (this.#turn += 1);
    const [before, after] = ["compare-before", "compare-after"].map(
      (id) => byId<HTMLSelectElement>(id).value,
    );
    const isUnminified = byId<HTMLInputElement>("compare-unminified").checked;
    this.#say("Building twice…");
    try {
      const results = await this.#build([before, after], isUnminified);
      if (turn !== this.#turn) return;
      const failed = results.findIndex(({ outputs }) => outputs.length === 0);
      if (failed >= 0) {
        const { diagnostics } = results[failed];
        const first = diagnostics.find(({ severity }) => severity === "error");
        this.#say(`The build for ${[before, after][failed]} has errors. ${first?.message ?? ""}`);
        return;
      }
      this.#show(results, [before, after]);
    } catch (error) {
      this.#say(`The builds did not end: ${(error as Error).message}`);
    }
  }

  async #build(targets: string[], isUnminified: boolean): Promise<Result[]> {
    const files = this.#files();
    const bundler = await start();
    try {
      const results: Result[] = [];
      for (const target of targets) {
        let config = withValue(files[CONFIG] ?? "{}", "target", target);
        if (isUnminified) config = withValue(config, "minify", false);
        results.push(await bundler.build({ ...files, [CONFIG]: config }));
      }
      return results;
    } finally {
      bundler.terminate();
    }
  }

  #show([before, after]: Result[], targets: string[]) {
    const pairs = pairsOf(before.outputs, after.outputs);
    const rows = pairs.map((pair) => this.#row(pair));
    const heads = ["Output", targets[0], targets[1], "Change", "After gzip"];
    this.#say("");
    byId("compare-stale").hidden = true;
    byId("compare-result").replaceChildren(
      element(
        "table",
        {},
        element(
          "thead",
          {},
          element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text))),
        ),
        element("tbody", {}, ...rows),
      ),
    );
    const first = pairs.find((pair) => /\.(?:js|css)$/.test(pair.path) && isDifferent(pair));
    if (first === undefined) this.#noDifference(pairs);
    else this.#open(first);
  }

  #noDifference(pairs: Pair[]) {
    this.#view?.destroy();
    this.#view = null;
    const isSame = pairs.every((pair) => !isDifferent(pair));
    this.#say(
      isSame ? "Both targets get the same bytes." : "Choose an output to see what differs.",
    );
  }

  #row(pair: Pair) {
    const { path, before, after } = pair;
    const size = (output?: Output) => (output ? inWords(output.contents.length) : "–");
    const change = (after?.contents.length ?? 0) - (before?.contents.length ?? 0);
    const zipped = element("td", { class: "number" }, "…");
    void Promise.all([before, after].map((output) => output && gzipped(output.contents))).then(
      ([a, b]) => (zipped.textContent = `${a ? inWords(a) : "–"} → ${b ? inWords(b) : "–"}`),
    );
    return element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        button(path, () => this.#open(pair), { class: "link" }),
      ),
      element("td", { class: "number" }, size(before)),
      element("td", { class: "number" }, size(after)),
      element(
        "td",
        { class: "number" },
        change === 0
          ? isDifferent(pair)
            ? "same size"
            : "same"
          : `${change > 0 ? "+" : "−"}${inWords(Math.abs(change))}`,
      ),
      zipped,
    );
  }

  #open({ path, before, after }: Pair) {
    this.#view?.destroy();
    this.#view = null;
    const [old, text] = [before?.text ?? "", after?.text ?? ""];
    if (old.length > LONGEST || text.length > LONGEST) {
      this.#say(`${path} is too long to compare line by line.`);
      return;
    }
    this.#say(old === text ? `${path} is the same for both.` : `What differs in ${path}:`);
    this.#view = new EditorView({
      parent: byId("compare-text"),
      doc: text,
      extensions: [
        readOnly(path, text, `Differences of ${path}`),
        unifiedMergeView({
          original: old,
          mergeControls: false,
          gutter: true,
          syntaxHighlightDeletions: false,
          collapseUnchanged: { margin: 2, minSize: 6 },
        }),
      ],
    });
  }

  #say(sentence: string) {
    byId("compare-message").textContent = sentence;
  }
}

/** The target that is chosen at first on the left side. */
export function compareWith(config: string) {
  const target = valueOf(config, "target");
  if (typeof target !== "string") return;
  const select = byId<HTMLSelectElement>("compare-before");
  fillSelect(select, optionsOf(TARGETS), target);
}

function pairsOf(before: Output[], after: Output[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const output of before) pairs.set(output.path, { path: output.path, before: output });
  for (const output of after) {
    pairs.set(output.path, { ...pairs.get(output.path), path: output.path, after: output });
  }
  return [...pairs.values()].filter(({ path }) => !path.endsWith(".map"));
}

const isDifferent = ({ before, after }: Pair) => before?.text !== after?.text;
