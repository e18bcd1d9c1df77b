import { add } from "./add.js";

onmessage = (event) => postMessage(event.data.reduce(add, 0));
