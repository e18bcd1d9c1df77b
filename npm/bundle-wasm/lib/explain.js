// The long texts of diagnostics: docs/diagnostics.md by code, loaded when one is asked for.

export async function explain(code) {
  const { default: texts } = await import("../wasm/explanations.js");
  return Object.hasOwn(texts, code) ? `${code}\n\n${texts[code]}\n` : null;
}
