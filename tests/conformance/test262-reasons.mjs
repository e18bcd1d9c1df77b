// Why tests of test262 fail: the words that test262.json groups its failures under. Each comes with
// what recognises such a failure by the test's name, text and message. `--bless` files a new failure
// under the first that does; what none recognises has no reason, and that is an error of the run.

const has = (words) => ({ name, text, failure }) =>
  [name, text, failure].some((part) => part.includes(words));
const inName = (pattern) => ({ name }) => pattern.test(name);
const inText = (pattern) => ({ text }) => pattern.test(text);
const inFailure = (pattern) => ({ failure }) => pattern.test(failure);
const all = (...tests) => (failed) => tests.every((test) => test(failed));
const any = (...tests) => (failed) => tests.some((test) => test(failed));
