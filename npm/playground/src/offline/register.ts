// Registers the service worker. The page works without one: private windows, old browsers and
// plain http have none.

export function register(hear: (sentence: string) => void) {
  try {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker
      .register("sw.js")
      .then(() => navigator.serviceWorker.ready)
      .then(() => hear("Works offline"))
      .catch(() => {});
  } catch {
    // Reading `navigator.serviceWorker` throws where storage is forbidden.
  }
}
