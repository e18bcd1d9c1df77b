export * as money from "./money";
export { Basket } from "./basket";

export const find = (selector) => document.querySelector(selector);
