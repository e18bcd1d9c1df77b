import { name, version } from "./settings.json";

document.title = `${name} ${version}`;
