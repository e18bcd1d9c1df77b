// Ports of this machine: one that is free, and waiting until a server answers on one.

import { createConnection, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** Returns a port on which nothing listens. */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Waits until a server listens on a port, for twenty seconds at most. */
export async function answering(port) {
  for (let tries = 0; tries < 400; tries++) {
    const socket = createConnection(port, "127.0.0.1");
    const isThere = await new Promise((done) => {
      socket.once("connect", () => done(true));
      socket.once("error", () => done(false));
    });
    socket.destroy();
    if (isThere) return;
    await delay(50);
  }
  throw new Error(`nothing listens on port ${port}`);
}
