// The second entry of the page: it uses the same files.

import("./maps.js").then(function (maps) {
  return maps.decoded("AAAA;AACA,CAAC;AACA");
}).then(function (count) {
  log("second maps: " + count);
}, function (error) {
  log("second failed: " + error.message);
});
import("./kyber.js").then(function (kyber) {
  log("second kyber: " + kyber.agree());
}, function (error) {
  log("second failed: " + error.message);
});
