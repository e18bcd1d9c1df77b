// `path` of Node, in its POSIX form.

function checked(path) {
  if (typeof path !== "string") {
    throw new TypeError("Path must be a string. Received " + path);
  }
  return path;
}

// Resolves `.` and `..`. `..` stays at the beginning of relative paths only.
function segments(path, isAbsolute) {
  var kept = [];
  path.split("/").forEach(function (segment) {
    if (segment === "..") {
      if (kept.length && kept[kept.length - 1] !== "..") {
        kept.pop();
      } else if (!isAbsolute) {
        kept.push("..");
      }
    } else if (segment && segment !== ".") {
      kept.push(segment);
    }
  });
  return kept;
}

function withoutSlashes(path) {
  return path.length > 1 ? path.replace(/\/+$/, "") || "/" : path;
}

exports.sep = "/";
exports.delimiter = ":";

exports.isAbsolute = function (path) {
  return checked(path).charAt(0) === "/";
};

exports.normalize = function (path) {
  var isAbsolute = exports.isAbsolute(path);
  var normal = segments(path, isAbsolute).join("/");
  if (normal ? path.charAt(path.length - 1) === "/" : !isAbsolute) {
    normal = normal ? normal + "/" : path.charAt(path.length - 1) === "/" ? "./" : ".";
  }
  return (isAbsolute ? "/" : "") + normal;
};

exports.join = function () {
  var parts = Array.prototype.filter.call(arguments, checked);
  return parts.length ? exports.normalize(parts.join("/")) : ".";
};

exports.resolve = function () {
  var path = "";
  for (var i = arguments.length - 1; i >= 0 && path.charAt(0) !== "/"; i--) {
    if (checked(arguments[i])) {
      path = arguments[i] + (path && "/") + path;
    }
  }
  return "/" + segments(path, true).join("/");
};

exports.relative = function (from, to) {
  var a = segments(exports.resolve(from), true);
  var b = segments(exports.resolve(to), true);
  var same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) {
    same++;
  }
  var up = a.slice(same).map(function () {
    return "..";
  });
  return up.concat(b.slice(same)).join("/");
};

exports.dirname = function (path) {
  path = withoutSlashes(checked(path));
  var at = path.lastIndexOf("/");
  return at < 0 ? "." : at ? path.slice(0, at) : "/";
};

exports.basename = function (path, ending) {
  var name = withoutSlashes(checked(path)).replace(/^.*\//, "");
  var start = ending ? name.length - ending.length : 0;
  return start > 0 && name.slice(start) === ending ? name.slice(0, start) : name;
};

exports.extname = function (path) {
  var name = exports.basename(path);
  var at = name.lastIndexOf(".");
  return at > 0 && name !== ".." ? name.slice(at) : "";
};

exports.parse = function (path) {
  var root = exports.isAbsolute(path) ? "/" : "";
  var base = exports.basename(path);
  var ext = exports.extname(path);
  return {
    root: root,
    dir: withoutSlashes(path).indexOf("/") < 0 ? "" : exports.dirname(path),
    base: base,
    ext: ext,
    name: base.slice(0, base.length - ext.length)
  };
};

exports.format = function (parsed) {
  var dir = parsed.dir || parsed.root;
  var base = parsed.base || (parsed.name || "") + (parsed.ext || "");
  return !dir ? base : dir === parsed.root ? dir + base : dir + "/" + base;
};

exports.posix = exports;
