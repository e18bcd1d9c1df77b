// A worker with a file of its own.

import("./kyber.js").then(function (kyber) {
  postMessage(kyber.agree());
}, function (error) {
  postMessage("failed: " + error.message);
});
