// The live preview and its console. The frame says twice a second that it is alive; if it stops,
// the page offers to stop it.

import type { Built } from "../build/builds";
import { button, byId, element } from "../page/elements";
import { previewDocument } from "../preview/document";
import type { Contents } from "../preview/document";
import { Framed } from "../preview/framed";
import type { FrameMessage } from "../preview/frame-script";
import { PAGE } from "../project/project";
import type { Panel } from "./panel";

const MOST_LINES = 200;
/** Milliseconds without a sign of life. */
const SILENCE = 4000;

export class PreviewPanel implements Panel {
  #files: () => Record<string, string>;
  #frame: Framed;
  #last: Built | null = null;
  #lines = 0;
  #heard = 0;

  constructor(files: () => Record<string, string>) {
    this.#files = files;
    this.#frame = new Framed(byId("preview-frame"), "Preview", (data) => this.#hear(data));
    byId("preview-actions").append(
      button("Run again", () => this.#last && this.show(this.#last)),
      button("Stop preview", () => this.stop("The preview is stopped.")),
      button("Clear console", () => this.#clear()),
    );
    setInterval(() => this.#watch(), 1000);
  }

  show(built: Built) {
    this.#last = built;
    // The last good preview stays while one types something that does not build.
    if (built.outputs.length === 0) return;
    this.#clear();
    const own = this.#files();
    const files = new Map<string, Contents>(Object.entries(own));
    for (const { path, contents } of built.outputs) files.set(path, contents);
    const page = own[PAGE];
    if (page === undefined) {
      this.stop(`Add ${PAGE} to see a preview: it is the page of the preview.`);
      return;
    }
    const outputs = new Set(built.outputs.map(({ path }) => path));
    const { html, missing } = previewDocument(page, files, outputs);
    this.#say(null);
    this.#heard = performance.now();
    void this.#frame.show(html);
    for (const address of missing) {
      this.#line("warn", `${PAGE} names ${address}, which is neither a file nor an output`);
    }
  }

  stop(sentence: string) {
    this.#heard = 0;
    void this.#frame.show(null);
    this.#say(sentence);
  }

  #hear(data: unknown) {
    const message = checked(data);
    if (message === null) return;
    if (this.#heard !== 0) this.#heard = performance.now();
    if (message.kind === "console") this.#line(message.level, message.text);
    if (message.kind === "error") this.#line("error", message.text);
    if (message.kind === "alive" || message.kind === "ready") this.#say(null, true);
  }

  #watch() {
    const isVisible = document.visibilityState === "visible" && !byId("panel-preview").hidden;
    if (this.#heard === 0 || !isVisible) {
      if (this.#heard !== 0) this.#heard = performance.now();
      return;
    }
    if (performance.now() - this.#heard < SILENCE) return;
    this.#say(
      "The preview does not answer: a script in it may run without end. Stop the preview, change " +
        "the script, and run it again. If it then stays empty, open this address in a new tab; " +
        "your changes are in the address.",
    );
    byId("preview-message").classList.add("is-silent");
  }

  /** A sentence above the frame. `ifSilent`: takes back only that the frame does not answer. */
  #say(sentence: string | null, ifSilent = false) {
    const message = byId("preview-message");
    if (ifSilent && !message.classList.contains("is-silent")) return;
    message.classList.remove("is-silent");
    message.textContent = sentence ?? "";
    message.hidden = sentence === null;
  }

  #clear() {
    this.#lines = 0;
    byId("console").replaceChildren();
    byId("console-empty").hidden = false;
  }

  #line(level: string, text: string) {
    this.#lines += 1;
    if (this.#lines > MOST_LINES + 1) return;
    const shown = this.#lines > MOST_LINES ? `Only the first ${MOST_LINES} lines are shown.` : text;
    byId("console-empty").hidden = true;
    byId("console").append(
      element(
        "li",
        { class: level },
        level !== "log" && element("span", { class: "severity" }, level),
        element("span", {}, shown),
      ),
    );
    const scrolled = byId("console").parentElement;
    if (scrolled) scrolled.scrollTop = scrolled.scrollHeight;
  }
}

const LEVELS = new Set(["log", "info", "warn", "error", "debug"]);

/** Messages come from a frame with foreign code. */
function checked(data: unknown): FrameMessage | null {
  if (typeof data !== "object" || data === null) return null;
  const { kind, level, text } = data as Record<string, unknown>;
  if (kind === "alive" || kind === "ready") return { kind };
  if (typeof text !== "string") return null;
  const short = text.slice(0, 5000);
  if (kind === "error") return { kind, text: short };
  if (kind !== "console" || typeof level !== "string" || !LEVELS.has(level)) return null;
  return { kind, level, text: short };
}
