// The targets that one can choose, and how the choice is written into bundle.config.json.

import { valueOf } from "./config-text";

/** What a target is called; the value is what the configuration says. */
export type Target = readonly [value: string, text: string];

export const TARGETS: Target[] = [
  ["es5", "ES5: every browser"],
  ["es2015", "ES2015"],
  ["es2016", "ES2016"],
  ["es2017", "ES2017"],
  ["es2018", "ES2018"],
  ["es2019", "ES2019"],
  ["es2020", "ES2020"],
  ["es2021", "ES2021"],
  ["es2022", "ES2022"],
  ["es2023", "ES2023"],
  ["es2024", "ES2024"],
  ["es2025", "ES2025"],
  ["esnext", "ESNext: nothing is lowered"],
  ["ie >= 9", "ie >= 9"],
  ["ie >= 11", "ie >= 11"],
  ["chrome >= 87, safari >= 14", "chrome >= 87, safari >= 14"],
  ["defaults", "defaults"],
  ["> 0.5%, not dead", "> 0.5%, not dead"],
  ["last 2 chrome versions", "last 2 chrome versions"],
];

export const optionsOf = (targets: Target[]) =>
  targets.map(([value, text]) => [value, text] as [string, string]);

/** The target that a configuration names, as one text. */
export function targetOf(config: string): string {
  const target = valueOf(config, "target");
  if (Array.isArray(target)) return target.join(", ");
  return typeof target === "string" ? target : "es5";
}
