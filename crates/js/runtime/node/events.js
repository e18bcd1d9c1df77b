// `events` of Node.

function EventEmitter() {
  EventEmitter.init.call(this);
}

EventEmitter.defaultMaxListeners = 10;

EventEmitter.init = function () {
  if (!this._events || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null);
  }
};

function checked(listener) {
  if (typeof listener !== "function") {
    throw new TypeError("The listener must be a function. Received " + typeof listener);
  }
  return listener;
}

function listenersOf(emitter, type) {
  return (emitter._events && emitter._events[type]) || [];
}

function add(emitter, type, listener, isFirst) {
  checked(listener);
  EventEmitter.init.call(emitter);
  if (emitter._events.newListener) {
    emitter.emit("newListener", type, listener.listener || listener);
  }
  var known = listenersOf(emitter, type);
  // A new array, because `emit` may be walking over the old one.
  emitter._events[type] = isFirst ? [listener].concat(known) : known.concat(listener);
  return emitter;
}

function once(emitter, type, listener) {
  checked(listener);
  function wrapper() {
    emitter.removeListener(type, wrapper);
    return listener.apply(this, arguments);
  }
  wrapper.listener = listener;
  return wrapper;
}

function original(listener) {
  return listener.listener || listener;
}

var methods = EventEmitter.prototype;

methods.on = methods.addListener = function (type, listener) {
  return add(this, type, listener, false);
};

methods.prependListener = function (type, listener) {
  return add(this, type, listener, true);
};

methods.once = function (type, listener) {
  return this.on(type, once(this, type, listener));
};

methods.prependOnceListener = function (type, listener) {
  return this.prependListener(type, once(this, type, listener));
};

methods.off = methods.removeListener = function (type, listener) {
  checked(listener);
  var known = listenersOf(this, type);
  for (var i = known.length - 1; i >= 0; i--) {
    if (known[i] === listener || known[i].listener === listener) {
      var left = known.slice(0, i).concat(known.slice(i + 1));
      if (left.length) {
        this._events[type] = left;
      } else {
        delete this._events[type];
      }
      if (this._events.removeListener) {
        this.emit("removeListener", type, original(known[i]));
      }
      break;
    }
  }
  return this;
};

methods.removeAllListeners = function (type) {
  var emitter = this;
  if (!emitter._events) {
    return emitter;
  }
  if (emitter._events.removeListener) {
    (type === undefined ? emitter.eventNames() : [type]).forEach(function (name) {
      listenersOf(emitter, name)
        .slice()
        .reverse()
        .forEach(function (listener) {
          emitter.removeListener(name, listener);
        });
    });
  }
  if (type === undefined) {
    emitter._events = Object.create(null);
  } else {
    delete emitter._events[type];
  }
  return emitter;
};

methods.emit = function (type) {
  var known = listenersOf(this, type);
  var rest = Array.prototype.slice.call(arguments, 1);
  if (!known.length) {
    if (type === "error") {
      throw rest[0] instanceof Error ? rest[0] : new Error("Unhandled error. (" + rest[0] + ")");
    }
    return false;
  }
  for (var i = 0; i < known.length; i++) {
    known[i].apply(this, rest);
  }
  return true;
};

methods.listeners = function (type) {
  return listenersOf(this, type).map(original);
};

methods.rawListeners = function (type) {
  return listenersOf(this, type).slice();
};

methods.listenerCount = function (type) {
  return listenersOf(this, type).length;
};

methods.eventNames = function () {
  var events = this._events || {};
  var symbols = Object.getOwnPropertySymbols ? Object.getOwnPropertySymbols(events) : [];
  return Object.keys(events).concat(symbols);
};

methods.setMaxListeners = function (count) {
  this._maxListeners = count;
  return this;
};

methods.getMaxListeners = function () {
  return this._maxListeners === undefined ? EventEmitter.defaultMaxListeners : this._maxListeners;
};

EventEmitter.listenerCount = function (emitter, type) {
  return emitter.listenerCount(type);
};

EventEmitter.once = function (emitter, type) {
  return new Promise(function (resolve, reject) {
    function failed(error) {
      emitter.removeListener(type, succeeded);
      reject(error);
    }
    function succeeded() {
      emitter.removeListener("error", failed);
      resolve(Array.prototype.slice.call(arguments));
    }
    emitter.once(type, succeeded);
    if (type !== "error") {
      emitter.once("error", failed);
    }
  });
};

module.exports = EventEmitter.EventEmitter = EventEmitter;
