// What every tab of the results is: it gets each build, and draws when it is visible.

import type { Built } from "../build/builds";

export interface Panel {
  /** Draws a build. Only called while the panel is visible. */
  show(built: Built): void | Promise<void>;
}

/** A sentence in the place of contents. */
export const NOTHING_BUILT = "There are no outputs, because the build has errors.";
