// Keeps all files of the page, so that it works offline after the first visit. build.mjs writes
// `FILES` and `VERSION` before this script: the version is a hash of all files, so a new build is a
// new cache. A new version waits until no page of the old one is open, so pages never mix files.

declare const FILES: string[];
declare const VERSION: string;

interface ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

interface FetchEvent extends Event {
  request: Request;
  respondWith(response: Promise<Response>): void;
}

interface Scope {
  registration: { scope: string };
  clients: { claim(): Promise<void> };
  addEventListener(name: "install" | "activate", hear: (event: ExtendableEvent) => void): void;
  addEventListener(name: "fetch", hear: (event: FetchEvent) => void): void;
}

const scope = globalThis as unknown as Scope;
const PREFIX = `bundle-playground ${scope.registration.scope} `;
const NAME = PREFIX + VERSION;

scope.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(replaceOld());
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = request.method === "GET" && request.url.startsWith(scope.registration.scope);
  if (isOurs) event.respondWith(answer(request));
});

async function fill() {
  const cache = await caches.open(NAME);
  // `no-cache`: the server is asked whether the browser's own copy is current.
  await cache.addAll(
    FILES.map(
      (path) => new Request(new URL(path, scope.registration.scope), { cache: "no-cache" }),
    ),
  );
}

async function replaceOld() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const url = new URL(request.url);
  url.hash = "";
  url.search = "";
  if (url.href === scope.registration.scope) url.pathname += "index.html";
  return (await cache.match(url.href)) ?? fetch(request);
}
