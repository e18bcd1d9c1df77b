// AMD modules.

// Makes what a factory returns, or is, the exports of a module.
export function amd_module(module, factory, dependencies) {
  var result = typeof factory === "function" ? factory.apply(module.exports, dependencies) : factory;
  if (result !== undefined) module.exports = result;
}
