#!/usr/bin/env node
// The command: runs the program for this platform with the same arguments, or does what the
// WebAssembly build can.

"use strict";

const { command } = require("../lib/command.js");
const { find, run, without } = require("../lib/native.js");

const found = find();
if (found.binary !== undefined) {
  run(found.binary, process.argv.slice(2));
} else {
  without(found);
  const say = (error) => {
    process.stderr.write(`bundle: ${error.message}\n`);
    return 1;
  };
  command(process.argv.slice(2), found)
    .catch(say)
    .then((code) => {
      process.exitCode = code;
    });
}
