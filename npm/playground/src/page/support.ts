// What the page needs of a browser, in a sentence for those that do not have it.

export function whatIsMissing(): string | null {
  const missing: string[] = [];
  if (typeof WebAssembly !== "object") missing.push("WebAssembly");
  if (typeof Worker !== "function") missing.push("web workers");
  if (missing.length === 0) return null;
  return (
    `The playground runs the bundler in the browser. That needs ${missing.join(" and ")}, which ` +
    "this browser does not have or does not allow here. Open the page in another browser, or " +
    "allow it in the settings."
  );
}
