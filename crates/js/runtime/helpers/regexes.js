// Regular expressions. `names` maps the name of a group to its number, or to the numbers of several
// groups; at most one of them takes part in a match.

// Adds the named groups to the result of `exec` or `match`.
export function match_groups(result, names) {
  if (result && result.index >= 0) result.groups = group_values(result, names);
  return result;
}

function group_values(values, names) {
  var groups = Object.create(null);
  Object.keys(names).forEach(function (name) {
    [].concat(names[name]).forEach(function (number) {
      if (groups[name] === void 0 || values[number]) groups[name] = values[number];
    });
  });
  return groups;
}

// The second argument of `replace`: `$<name>` becomes `$01`, and a function also gets the groups.
export function named_replacement(replacement, names) {
  if (typeof replacement === "function") {
    return function () {
      var values = [].slice.call(arguments);
      if (typeof values[values.length - 1] === "string") values.push(group_values(values, names));
      return replacement.apply(void 0, values);
    };
  }
  return String(replacement).replace(/\$(?:\$|<([^>]*)>)/g, function (whole, name) {
    if (name === void 0 || whole === "$$") return whole;
    return own(names, name) ? [].concat(names[name]).map(function (number) {
      return (number < 10 ? "$0" : "$") + number;
    }).join("") : "";
  });
}

// An expression whose matches have named groups: the one that was written, if the engine has them.
// Otherwise string methods also see the groups, but only in engines where these methods call the
// expression.
export function named_regex(expression, names, source, flags) {
  try {
    return new RegExp(source, flags || "");
  } catch (_) {
    return with_names(expression, names);
  }
}

function with_names(expression, names) {
  var exec = expression.exec;
  var replace = well_known("replace");
  var match_all = well_known("matchAll");
  define_value(expression, "exec", function (text) {
    return match_groups(exec.call(this, text), names);
  });
  if (RegExp.prototype[replace]) {
    define_value(expression, replace, function (text, replacement) {
      return RegExp.prototype[replace].call(this, text, named_replacement(replacement, names));
    });
  }
  if (RegExp.prototype[match_all]) {
    define_value(expression, match_all, function (text) {
      var found = [];
      var copy = with_names(new RegExp(this.source, this.flags), names);
      var match;
      copy.lastIndex = this.lastIndex;
      while ((match = copy.exec(text))) {
        found.push(match);
        if (match[0] === "") copy.lastIndex++;
        if (!copy.global) break;
      }
      return found[well_known("iterator")]();
    });
  }
  return expression;
}

// An expression with the flag `y`. Where there is no such flag, an empty group after the expression
// matches where the expression does not, so that it does not search further. In an engine where
// groups that took no part are also empty, it does search.
export function sticky_regex(expression) {
  var flags = /[a-z]*$/.exec(expression)[0];
  var searches = /(a)|b/.exec("b")[1] === "";
  var anchored;
  try {
    return new RegExp(expression.source, flags + "y");
  } catch (_) {
    anchored = new RegExp(searches ? expression.source : "(?:" + expression.source + ")|()", flags.replace("g", "") + "g");
  }
  define_value(expression, "exec", function (text) {
    var start = anchored.lastIndex = this.lastIndex;
    var result = anchored.exec(text);
    if (result && (searches ? result.index !== start : result.pop() !== void 0)) result = null;
    this.lastIndex = result ? anchored.lastIndex : 0;
    return result;
  });
  define_value(expression, "test", function (text) {
    return this.exec(text) !== null;
  });
  return expression;
}
