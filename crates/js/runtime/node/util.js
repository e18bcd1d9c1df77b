// The parts of Node's `util` that packages for browsers use.

function is(type) {
  return function (value) {
    return Object.prototype.toString.call(value) === "[object " + type + "]";
  };
}

function isOf(type) {
  return function (value) {
    return typeof value === type;
  };
}

exports.inherits = function (child, parent) {
  child.super_ = parent;
  child.prototype = Object.create(parent.prototype, {
    constructor: { value: child, enumerable: false, writable: true, configurable: true }
  });
};

function inspect(value, depth, seen) {
  if (typeof value === "string") {
    return "'" + value.replace(/\\/g, "\\\\").replace(/'/g, "\\'").replace(/\n/g, "\\n") + "'";
  }
  if (typeof value === "function") {
    return value.name ? "[Function: " + value.name + "]" : "[Function]";
  }
  if (value === null || typeof value !== "object") {
    return Object.is && Object.is(value, -0) ? "-0" : String(value);
  }
  if (value instanceof Error) {
    return value.stack || String(value);
  }
  if (exports.isDate(value) || exports.isRegExp(value)) {
    return exports.isDate(value) ? value.toISOString() : String(value);
  }
  if (seen.indexOf(value) >= 0) {
    return "[Circular]";
  }
  var isArray = Array.isArray(value);
  if (depth < 0) {
    return isArray ? "[Array]" : "[Object]";
  }
  var parts = Object.keys(value).map(function (key) {
    var text = inspect(value[key], depth - 1, seen.concat([value]));
    var name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : inspect(key);
    return isArray && String(key >>> 0) === key ? text : name + ": " + text;
  });
  var ends = isArray ? "[]" : "{}";
  return parts.length ? ends[0] + " " + parts.join(", ") + " " + ends[1] : ends;
}

exports.inspect = function (value, options) {
  var depth = options && options.depth;
  return inspect(value, depth === null ? Infinity : depth === undefined ? 2 : depth, []);
};

exports.format = function (format) {
  var rest = Array.prototype.slice.call(arguments, typeof format === "string" ? 1 : 0);
  var isAlone = !rest.length;
  var text = typeof format !== "string" ? "" : format.replace(/%[sdifjoOc%]/g, function (mark) {
    if (mark === "%%") {
      return isAlone ? mark : "%";
    }
    if (!rest.length) {
      return mark;
    }
    var value = rest.shift();
    switch (mark) {
      case "%s": return typeof value === "object" ? exports.inspect(value) : String(value);
      case "%d": return String(Number(value));
      case "%i": return String(parseInt(value, 10));
      case "%f": return String(parseFloat(value));
      case "%j": return JSON.stringify(value);
      case "%c": return "";
      default: return exports.inspect(value);
    }
  });
  var others = rest.map(function (value) {
    return typeof value === "string" ? value : exports.inspect(value);
  });
  return (typeof format === "string" ? [text] : []).concat(others).join(" ");
};

exports.deprecate = function (method, message) {
  var isReported = false;
  return function () {
    if (!isReported && typeof console !== "undefined") {
      isReported = true;
      console.warn(message);
    }
    return method.apply(this, arguments);
  };
};

exports.promisify = function (method) {
  if (typeof method !== "function") {
    throw new TypeError("The original must be a function");
  }
  return function () {
    var that = this;
    var given = Array.prototype.slice.call(arguments);
    return new Promise(function (resolve, reject) {
      method.apply(that, given.concat(function (error, value) {
        if (error) {
          reject(error);
        } else {
          resolve(value);
        }
      }));
    });
  };
};

exports.callbackify = function (method) {
  return function () {
    var given = Array.prototype.slice.call(arguments);
    var callback = given.pop();
    method.apply(this, given).then(
      function (value) {
        setTimeout(callback, 0, null, value);
      },
      function (error) {
        setTimeout(callback, 0, error || new Error("Promise was rejected with a falsy value"));
      }
    );
  };
};

exports.debuglog = function () {
  return function () {};
};

exports._extend = function (target, source) {
  Object.keys(Object(source)).forEach(function (key) {
    target[key] = source[key];
  });
  return target;
};

exports.isArray = Array.isArray;
exports.isBoolean = isOf("boolean");
exports.isNumber = isOf("number");
exports.isString = isOf("string");
exports.isSymbol = isOf("symbol");
exports.isUndefined = isOf("undefined");
exports.isFunction = isOf("function");
exports.isRegExp = is("RegExp");
exports.isDate = is("Date");
exports.isError = function (value) {
  return is("Error")(value) || value instanceof Error;
};
exports.isObject = function (value) {
  return value !== null && typeof value === "object";
};
exports.isNull = function (value) {
  return value === null;
};
exports.isNullOrUndefined = function (value) {
  return value === null || value === undefined;
};
exports.isPrimitive = function (value) {
  return value === null || typeof value !== "object" && typeof value !== "function";
};
exports.isBuffer = function () {
  return false;
};
exports.types = {
  isDate: exports.isDate,
  isRegExp: exports.isRegExp,
  isNativeError: is("Error"),
  isPromise: is("Promise"),
  isMap: is("Map"),
  isSet: is("Set"),
  isArrayBuffer: is("ArrayBuffer"),
  isUint8Array: is("Uint8Array")
};
exports.TextEncoder = typeof TextEncoder === "undefined" ? undefined : TextEncoder;
exports.TextDecoder = typeof TextDecoder === "undefined" ? undefined : TextDecoder;
