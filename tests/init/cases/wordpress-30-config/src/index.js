log("the site", globalThis.SCRIPT_DEBUG);
