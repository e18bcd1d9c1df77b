import { Event } from "../event.js";

new Event("winter", 90).show();
