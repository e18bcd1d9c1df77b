import { Event } from "../event.js";

window.done = { pending: 1, errors: [] };
new Event("summer", 10).show();
