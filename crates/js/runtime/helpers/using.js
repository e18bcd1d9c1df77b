// Using.

function suppressed_error(error, suppressed) {
  var made;
  if (typeof SuppressedError === "function") return new SuppressedError(error, suppressed, "An error was suppressed during disposal");
  made = new Error("An error was suppressed during disposal");
  made.name = "SuppressedError";
  made.error = error;
  made.suppressed = suppressed;
  return made;
}

function disposer_of(value, is_async) {
  var method, sync_method;
  if (!is_object(value)) throw new TypeError("A using declaration needs an object, null or undefined");
  if (is_async) method = value[young_symbol("asyncDispose")];
  if (method === undefined || method === null) {
    sync_method = value[young_symbol("dispose")];
    method = is_async && sync_method ? function () {
      // What a synchronous method gives is not waited for.
      sync_method.call(this);
    } : sync_method;
  }
  if (typeof method !== "function") throw new TypeError("The value of a using declaration is not disposable");
  return method;
}

export function ts_add_disposable_resource(scope, value, is_async) {
  if (value !== null && value !== undefined) {
    scope.stack.push({ value: value, dispose: disposer_of(value, is_async), is_async: is_async });
  } else if (is_async) {
    scope.stack.push({ is_async: true });
  }
  return value;
}

export function ts_dispose_resources(scope) {
  var needs_await = false;
  var has_awaited = false;

  function fail(error) {
    scope.error = scope.hasError ? suppressed_error(error, scope.error) : error;
    scope.hasError = true;
  }

  function next() {
    var resource, result;
    while ((resource = scope.stack.pop())) {
      if (!resource.is_async && needs_await && !has_awaited) {
        scope.stack.push(resource);
        has_awaited = true;
        return Promise.resolve().then(next);
      }
      try {
        if (!resource.dispose) needs_await = true;
        else {
          result = resource.dispose.call(resource.value);
          if (resource.is_async) {
            has_awaited = true;
            return Promise.resolve(result).then(next, function (error) {
              fail(error);
              return next();
            });
          }
        }
      } catch (error) {
        fail(error);
      }
    }
    if (needs_await && !has_awaited) return scope.hasError ? Promise.reject(scope.error) : Promise.resolve();
    if (scope.hasError) throw scope.error;
    return undefined;
  }

  return next();
}

export function using_ctx() {
  var scope = { stack: [], error: undefined, hasError: false };
  var nothing = {};
  return {
    e: nothing,
    u: function (value) {
      return ts_add_disposable_resource(scope, value, false);
    },
    a: function (value) {
      return ts_add_disposable_resource(scope, value, true);
    },
    d: function () {
      if (this.e !== nothing) {
        scope.error = this.e;
        scope.hasError = true;
      }
      return ts_dispose_resources(scope);
    }
  };
}
