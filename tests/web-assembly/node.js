// A program for Node, where nothing waits.

import { agree } from "./kyber.js";

console.log(agree());
