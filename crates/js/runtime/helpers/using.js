// Using.

function suppressed_error(error, suppressed) {
  var made;
  if (typeof SuppressedError === "function") return new SuppressedError(error, suppressed, "An error was suppressed during disposal");
  made = new Error("An error was suppressed during disposal");
  define_value(made, "name", "SuppressedError");
  define_value(made, "error", error);
  define_value(made, "suppressed", suppressed);
  return made;
}

// A synchronous method is used where an asynchronous one is missing. Its result is not awaited, and
// its error becomes a rejection.
function disposer_of(value, is_async) {
  var method, sync_method;
  if (!is_object(value)) throw new TypeError("A using declaration needs an object, null or undefined");
  method = is_async ? value[young_symbol("asyncDispose")] : undefined;
  if (method === undefined || method === null) {
    method = value[young_symbol("dispose")];
    sync_method = is_async && method;
  }
  if (typeof method !== "function") throw new TypeError("The value of a using declaration is not disposable");
  return !sync_method ? method : function () {
    try {
      sync_method.call(this);
    } catch (error) {
      return {
        then: function (_, reject) {
          reject(error);
        }
      };
    }
  };
}

// The resources of a block. `u` and `a` register the value of `using` and `await using`, `e` an
// error. `d` disposes of the resources, and throws the error at the end. If it returns true, `p`
// has to be awaited, and `d` to be called again.
export function using() {
  var resources = [];
  var has_failed = false;
  var needs_await = false;
  var has_awaited = false;
  var error;

  function add(value, is_async) {
    var is_nothing = value === null || value === undefined;
    if (!is_nothing || is_async) {
      resources.push([is_async, value, is_nothing ? null : disposer_of(value, is_async)]);
    }
    return value;
  }

  function fail(reason) {
    error = has_failed ? suppressed_error(reason, error) : reason;
    has_failed = true;
  }

  return {
    u: function (value) {
      return add(value, false);
    },
    a: function (value) {
      return add(value, true);
    },
    e: fail,
    d: function () {
      var resource;
      while (resources.length) {
        resource = resources[resources.length - 1];
        this.p = undefined;
        if (!resource[0] && needs_await && !has_awaited) {
          needs_await = false;
          return true;
        }
        resources.pop();
        if (!resource[2]) {
          needs_await = true;
          continue;
        }
        try {
          this.p = resource[2].call(resource[1]);
          if (resource[0]) return has_awaited = true;
        } catch (reason) {
          fail(reason);
        }
      }
      this.p = undefined;
      if (needs_await && !has_awaited) return has_awaited = true;
      if (has_failed) throw error;
    }
  };
}
