// `console` of Node is the page's own.

module.exports = typeof console === "undefined" ? {} : console;
