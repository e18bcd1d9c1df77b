// The upgrade of the client from polling to notification, tested alone: event streams that a test
// opens, and a page that only counts how often the status is requested.

import { load } from "./load.mjs";

const TOLD = { port: 4711, token: "t1" };

function tab({
  hostname = "localhost",
  protocol = "http:",
  host = `${hostname}:8080`,
  storage = {},
  events = true,
  throws = false,
} = {}) {
  const { realm } = load("client", { more: "this.make_socket = make_socket;" });
  const listeners = {};
  const listen = { addEventListener: (name, action) => (listeners[name] ??= []).push(action) };
  const at = { timers: [], asked: 0, streams: [], storage, document: { hidden: false, ...listen } };
  class EventSource {
    constructor(address) {
      at.streams.push(this);
      if (throws) throw new Error("SecurityError");
      this.address = address;
    }
    close() { this.is_closed = true; }
  }
  const sessionStorage = {
    getItem: (key) => at.storage?.[key] ?? null,
    setItem: (key, value) => { at.storage[key] = String(value); },
  };
  const setTimeout = (action) => at.timers.push(action);
  const clearTimeout = (id) => { at.timers[id - 1] = () => {}; };
  const pass = () => at.timers.splice(0).forEach((action) => action());
  Object.assign(realm, { document: at.document, sessionStorage, setTimeout, clearTimeout });
  const page = {
    location: { hostname, protocol, host },
    ...listen,
    ...(events && { EventSource }),
  };
  const fire = (name, event) => listeners[name].forEach((each) => each(event));
  const hide = (hidden) => {
    at.document.hidden = hidden;
    fire("visibilitychange");
  };
  const socket = realm.make_socket(page, () => { at.asked += 1; }, (action) => action);
  return Object.assign(at, socket, { fire, hide, pass });
}

export default {
  "only pages of this machine, and origins that the configuration lists, connect"(assert) {
    const tries = (place, told = TOLD) => {
      const at = tab(place);
      at.follow(told, "b1");
      return at.streams.map(({ address }) => address).join();
    };
    const address = "http://127.0.0.1:4711/?token=t1";
    for (const hostname of ["localhost", "shop.localhost", "127.0.0.1", "127.3.2.1", "[::1]"]) {
      assert.equal(tries({ hostname }), address, hostname);
    }
    for (const hostname of [
      "shop.example", "localhost.example", "127.0.0.1.example", "notlocalhost", "192.168.0.7",
      "10.127.0.0.1", "[::2]", "",
    ]) {
      assert.equal(tries({ hostname }), "", hostname);
    }
    const listed = { ...TOLD, origins: ["https://shop.example:8443"] };
    const place = { hostname: "shop.example", host: "shop.example:8443", protocol: "https:" };
    assert.equal(tries(place, listed), address);
    assert.equal(tries({ ...place, host: "shop.example" }, listed), "");
    assert.equal(tries({ ...place, protocol: "http:" }, listed), "");
    assert.equal(tries(place, { ...TOLD, origins: "https://shop.example:8443" }), "");
    assert.equal(tries({}, null), "");
    assert.equal(tries({ events: false }), "");
  },

  "a page that is told asks at once, and otherwise every ten seconds"(assert) {
    const at = tab();
    at.follow(TOLD, "b1");
    assert.equal(at.pause(500), 500);
    at.streams[0].onopen();
    assert.deepEqual([at.asked, at.pause(500)], [1, 10000]);
    at.follow(TOLD, "b1");
    assert.equal(at.streams.length, 1);
    at.streams[0].onmessage({ data: "b2" });
    assert.equal(at.asked, 2);
    // The answer that was on its way is the one before: three times soon, then as usual.
    at.follow(TOLD, "b1");
    assert.deepEqual([1, 2, 3, 4].map(() => at.pause(1500)), [50, 50, 50, 1500]);
    at.follow(TOLD, "b2");
    assert.equal(at.pause(500), 10000);
  },

  "what fails is not tried again in this tab, and the page asks as before"(assert) {
    const storage = {};
    const at = tab({ storage });
    at.follow(TOLD, "b1");
    at.streams[0].onerror();
    at.follow(TOLD, "b1");
    at.pass();
    assert.deepEqual([at.streams[0].is_closed, at.asked, at.pause(500)], [true, 1, 500]);
    at.follow(TOLD, "b2");
    assert.equal(at.streams.length, 1);
    const again = tab({ storage });
    again.follow(TOLD, "b2");
    assert.equal(again.streams.length, 0);
    // Another watcher is worth another attempt.
    again.follow({ port: 4712, token: "t2" }, "b1");
    assert.deepEqual(
      again.streams.map(({ address }) => address),
      ["http://127.0.0.1:4712/?token=t2"],
    );
    const old = tab({ throws: true });
    for (const build of ["b1", "b2"]) old.follow(TOLD, build);
    assert.deepEqual([old.streams.length, old.pause(500)], [1, 500]);
  },

  "who got through connects again after a reload, until the connection breaks"(assert) {
    const storage = {};
    const first = tab({ storage });
    first.follow(TOLD, "b1");
    first.streams[0].onopen();
    first.fire("pagehide");
    assert.equal(first.streams[0].is_closed, true);
    const second = tab({ storage });
    second.follow(TOLD, "b1");
    second.streams[0].onopen();
    second.streams[0].onerror();
    second.follow(TOLD, "b1");
    second.pass();
    assert.equal(second.streams.length, 1);
    assert.equal(second.pause(500), 500);
    const third = tab({ storage });
    third.follow(TOLD, "b1");
    assert.equal(third.streams.length, 0);
  },

  "an attempt that a page breaks off by leaving has not failed"(assert) {
    const storage = {};
    const leaving = tab({ storage });
    leaving.follow(TOLD, "b1");
    leaving.fire("pagehide");
    const next = tab({ storage });
    next.follow(TOLD, "b1");
    assert.equal(next.streams.length, 1);
    // Browsers also break it off before the page gets the event that it is left.
    next.streams[0].onopen();
    next.streams[0].onerror();
    next.fire("pagehide");
    next.pass();
    next.follow(TOLD, "b1");
    assert.equal(next.streams.length, 2);
    // It comes back out of the browser's memory.
    next.fire("pagehide");
    next.fire("pageshow", { persisted: true });
    assert.equal(next.asked, 2);
  },

  "a hidden tab is not connected, and what its old connection says is not heard"(assert) {
    const at = tab();
    at.follow(TOLD, "b1");
    at.streams[0].onopen();
    at.hide(true);
    assert.deepEqual([at.streams[0].is_closed, at.pause(500)], [true, 500]);
    const { asked } = at;
    for (const each of ["onopen", "onmessage", "onerror"]) at.streams[0][each]({ data: "b2" });
    at.follow(TOLD, "b2");
    assert.deepEqual([at.streams.length, at.asked], [1, asked]);
    at.hide(false);
    at.follow(TOLD, "b2");
    assert.equal(at.streams.length, 2);
    at.close();
    assert.equal(at.streams[1].is_closed, true);
  },

  "another watcher, or none, takes the place of the old one"(assert) {
    const at = tab();
    at.follow(TOLD, "b1");
    at.streams[0].onopen();
    at.follow({ port: 4712, token: "t2" }, "c1");
    assert.deepEqual([at.streams[0].is_closed, at.streams.length], [true, 2]);
    at.streams[1].onopen();
    at.follow(undefined, "d1");
    assert.deepEqual([at.streams[1].is_closed, at.streams.length, at.pause(500)], [true, 2, 500]);
  },

  "where nothing can be remembered nothing is tried"(assert) {
    const at = tab({ storage: null });
    at.follow(TOLD, "b1");
    assert.equal(at.streams.length, 0);
  },
};
