// The script that runs first in the preview's frame, as text: it reports the console and errors to
// the page, answers that the frame is alive, stops endless loops, and lets scripts and stylesheets
// that the program adds come from the outputs.
//
// It runs beside code that may be hostile, so nothing depends on it for safety. The frame's sandbox
// and the policies of shell.html keep code inside.

import { CHECK } from "./loop-guard";

/** A message from the frame. */
export type FrameMessage =
  | { kind: "console"; level: string; text: string }
  | { kind: "error"; text: string; line?: number }
  | { kind: "alive" }
  | { kind: "ready" };

/** `outputs`: addresses with contents, by path. */
export function frameScript(outputs: Record<string, string>): string {
  const program = `(${run.toString()})(${JSON.stringify(outputs)}, ${JSON.stringify(CHECK)})`;
  return program.replace(/<(?=[!/])/g, "\\x3c");
}

/** Becomes text, so it uses nothing from outside. */
function run(outputs: Record<string, string>, check: string) {
  const LONGEST = 4000;
  const SLOW = 2000;
  const post = (message: unknown) => parent.postMessage(message, "*");

  function shown(value: unknown, depth = 0): string {
    if (typeof value === "string") return depth === 0 ? value : JSON.stringify(value);
    if (typeof value === "function") return `ƒ ${value.name || "anonymous"}`;
    if (typeof value !== "object" || value === null) {
      return typeof value === "bigint" ? `${value}n` : String(value);
    }
    try {
      if (value instanceof Error) return value.stack || String(value);
      if (value instanceof Element) return `<${value.tagName.toLowerCase()}>`;
      if (depth > 2) return Array.isArray(value) ? "[…]" : "{…}";
      if (Array.isArray(value)) {
        const items = value.slice(0, 50).map((item) => shown(item, depth + 1));
        return `[${items.join(", ")}${value.length > 50 ? ", …" : ""}]`;
      }
      const keys = Object.keys(value);
      const record = value as Record<string, unknown>;
      const items = keys.slice(0, 50).map((key) => `${key}: ${shown(record[key], depth + 1)}`);
      return items.length > 0 ? `{ ${items.join(", ")}${keys.length > 50 ? ", …" : ""} }` : "{}";
    } catch {
      return String(Object.prototype.toString.call(value));
    }
  }

  for (const level of ["log", "info", "warn", "error", "debug"] as const) {
    const original = console[level];
    console[level] = (...values: unknown[]) => {
      const text = values.map((value) => shown(value)).join(" ");
      post({ kind: "console", level, text: text.slice(0, LONGEST) });
      original.apply(console, values);
    };
  }
  addEventListener("error", (event) => {
    const text = event.error ? shown(event.error) : event.message;
    post({ kind: "error", text: String(text || "A resource did not load").slice(0, LONGEST) });
  });
  addEventListener("unhandledrejection", (event) => {
    post({ kind: "error", text: `Unhandled rejection: ${shown(event.reason)}`.slice(0, LONGEST) });
  });
  addEventListener("securitypolicyviolation", (event) => {
    const what = event.blockedURI || event.effectiveDirective;
    post({ kind: "error", text: `Blocked by the preview: ${what} (${event.effectiveDirective})` });
  });
  addEventListener("load", () => post({ kind: "ready" }));
  setInterval(() => post({ kind: "alive" }), 500);

  // A turn of the event loop in which loops run for too long ends with an error.
  let calls = 0;
  let began = 0;
  (globalThis as Record<string, unknown>)[check] = () => {
    if (began === 0) {
      began = performance.now();
      setTimeout(() => (began = 0));
    }
    calls += 1;
    if ((calls & 255) === 0 && performance.now() - began > SLOW) {
      began = 0;
      throw new RangeError("The preview stopped a loop that ran for more than 2 seconds");
    }
  };

  // WebRTC is the one way out that no policy closes.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel"]) {
    delete (globalThis as Record<string, unknown>)[name];
  }

  const found = (address: string) => {
    const path = String(address)
      .replace(/^[a-z]+:\/\/[^/]*/, "")
      .replace(/[?#].*$/, "");
    const wanted = path.replace(/^(?:\.?\/)+/, "");
    const known = Object.keys(outputs).find(
      (output) => output === wanted || output.endsWith(`/${wanted}`),
    );
    return known === undefined ? address : outputs[known];
  };
  const redirect = (prototype: object, property: string) => {
    const { get, set } = Object.getOwnPropertyDescriptor(prototype, property) ?? {};
    if (get === undefined || set === undefined) return;
    Object.defineProperty(prototype, property, {
      configurable: true,
      enumerable: true,
      get,
      set(value) {
        set.call(this, found(value));
      },
    });
  };
  redirect(HTMLScriptElement.prototype, "src");
  redirect(HTMLLinkElement.prototype, "href");
  redirect(HTMLImageElement.prototype, "src");
}
