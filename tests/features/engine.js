// Runs each of `texts` as a script of its own, and prints a line for it. ECMAScript 5 for mujs,
// Duktape and PhantomJS; run.mjs writes `texts` before it.
var say = typeof phantom === "object" ? function (line) { console.log(line); } : print;
var checks, failed;

function check(value) {
  checks++;
  if (value !== true && !value) failed = failed || "check " + checks + " is not true";
}

for (var at = 0; at < texts.length; at++) {
  checks = 0;
  failed = "";
  try {
    new Function(texts[at][1])();
  } catch (error) {
    failed = "throws " + error;
  }
  if (!failed && checks === 0) failed = "nothing was checked";
  say(texts[at][0] + "\t" + (failed ? failed.split("\n")[0].replace(/\t/g, " ") : "ok"));
}

if (typeof phantom === "object") phantom.exit();
