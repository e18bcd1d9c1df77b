// Registers the service worker. The page works without one: private windows, old browsers and
// plain http have none.

export function register(hear: (sentence: string) => void) {
  try {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker
      .register("sw.js")
      .then(installed)
      .then(() => hear("Works offline"))
      .catch((error) => hear(`Does not work offline: ${error.message}`));
  } catch {
    // Reading `navigator.serviceWorker` throws where storage is forbidden.
  }
}

/** Waits until a worker is active. One that cannot store the page's files never is. */
function installed({ active, waiting, installing }: ServiceWorkerRegistration): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = active ?? waiting ?? installing;
    if (worker === null) return reject(new Error("there is no service worker"));
    const look = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("the browser cannot store the page"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}
