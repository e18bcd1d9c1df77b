// `os` of Node, as a browser would answer.

function text(value) {
  return function () {
    return value;
  };
}

exports.EOL = "\n";
exports.hostname = function () {
  return typeof location === "undefined" ? "" : location.hostname;
};
exports.homedir = text("/");
exports.tmpdir = exports.tmpDir = text("/tmp");
exports.platform = text("browser");
exports.type = text("Browser");
exports.arch = text("javascript");
exports.release = text("");
exports.endianness = text("LE");
exports.cpus = exports.loadavg = function () {
  return [];
};
exports.networkInterfaces = function () {
  return {};
};
exports.freemem = exports.totalmem = function () {
  return Number.MAX_VALUE;
};
exports.uptime = text(0);
