// Vue 2's JSX.

// The data object of an element whose attributes come from several objects. Handlers, classes and
// directives of all objects are kept; of anything else the last one counts. No object of the user
// is changed.
export function merge_jsx_props(parts) {
  var merged = {};
  var i, key;
  for (i = 0; i < parts.length; i += 1) {
    for (key in parts[i]) merged[key] = merged[key] ? merged_entry(key, merged[key], parts[i][key]) : parts[i][key];
  }
  return merged;
}

function merged_entry(group, first, second) {
  if (group === "attrs" || group === "props" || group === "domProps") return merged_by(first, second, last_of);
  if (group === "class" || group === "style" || group === "directives") return [].concat(first, second);
  if (group === "on" || group === "nativeOn") return merged_by(first, second, both_of);
  if (group === "hook") return merged_by(first, second, call_both);
  return second;
}

function merged_by(first, second, merge) {
  var merged = {};
  var key;
  for (key in first) merged[key] = first[key];
  for (key in second) merged[key] = merged[key] ? merge(merged[key], second[key]) : second[key];
  return merged;
}

function last_of(first, second) {
  return second;
}

function both_of(first, second) {
  return [].concat(first, second);
}

function call_both(first, second) {
  return function () {
    first.apply(this, arguments);
    if (second) second.apply(this, arguments);
  };
}
