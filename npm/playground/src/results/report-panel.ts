// The page of `bundle report`, in a sandbox of its own: it is a document with scripts.

import type { Built, Builds } from "../build/builds";
import { byId } from "../page/elements";
import { Framed } from "../preview/framed";
import { NOTHING_BUILT } from "./panel";
import type { Panel } from "./panel";

export class ReportPanel implements Panel {
  #builds: () => Builds | undefined;
  #frame: Framed | null = null;

  constructor(builds: () => Builds | undefined) {
    this.#builds = builds;
  }

  async show({ outputs }: Built) {
    const message = byId("report-message");
    message.hidden = outputs.length > 0;
    message.textContent = NOTHING_BUILT;
    if (outputs.length === 0) return;
    this.#frame ??= new Framed(byId("report-frame"), "Report");
    try {
      const html = await this.#builds()?.session?.report();
      if (html !== undefined) await this.#frame.show(html);
    } catch (error) {
      message.hidden = false;
      message.textContent = error instanceof Error ? error.message : NOTHING_BUILT;
    }
  }
}
