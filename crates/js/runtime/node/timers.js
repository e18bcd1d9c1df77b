// `timers` of Node. `setImmediate` waits for the next turn of the event loop.

exports.setTimeout = function () {
  return setTimeout.apply(null, arguments);
};
exports.clearTimeout = function (timer) {
  clearTimeout(timer);
};
exports.setInterval = function () {
  return setInterval.apply(null, arguments);
};
exports.clearInterval = function (timer) {
  clearInterval(timer);
};
exports.setImmediate = function (task) {
  var rest = Array.prototype.slice.call(arguments, 1);
  return setTimeout(function () {
    task.apply(null, rest);
  }, 0);
};
exports.clearImmediate = exports.clearTimeout;
