// Runs before the page is drawn: what scripts change about its looks is there from the start, so
// nothing flashes or moves.

import { addThemeButton, applyChoice } from "./theme";

document.documentElement.classList.add("has-scripts");
applyChoice();
document.addEventListener("DOMContentLoaded", addThemeButton);
