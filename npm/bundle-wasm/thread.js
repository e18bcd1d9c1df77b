// What runs in a worker: projects, each in an instance of its own, and one call after the other.

import { channel } from "#host";
import { start } from "./lib/module.js";
import { Project } from "./lib/project.js";

let module = null;
const projects = new Map();

const calls = {
  initialize(compiled) {
    module = compiled;
  },
  create(id, files, config) {
    projects.set(id, new Project(() => module, files, config));
  },
  change(id, changes) {
    projects.get(id).change(changes);
  },
  build(id, request, report) {
    return projects.get(id).build(request, report);
  },
  ask(id, ...question) {
    return projects.get(id).ask(...question);
  },
  free(id) {
    projects.delete(id);
  },
  async version() {
    return (await start(module)).version();
  },
};

let last = Promise.resolve();
channel.onMessage((message) => {
  last = last.then(() => answer(message));
});

async function answer({ id, name, words }) {
  const report = (phase) => channel.send({ id, phase });
  try {
    const result = await calls[name](...words, report);
    const contents = (result?.outputs ?? []).flatMap((output) => output.contents?.buffer ?? []);
    channel.send({ id, result }, contents);
  } catch (error) {
    const { name: kind, message = String(error), diagnostic } = error ?? {};
    channel.send({ id, error: { name: kind, message, diagnostic } });
  }
}
