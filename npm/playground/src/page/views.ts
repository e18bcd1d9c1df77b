// On a phone, code and results do not fit side by side: two buttons choose between them.

import { byId } from "./elements";

type View = "code" | "results";

export class Views {
  constructor() {
    byId("views").hidden = false;
    for (const view of ["code", "results"] as const) {
      byId(`view-${view}`).addEventListener("click", () => this.show(view));
    }
    this.show("code");
  }

  show(view: View) {
    document.body.dataset.view = view;
    for (const each of ["code", "results"] as const) {
      byId(`view-${each}`).setAttribute("aria-pressed", String(each === view));
    }
  }
}
