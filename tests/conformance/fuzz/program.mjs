// A whole program for a seed: its text, and which engines and oracle it is for.

import { decorated } from "./decorated.mjs";
import { Generator, TOP } from "./scope.mjs";
import { statement } from "./statements.mjs";

const PROFILES = {
  // ES5 engines run it too: nothing that needs a global beyond ES5.
  plain: { weight: 5, engines: ["node", "mujs"] },
  full: { weight: 4, engines: ["node"], symbols: true, async: true },
  sloppy: { weight: 0.7, engines: ["node"], symbols: true, async: true, sloppy: true },
  using: { weight: 0.8, engines: ["node"], symbols: true, async: true, using: true },
  standard: { weight: 0.8, engines: ["node"], symbols: true, decorators: "standard" },
  legacy: { weight: 0.7, engines: ["node"], symbols: true, decorators: "legacy" },
};

/** `{ seed, kind, profile, text }`. */
export function program(seed, only) {
  const first = new Generator(seed, {});
  const weights = Object.entries(PROFILES).map(([name, { weight }]) => [name, weight]);
  const kind = only ?? first.random.weighted(Object.fromEntries(weights));
  const profile = PROFILES[kind];
  const g = new Generator(seed + 1_000_003, profile);
  const text = profile.decorators ? decorated(g, TOP) : plain(g);
  return { seed, kind, profile, text };
}

/** Some statements, most of which go on after an error. */
function plain(g) {
  let scope = TOP;
  let text = "";
  for (let at = g.random.between(2, 5); at > 0 && g.budget > 0; at--) {
    const one = statement(g, scope);
    const declares = one.scope !== scope;
    text += declares || g.random.chance(0.3) ? one.text : guarded(g, one.text);
    scope = one.scope;
  }
  return text;
}

function guarded(g, text) {
  return `try {\n${text}} catch (error) {\nlog(${g.label()}, error);\n}\n`;
}
