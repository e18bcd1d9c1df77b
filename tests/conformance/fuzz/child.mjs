// The processes that `fuzz.mjs` starts, and waits for.

import { fork } from "node:child_process";
import { join } from "node:path";

/** A hundred programs that take longer hang. */
const LIMIT = 240_000;

/** A process of `fuzz/worker.mjs`, started when it is first asked. */
export class Child {
  /** What it finds, or null if it hangs or dies. */
  async answer(task) {
    this.process ??= fork(join(import.meta.dirname, "worker.mjs"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const child = this.process;
    const limit = LIMIT * Math.max(0.1, task.seeds.length / 100);
    const timer = setTimeout(() => child.kill("SIGKILL"), limit);
    const answer = await new Promise((done) => {
      child.once("message", done);
      child.once("exit", () => done(null));
      child.send(task);
    });
    clearTimeout(timer);
    child.removeAllListeners();
    if (!answer) this.process = undefined;
    return answer;
  }

  end() {
    this.process?.kill();
    this.process = undefined;
  }
}
