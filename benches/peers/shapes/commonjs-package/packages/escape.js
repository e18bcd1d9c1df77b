var pairs = require("./pairs");

module.exports = function escape(text) {
  return text.replace(/[<>&]/g, function (found) {
    return pairs[found];
  });
};

module.exports.unescape = function (text) {
  return text.replace(/&lt;|&gt;|&amp;/g, function (found) {
    return Object.keys(pairs).filter(function (key) {
      return pairs[key] === found;
    })[0];
  });
};
