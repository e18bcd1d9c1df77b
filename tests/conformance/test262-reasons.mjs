// Why tests of test262 fail: the words under which test262.json lists them. `--bless` files a new
// failure under the first reason that recognises it. What none recognises is listed under NO_REASON,
// and that is an error of every run until somebody finds the reason.

export const NO_REASON = "no reason is known yet";

/** Each reason, with patterns of the test's name and of its message. Both must match. */
const REASONS = [
  {
    reason: "import() of an expression is not followed, only of a string",
    name: /dynamic-import\//,
    failure: /require call was not followed/,
  },
  {
    reason: "import() of nothing is refused when it is built; it would be rejected when it runs",
    name: /dynamic-import\//,
    failure: /refused: error\[empty-specifier\]/,
  },
  {
    reason: "import() does not evaluate its second argument",
    name: /dynamic-import\/import-attributes\/2nd-param-/,
  },
  {
    reason: "import() calls the Promise.resolve of the page",
    name: /dynamic-import\/returns-promise/,
  },
  {
    reason: "code that eval runs is not built",
    name: /dynamic-import\/usage-from-eval/,
  },
  {
    reason: "a missing name that is imported and not used is a warning",
    name: /module-code\/instn-(named|star)-err-|import-attributes\/import-attribute-/,
    failure: /accepted, but/,
  },
  {
    reason: "of two export * with one name the first counts, as in webpack; the standard leaves " +
      "the name out",
    name: /module-code\/ambiguous-export-bindings\//,
  },
  {
    reason: "the members of a JSON module are exports",
    name: /json-named-bindings/,
  },
  {
    reason: "an assignment to an imported name is refused when it is built; it would throw when " +
      "it runs",
    name: /module-code\/instn-/,
    failure: /refused: error\[import-assigned\]/,
  },
  {
    reason: "a mistake in a module behind import() is refused when it is built; it would be " +
      "rejected when it runs",
    name: /dynamic-import\/catch\//,
    failure: /refused: error\[/,
  },
  {
    reason: "the exports of a namespace object are getters, not writable data",
    name: /dynamic-import\/namespace\/|module-code\/namespace\//,
    failure: /is writable|"Test262"|defineProperty: indirect|«undefined», «\d+»/,
  },
  {
    reason: "a namespace object does not throw for an export that has no value yet",
    name: /module-code\/namespace\/internals\/.*uninit/,
  },
  {
    reason: "direct eval does not see the variables, private names and super that lowering replaces",
    name: /eval-spread|eval-err|direct-eval/,
  },
  {
    reason: "a private method is named by what replaces it",
    name: /private-(static-)?method-name|private-methods\//,
    failure: /_m/,
  },
  {
    reason: "the object of a private member is checked before the value for it is read",
    name: /privatefieldset-evaluation-order/,
  },
  {
    reason: "a private name has no meaning yet in the computed keys of its class",
    name: /private-method-is-visible-in-computed/,
  },
  {
    reason: "an anonymous default export has the name of its variable",
    name: /eval-export-dflt/,
  },
  {
    reason: "a function that no key or variable names in the text has no name, or another one",
    name: /fn-name-(cover|lhs-cover|gen|method|accessor)/,
  },
  {
    reason: "a lowered function can be extended by a class or called with new",
    name: /subclass\/superclass-(async|generator)|name-invoke-ctor|name-prototype-prop/,
  },
  {
    reason: "a lowered async function or generator has the prototypes of what replaces it",
    name: /generator\/default-proto|sync-iterator-inaccessible|async-arrow-function\/prototype/,
  },
  {
    reason: "yield* of a lowered async generator awaits a returned value once, not twice",
    name: /async-generator\/yield-star-return-then-getter-ticks/,
  },
  {
    reason: "an unused class is dropped, though reading its parent's prototype may run code",
    name: /class\/definition\/prototype-getter/,
  },
  {
    reason: "the modules of a script share one import.meta",
    name: /import\.meta\/distinct-for-each-module/,
  },
  {
    reason: "a module becomes a function, in which eval may mention new.target",
    name: /eval-code\/direct\/new\.target/,
  },
  {
    reason: "the source of a regular expression has escapes for invisible characters",
    name: /literals\/regexp\/mongolian-vowel-separator/,
  },
  {
    reason: "the length of a setter with a default value is 1",
    name: /setter-length-dflt/,
  },
  {
    reason: "a read before initialisation is not caught in parameters, exports and other scripts",
    name: /dflt-params-ref-|instn-named-bndng-dflt|obj-id-put-let|global-use-before-init/,
  },
  {
    reason: "super.x of a class that extends null is undefined, where it must throw",
    name: /expressions\/super\/prop-.*null-proto/,
  },
  {
    reason: "super[key] evaluates the key before it turns out that this has no value yet",
    name: /expressions\/super\/prop-expr-uninitialized-this/,
  },
  {
    reason: "what a derived constructor returns is checked at its return, not when it is left",
    name: /derived-class-return-override/,
  },
];

const matches = ({ name, failure }, test, words) =>
  (!name || name.test(test)) && (!failure || failure.test(words));

/** Returns the reason of a failure. */
export function reasonOf(test, words) {
  return REASONS.find((each) => matches(each, test, words))?.reason ?? NO_REASON;
}

/** Whether words are of the vocabulary. */
export function isReason(words) {
  return REASONS.some(({ reason }) => reason === words);
}
