// The page of browser.mjs: runs the bundler in a worker, and answers with texts.

import { startBundler } from "bundle-wasm/worker";

const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const base64Of = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** Many modules, so that every phase takes a while. */
function many() {
  const names = Array.from({ length: 300 }, (_, at) => `m${at}`);
  const module = (name) => `export class ${name} { async run(...a) { return [...a, ${name}] } }`;
  const files = Object.fromEntries(names.map((name) => [`${name}.js`, module(name)]));
  files["main.js"] = names.map((name) => `export { ${name} } from "./${name}";`).join("\n");
  return files;
}

const MANY = { areas: { main: "main.js" }, format: "esm" };

startBundler().then((bundler) => {
  /** Builds files, and returns outputs in base64. */
  window.built = async (files) => {
    const sources = Object.entries(files).map(([path, text]) => [path, bytesOf(text)]);
    const { outputs, diagnostics } = await bundler.build(Object.fromEntries(sources));
    const contents = outputs.map(({ path, contents }) => [path, base64Of(contents)]);
    return { outputs: Object.fromEntries(contents), diagnostics };
  };

  /** Cancels a build when a phase begins, and returns the reason it rejects with. */
  window.cancelled = async (phase) => {
    const stop = new AbortController();
    const onProgress = (begun) => begun === phase && stop.abort(new Error(`at ${phase}`));
    const session = await bundler.createSession(many(), MANY);
    const why = await session.build({ signal: stop.signal, onProgress }).then(
      () => "it was not cancelled",
      ({ message }) => message,
    );
    const { outputs } = await session.build();
    session.free();
    return outputs.length > 0 ? why : "nothing was built afterwards";
  };

  /** Returns how many frames the page draws while a build runs. */
  window.framesDuringBuild = async () => {
    let frames = 0;
    const count = () => {
      frames += 1;
      if (frames > 0) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    await bundler.build(many(), MANY);
    const drawn = frames;
    frames = -Infinity;
    return drawn;
  };
});
