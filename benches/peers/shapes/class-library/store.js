import { Emitter } from "./emitter.js";

export class Store extends Emitter {
  static version = "1.0";
  state;

  constructor(state = {}) {
    super();
    this.state = state;
  }

  set(changes) {
    this.state = { ...this.state, ...changes };
    this.emit("change", this.state);
  }

  get keys() {
    return Object.keys(this.state);
  }
}
