const worker = new Worker(new URL("./sum.js", import.meta.url), { type: "module" });

worker.onmessage = (event) => {
  document.title = event.data;
};
worker.postMessage([1, 2, 3]);
