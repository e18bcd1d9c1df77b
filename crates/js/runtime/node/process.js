// The parts of Node's `process` that packages for browsers use.

var waiting = [];

function run() {
  var tasks = waiting;
  waiting = [];
  tasks.forEach(function (task) {
    task();
  });
}

function nothing() {
  return process;
}

var process = {
  title: "browser",
  browser: true,
  env: {},
  argv: [],
  execArgv: [],
  version: "",
  versions: {},
  platform: "browser",
  nextTick: function (task) {
    var rest = Array.prototype.slice.call(arguments, 1);
    waiting.push(function () {
      task.apply(null, rest);
    });
    if (waiting.length === 1) {
      setTimeout(run, 0);
    }
  },
  cwd: function () {
    return "/";
  },
  umask: function () {
    return 0;
  },
  uptime: function () {
    return (Date.now() - started) / 1000;
  },
  hrtime: function (since) {
    var now = Date.now() - started;
    var time = [Math.floor(now / 1000), (now % 1000) * 1e6];
    if (since) {
      time = [time[0] - since[0], time[1] - since[1]];
      if (time[1] < 0) {
        time = [time[0] - 1, time[1] + 1e9];
      }
    }
    return time;
  },
  emitWarning: function (warning) {
    if (typeof console !== "undefined") {
      console.warn(String(warning));
    }
  },
  listeners: function () {
    return [];
  },
  emit: function () {
    return false;
  }
};

var started = Date.now();

["on", "addListener", "once", "off", "removeListener", "removeAllListeners"].forEach(function (name) {
  process[name] = nothing;
});

module.exports = process;
