// What the page shows: sorted, because nobody knows what comes first, and how often the page has
// asked for the files that bundle loads.

var logged = [];
// Each import() and the worker answer once, and the address is there at once.
var done = { pending: 7 };

function log(text) {
  done.pending--;
  var asked = performance.getEntriesByType("resource").filter(function (entry) {
    return /(kyber_bg|mappings)-\w+\.wasm$/.test(entry.name);
  });
  logged.push(text);
  document.getElementById("log").textContent = logged.sort().join("; ");
  document.getElementById("asked").textContent = asked.length + " files";
}
