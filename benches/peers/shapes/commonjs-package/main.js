import escape, { unescape } from "./packages/escape.js";

document.body.innerHTML = escape("<b>") + unescape("&lt;i&gt;");
