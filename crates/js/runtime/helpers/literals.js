// Templates and regular expressions.

export function tagged_template_literal(cooked, raw) {
  return Object.freeze(Object.defineProperty(cooked, "raw", { value: Object.freeze(raw || cooked.slice(0)) }));
}

export function tagged_template_literal_loose(cooked, raw) {
  cooked.raw = raw || cooked.slice(0);
  return cooked;
}

// A regular expression with named groups: `groups` maps a name to an index, or to several of which
// at most one takes part in a match. `source` is what was written; the expression itself has no
// names.
export function wrap_reg_exp(expression, groups, source) {
  var replace = well_known("replace");
  var native_source = Object.getOwnPropertyDescriptor(RegExp.prototype, "source");

  function Named(pattern, flags) {
    var has_names = pattern instanceof Named && (flags === undefined || pattern.flags === flags || Object(pattern) === pattern);
    var made = has_names ? new RegExp(plain_source(pattern), flags === undefined ? flags_of(pattern) : flags) : new RegExp(pattern, flags);
    return has_names ? set_prototype_of(made, Named.prototype) : made;
  }

  function plain_source() {
    return expression.source;
  }

  function flags_of(pattern) {
    return String(pattern).match(/[a-z]*$/)[0];
  }

  function named(result) {
    var found = Object.create(null);
    Object.keys(groups).forEach(function (name) {
      var candidates = [].concat(groups[name]);
      var taking_part = candidates.filter(function (index) {
        return result[index] !== undefined;
      });
      found[name] = result[taking_part.length ? taking_part[0] : candidates[0]];
    });
    return found;
  }

  function numbered(replacement) {
    return replacement.replace(/\$\$|\$<([^>]*)>/g, function (whole, name) {
      if (name === undefined) return whole;
      return own(groups, name) ? "$" + [].concat(groups[name]).join("$") : "";
    });
  }

  if (!has_settable_prototypes()) return expression;
  Named.prototype = Object.create(RegExp.prototype, { constructor: { value: Named, writable: true, configurable: true } });
  set_prototype_of(Named, RegExp);
  hide(Named.prototype, "exec", function (text) {
    var result = RegExp.prototype.exec.call(this, text);
    if (result) {
      result.groups = named(result);
      if (result.indices) result.indices.groups = named(result.indices);
    }
    return result;
  });
  if (native_source && native_source.get) {
    Object.defineProperty(Named.prototype, "source", {
      configurable: true,
      get: function () {
        return source === undefined ? native_source.get.call(this) : source;
      }
    });
  }
  if (RegExp.prototype[replace]) {
    hide(Named.prototype, replace, function (text, replacement) {
      if (typeof replacement === "string") replacement = numbered(replacement);
      return RegExp.prototype[replace].call(this, text, replacement);
    });
  }
  return set_prototype_of(new RegExp(expression.source, flags_of(expression)), Named.prototype);
}
