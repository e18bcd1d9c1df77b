// `querystring` of Node.

exports.escape = function (text) {
  return encodeURIComponent(text).replace(/%(2[178-9A]|7E)/g, decodeURIComponent);
};

exports.unescape = function (text) {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    return unescape(text);
  }
};

exports.parse = exports.decode = function (text, separator, equals, options) {
  var found = Object.create(null);
  var decode = (options && options.decodeURIComponent) || exports.unescape;
  var most = options && typeof options.maxKeys === "number" ? options.maxKeys : 1000;
  var pairs = typeof text === "string" && text ? text.split(separator || "&") : [];
  (most > 0 ? pairs.slice(0, most) : pairs).forEach(function (pair) {
    if (!pair) {
      return;
    }
    pair = pair.replace(/\+/g, " ");
    var at = pair.indexOf(equals || "=");
    var key = decode(at < 0 ? pair : pair.slice(0, at));
    var value = at < 0 ? "" : decode(pair.slice(at + (equals || "=").length));
    found[key] = key in found ? [].concat(found[key], value) : value;
  });
  return found;
};

function text(value) {
  var isText = typeof value === "string" || typeof value === "boolean";
  return isText || (typeof value === "number" && isFinite(value)) ? String(value) : "";
}

exports.stringify = exports.encode = function (object, separator, equals, options) {
  var encode = (options && options.encodeURIComponent) || exports.escape;
  if (object === null || typeof object !== "object") {
    return "";
  }
  var pairs = [];
  Object.keys(object).forEach(function (key) {
    [].concat(object[key]).forEach(function (value) {
      pairs.push(encode(key) + (equals || "=") + encode(text(value)));
    });
  });
  return pairs.join(separator || "&");
};
