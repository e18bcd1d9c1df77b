// The first entry of the page: everything that needs WebAssembly comes by `import()`, because
// classic scripts cannot wait. The address of a file is there at once.

import address from "pqc-kyber/pqc_kyber_bg.wasm";

log("address: " + address.split("/").pop());
import("./kyber.js").then(function (kyber) {
  log("kyber: " + kyber.agree());
}, failed);
import("./zstd.js").then(function (zstd) {
  return zstd.roundTrip("to be or not to be, that is the question; ");
}).then(function (text) {
  log("zstd: " + text);
}, failed);
import("./maps.js").then(function (maps) {
  return Promise.all([maps.decoded("AAAA;AACA,CAAC"), maps.decoded("AAAA")]);
}).then(function (counts) {
  log("maps: " + counts.join(" and "));
}, failed);

var worker = new Worker(new URL("./worker.js", import.meta.url));
worker.onmessage = function (event) {
  log("worker: " + event.data);
};

function failed(error) {
  log("failed: " + error.message);
}
