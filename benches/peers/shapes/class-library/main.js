export { Emitter } from "./emitter.js";
export { Store } from "./store.js";
