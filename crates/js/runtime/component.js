// Assembles a Vue component from its compiled blocks, as vue-loader's normaliser does. The same
// rules as in helpers/ hold: ECMAScript 5 except for `export`, no effects at the top level, strict
// and sloppy alike.

// Gives the script its render functions, and the id that its scoped styles need. `script`: options,
// or what `Vue.extend` returned.
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

// As `component`, for `<template functional>`.
export function functional_component(script, render, static_renders, scope) {
  options_of(script).functional = true;
  return component(script, render, static_renders, scope);
}

// Makes `hook` run with each instance, before all other code that waits for it.
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

// Gives a component messages of its own, which vue-i18n looks for: `messages` are texts of JSON.
export function with_messages(script, messages) {
  var options = options_of(script);
  options.__i18n = (options.__i18n || []).concat(messages);
  delete options._Ctor;
  return script;
}

// Passes a component to the functions that plugins made from its blocks, in the form of vue-loader.
export function with_blocks(script, blocks) {
  var options = options_of(script);
  for (var i = 0; i < blocks.length; i += 1) {
    if (typeof blocks[i] === "function") blocks[i]({ options: options, exports: script });
  }
  delete options._Ctor;
  return script;
}

// Where the component is, for Vue's warnings and developer tools.
export function with_file(script, file) {
  options_of(script).__file = file;
  return script;
}

// Warns if the page's Vue is older than the component needs: `needed` is like "2.7".
export function with_vue(script, Vue, needed) {
  var has = String(Vue && Vue.version).split(".");
  var least = needed.split(".");
  var is_old = +has[0] < +least[0] || +has[0] === +least[0] && +has[1] < +least[1];
  if (is_old && typeof console === "object") {
    console.error(options_of(script).__file + " needs Vue " + needed + " or later, but the page has Vue " + Vue.version + ": include a newer one");
  }
  return script;
}

// Lets a component change while a page shows it. `hot` is how its module accepts itself, if it can.
// If only the template changed, its instances render again and keep their state; if the script
// changed, the components that rendered them create them again. The first definition stays the same
// object and becomes the new component, because others hold it. `is_bare`: it has no script of its
// own.
export function hot_component(hot, script, is_bare) {
  var record;
  if (!hot) return script;
  record = hot.data && hot.data.component;
  if (!record) {
    record = { given: script, script: script, options: options_of(script), constructors: [], instances: [], renderers: [], heirs: [] };
    follow_instances(record);
  } else if ((record.script === script || is_bare) && !hot.is_changed) {
    if (has_heirs(record, record.options.render)) hot.reload();
    take_render(record.options, options_of(script));
    render_again(record);
  } else if (has_heirs(record) || !make_again(record, script)) {
    hot.reload();
  }
  hot.accept();
  hot.dispose(function (data) {
    data.component = record;
  });
  return record.given;
}

// Makes a record track the instances of its component and the constructors that Vue made from it.
function follow_instances(record) {
  var options = record.options;
  if (options.functional) return follow_renderers(record);
  record.created = record.created || function () {
    var made = this.constructor;
    var is_of_vue = !made.extendOptions;
    if (is_own(record, this)) {
      add(record.instances, this);
      if (made.super) add(record.constructors, made);
      return;
    }
    // An instance that Vue itself made can get another template.
    add(record.heirs, is_of_vue ? {} : made.options);
    if (is_of_vue && this.$options.render === record.options.render) add(record.instances, this);
  };
  record.destroyed = record.destroyed || function () {
    var at = record.instances.indexOf(this);
    if (at >= 0) record.instances.splice(at, 1);
  };
  options.beforeCreate = [].concat(options.beforeCreate || []);
  options.beforeDestroy = [].concat(options.beforeDestroy || []);
  add(options.beforeCreate, record.created);
  add(options.beforeDestroy, record.destroyed);
}

// Whether an instance is of the component itself. Hooks also run for components that inherit from
// it by `extends` or `mixins`.
function is_own(record, instance) {
  var made = instance.constructor;
  if (made === record.given || made === record.script || made.extendOptions === record.options) return true;
  return !made.extendOptions && !inherits(record, instance.$options) && !inherits(record, { mixins: [made.options] });
}

function inherits(record, options) {
  return [options.extends].concat(options.mixins || []).some(function (parent) {
    var known = parent && options_of(parent);
    return known && (known === record.options || [].concat(known.beforeCreate || []).indexOf(record.created) >= 0 || inherits(record, known));
  });
}

// Whether components inherit from this one; with `render`, only those that inherit this function.
// What they inherit was copied into their options.
function has_heirs(record, render) {
  return record.heirs.some(function (options) {
    return !render || options.render === render;
  });
}

// A functional component has no instances: its renderers render it again.
function follow_renderers(record) {
  record.follow = record.follow || function (create, context) {
    if (context && context.parent) add(record.renderers, context.parent);
    return record.render.apply(this, arguments);
  };
  if (record.options.render !== record.follow) record.render = record.options.render;
  record.options.render = record.follow;
}

function render_again(record) {
  var options = record.options;
  if (options.functional) {
    follow_renderers(record);
    return update_all(record.renderers);
  }
  constructors_of(record).forEach(function (made) {
    take_render(made.options, options);
  });
  record.instances.slice().forEach(function (instance) {
    take_render(instance.$options, options);
    instance._staticTrees = [];
    with_all_slots(instance, function () {
      instance.$forceUpdate();
    });
  });
}

function take_render(into, options) {
  into.render = options.render;
  into.staticRenderFns = options.staticRenderFns;
  into._compiled = options._compiled;
}

// A render function may mark slots as stable for Vue 2.6 and later, but the slots of another
// template are not.
function with_all_slots(instance, update) {
  var original = instance._u;
  if (!original) return update();
  instance._u = function (slots) {
    return original(slots, null, true);
  };
  update();
  instance.$nextTick(function () {
    delete instance._u;
  });
}

// False: an instance has no parent that renders it again.
function make_again(record, script) {
  var options = options_of(script);
  var made = constructors_of(record);
  if (options !== record.options && typeof record.given !== "function") replace_properties(record.options, options);
  else record.options = options;
  record.script = script;
  delete record.options._Ctor;
  follow_instances(record);
  if (typeof script === "function") add(made, record.given);
  made.forEach(function (old) {
    var fresh = typeof script === "function" ? script : old.super && old.super.extend(record.options);
    if (!fresh) return;
    if (fresh === old) {
      // Only other blocks changed. With a new id, Vue creates the instances again.
      if (old.super) old.cid = old.super.extend({}).cid;
      return;
    }
    old.options = fresh.options;
    old.cid = fresh.cid;
    old.prototype = fresh.prototype;
    if (fresh.extendOptions) old.extendOptions = fresh.extendOptions;
  });
  update_all(record.renderers);
  return record.instances.slice().every(function (instance) {
    var parent = instance.$vnode && instance.$vnode.context;
    if (!parent) return false;
    with_all_slots(parent, function () {
      parent.$forceUpdate();
    });
    return true;
  });
}

function constructors_of(record) {
  var made = record.constructors.slice();
  var cached = record.options._Ctor || {};
  Object.keys(cached).forEach(function (id) {
    add(made, cached[id]);
  });
  if (typeof record.given === "function") add(made, record.given);
  return made;
}

function update_all(instances) {
  instances.slice().forEach(function (instance) {
    if (!instance._isDestroyed) instance.$forceUpdate();
  });
}

function replace_properties(old, fresh) {
  Object.keys(old).forEach(function (name) {
    delete old[name];
  });
  Object.keys(fresh).forEach(function (name) {
    old[name] = fresh[name];
  });
}

function add(list, item) {
  if (list.indexOf(item) < 0) list.push(item);
}

function options_of(script) {
  return typeof script === "function" ? script.options : script;
}
