// AMD modules.

// Makes what a factory returns, or is, the exports of a module.
export function amd_module(module, factory, dependencies) {
  var result = typeof factory === "function" ? factory.apply(module.exports, dependencies) : factory;
  if (result !== undefined) module.exports = result;
}

// Gives a function that a UMD module exports the members of what its AMD branch makes.
export function umd_export(exported, value) {
  for (var name in value) exported[name] = value[name];
  return exported;
}
