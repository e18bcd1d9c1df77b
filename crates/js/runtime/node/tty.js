// `tty` of Node: a page has no terminal.

exports.isatty = function () {
  return false;
};
exports.ReadStream = exports.WriteStream = function () {
  throw new Error("tty is not available in browsers");
};
