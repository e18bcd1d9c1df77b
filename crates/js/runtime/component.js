// Puts a Vue component together from what its blocks became, as vue-loader's normaliser does. The same rules as in helpers.js hold:
// ECMAScript 5 but for `export`, no effects at the top level, strict and sloppy alike.

// Gives the script its render functions, and the id that its scoped styles ask for. `script`: options, or what `Vue.extend` gave.
export function component(script, render, static_renders, scope) {
  var options = options_of(script);
  if (render) {
    options.render = render;
    options.staticRenderFns = static_renders;
    options._compiled = true;
  }
  if (scope) options._scopeId = scope;
  return script;
}

// The same for `<template functional>`.
export function functional_component(script, render, static_renders, scope) {
  options_of(script).functional = true;
  return component(script, render, static_renders, scope);
}

// Has `hook` run with each instance, before everything else that waits for it.
export function with_hook(script, hook) {
  var options = options_of(script);
  if (!options.functional) {
    options.beforeCreate = options.beforeCreate ? [].concat(options.beforeCreate, hook) : [hook];
    return script;
  }
  var render = options.render;
  options._injectStyles = hook;
  options.render = function (create, context) {
    hook.call(context);
    return render(create, context);
  };
  return script;
}

// Gives it messages of its own, which vue-i18n looks for: `messages` are texts of JSON.
export function with_messages(script, messages) {
  var options = options_of(script);
  options.__i18n = (options.__i18n || []).concat(messages);
  delete options._Ctor;
  return script;
}

// Where the component is, for Vue's warnings and developer tools.
export function with_file(script, file) {
  options_of(script).__file = file;
  return script;
}

// Says so where the page's Vue is older than what the component needs: `needed` is like "2.7".
export function with_vue(script, Vue, needed) {
  var has = String(Vue && Vue.version).split(".");
  var least = needed.split(".");
  var is_old = +has[0] < +least[0] || +has[0] === +least[0] && +has[1] < +least[1];
  if (is_old && typeof console === "object") {
    console.error(options_of(script).__file + " needs Vue " + needed + " or later, but the page has Vue " + Vue.version + ": include a newer one");
  }
  return script;
}

function options_of(script) {
  return typeof script === "function" ? script.options : script;
}
