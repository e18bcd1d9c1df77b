// Compiles WebAssembly files. A page compiles each file once, however many modules use it. The same
// rules as in helpers/ hold: ECMAScript 5 except for `export`, no effects at the top level, strict
// and sloppy alike.

// Maps an address to a promise of the compiled module.
var compiled_files;

// A promise of the compiled module of a file. A failure is not kept: the next call tries again.
// `wasm`: the global `WebAssembly`, which the calling module needs.
export function compiled(wasm, address) {
  if (!compiled_files) compiled_files = Object.create(null);
  if (!compiled_files[address]) {
    compiled_files[address] = compile(wasm, address);
    compiled_files[address].then(undefined, function () {
      compiled_files[address] = undefined;
    });
  }
  return compiled_files[address];
}

// A promise of a new instance. `imports`: the values that the file imports.
export function instantiate(wasm, address, imports) {
  return compiled(wasm, address).then(function (module) {
    return wasm.instantiate(module, imports);
  });
}

// A new instance in Node, whose `readFileSync` is `read`.
export function instantiate_file(wasm, address, read, imports) {
  return new wasm.Instance(compiled_file(wasm, address, read), imports);
}

// The compiled module in Node.
export function compiled_file(wasm, address, read) {
  return new wasm.Module(inlined(address) || read(new URL(address)));
}

function compile(wasm, address) {
  var bytes = inlined(address);
  if (bytes) return wasm.compile(bytes);
  return fetch(address, { credentials: "same-origin" }).then(function (response) {
    if (!response.ok) throw "the server answered " + response.status;
    // Browsers stream the type `application/wasm` only, which many servers do not know.
    if (wasm.compileStreaming && /^application\/wasm$/i.test(response.headers.get("Content-Type") || "")) {
      return wasm.compileStreaming(response);
    }
    return response.arrayBuffer().then(function (bytes) {
      return wasm.compile(bytes);
    });
  }).then(undefined, function (reason) {
    throw new Error("Could not load " + address + ": " + (reason && reason.message || reason));
  });
}

// The bytes of a `data:` address; nothing for any other. They are decoded here, because a page's
// policy (`connect-src`) may forbid fetching such an address.
function inlined(address) {
  var start = /^data:[^,]*;base64,/.exec(address);
  var text, bytes, i;
  if (!start) return undefined;
  text = atob(address.slice(start[0].length));
  bytes = new Uint8Array(text.length);
  for (i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
